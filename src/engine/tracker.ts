import type { AnyPlan, Plan } from '../plan/define-plan.ts'
// biome-ignore lint/plugin: the default platform is chosen here, and nowhere else
import { browserPlatform } from '../platform/browser.ts'
import type { KeyValue, Platform } from '../platform/platform.ts'
import { attempt } from '../support/attempt.ts'
import { messageOf } from '../support/message-of.ts'
import { underEach } from '../support/records.ts'
import { createAdmission } from './admission.ts'
import { createAdvice } from './advice.ts'
import { notingCalls } from './call-sites.ts'
import { createCommits } from './commits.ts'
import { createConsent } from './consent.ts'
import { categoriesOf, consentFor } from './consent-need.ts'
import { createContext } from './context.ts'
import { createDeliveries, DEFAULT_CATEGORY, needOf } from './deliveries.ts'
import { createDepartures } from './departures.ts'
import { type Emit, withEmitter } from './emitter.ts'
import { createGuard } from './guard.ts'
import { createHold, MAX_HELD } from './hold.ts'
import { createIdentity } from './identity.ts'
import { inertTracker } from './inert-tracker.ts'
import { landingOf } from './landing.ts'
import { createLedger } from './ledger.ts'
import { joinPage } from './live-trackers.ts'
import { createPageScope } from './page-scope.ts'
import { createPageViews, type WhenItStays } from './page-views.ts'
import { createRecord } from './record.ts'
import { createSessionLanding } from './session-landing.ts'
import { createStorage, storesOf } from './storage.ts'
import { withoutTexts } from './texts.ts'
import type { TrackerOptions } from './tracker-options.ts'
import { byHand, withParts } from './tracker-parts.ts'
import type {
  ConsentSnapshot,
  ConsentState,
  ConsentUpdate,
  Decision,
  Occurrence,
  PageInput,
  Properties,
  SignalOverride,
  Tracker,
  TrackOptions,
  TriggerContext,
} from './types.ts'
import { createUsers } from './users.ts'
import { createVisits } from './visits.ts'

const MINUTE_MS = 60_000

/** Makes the tracker of one plan. On a server it takes every call and emits nothing. */
export function createTracker<P extends AnyPlan>(options: TrackerOptions<P>): Tracker<P> {
  const platform = options.platform ?? browserPlatform()
  if (!platform) return inertTracker(options.plan, 'not-in-browser') as unknown as Tracker<P>
  return trackerOn(platform, options) as unknown as Tracker<P>
}

