import { createElement, createRoot, flushSync, Impression, Link, plain, Wrap } from './entry.js'

const COUNT = 1_000
const kinds = {
  plain: { Wrap: plain.Wrap, row: plain.Link },
  Link: { Wrap, row: Link },
  Impression: { Wrap, row: Impression },
}

/** Makes its elements while it renders, as pages do. */
function Rows({ kind }) {
  const { Wrap, row } = kinds[kind]
  return createElement(
    Wrap,
    null,
    Array.from({ length: COUNT }, (_, n) => row('plan_viewed', `#${n}`, `Row ${n}`)),
  )
}

/** Until effects that wait for the next task have run. */
const idle = () => new Promise((done) => setTimeout(done, 5))

/** Milliseconds of a rendering, with the refs and effects that settle in a microtask. */
async function timed(root, kind) {
  const from = performance.now()
  flushSync(() => root.render(createElement(Rows, { kind })))
  await undefined
  return performance.now() - from
}

function open() {
  const place = document.getElementById('root').appendChild(document.createElement('div'))
  const root = createRoot(place)
  const close = () => {
    root.unmount()
    place.remove()
  }
  return { root, close }
}

async function once(kind) {
  const { root, close } = open()
  const mount = await timed(root, kind)
  await idle()
  const render = await timed(root, kind)
  await idle()
  close()
  await idle()
  return { mount, render }
}

/** The lower quartile: what a rendering takes when the machine does nothing else. */
const quartile = (values) => values.sort((a, b) => a - b)[values.length >> 2]

/** How often as long as plain links a kind takes: both in turns, so that a busy machine slows both. */
globalThis.compare = async (kind, rounds) => {
  const all = { plain: [], [kind]: [] }
  for (let round = -10; round < rounds; round++)
    for (const [name, times] of Object.entries(all)) {
      const time = await once(name)
      if (round >= 0) times.push(time)
    }
  const ratio = (phase) =>
    quartile(all[kind].map((time) => time[phase])) / quartile(all.plain.map((time) => time[phase]))
  return { mount: ratio('mount'), render: ratio('render') }
}

/** Leaves 1,000 of a kind on the page, rendered twice; their memory is measured from outside. */
globalThis.leave = async (kind) => {
  const { root } = open()
  await timed(root, kind)
  await timed(root, kind)
  await idle()
}
