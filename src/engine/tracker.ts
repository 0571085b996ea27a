import type { AnyPlan, Plan } from '../plan/define-plan.ts'
// biome-ignore lint/plugin: the default platform is chosen here, and nowhere else
import { browserPlatform } from '../platform/browser.ts'
import type { Platform } from '../platform/platform.ts'
import { createAdvice } from './advice.ts'
import { createCommits } from './commits.ts'
import { categoriesOf, consentFor, createConsent } from './consent.ts'
import { decide, type Verdict } from './decide.ts'
import { createDeliveries, DEFAULT_CATEGORY, needOf } from './deliveries.ts'
import { buildEvent } from './event.ts'
import { createHold } from './hold.ts'
import { createIdentity, type Who } from './identity.ts'
import { inertTracker } from './inert-tracker.ts'
import { createLedger, entriesOf, type ScopeIds } from './ledger.ts'
import { createRecord } from './record.ts'
import { createStorage } from './storage.ts'
import type {
  ConsentNeed,
  ConsentState,
  ConsentUpdate,
  Decision,
  Delivery,
  Destination,
  Occurrence,
  PageContext,
  PageInput,
  Properties,
  TrackedEvent,
  Tracker,
  TriggerContext,
} from './types.ts'

export interface TrackerOptions<P extends AnyPlan> {
  readonly plan: P
  /** Default none: decisions are made and recorded, nothing is sent. */
  readonly destinations?: readonly Destination[] | undefined
  /** The answers so far, for all categories or for each. Default `'pending'`. */
  readonly consent?: ConsentUpdate | ConsentState | undefined
  /** Which consent permits ids, session and counts to be stored. Default `{ consent: 'analytics' }`. */
  readonly storage?: { readonly consent: ConsentNeed } | undefined
  /** Defaults: 30 minutes without activity, 24 hours in all. */
  readonly session?:
    | { readonly idleMinutes?: number | undefined; readonly maxHours?: number | undefined }
    | undefined
  /** What becomes of properties that fail their schema. Default `'flag'`: sent, with the issues in the record. */
  readonly invalid?: 'drop' | 'flag' | undefined
  /** Last word before an event is queued: returns it, changed or not, or null to drop it. Synchronous. */
  readonly beforeSend?: ((event: TrackedEvent) => TrackedEvent | null) | undefined
  /** Default: the browser. */
  readonly platform?: Platform | undefined
}

const MINUTE_MS = 60_000

/** Makes the tracker of one plan. On a server it takes every call and emits nothing. */
export function createTracker<P extends AnyPlan>(options: TrackerOptions<P>): Tracker<P> {
  const platform = options.platform ?? browserPlatform()
  if (!platform) return inertTracker(options.plan, 'not-in-browser') as unknown as Tracker<P>
  return trackerOn(platform, options) as unknown as Tracker<P>
}

