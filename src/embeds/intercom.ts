import type { ChatProtocol } from './chat-signal.ts'

/** The part of `@intercom/messenger-js-sdk` that `intercom` uses. */
export interface IntercomMessenger {
  readonly onShow: (callback: () => void) => void
}

type Report = (fact: 'open' | 'start') => void

/** Intercom has no way to remove a callback: it gets one, which calls those who listen now. */
const listeners = /* @__PURE__ */ new WeakMap<IntercomMessenger['onShow'], Set<Report>>()

/**
 * Returns the adapter of Intercom (`@intercom/messenger-js-sdk` 0.0, or `window.Intercom`). It reports that the
 * messenger was shown. Intercom does not say when the user sends a message: call `started` of `useChat`, if your own code
 * knows.
 *
 * @example
 * import { onShow } from '@intercom/messenger-js-sdk'
 *
 * useChat({ name: 'support', provider: intercom({ onShow }) })
 */
export function intercom({ onShow }: IntercomMessenger): ChatProtocol {
  return {
    provider: 'intercom',
    listen(report) {
      const known = listeners.get(onShow)
      const reports = known ?? new Set<Report>()
      reports.add(report)
      if (!known) {
        listeners.set(onShow, reports)
        onShow(() => {
          for (const each of reports) each('open')
        })
      }
      return () => void reports.delete(report)
    },
  }
}
