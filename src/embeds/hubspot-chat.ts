import type { ChatProtocol } from './chat-signal.ts'

/** The part of `window.HubSpotConversations` that `hubspotChat` uses. */
export interface HubspotConversations {
  readonly on: (event: string, listener: () => void) => void
  readonly off: (event: string, listener: () => void) => void
}

interface HubspotWindow {
  readonly HubSpotConversations?: HubspotConversations
  hsConversationsOnReady?: (() => void)[]
}

/**
 * Returns the adapter of HubSpot's chat. It waits for `window.HubSpotConversations`, and listens to
 * `userInteractedWithWidget` and `conversationStarted`; the ids that these events carry are not read.
 *
 * @see https://developers.hubspot.com/docs/api-reference/conversations-chat-configuration/chat-widget-sdk
 * @example
 * useChat({ name: 'support', provider: hubspotChat() })
 */
export function hubspotChat(): ChatProtocol {
  return {
    provider: 'hubspot',
    listen(report) {
      const page = window as unknown as HubspotWindow
      let stopped = false
      const open = () => report('open')
      const start = () => report('start')
      const each = (verb: 'on' | 'off') => {
        page.HubSpotConversations?.[verb]('userInteractedWithWidget', open)
        page.HubSpotConversations?.[verb]('conversationStarted', start)
      }
      if (page.HubSpotConversations) each('on')
      else {
        page.hsConversationsOnReady ??= []
        page.hsConversationsOnReady.push(() => stopped || each('on'))
      }
      return () => {
        stopped = true
        each('off')
      }
    },
  }
}