function trackerOn(platform: Platform, options: TrackerOptions<AnyPlan>) {
  const { destinations = [], beforeSend } = options
  const plan: Plan = options.plan
  const storageNeed = options.storage?.consent ?? DEFAULT_CATEGORY
  const { now, newId, later, lifecycle } = platform
  const advice = createAdvice(plan, destinations)

  const consent = createConsent({
    initial: options.consent ?? 'pending',
    categories: [storageNeed, ...destinations.map(needOf)].flatMap(categoriesOf),
    privacySignal: platform.privacySignal,
  })
  const record = createRecord(process.env.NODE_ENV !== 'production', consent.get())
  const ledger = createLedger()
  const shadowLedger = createLedger()
  const identity = createIdentity({
    now,
    newId,
    idleMs: (options.session?.idleMinutes ?? 30) * MINUTE_MS,
    maxMs: (options.session?.maxHours ?? 24) * 60 * MINUTE_MS,
    onAdopted: ledger.rename,
    onEnded: ledger.forget,
  })
  const storage = createStorage({ platform, plan: plan.name, identity, ledger, onKind: record.setStorage })
  const commits = createCommits({
    ledger,
    ready: storage.ready,
    isReady: () => (!storage.permitted() || storage.kind() === 'persistent') && identity.isSettled(),
    settled: identity.settled,
    later,
  })
  const deliveries = createDeliveries({
    destinations,
    consentOf: consent.of,
    later,
    onDelivery: (number, destination, delivery) =>
      record.change(number, (decision) => ({
        ...decision,
        deliveries: { ...decision.deliveries, [destination]: delivery },
      })),
  })
  const hold = createHold(now)
  const pageEnd = new Set<() => void>()
  /** Effect-born facts of the page in view. */
  const seen = new Set<string>()
  let page: PageContext = { number: 1, ...platform.location() }
  let pageKey: string | undefined
  let pageNamed = false
  let disposed = false

  const storageGranted = () => consentFor(storageNeed, consent.of) === 'granted'
  const scopesOf = (occurrence: Occurrence, who: Who): ScopeIds => ({
    page: String(occurrence.page.number),
    tab: '',
    session: who.session.id,
    user: who.visitor.id,
  })

  function judge(occurrence: Occurrence, who: Who, repeated: boolean): Verdict {
    const scopes = scopesOf(occurrence, who)
    try {
      return decide(occurrence, plan.events.get(occurrence.event), {
        now: occurrence.time,
        visitorId: who.visitor.id,
        invalid: options.invalid ?? 'flag',
        times: (claim, shadow) =>
          entriesOf([claim], scopes).flatMap(({ id }) => (shadow ? shadowLedger : ledger).times(id)),
        repeated,
        destinations: deliveries.states(),
      })
    } catch (error) {
      advice.threw(occurrence.event, error)
      const issues = [
        { message: `the plan's own code threw: ${error instanceof Error ? error.message : String(error)}` },
      ]
      const nothing = { claims: [], frequency: [], sampleRate: 1, eligible: {} }
      return {
        outcome: 'dropped',
        reason: 'invalid-properties',
        properties: occurrence.properties,
        issues,
        ...nothing,
      }
    }
  }

  /** Judges, records, claims. `number`: of a decision that was held, and is amended now. */
  function admit(occurrence: Occurrence, who: Who, repeated: boolean, number?: number): Decision {
    let verdict = judge(occurrence, who, repeated)
    const refuse = (reason: 'before-send' | 'queue-full') => {
      verdict = { ...verdict, outcome: 'dropped', reason, eligible: {} }
    }
    const planned = plan.events.get(occurrence.event)
    const randomId = newId()
    const bind = () =>
      planned &&
      buildEvent({
        occurrence,
        planned,
        properties: verdict.properties,
        claims: verdict.claims,
        who,
        randomId,
        plan,
        storage: storage.kind(),
        consent: consent.get(),
      })
    let revised: TrackedEvent | null | undefined
    try {
      const event = verdict.outcome === 'fired' ? bind() : undefined
      revised = event && beforeSend ? beforeSend(event) : event
      if (revised === null) refuse('before-send')
    } catch (error) {
      advice.threw(occurrence.event, error)
      refuse('before-send')
    }
    if (verdict.outcome === 'held' && hold.full()) refuse('queue-full')

    const decision = write(occurrence, verdict, number)
    advice.explain(decision, verdict)
    const entries = () => entriesOf(verdict.claims, scopesOf(occurrence, who))
    if (verdict.would && (verdict.would.outcome === 'fired' || verdict.would.outcome === 'held')) {
      shadowLedger.spend(entries(), occurrence.time)
    }
    if (verdict.outcome === 'held') {
      hold.add({
        number: decision.number,
        occurrence,
        who,
        release: ledger.reserve(entries(), occurrence.time),
      })
    }
    if (verdict.outcome === 'fired') {
      const release = ledger.reserve(entries(), occurrence.time)
      commits.add({
        number: decision.number,
        entries,
        time: occurrence.time,
        done: (won) => {
          release()
          if (!won)
            return amend(decision.number, { outcome: 'dropped', reason: 'superseded', deliveries: {} })
          const bound = bind()
          if (!bound || !revised) return
          const { id, sessionId, anonymousId, userId } = bound
          record.change(decision.number, (before) => ({ ...before, eventId: id }))
          deliveries.deliver(
            { number: decision.number, event: { ...revised, id, sessionId, anonymousId, userId } },
            verdict.eligible,
          )
        },
      })
    }
    return decision
  }

  function write(occurrence: Occurrence, verdict: Verdict, number?: number): Decision {
    const { outcome, reason } = verdict
    const counted = outcome === 'fired' || outcome === 'held' || reason === 'consent-denied'
    const findings = {
      outcome,
      reason,
      properties: verdict.properties,
      issues: verdict.issues,
      frequency: verdict.frequency,
      would: verdict.would,
      consent: consent.get(),
      sampleRate: verdict.sampleRate,
      deliveries: counted ? deliveriesOf(verdict.eligible) : {},
    }
    const { event, time, page: where, trigger, scope } = occurrence
    const decision = { event, time, page: where, trigger, scope, ...findings }
    if (number === undefined) return record.add(decision)
    const { properties: _, ...amendment } = findings
    amend(number, { ...amendment, time })
    return { ...decision, number }
  }

  function amend(number: number, change: Partial<Decision>): void {
    record.change(number, (before) => ({
      ...before,
      ...change,
      first: before.first ?? { outcome: before.outcome, reason: before.reason },
    }))
  }

  function emit(
    event: string,
    properties: Properties = {},
    trigger: TriggerContext = byHand,
    scope: Properties = {},
  ): Decision {
    expireHeld()
    const occurrence: Occurrence = { event, properties: { ...properties }, time: now(), page, trigger, scope }
    if (disposed || lifecycle.prerendering()) {
      const nothing = { properties, claims: [], frequency: [], sampleRate: 1, eligible: {} }
      const verdict: Verdict = disposed
        ? { outcome: 'dropped', reason: 'disabled', ...nothing }
        : { outcome: 'held', reason: 'prerendering', ...nothing }
      const decision = write(occurrence, verdict)
      if (!disposed) unseen.push({ occurrence, number: decision.number })
      return decision
    }
    return admit(occurrence, identity.current(), wasSeen(occurrence))
  }

  /** StrictMode and re-mounts run an effect again: the same fact in the same page scope is no second one (F11). */
  function wasSeen({ event, trigger }: Occurrence): boolean {
    if (!trigger.fromEffect) return false
    const key = [event, trigger.component, trigger.fact, trigger.factKey].join('|')
    const before = seen.has(key)
    seen.add(key)
    return before
  }

  // A prerendered page is nobody's visit yet: no id, no storage, no decision, until somebody looks at it (L1).
  let unseen: { readonly occurrence: Occurrence; readonly number: number }[] = []
  function activate(): void {
    begin()
    const early = unseen
    unseen = []
    for (const { occurrence, number } of early) {
      const current = { ...occurrence, time: now() }
      admit(current, identity.current(), wasSeen(current), number)
    }
  }

  function expireHeld(): void {
    for (const { number, release } of hold.expired()) {
      release()
      amend(number, { outcome: 'dropped', reason: 'hold-expired', deliveries: {} })
    }
  }

  /** What was held is admitted a second time where a destination may have it now, and never a third time (C2). */
  function reconsiderHeld(): void {
    expireHeld()
    const states = new Map(deliveries.states().map(({ name, consent: state }) => [name, state]))
    for (const held of hold.takeAll()) {
      const planned = plan.events.get(held.occurrence.event)
      const mine = [...states].flatMap(([name, state]) =>
        planned?.destinations?.[name] === false ? [] : [state],
      )
      if (mine.includes('granted')) {
        held.release()
        admit(held.occurrence, held.who, false, held.number)
      } else if (mine.includes('pending')) {
        hold.add(held)
      } else {
        held.release()
        amend(held.number, {
          outcome: 'dropped',
          reason: 'consent-denied',
          consent: consent.get(),
          deliveries: deliveriesOf(Object.fromEntries(states)),
        })
      }
    }
  }

  function updateConsent(change: ConsentUpdate | ConsentState, { overrideGpc = false } = {}): void {
    advice.consent(change, consent.knows)
    if (!consent.set(change, overrideGpc)) return
    record.setConsent(consent.get())
    if (lifecycle.prerendering()) return
    if (storageGranted()) storage.permit()
    else storage.withdraw()
    deliveries.reconsider()
    // Identity and counts of earlier visits decide about what was held: wait until storage has told them.
    void storage.ready().then(reconsiderHeld)
  }

  function openPage(input: PageInput = {}): Decision | undefined {
    if (pageNamed && input.key !== undefined && input.key === pageKey) return undefined
    // What mounts on landing reports before the first call can name the page: it is the same page.
    if (pageNamed) {
      for (const listener of [...pageEnd]) listener()
      const { number, url } = page
      ledger.forget('page', String(number))
      shadowLedger.forget('page', String(number))
      seen.clear()
      page = { ...platform.location(), number: number + 1, referrer: url }
    }
    pageNamed = true
    pageKey = input.key
    page = { ...page, path: input.path ?? page.path, title: input.title ?? page.title }
    if (!plan.events.has('page_view')) return undefined
    const { url, title, referrer } = page
    const view = { page_location: url, page_title: title, page_referrer: referrer }
    return emit('page_view', view, { component: 'page', fact: 'view', factKey: String(page.number) })
  }

  function identify(userId: string): void {
    if (!userId) return
    const known = identity.current().visitor.userId
    if (known === userId) return
    if (known) {
      advice.otherUser()
      identity.reset()
    }
    identity.identify(userId)
  }

  function begin(): void {
    if (storageGranted()) storage.permit()
  }

  const stops = [
    lifecycle.onActivated(activate),
    lifecycle.onHidden((leaving) => {
      if (leaving) commits.leave()
      void deliveries.flush('hidden')
    }),
    lifecycle.onRestored(() => {
      if (pageNamed) openPage({ path: page.path, title: page.title })
    }),
    lifecycle.onActivity(identity.touch),
    lifecycle.onStorage(storage.onStorage),
    advice.live(),
  ]
  if (!lifecycle.prerendering()) begin()

  return {
    plan,
    /** The third and fourth argument are for components: who reports, and the scope around it. */
    track: emit,
    page: openPage,
    identify,
    reset: identity.reset,
    consent: { get: consent.get, update: updateConsent },
    onPageEnd: (listener: () => void) => {
      pageEnd.add(listener)
      return () => void pageEnd.delete(listener)
    },
    async flush() {
      await storage.ready()
      await commits.idle()
      await deliveries.flush('flush')
    },
    record: record.view,
    dispose() {
      if (disposed) return
      disposed = true
      for (const stop of stops) stop()
      void deliveries.flush('flush')
      storage.close()
    },
  }
}

const byHand: TriggerContext = { component: 'track', fact: 'call' }

function deliveriesOf(eligible: Readonly<Record<string, ConsentState>>): Readonly<Record<string, Delivery>> {
  const states = { granted: 'queued', pending: 'held', denied: 'denied' } as const
  return Object.fromEntries(
    Object.entries(eligible).map(([name, consent]) => [name, { state: states[consent], attempts: 0 }]),
  )
}
