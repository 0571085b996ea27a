import type { AnyTracker } from '../../engine/tracker-api.ts'
import { loadLater } from '../load-later.ts'
import type { Session } from './session-file.ts'

/** API on `window.__microconversions__` for tests and coding agents, while the overlay is mounted. */
export interface AgentBridge {
  /**
   * Returns the current session as plain JSON, without property values. A rule without a limit has `max: 'unlimited'`,
   * a rule with a function as key has `key: 'function'`.
   */
  readonly session: () => Promise<Session>
}

declare global {
  interface Window {
    readonly __microconversions__?: AgentBridge | undefined
  }
}

const name = '__microconversions__'

/**
 * Defines the API on `window`; the overlay that mounted last replaces an earlier one. Does nothing where the page has a
 * property of this name that cannot be replaced. Returns a function that removes it.
 */
export function openAgentBridge(tracker: AnyTracker): () => void {
  const bridge: AgentBridge = Object.freeze({
    async session() {
      const { sessionOf, writeSession } = await loadLater()
      return JSON.parse(writeSession(sessionOf(tracker.record.get(), tracker.plan, { made: Date.now() })))
    },
  })
  // Unlike `Object.defineProperty`, it does not throw: the overlay works without the API.
  Reflect.defineProperty(window, name, { value: bridge, configurable: true })
  return () => {
    if (window[name] === bridge) Reflect.deleteProperty(window, name)
  }
}
