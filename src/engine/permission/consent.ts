import type { PrivacySignals } from '../../platform/platform.ts'
import { mapValues, underEach } from '../../support/records.ts'
import type { SignalledCategories } from './consent-need.ts'
import type { ConsentSnapshot, ConsentState, ConsentUpdate, SignalOverride } from './consent-types.ts'

/** Returns a valid state. JavaScript callers may pass any value: anything other than granted or denied is pending. */
function answer(state: ConsentState): ConsentState {
  return state === 'granted' || state === 'denied' ? state : 'pending'
}

interface ConsentOptions {
  readonly initial: ConsentUpdate | ConsentState
  /** Overrides that the replaced tracker received. */
  readonly override?: SignalOverride | undefined
  readonly categories: readonly string[]
  /** Read at each change, because the user may change the browser's signals. */
  readonly privacySignals: () => PrivacySignals
  readonly signalled: SignalledCategories | undefined
}

/** Keeps the state of each category. The banner or the application stores the answers, never this library. */
export function createConsent({ initial, override, categories, privacySignals, signalled }: ConsentOptions) {
  const { gpc = ['marketing'], dnt = [] } = signalled ?? {}
  const known = new Set([...categories, ...(typeof initial === 'string' ? [] : Object.keys(initial))])
  const overridden = { gpc: false, dnt: false }
  const grantedAt = new Map<string, number>()
  let asked: ConsentSnapshot = {}
  /** Frozen, because events, decisions and the caller of `get` share it. */
  let snapshot: ConsentSnapshot = Object.freeze({})

  function withSignals(states: ConsentSnapshot): ConsentSnapshot {
    const signals = privacySignals()
    const denied = [
      ...(signals.gpc && !overridden.gpc ? gpc : []),
      ...(signals.dnt && !overridden.dnt ? dnt : []),
    ].filter((category) => category in states)
    return { ...states, ...underEach(denied, 'denied' as const) }
  }

  /**
   * Sets answers. Calls `beforeLoss` with the categories that are about to lose consent. Returns whether anything
   * changed.
   */
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
    if (changed.length) snapshot = Object.freeze(next)
    return changed.length > 0
  }

  set('pending')
  set(initial, override)
  return {
    get: () => snapshot,
    /** Returns the answers without the browser's signals, and which signals they override. */
    answers: () => ({
      initial: asked,
      override: { overrideGpc: overridden.gpc, overrideDnt: overridden.dnt },
    }),
    /** Returns the state of a category; pending if there is no answer. */
    of: (category: string): ConsentState => snapshot[category] ?? 'pending',
    /** Returns the time at which a category was granted, epoch ms; 0 for the first answer of this page. */
    grantedAt: (category: string): number => grantedAt.get(category) ?? 0,
    knows: (category: string) => known.has(category),
    /** Banners repeat answers, so the result says whether anything changed. */
    set,
  }
}

export type Consent = ReturnType<typeof createConsent>
