/** A registered symbol, because adapter and tracker may come from different copies of the library. */
const SOURCE = Symbol.for('react-microconversions.consent-source')

interface Noting {
  readonly [SOURCE]?: (() => void) | undefined
}

/** Adds the function that adapters and banners call when they start to ask for consent. Development only. */
export function withConsentSource<T extends object>(consent: T, onSource: (() => void) | undefined): T {
  return onSource ? Object.assign(consent, { [SOURCE]: onSource }) : consent
}

/**
 * Notifies the tracker that something asks the user, so that it does not warn while the answer is open. Development
 * only.
 */
export function noteConsentSource(consent: object): void {
  if (process.env.NODE_ENV !== 'production') (consent as Noting)[SOURCE]?.()
}
