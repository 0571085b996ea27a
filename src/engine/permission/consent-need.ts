import type { ConsentNeed, ConsentState } from './consent-types.ts'

/**
 * Returns the state of a need: denied if any category is denied, granted if all are granted. With `anyOf`, granted if
 * any is granted, denied if all are denied.
 */
export function consentFor(need: ConsentNeed, stateOf: (category: string) => ConsentState): ConsentState {
  const states = categoriesOf(need).map(stateOf)
  if (typeof need === 'object' && 'anyOf' in need)
    return (['granted', 'pending'] as const).find((state) => states.includes(state)) ?? 'denied'
  return (['denied', 'pending'] as const).find((state) => states.includes(state)) ?? 'granted'
}

export function categoriesOf(need: ConsentNeed): readonly string[] {
  return typeof need === 'string' ? [need] : 'anyOf' in need ? need.anyOf : need
}

/** Categories that a signal of the browser denies. */
export interface SignalledCategories {
  /** Categories that `navigator.globalPrivacyControl` denies. Default `['marketing']`. */
  readonly gpc?: readonly string[] | undefined
  /** Categories that `navigator.doNotTrack` denies. Default: none. */
  readonly dnt?: readonly string[] | undefined
}
