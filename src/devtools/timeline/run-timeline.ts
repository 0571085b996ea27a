import { loadLater } from '../load-later.ts'
import type { Overlay } from '../overlay-state.ts'
import { rememberChoices } from './choices.ts'
import { createKeep } from './keep.ts'
import { attemptsOf } from './timeline-state.ts'

/** Runs the parts of the timeline that do not depend on its view. Returns a function that stops them. */
export function runTimeline({ tracker, timeline, notes, record }: Overlay): () => void {
  const keep = createKeep(tracker.plan.name)
  const controller = new AbortController()
  const before = keep.read()
  if (before) {
    timeline.setState({ kept: true, earlier: before.attempts })
    notes.setState(before.notes, true)
  }
  const forget = rememberChoices(timeline)
  let untrace = timeline.getState().traced ? trace(record) : undefined

  const unsubscribe = timeline.subscribe((now, then) => {
    if (now.kept !== then.kept) now.kept ? save() : keep.erase()
    if (now.traced === then.traced) return
    untrace?.()
    untrace = now.traced ? trace(record) : undefined
  })
  function save(): void {
    const { earlier, kept } = timeline.getState()
    if (!kept) return
    const attempts = attemptsOf(tracker.record.get().decisions, { earlier, pausedAt: undefined })
    keep.write({ attempts, notes: notes.getState() })
  }
  const { signal } = controller
  window.addEventListener('pagehide', save, { signal })
  document.addEventListener('visibilitychange', () => document.hidden && save(), { signal })

  return () => {
    save()
    controller.abort()
    forget()
    unsubscribe()
    untrace?.()
  }
}

/** Marks decisions in the Performance panel, once the code for that has loaded. Returns a function that stops it. */
function trace(record: Overlay['record']): () => void {
  const before = record.get().decisions.at(-1)?.number ?? 0
  const track = loadLater().then(
    ({ traceDecisions }) => traceDecisions(record, before),
    () => () => {}, // the network failed
  )
  return () => void track.then((stop) => stop())
}
