/** Answer of the user: granted, denied, or not given yet. */
export type ConsentState = 'pending' | 'granted' | 'denied'

/** State of each category: `analytics`, `marketing`, or your own. */
export interface ConsentSnapshot {
  readonly [category: string]: ConsentState
}

/** One category, all of several, or any of several. */
export type ConsentNeed = string | readonly string[] | { readonly anyOf: readonly string[] }

/** Answers that changed, by category. */
export interface ConsentUpdate {
  readonly [category: string]: ConsentState
}

/** Reads and changes the user's consent. */
export interface ConsentControl {
  readonly get: () => ConsentSnapshot
  /**
   * Sets the answers that changed; repeated answers are harmless. `navigator.globalPrivacyControl` keeps `marketing`
   * denied, unless `overrideGpc` says that the user chose otherwise on this site. A withdrawal takes effect in all
   * tabs.
   */
  readonly update: (change: ConsentUpdate | ConsentState, options?: SignalOverride) => void
  /** Calls after each change, before anything is sent under it. Returns an unsubscribe function. */
  readonly subscribe: (listener: (snapshot: ConsentSnapshot) => void) => () => void
}

/** Says that the user chose otherwise on this site, knowing the browser's signal. */
export interface SignalOverride {
  readonly overrideGpc?: boolean | undefined
  readonly overrideDnt?: boolean | undefined
}
