import type { ConsentNeed, ConsentState } from './types.ts'

/** Denied if any needed category is, granted if all are; under `anyOf` the other way round. */
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
  /** `navigator.globalPrivacyControl`. Default `['marketing']`. */
  readonly gpc?: readonly string[] | undefined
  /** `navigator.doNotTrack`. Default none. */
  readonly dnt?: readonly string[] | undefined
}
