import type { AnyTracker } from '../../engine/types.ts'
import type { Session } from './session-file.ts'

/** What tests and coding agents read from the page while the overlay is on it: `window.__microconversions__`. */
export interface AgentBridge {
  /**
   * The session so far as plain JSON, without property values; a rule without limit has `max: 'unlimited'`, one with a
   * function `key: 'function'`.
   */
  readonly session: () => Promise<Session>
}

declare global {
  interface Window {
    readonly __microconversions__?: AgentBridge | undefined
  }
}

const name = '__microconversions__'

/** Puts the bridge on `window`; the newest overlay has it. Returns a stop. */
export function openAgentBridge(tracker: AnyTracker): () => void {
  const bridge: AgentBridge = Object.freeze({
    async session() {
      const { sessionOf, writeSession } = await import('./session-file.ts')
      return JSON.parse(writeSession(sessionOf(tracker.record.get(), tracker.plan, { made: Date.now() })))
    },
  })
  Object.defineProperty(window, name, { value: bridge, configurable: true })
  return () => {
    if (window[name] === bridge) Reflect.deleteProperty(window, name)
  }
}
