import type { Network } from '../platform/network.ts'
import type { OutboxItem } from './outbox.ts'

/** Virtual adapters and VPNs make browsers say that they are offline when they are not. */
const BELIEVED_MS = 120_000

/**
 * How far to believe `navigator.onLine === false`: what has waited for two minutes is tried anyway, and again every two
 * minutes; an answer proves it wrong, until the browser is online once.
 */
export function createOffline(now: () => number, { online }: Pick<Network, 'online'>) {
  let triedAt = 0
  let disproved = false
  function says(): boolean {
    if (!online()) return !disproved
    disproved = false
    return false
  }
  return {
    says,
    /** Epoch ms from which these may be tried. */
    until(items: readonly OutboxItem[]): number {
      if (!says() || items.length === 0) return 0
      const oldest = items.reduce((time, { row }) => Math.min(time, row.time), now())
      return BELIEVED_MS + Math.max(oldest, triedAt)
    },
    failed(): void {
      triedAt = now()
    },
    /** The endpoint has answered. */
    answered(): void {
      disproved = !online()
    },
  }
}
