import type { RecordState, RecordView } from '../engine/types.ts'

/** A record that changes at most once per `schedule`, however many attempts a burst has. For `useSyncExternalStore`. */
export interface SampledRecord {
  readonly get: () => RecordState
  readonly subscribe: (listener: () => void) => () => void
}

/** Asks to be run later; returns a cancel. */
type Schedule = (run: () => void) => () => void

/**
 * In the next frame, but no two within `gapMs`: a stream of attempts is drawn as often as somebody can follow. A page that is
 * covered by the overlay's own window has no frames: a timer does what they cannot.
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
