import { createElement as h } from 'react'
import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'
import {
  createTracker,
  definePlan,
  event,
  Impression,
  MicroconversionProvider,
  PricingLink,
  TrackedButton,
  TrackedLink,
  typed,
} from 'react-microconversions'

const plan = definePlan({
  name: 'elements',
  version: '1',
  events: { plan_viewed: event({ properties: typed() }) },
})
const COUNT = 1_000
const tracked = (Component, more) => (n) =>
  h(Component, { key: n, event: 'plan_viewed', href: `#${n}`, ...more?.() }, `Row ${n}`)
const link = (n) => h('a', { key: n, href: `#${n}` }, `Row ${n}`)
const seen = (more) => (n) =>
  h(Impression, { key: n, name: 'row', itemKey: `#${n}`, ...more?.() }, h('a', { href: `#${n}` }, `Row ${n}`))
const withProperties = () => ({ properties: { tier: 'pro', position: 3 } })

const rows = {
  'plain `<a>`': link,
  '`PricingLink`': tracked(PricingLink),
  '`PricingLink` with properties': tracked(PricingLink, withProperties),
  '`TrackedLink`': tracked(TrackedLink),
  '`TrackedButton`': tracked(TrackedButton),
  '`Impression`': seen(),
  '`Impression` with properties': seen(withProperties),
}
export const elements = Object.keys(rows)

let tracker
function rowsOf(kind) {
  tracker ??= createTracker({ plan, destinations: [], consent: 'granted' })
  return h(
    MicroconversionProvider,
    { tracker },
    Array.from({ length: COUNT }, (_, n) => rows[kind](n)),
  )
}

const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))

/** Milliseconds of a rendering, with the refs that settle in a microtask. */
async function rendering(root, rows) {
  const from = performance.now()
  flushSync(() => root.render(rows))
  await undefined
  return performance.now() - from
}

/** Mounts 1,000 of a kind and renders them again with other objects as props. They stay if their memory is to be measured. */
export async function renderTwice(kind, stay) {
  const place = document.body.appendChild(document.createElement('div'))
  const root = createRoot(place)
  const [first, second] = [rowsOf(kind), rowsOf(kind)]
  const mount = await rendering(root, first)
  await frame()
  const again = await rendering(root, second)
  await frame()
  if (!stay) {
    root.unmount()
    place.remove()
    await frame()
  }
  return { mount, again }
}

const median = (values) => values.sort((a, b) => a - b)[values.length >> 1]

/** Plain links and a kind take turns: a busy machine slows both. */
export async function compare(kind, rounds) {
  const times = { plain: [], kind: [] }
  for (let round = -5; round < rounds; round++) {
    const plain = await renderTwice(elements[0])
    const other = await renderTwice(kind)
    if (round < 0) continue
    times.plain.push(plain)
    times.kind.push(other)
  }
  return ['mount', 'again'].map((phase) => {
    const [floor, ms] = [times.plain, times.kind].map((all) => median(all.map((time) => time[phase])))
    return { ms, ratio: ms / floor }
  })
}
