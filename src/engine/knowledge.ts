import type { KeyValue, Platform } from '../platform/platform.ts'
import { messageOf } from '../support/message-of.ts'
import { createLedger } from './counts/ledger.ts'
import { createAdvice } from './decision/advice.ts'
import { needOf } from './delivery/deliveries.ts'
import type { Surroundings } from './journey/journey-port.ts'
import { landingOf } from './page/landing.ts'
import { createPageScope } from './page/page-scope.ts'
import { createSessionLanding } from './page/session-landing.ts'
import { type Consent, createConsent } from './permission/consent.ts'
import { categoriesOf, consentFor } from './permission/consent-need.ts'
import { createGuard } from './personal-data/guard.ts'
import type { AddedContext } from './pipeline/added-context.ts'
import type { Properties } from './pipeline/occurrence.ts'
import { createRecord } from './record/record.ts'
import type { Settings } from './settings.ts'
import { createStorage, storesOf } from './storage/storage.ts'
import { createContext } from './who/context.ts'
import { createIdentity } from './who/identity.ts'
import { USER } from './who/keys.ts'
import { createUsers } from './who/users.ts'
import { createVisits } from './who/visits.ts'

/** Answers that the replaced tracker received. */
type Earlier = ReturnType<Consent['answers']>

/**
 * Creates everything that decisions look at: consent, page, counts, the user and the session, and where these are
 * stored.
 */
export function createKnowledge(platform: Platform, settings: Settings, earlier?: Earlier) {
  const { plan, destinations, storageNeed, idleMs, replaces } = settings
  const { now, newId, later } = platform
  const advice = createAdvice({
    plan,
    destinations,
    hasJourney: settings.journey !== undefined,
    isConsentSet: settings.consent !== undefined || replaces !== undefined,
    later,
  })
  const guard = createGuard(settings.personalData)
  const consent = createConsent({
    initial: replaces?.consent.get() ?? settings.consent ?? 'pending',
    ...earlier,
    categories: [storageNeed, ...destinations.map(needOf)].flatMap(categoriesOf),
    privacySignals: platform.privacySignals,
    signalled: settings.signals,
  })
  const forStorage = () => consentFor(storageNeed, consent.of)
  const record = createRecord(process.env.NODE_ENV !== 'production', consent.get(), replaces?.record.get())

  const stores = storesOf(platform, plan.name)
  const ofTab = settings.hold === 'tab' ? unless(() => forStorage() === 'denied', stores.tab) : undefined
  const { pages, landing } = createPlace(platform, settings, ofTab, forStorage() === 'granted')

  const ledger = createLedger()
  /** Counts shadow events separately, in memory: an event that goes live starts with an empty ledger. */
  const shadowLedger = createLedger()
  const identity = createIdentity({
    now,
    newId,
    later,
    exclusively: (step) => platform.exclusively(stores.prefix, step),
    idleMs,
    maxMs: settings.maxMs,
    landing: landing.next,
  })
  for (const each of [ledger, shadowLedger]) {
    identity.onAdopted(each.rename)
    identity.onEnded(each.forget)
  }
  const storage = createStorage({ platform, stores, identity, ledger, advice })
  storage.onChange(() => record.setStorage(storage.kind()))
  identity.onSaid(() => storage.tell(USER))

  const { surroundings, sha256 } = platform
  const context = createContext({
    plan,
    release: settings.release,
    storage: storage.kind,
    surroundings,
    allowedTraits: settings.traits,
  })
  const visits = createVisits(() => {
    const who = identity.current()
    return { session: who.session.id, user: context.userOf(who) }
  })
  identity.onSettled(visits.tell)
  /** Filled by `addToContext`, which only bundles of some entries contain. */
  const adding: { read?: () => AddedContext | undefined } = {}
  const users = createUsers({ identity, visits, setTraits: context.setTraits, sha256, advice })

  return {
    advice,
    guard,
    consent,
    forStorage,
    record,
    ofTab,
    pages,
    landing,
    ledger,
    shadowLedger,
    identity,
    storage,
    context,
    visits,
    users,
    adding,
    isSettled: () => storage.isReady() && identity.isSettled(),
    /** Returns the surroundings of an occurrence that happens now. */
    surroundings(scope: Properties = {}): Surroundings {
      const page = pages.current()
      return { time: now(), page, scope, device: context.deviceOn(page.number), added: adding.read?.() }
    },
    /** Reports that a trigger threw: the record lists what is not observed, and development warns once. */
    notObserved(component: string, name: string, error: unknown): void {
      const why = messageOf(error)
      record.addUnobserved(`${component} ${name}`.trim(), why)
      advice?.notObserved(component, why)
    },
  }
}

export type Knowledge = ReturnType<typeof createKnowledge>

/** Creates the page in view, and the landing of this session. */
function createPlace(platform: Platform, settings: Settings, kept: KeyValue | undefined, permitted: boolean) {
  const { location, now } = platform
  const { urlParameters, campaign, idleMs, texts } = settings
  const pages = createPageScope(texts ? location : () => ({ ...location(), title: '' }), urlParameters)
  const entered = landingOf({ ...location(), allowed: urlParameters, clickIds: campaign?.clickIds })
  const landing = createSessionLanding({ entered, permitted, kept, now, idleMs, page: pages.current })
  return { pages, landing }
}

/** Returns a store that writes nothing while `closed` returns true. */
function unless(closed: () => boolean, store: KeyValue): KeyValue {
  return { ...store, set: (key, value) => !closed() && store.set(key, value) }
}
