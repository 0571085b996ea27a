import type { Who } from './identity.ts'
import type { Occurrence } from './types.ts'

export interface Held {
  /** Of its decision. */
  readonly number: number
  readonly occurrence: Occurrence
  /** Who it happened to, even if another visitor is here when it is released (C11). */
  readonly who: Who
  /** Gives its reserved counts back. */
  readonly release: () => void
}

export const MAX_HELD = 1_000
export const MAX_HELD_MS = 30 * 60_000

/** Occurrences that wait for an answer, in order, in memory. */
export function createHold(now: () => number) {
  let held: readonly Held[] = []
  return {
    full: () => held.length >= MAX_HELD,
    add: (entry: Held) => {
      held = [...held, entry]
    },
    /** Takes out those that have waited too long. */
    expired(): readonly Held[] {
      const cut = now() - MAX_HELD_MS
      const old = held.filter((entry) => entry.occurrence.time < cut)
      if (old.length) held = held.filter((entry) => entry.occurrence.time >= cut)
      return old
    },
    /** Takes out all; what still has to wait is added again. */
    takeAll(): readonly Held[] {
      const all = held
      held = []
      return all
    },
  }
}

export type Hold = ReturnType<typeof createHold>
