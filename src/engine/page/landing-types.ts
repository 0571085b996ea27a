/** Start of a session: the first page, and where the user came from. */
export interface Landing {
  /** Address of the page, without query and fragment. */
  readonly url: string
  readonly path: string
  readonly referrer: string
  /** Kind of referrer. `internal`: this site, as after a session that expired. */
  readonly referrerClass: ReferrerClass
  readonly campaign?: Campaign | undefined
}

/** Kind of website or application that a user came from. */
export type ReferrerClass = 'direct' | 'internal' | 'search' | 'social' | 'mail' | 'ai' | 'other'

/**
 * Values of the landing's `utm_` parameters, under GA4's names (https://support.google.com/analytics/answer/10917952).
 */
export interface Campaign {
  readonly id?: string | undefined
  readonly source?: string | undefined
  readonly medium?: string | undefined
  readonly name?: string | undefined
  readonly term?: string | undefined
  readonly content?: string | undefined
  /** Name of the parameter that an advertising platform has added: `gclid`, `fbclid`, … */
  readonly click?: string | undefined
  /** Value of that parameter, a pseudonym. Only with `campaign: { clickIds: true }`. */
  readonly clickId?: string | undefined
}
