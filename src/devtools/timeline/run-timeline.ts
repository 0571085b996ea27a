import type { Overlay } from '../overlay-state.ts'
import { rememberChoices } from './choices.ts'
import { createKeep } from './keep.ts'
import { traceDecisions } from './performance-track.ts'
import { attemptsOf } from './timeline-state.ts'

/** What the timeline does whether or not anybody looks at it. Returns a stop. */
export function runTimeline({ tracker, timeline, notes, record }: Overlay): () => void {
  const keep = createKeep(tracker.plan.name)
  const controller = new AbortController()
  const before = keep.read()
  if (before) {
    timeline.setState({ kept: true, earlier: before.attempts })
    notes.setState(before.notes, true)
  }
  const forget = rememberChoices(timeline)
  let untrace = timeline.getState().traced ? traceDecisions(record) : undefined

  const unsubscribe = timeline.subscribe((now, then) => {
    if (now.kept !== then.kept) now.kept ? save() : keep.erase()
    if (now.traced === then.traced) return
    untrace?.()
    untrace = now.traced ? traceDecisions(record) : undefined
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
