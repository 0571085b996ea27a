import { createElement as h } from 'react'
import { createRoot } from 'react-dom/client'
import { createTracker, definePlan, event, journey, typed } from 'react-microconversions/core'
import { memory } from 'react-microconversions/destinations'
import * as elements from './elements.js'

Object.assign(globalThis, elements)

const plan = definePlan({
  name: 'bench',
  version: '1',
  events: {
    plan_viewed: event({ properties: typed() }),
    row_seen: event({ properties: typed() }),
    product_viewed: event({ frequency: { per: 'session', key: (p) => p.id }, properties: typed() }),
  },
})
const properties = { tier: 'pro', position: 3, id: 'p' }
const sample = {
  id: crypto.randomUUID(),
  name: 'plan_viewed',
  properties,
  time: Date.now(),
  page: { url: location.href, title: document.title },
}

/** Microseconds a call: the median of many rounds of many calls. */
async function cost(calls, run, settle) {
  const rounds = []
  for (let round = 0; round < 30; round++) {
    const from = performance.now()
    for (let call = 0; call < calls; call++) run(round * calls + call)
    rounds.push(((performance.now() - from) * 1000) / calls)
    await settle?.()
  }
  return rounds.sort((a, b) => a - b)[15]
}

globalThis.calls = async () => {
  const tracker = createTracker({ plan, destinations: [memory()], consent: 'granted' })
  const remembering = createTracker({
    plan,
    plugins: [journey()],
    destinations: [memory()],
    consent: 'granted',
  })
  const mute = createTracker({ plan, destinations: [memory()], consent: 'denied' })
  await tracker.flush()
  const flush = () => tracker.flush()
  return {
    'floor: a clone of an event and its JSON': await cost(500, () => JSON.stringify(structuredClone(sample))),
    'floor: one localStorage write of it': await cost(500, () =>
      localStorage.setItem('bench', JSON.stringify(sample)),
    ),
    'track, no consent: dropped': await cost(500, () => mute.track('plan_viewed', properties)),
    'track, fired': await cost(500, () => tracker.track('plan_viewed', properties), flush),
    'track, fired, and remembered by the journey': await cost(
      500,
      () => remembering.track('plan_viewed', properties),
      () => remembering.flush(),
    ),
    'track, fired, claimed in the database': await cost(
      50,
      (n) => tracker.track('product_viewed', { ...properties, id: `p${n}` }),
      flush,
    ),
  }
}

const frames = (count) =>
  new Promise((done) => requestAnimationFrame(() => (count > 1 ? frames(count - 1).then(done) : done())))
let watched

/** A page with a tracker, and the overlay beside it or not. */
globalThis.watch = async (overlay) => {
  watched = createTracker({
    plan,
    destinations: [
      { name: 'a', send() {} },
      { name: 'b', send() {} },
    ],
    consent: 'granted',
  })
  await watched.flush()
  watched.record.watch()
  const root = createRoot(document.body.appendChild(document.createElement('div')))
  // Not before: its import has elements known, which costs a little at each mount.
  const { MicroconversionDevtools } = await import('react-microconversions/devtools/production')
  if (overlay)
    root.render(
      h(MicroconversionDevtools, {
        tracker: watched,
        enabled: true,
        because: 'bench',
        defaultOpen: overlay === 'open',
      }),
    )
  for (let frame = 0; overlay && !document.querySelector('rmc-devtools'); frame++) {
    if (frame === 600) throw new Error('The overlay did not appear.')
    await frames(1)
  }
  await frames(30)
}

/** No two in a row are equal: each is a row of the timeline. */
const attempt = (call) => watched.track(call % 2 ? 'plan_viewed' : 'row_seen', properties)

globalThis.attempts = async (count) => {
  for (let call = 0; call < count; call++) attempt(call)
  await watched.flush()
  await frames(4)
}

globalThis.attemptInEachFrame = async (count) => {
  for (let call = 0; call < count; call++) {
    attempt(call)
    await frames(1)
  }
  await watched.flush()
}

/** The overlay draws in the next frame, or when its last drawing is long enough ago. */
globalThis.settle = async () => {
  await new Promise((done) => setTimeout(done, 150))
  await frames(1)
}

globalThis.scrollThrough = async (px) => {
  const list = document.querySelector('rmc-devtools').shadowRoot.querySelector('[role=listbox]')
  const tasks = []
  const observer = new PerformanceObserver((found) => tasks.push(...found.getEntries()))
  observer.observe({ type: 'longtask' })
  list.scrollTop = 0
  await frames(4)
  let most = 0
  let late = 0
  let before = performance.now()
  for (let step = 1; step <= 240; step++) {
    list.scrollTop = step * px
    await frames(1)
    const now = performance.now()
    if (now - before > 25) late++
    before = now
    most = Math.max(most, list.querySelectorAll('[role=option]').length)
  }
  observer.disconnect()
  return { height: list.scrollHeight, most, late, longTasks: tasks.length }
}
