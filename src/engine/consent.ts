import type { ConsentNeed, ConsentSnapshot, ConsentState, ConsentUpdate } from './types.ts'

/** Denied if any needed category is, granted if all are; under `anyOf` the other way round. */
export function consentFor(need: ConsentNeed, stateOf: (category: string) => ConsentState): ConsentState {
  const any = typeof need === 'object' && 'anyOf' in need
  const categories = typeof need === 'string' ? [need] : any ? need.anyOf : need
  const states = categories.map(stateOf)
  if (any) return (['granted', 'pending'] as const).find((state) => states.includes(state)) ?? 'denied'
  return (['denied', 'pending'] as const).find((state) => states.includes(state)) ?? 'granted'
}

/** Callers without a compiler answer anything: what is neither a yes nor a no is no answer yet. */
function answer(state: ConsentState): ConsentState {
  return state === 'granted' || state === 'denied' ? state : 'pending'
}

export function categoriesOf(need: ConsentNeed): readonly string[] {
  return typeof need === 'string' ? [need] : 'anyOf' in need ? need.anyOf : need
}

interface ConsentOptions {
  readonly initial: ConsentUpdate | ConsentState
  readonly categories: readonly string[]
  /** Read at each change: the browser's signal is the visitor's. */
  readonly privacySignal: () => boolean
}

/** The state of each category. The answer itself is stored by the banner or the host, never here. */
export function createConsent({ initial, categories, privacySignal }: ConsentOptions) {
  const known = new Set([...categories, ...(typeof initial === 'string' ? [] : Object.keys(initial))])
  let overridden = false
  let asked: ConsentSnapshot = {}
  let snapshot: ConsentSnapshot = {}

  function set(change: ConsentUpdate | ConsentState, overrideGpc = false): boolean {
    overridden ||= overrideGpc
    const answers =
      typeof change === 'string'
        ? [...new Set([...known, ...Object.keys(asked)])].map((category) => [category, change] as const)
        : Object.entries(change)
    asked = { ...asked, ...Object.fromEntries(answers.map(([category, state]) => [category, answer(state)])) }
    const signalled = 'marketing' in asked && privacySignal() && !overridden
    const next: ConsentSnapshot = signalled ? { ...asked, marketing: 'denied' } : asked
    const changed = Object.keys(next).some((category) => next[category] !== snapshot[category])
    if (changed) snapshot = next
    return changed
  }

  set('pending')
  set(initial)
  return {
    get: () => snapshot,
    /** A category that nobody named before is pending. */
    of: (category: string): ConsentState => snapshot[category] ?? 'pending',
    knows: (category: string) => known.has(category),
    /** Whether anything changed: banners repeat themselves. */
    set,
  }
}
