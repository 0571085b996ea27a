import type { Network } from '../../platform/network.ts'
import type { Entry } from './outbox.ts'

/** Virtual adapters and VPNs can make browsers report that they are offline when they are not. */
const BELIEVED_MS = 120_000

/**
 * Decides how long to trust `navigator.onLine === false`. Entries that have waited for two minutes are tried anyway,
 * and again every two minutes. A response disproves it until the browser is next online.
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
    /** Returns the time, in epoch ms, from which these entries may be tried. */
    until(items: readonly Entry[]): number {
      if (!says() || items.length === 0) return 0
      // A time in the future is from before the clock was set back, and says nothing: it delays no request.
      const past = (time: number) => (time > now() ? 0 : time)
      const oldest = items.reduce((oldest, { time }) => Math.min(oldest, past(time)), now())
      return BELIEVED_MS + Math.max(oldest, past(triedAt))
    },
    failed(): void {
      triedAt = now()
    },
    /** Records that the endpoint responded. */
    answered(): void {
      disproved = !online()
    },
  }
}
