import type { ConsentSnapshot } from '../engine/types.ts'

/** What Google's tags ask: https://developers.google.com/tag-platform/security/concepts/consent-mode. */
export type ConsentSignal =
  | 'ad_storage'
  | 'ad_user_data'
  | 'ad_personalization'
  | 'analytics_storage'
  | 'functionality_storage'
  | 'personalization_storage'
  | 'security_storage'

export type SignalState = 'granted' | 'denied'
export type SignalStates = { readonly [Signal in ConsentSignal]?: SignalState | undefined }

/** Before any answer: nothing but what keeps the page and its visitors secure. */
export const unanswered: Readonly<Record<ConsentSignal, SignalState>> = {
  ad_storage: 'denied',
  ad_user_data: 'denied',
  ad_personalization: 'denied',
  analytics_storage: 'denied',
  functionality_storage: 'denied',
  personalization_storage: 'denied',
  security_storage: 'granted',
}

/** A tracker, as far as those need it who follow its consent. */
export interface ConsentSource {
  readonly consent: {
    readonly get: () => ConsentSnapshot
    /** Returns a stop. */
    readonly subscribe: (listener: (snapshot: ConsentSnapshot) => void) => () => void
  }
}