function trackerOn(platform: Platform, options: TrackerOptions<AnyPlan>) {
  const { destinations = [], texts = true } = options
  const plan: Plan = options.plan
  const storageNeed = options.storage?.consent ?? DEFAULT_CATEGORY
  const { now, newId, later, lifecycle } = platform
  const { replaces } = options
  replaces?.dispose()
  const advice = createAdvice(plan, destinations, options.journey !== undefined)

  const consent = createConsent({
    initial: replaces?.consent.get() ?? options.consent ?? 'pending',
    categories: [storageNeed, ...destinations.map(needOf)].flatMap(categoriesOf),
    privacySignals: platform.privacySignals,
    signalled: options.signals,
  })
  const personalData = options.personalData ?? (process.env.NODE_ENV === 'production' ? 'redact' : 'block')
  const guard = createGuard(personalData)
  const stores = storesOf(platform, plan.name)
  const allowedParameters = options.urlParameters ?? []
  const pages = createPageScope(
    texts ? platform.location : () => ({ ...platform.location(), title: '' }),
    allowedParameters,
  )
  const pageViews = createPageViews(pages, now, emitPageView)
  const stateOfStorage = () => consentFor(storageNeed, consent.of)
  const kept = options.hold === 'tab' ? unless(() => stateOfStorage() === 'denied', stores.tab) : undefined
  const idleMs = (options.session?.idleMinutes ?? 30) * MINUTE_MS
  const landing = createSessionLanding({
    entered: landingOf({
      ...platform.location(),
      allowed: allowedParameters,
      clickIds: options.campaign?.clickIds,
    }),
    permitted: stateOfStorage() === 'granted',
    kept,
    now,
    idleMs,
    page: pages.current,
  })
  const record = createRecord(process.env.NODE_ENV !== 'production', consent.get(), replaces?.record.get())
  const ledger = createLedger()
  const shadowLedger = createLedger()
  const ledgers = [ledger, shadowLedger]
  const maxMs = (options.session?.maxHours ?? 24) * 60 * MINUTE_MS
  const identity = createIdentity({
    now,
    newId,
    later,
    exclusively: (step) => platform.exclusively(stores.prefix, step),
    idleMs,
    maxMs,
    landing: landing.next,
    onAdopted: (scope, from, to) => {
      for (const each of ledgers) each.rename(scope, from, to)
    },
    onEnded: (scope, id) => {
      for (const each of ledgers) each.forget(scope, id)
    },
    onSettled: () => visits.tell(),
    onSaid: () => storage.tell('visitor'),
  })
  const bornAt = now()
  const storage = createStorage({
    platform,
    stores,
    identity,
    ledger,
    onKind: record.setStorage,
    onChange: () => {
      deliveries.storageChanged()
      journey?.storageChanged()
    },
    onWithdrawn: (what, time = now()) => {
      const granted = () =>
        Object.keys(consent.get()).filter((category) => consent.of(category) === 'granted')
      const categories =
        what === 'storage' ? categoriesOf(storageNeed) : what === 'everything' ? granted() : what
      // What was granted here since is the later answer.
      const older = categories.filter((category) => consent.grantedAt(category) <= time)
      changeConsent(underEach(older, 'denied' as const), {}, () => {})
    },
  })
  const isSettled = () => storage.isReady() && identity.isSettled()
  const commits = createCommits({
    ledger,
    ready: storage.ready,
    isReady: isSettled,
    settled: identity.settled,
    isKnown: identity.isKnown,
    reread: identity.reread,
    later,
  })
  const deliveries = createDeliveries({
    destinations,
    invalid: options.invalid,
    consentOf: consent.of,
    now,
    later,
    newId,
    storage: storage.shared,
    onDelivery: record.deliver,
  })
  const context = createContext({
    plan,
    storage: storage.kind,
    surroundings: platform.surroundings,
    allowedTraits: options.traits ?? [],
  })
  const visits = createVisits(() => {
    const who = identity.current()
    return { session: who.session.id, visitor: context.visitorOf(who) }
  })
  const users = createUsers({
    identity,
    setTraits: context.setTraits,
    sha256: platform.sha256,
    advice,
    onReset: visits.tell,
  })
  const journey = options.journey?.({
    plan,
    platform,
    identity,
    storage,
    surroundings,
    admit: (occurrence, who = identity.current()) => admission.admit(occurrence, who),
    refuse: (occurrence) => admission.refuse(occurrence, 'dropped', 'code-threw'),
    record,
    advice,
  })
  const departures = createDepartures({
    commit: commits.add,
    deliveries,
    consent: consent.get,
    record,
    journey,
    isKnown: identity.isKnown,
  })
  const hold = createHold(now, guard, kept)
  const admission = createAdmission({
    plan,
    invalid: options.invalid ?? 'flag',
    beforeSend: options.beforeSend,
    newId,
    isSettled,
    consent: consent.get,
    contextOf: context.of,
    guard,
    unwantedBot: context.bot && options.bots === 'drop',
    holds: options.hold !== 'none',
    ledger,
    shadowLedger,
    departures,
    deliveries,
    hold,
    record,
    advice,
    journey,
  })
  let disposed = false
  let leaving = false

  // Until a prerendered page is activated it is no visit: no id, no storage, no decision. All of these would
  // work earlier.
  let unseen: { readonly occurrence: Occurrence; readonly number: number }[] = []
  /** Held by an earlier page of this tab, until storage has told who is here, or this page is left. */
  let earlier: Occurrence[] = []
  function admitEarlier(): void {
    for (const occurrence of earlier.splice(0)) admission.admit(occurrence, identity.current())
  }
  function begin(): void {
    landing.keep()
    permit()
    earlier = hold.takeEarlier()
    if (storage.isReady()) admitEarlier()
    else void storage.ready().then(admitEarlier)
    const early = unseen
    unseen = []
    for (const { occurrence, number } of early)
      admission.admit({ ...occurrence, time: now() }, identity.current(), number)
  }

  function emit(
    event: string,
    properties: Properties = {},
    trigger: TriggerContext = byHand,
    scope: Properties = {},
    id?: unknown,
    time = now(),
  ): Decision {
    admission.expire()
    // Callers without a compiler give anything, also what cannot be read.
    const name = attempt(() => String(event)) ?? ''
    const given = texts ? properties : (attempt(() => withoutTexts(properties, trigger)) ?? properties)
    const happened = { event: name, properties: given, trigger, ...surroundings(scope), time }
    if (disposed) return admission.refuse(happened, 'dropped', 'disabled')
    const occurrence = admission.freeze(happened, id)
    if (lifecycle.prerendering()) {
      if (unseen.length >= MAX_HELD) return admission.refuse(occurrence, 'dropped', 'queue-full')
      const decision = admission.refuse(occurrence, 'held', 'prerendering')
      unseen.push({ occurrence, number: decision.number })
      return decision
    }
    release()
    const decision = admission.admit(occurrence, identity.current())
    if (leaving) depart()
    return decision
  }

  function surroundings(scope: Properties = {}) {
    const page = pages.current()
    return { time: now(), page, scope, device: context.deviceOn(page.number) }
  }

  /** At `pagehide`, and again for what triggers that hear of it later report: nothing can wait any more. */
  function depart(): void {
    admitEarlier()
    admission.reconsider()
    hold.leave()
    storage.leave(() => {
      commits.leave()
      deliveries.leave()
    })
  }

  /**
   * The second and third argument are for `usePage`: the scope around it, and when the page stays. Callers without a compiler
   * give anything: what names no page begins none.
   */
  function openPage(
    input: PageInput = {},
    scope: Properties = {},
    whenItStays?: WhenItStays,
  ): Decision | undefined {
    const ended = pages.current().number
    try {
      if (!pages.open(texts ? input : { ...input, title: undefined })) return undefined
    } catch (error) {
      notObserved('Page', '', error)
      return undefined
    }
    beginPage(ended)
    return pageViews.begin(scope, whenItStays)
  }

  function notObserved(component: string, name: string, error: unknown): void {
    const why = messageOf(error)
    record.addUnobserved(`${component} ${name}`.trim(), why)
    advice?.notObserved(component, why)
  }

  function beginPage(ended: number): void {
    journey?.begin()
    if (pages.current().number !== ended) for (const each of ledgers) each.forget('page', String(ended))
  }

  function emitPageView(time: number, scope: Properties): Decision | undefined {
    if (!pages.named() || !plan.events.has('page_view')) return undefined
    const { url, title, referrer, type, number } = pages.current()
    const properties = {
      page_location: url,
      page_title: title,
      page_referrer: referrer,
      ...(type !== undefined && { page_type: type }),
    }
    const trigger = { component: 'page', fact: 'view', factKey: String(number) }
    return emit('page_view', properties, trigger, scope, undefined, time)
  }

  function permit(): void {
    const state = stateOfStorage()
    if (state === 'granted') {
      landing.settled()
      storage.permit()
      void storage.ready().then(visits.tell)
    }
    // What an earlier visit has left goes at a refusal; without an answer nobody looks.
    else if (storage.isPermitted() || (state === 'denied' && stateBefore !== 'denied'))
      storage.erase(state === 'denied')
    stateBefore = state
  }
  let stateBefore: ConsentState = 'pending'

  function updateConsent(change: ConsentUpdate | ConsentState, override?: SignalOverride): void {
    advice?.consent(change, consent.knows)
    changeConsent(change, override, storage.announce)
  }

  function changeConsent(
    change: ConsentUpdate | ConsentState,
    override: SignalOverride | undefined,
    beforeLoss: (categories: readonly string[]) => void,
  ): void {
    if (disposed || !consent.set(change, override, beforeLoss, now())) return
    record.setConsent(consent.get())
    if (lifecycle.prerendering()) return
    admission.withdraw()
    permit()
    // What waits must not meet another answer than this one.
    admitEarlier()
    deliveries.reconsider()
    owesRelease = true
    release()
    void storage.ready().then(release)
  }

  /** Identity and counts of earlier visits decide about what was held: it waits until storage has told them. */
  function release(): void {
    if (!owesRelease || !storage.isReady()) return
    owesRelease = false
    admission.reconsider()
  }
  let owesRelease = false

  const stops = [
    users.onReset(() => journey?.forget()),
    lifecycle.onActivated(begin),
    lifecycle.onHidden((last) => {
      pageViews.report()
      leaving ||= last
      if (leaving) depart()
      else void deliveries.flush('hidden')
    }),
    lifecycle.onRestored(() => {
      leaving = false
      const ended = pages.current().number
      pages.renew()
      storage.recheck()
      // It may be left again before.
      void storage.ready().then(() => leaving || deliveries.restored())
      beginPage(ended)
      pageViews.begin()
    }),
    lifecycle.onActivity(identity.touch),
    lifecycle.onFrozen((frozen) => (frozen ? storage.doubt() : storage.recheck())),
    lifecycle.onStorage((key, value) => {
      storage.onStorage(key, value)
      journey?.onStorage(key)
    }),
  ]
  // A platform that was handed in, as by a test, has a storage of its own.
  if (!options.platform) {
    advice?.joins()
    stops.push(joinPage(plan.name))
  }
  if (!lifecycle.prerendering()) begin()

  const emitter: Emit = process.env.NODE_ENV === 'production' ? emit : notingCalls(emit)
  const tracker = {
    plan,
    track: (event: string, properties?: Properties, given?: TrackOptions) =>
      emitter(
        event,
        properties,
        undefined,
        undefined,
        attempt(() => given?.id),
      ),
    page: openPage,
    identify: users.identify,
    reset: users.reset,
    consent: {
      get: consent.get,
      update: updateConsent,
      subscribe(listener: (snapshot: ConsentSnapshot) => void) {
        let before = consent.get()
        return record.view.subscribe(() => {
          const snapshot = record.view.get().consent
          if (snapshot === before) return
          before = snapshot
          listener(snapshot)
        })
      },
    },
    onPageEnd: pages.onEnd,
    onVisit: visits.listen,
    onReset: users.onReset,
    async flush() {
      await pageViews.reported()
      await storage.ready()
      await commits.idle()
      await journey?.idle()
      await commits.idle()
      await deliveries.flush('flush')
    },
    record: record.view,
    journey,
    dispose() {
      if (disposed) return
      pageViews.report()
      admitEarlier()
      disposed = true
      for (const stop of stops) stop()
      users.dispose()
      admission.dispose(unseen)
      commits.leave()
      deliveries.leave()
      deliveries.dispose()
      identity.detach()
      storage.close()
    },
  }
  return withParts(withEmitter(tracker, emitter), {
    options,
    personalData,
    bornAt,
    isLive: () => !disposed,
    idleMs,
    maxMs,
    newId,
    track: emit,
    notObserved,
    surroundings,
    noteUnknown: record.noteUnknown,
    guard,
    identity,
    storage,
    ledgers,
    admission,
    deliveries,
  })
}

/** A store that takes nothing while it is `closed`. */
function unless(closed: () => boolean, store: KeyValue): KeyValue {
  return { ...store, set: (key, value) => !closed() && store.set(key, value) }
}
