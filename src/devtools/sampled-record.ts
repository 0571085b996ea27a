import type { RecordState, RecordView } from '../engine/types.ts'

/** A record that changes at most once per `schedule`, however many attempts a burst has. For `useSyncExternalStore`. */
export interface SampledRecord {
  readonly get: () => RecordState
  readonly subscribe: (listener: () => void) => () => void
}

/** Asks to be run later; returns a cancel. */
type Schedule = (run: () => void) => () => void

/** A page that is covered by the overlay's own window has no frames: a timer does what they cannot. */
export const perFrame: Schedule = (run) => {
  const cancel = () => {
    cancelAnimationFrame(frame)
    clearTimeout(timer)
  }
  const runOnce = () => {
    cancel()
    run()
  }
  const frame = requestAnimationFrame(runOnce)
  const timer = setTimeout(runOnce, FRAMELESS_MS)
  return cancel
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
