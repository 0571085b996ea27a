import type { Lifecycle } from '../../platform/platform.ts'
import { underEach } from '../../support/records.ts'
import type { Knowledge } from '../knowledge.ts'
import type { Pipeline } from '../pipeline/pipeline.ts'
import { categoriesOf } from './consent-need.ts'
import type { ConsentState, ConsentUpdate, SignalOverride } from './consent-types.ts'

interface ConsentChangesOptions {
  readonly storageNeed: Parameters<typeof categoriesOf>[0]
  readonly lifecycle: Pick<Lifecycle, 'prerendering'>
  readonly now: () => number
  readonly known: Pick<
    Knowledge,
    'advice' | 'consent' | 'forStorage' | 'landing' | 'record' | 'storage' | 'visits'
  >
  readonly pipeline: Pick<Pipeline, 'admission' | 'deliveries' | 'departures' | 'earlier'>
}

/** Applies changes of consent: those of this page, and withdrawals in other tabs. */
export function createConsentChanges(options: ConsentChangesOptions) {
  const { storageNeed, lifecycle, now, known } = options
  const { advice, consent, forStorage, landing, record, storage, visits } = known
  const { admission, deliveries, departures, earlier } = options.pipeline
  let storageBefore: ConsentState = 'pending'
  let owesRelease = false
  let disposed = false

  /** Opens storage if it is permitted, and erases it if it no longer is. */
  function permitStorage(): void {
    const state = forStorage()
    if (state === 'granted') {
      landing.settled()
      storage.permit()
      void storage.ready().then(visits.tell)
    }
    // When the user refuses, data of earlier visits are erased. Without an answer they are not touched.
    else if (storage.isPermitted() || (state === 'denied' && storageBefore !== 'denied'))
      storage.erase(state === 'denied')
    storageBefore = state
  }

  /**
   * Admits events that waited, once storage has provided the identity and counts of earlier visits, which affect the
   * decision.
   */
  function release(): void {
    if (!owesRelease || !storage.isReady()) return
    owesRelease = false
    admission.reconsider()
  }

  function apply(
    change: ConsentUpdate | ConsentState,
    override: SignalOverride | undefined,
    beforeLoss: (categories: readonly string[]) => void,
  ): void {
    if (disposed || !consent.set(change, override, beforeLoss, now())) return
    const prerendering = lifecycle.prerendering()
    // Before listeners hear of the grant: what they track has the user and the counts of earlier visits.
    if (forStorage() === 'granted' && !prerendering) permitStorage()
    record.setConsent(consent.get())
    // A prerendered page is no visit: the answer at its activation counts.
    if (prerendering) return
    // 1. Events that were decided under an answer that is lost do not come back with a new one.
    departures.deny(
      deliveries.states().flatMap(({ name, consent: state }) => (state === 'denied' ? name : [])),
    )
    // 2. Events that no destination may have any more end.
    admission.endDenied()
    // 3. Storage opens, or every stored byte is erased.
    permitStorage()
    // 4. Events that an earlier page of this tab has held are decided under this answer alone.
    earlier.admit()
    // 5. Each lane sends, waits on, or ends what it has.
    deliveries.reconsider()
    // 6. Events that waited are admitted in order, once user and session are known.
    owesRelease = true
    release()
    void storage.ready().then(release)
  }

  storage.onWithdrawn((what, time = now()) => {
    const granted = Object.keys(consent.get()).filter((category) => consent.of(category) === 'granted')
    const categories = what === 'storage' ? categoriesOf(storageNeed) : what === 'everything' ? granted : what
    // A category that was granted here later stays granted. A grant in the future is older than a clock that was set back.
    const isOlder = (at: number) => at <= time || at > now()
    const older = categories.filter((category) => isOlder(consent.grantedAt(category)))
    apply(underEach(older, 'denied' as const), {}, () => {})
  })

  return {
    update(change: ConsentUpdate | ConsentState, override?: SignalOverride): void {
      advice?.consent(change, consent.knows)
      apply(change, override, storage.announce)
    },
    permitStorage,
    release,
    dispose(): void {
      disposed = true
      // An answer that comes later changes nothing.
      advice?.dispose()
    },
  }
}

export type ConsentChanges = ReturnType<typeof createConsentChanges>
