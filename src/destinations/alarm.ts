import type { LanePort } from '../engine/destination.ts'

export interface Alarm {
  /** Epoch ms; the earliest of several holds. */
  readonly set: (at: number) => void
  readonly stop: () => void
}

/** One timer. */
export function createAlarm({ now, later }: Pick<LanePort, 'now' | 'later'>, ring: () => void): Alarm {
  let earliest = Number.POSITIVE_INFINITY
  let cancel = () => {}
  const stop = () => {
    cancel()
    earliest = Number.POSITIVE_INFINITY
  }
  return {
    set(at) {
      if (at >= earliest) return
      cancel()
      earliest = at
      cancel = later(Math.max(0, at - now()), () => {
        stop()
        ring()
      })
    },
    stop,
  }
}
