import type { ConsentSnapshot } from '../engine/permission/consent-types.ts'

/** Signals that Google's tags ask for: https://developers.google.com/tag-platform/security/concepts/consent-mode. */
export type ConsentSignal =
  | 'ad_storage'
  | 'ad_user_data'
  | 'ad_personalization'
  | 'analytics_storage'
  | 'functionality_storage'
  | 'personalization_storage'
  | 'security_storage'

/** State of one signal. */
export type SignalState = 'granted' | 'denied'
/** States by signal. */
export type SignalStates = { readonly [Signal in ConsentSignal]?: SignalState | undefined }

/** States before any answer: only the storage that keeps the page and its users secure is granted. */
export const unanswered: Readonly<Record<ConsentSignal, SignalState>> = {
  ad_storage: 'denied',
  ad_user_data: 'denied',
  ad_personalization: 'denied',
  analytics_storage: 'denied',
  functionality_storage: 'denied',
  personalization_storage: 'denied',
  security_storage: 'granted',
}

/** The part of a tracker that consent adapters use. */
export interface ConsentSource {
  readonly consent: {
    readonly get: () => ConsentSnapshot
    /** Calls after each change. Returns an unsubscribe function. */
    readonly subscribe: (listener: (snapshot: ConsentSnapshot) => void) => () => void
  }
}
