import './from.page.js'
import { create } from './entry.js'

/** When this task has ended, with the microtasks in which some libraries do their work; nothing is more urgent. */
globalThis.taskMs = scheduler.postTask(() => performance.now() - globalThis.from, {
  priority: 'user-blocking',
})
const tracker = create(`${location.origin}/collect`)
globalThis.readyMs = Promise.resolve(tracker.ready).then(() => performance.now() - globalThis.from)
Promise.all([globalThis.taskMs, globalThis.readyMs]).then(([task, ready]) =>
  console.log(`started ${task} ${ready}`),
)

/** 250 bytes as JSON; the mark tells the server which event it is. */
function propertiesOf(run, number) {
  const mark = `mark-${run}-${String(number).padStart(6, '0')}`
  const properties = { mark, tier: 'pro', position: number % 10, annual: true, note: '' }
  properties.note = 'n'.repeat(250 - JSON.stringify(properties).length)
  return properties
}

/**
 * Calls `track` a thousand times a second, some ten and never more than 20 in one task. Returns µs a call: the mean of all, and the median of the
 * tasks' means, which a busy machine hardly changes. Without a run it calls nothing: an idle page.
 */
globalThis.stream = async (run, count, method = 'track') => {
  const from = performance.now()
  const tasks = []
  let inside = 0
  for (let done = 0; done < count; ) {
    const due = Math.min(count, done + 20, Math.floor(performance.now() - from))
    const chunk = Array.from({ length: due - done }, (_, index) => propertiesOf(run, done + index))
    const before = performance.now()
    if (run) for (const properties of chunk) tracker[method]('plan_viewed', properties)
    const took = (performance.now() - before) * 1000
    if (chunk.length) tasks.push(took / chunk.length)
    inside += took
    done = due
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  return { mean: inside / count, median: tasks.sort((a, b) => a - b)[tasks.length >> 1] }
}

/** Tracks and closes the tab in one task. */
globalThis.trackAndClose = (run, count) =>
  void setTimeout(() => {
    for (let number = 0; number < count; number++) tracker.track('plan_viewed', propertiesOf(run, number))
    close()
  })
