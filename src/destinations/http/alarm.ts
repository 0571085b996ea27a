import type { LanePort } from '../../engine/delivery/destination.ts'

export interface Alarm {
  /** Sets the time, in epoch ms; the earliest of several applies. Rings at once for a time in the past. */
  readonly set: (at: number) => void
  readonly stop: () => void
}

/** Creates an alarm with a single timer. */
export function createAlarm({ now, later }: Pick<LanePort, 'now' | 'later'>, ring: () => void): Alarm {
  let earliest = Number.POSITIVE_INFINITY
  let cancel = () => {}
  const stop = () => {
    cancel()
    earliest = Number.POSITIVE_INFINITY
  }
  return {
    set(at) {
      if (at <= now()) return ring()
      if (at >= earliest) return
      cancel()
      earliest = at
      cancel = later(at - now(), () => {
        stop()
        ring()
      })
    },
    stop,
  }
}
