import type { PrivacySignals } from '../platform/platform.ts'
import type { ConsentNeed, ConsentSnapshot, ConsentState, ConsentUpdate, SignalOverride } from './types.ts'

/** Denied if any needed category is, granted if all are; under `anyOf` the other way round. */
export function consentFor(need: ConsentNeed, stateOf: (category: string) => ConsentState): ConsentState {
  const states = categoriesOf(need).map(stateOf)
  if (typeof need === 'object' && 'anyOf' in need)
    return (['granted', 'pending'] as const).find((state) => states.includes(state)) ?? 'denied'
  return (['denied', 'pending'] as const).find((state) => states.includes(state)) ?? 'granted'
}

/** Callers without a compiler answer anything: what is neither a yes nor a no is no answer yet. */
function answer(state: ConsentState): ConsentState {
  return state === 'granted' || state === 'denied' ? state : 'pending'
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

export const deniedByGpc = ({ gpc = ['marketing'] }: SignalledCategories): readonly string[] => gpc

interface ConsentOptions {
  readonly initial: ConsentUpdate | ConsentState
  readonly categories: readonly string[]
  /** Read at each change: the browser's signal is the visitor's. */
  readonly privacySignals: () => PrivacySignals
  readonly signalled: SignalledCategories | undefined
}

/** The state of each category. The answer itself is stored by the banner or the host, never here. */
export function createConsent({ initial, categories, privacySignals, signalled = {} }: ConsentOptions) {
  const gpc = deniedByGpc(signalled)
  const { dnt = [] } = signalled
  const known = new Set([...categories, ...(typeof initial === 'string' ? [] : Object.keys(initial))])
  const overridden = { gpc: false, dnt: false }
  const grantedAt = new Map<string, number>()
  let asked: ConsentSnapshot = {}
  let snapshot: ConsentSnapshot = {}

  function withSignals(states: ConsentSnapshot): ConsentSnapshot {
    const signals = privacySignals()
    const denied = [
      ...(signals.gpc && !overridden.gpc ? gpc : []),
      ...(signals.dnt && !overridden.dnt ? dnt : []),
    ].filter((category) => category in states)
    return { ...states, ...Object.fromEntries(denied.map((category) => [category, 'denied' as const])) }
  }

  /** `beforeLoss` hears of the categories that are about to be no longer granted. */
  function set(
    change: ConsentUpdate | ConsentState,
    override: SignalOverride = {},
    beforeLoss: (categories: readonly string[]) => void = () => {},
    now = 0,
  ): boolean {
    overridden.gpc ||= override.overrideGpc === true
    overridden.dnt ||= override.overrideDnt === true
    const answers =
      typeof change === 'string'
        ? [...new Set([...known, ...Object.keys(asked)])].map((category) => [category, change] as const)
        : Object.entries(change ?? {})
    asked = { ...asked, ...Object.fromEntries(answers.map(([category, state]) => [category, answer(state)])) }
    const next = withSignals(asked)
    const lost = Object.keys(snapshot).filter(
      (category) => snapshot[category] === 'granted' && next[category] !== 'granted',
    )
    if (lost.length) beforeLoss(lost)
    const changed = Object.keys(next).filter((category) => next[category] !== snapshot[category])
    for (const category of changed) if (next[category] === 'granted') grantedAt.set(category, now)
    if (changed.length) snapshot = next
    return changed.length > 0
  }

  set('pending')
  set(initial)
  return {
    get: () => snapshot,
    /** A category that nobody named before is pending. */
    of: (category: string): ConsentState => snapshot[category] ?? 'pending',
    /** Epoch ms of the answer that granted it; 0 for the first of this page. */
    grantedAt: (category: string): number => grantedAt.get(category) ?? 0,
    knows: (category: string) => known.has(category),
    /** Whether anything changed: banners repeat themselves. */
    set,
  }
}
