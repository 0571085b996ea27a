import type { RecordState, RecordView } from '../engine/record/record-view.ts'

/**
 * View of the record that changes at most once per `schedule`, however many attempts arrive. For
 * `useSyncExternalStore`.
 */
export interface SampledRecord {
  readonly get: () => RecordState
  readonly subscribe: (listener: () => void) => () => void
}

/** Schedules a run; returns a function that cancels it. */
type Schedule = (run: () => void) => () => void

/**
 * Schedules a run in the next animation frame, at least `gapMs` after the previous one. Uses a timer too, because a
 * page behind the overlay's own window gets no animation frames.
 */
export function framesApart(gapMs: number): Schedule {
  let last = Number.NEGATIVE_INFINITY
  return (run) => {
    let frame = 0
    const cancel = () => {
      cancelAnimationFrame(frame)
      clearTimeout(timer)
    }
    const draw = () => {
      cancel()
      last = performance.now()
      run()
    }
    let timer = setTimeout(
      () => {
        frame = requestAnimationFrame(draw)
        timer = setTimeout(draw, FRAMELESS_MS)
      },
      last + gapMs - performance.now(),
    )
    return cancel
  }
}

const FRAMELESS_MS = 200

export const every =
  (delayMs: number): Schedule =>
  (run) => {
    const timer = setTimeout(run, delayMs)
    return () => clearTimeout(timer)
  }

export function sampleRecord(record: RecordView, schedule: Schedule): SampledRecord {
  const listeners = new Set<() => void>()
  let sample: RecordState | undefined
  let cancel: (() => void) | undefined
  let stop: (() => void) | undefined

  function take(): void {
    cancel = undefined
    sample = record.get()
    for (const listener of listeners) listener()
  }

  return {
    get: () => (sample ??= record.get()),
    subscribe(listener) {
      listeners.add(listener)
      if (!stop) {
        sample = record.get()
        stop = record.subscribe(() => {
          cancel ??= schedule(take)
        })
      }
      return () => {
        listeners.delete(listener)
        if (listeners.size > 0) return
        cancel?.()
        stop?.()
        cancel = stop = sample = undefined
      }
    },
  }
}
