import type { PrivacySignals } from '../platform/platform.ts'
import { mapValues, underEach } from '../support/records.ts'
import type { SignalledCategories } from './consent-need.ts'
import type { ConsentSnapshot, ConsentState, ConsentUpdate, SignalOverride } from './types.ts'

/** Callers without a compiler answer anything: what is neither a yes nor a no is no answer yet. */
function answer(state: ConsentState): ConsentState {
  return state === 'granted' || state === 'denied' ? state : 'pending'
}

interface ConsentOptions {
  readonly initial: ConsentUpdate | ConsentState
  readonly categories: readonly string[]
  /** Read at each change: the browser's signal is the visitor's. */
  readonly privacySignals: () => PrivacySignals
  readonly signalled: SignalledCategories | undefined
}

/** The state of each category. The answer itself is stored by the banner or the host, never here. */
export function createConsent({ initial, categories, privacySignals, signalled }: ConsentOptions) {
  const { gpc = ['marketing'], dnt = [] } = signalled ?? {}
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
    return { ...states, ...underEach(denied, 'denied' as const) }
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
      typeof change === 'string' ? underEach([...known, ...Object.keys(asked)], change) : (change ?? {})
    asked = { ...asked, ...mapValues(answers, answer) }
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
