import type { PlannedEvent } from '../plan/define-plan.ts'
import { scopesOf } from './admission.ts'
import type { SignalledCategories } from './consent-need.ts'
import type { World } from './decide.ts'
import type { AnyDestination, LaneStatus } from './destination.ts'
import { SESSION, type Session, type Visitor } from './identity.ts'
import { byHand, partsOf, type TrackerParts } from './tracker-parts.ts'
import type { AnyTracker, Decision, Occurrence, Properties, TriggerContext } from './types.ts'

export interface Attempt {
  readonly event: string
  readonly properties?: Properties | undefined
  /** Default: a call by hand. */
  readonly trigger?: TriggerContext | undefined
}

/** What a decision is made of: the arguments of `decide`. */
export interface Look {
  readonly occurrence: Occurrence
  readonly planned: PlannedEvent | undefined
  readonly world: World
}

/** What the overlay sees and moves beyond the record: no application needs it, and no tracker shows it. */
export interface Inspection
  extends Pick<TrackerParts, 'bornAt' | 'isLive' | 'personalData' | 'idleMs' | 'maxMs'> {
  /** Whether what has no answer yet waits for one. */
  readonly holds: boolean
  readonly signals: SignalledCategories
  readonly destinations: readonly AnyDestination[]
  /** How things stand in the lane of a destination; undefined: it keeps only what the record shows. */
  readonly status: (destination: string) => LaneStatus | undefined
  /** What a decision of this attempt would look at now. Without effects. */
  readonly look: (attempt: Attempt) => Look
  /** A tester's act: it counts nothing and goes nowhere, unless `deliver`, which makes it an event like any other. */
  readonly simulate: (attempt: Attempt, deliver?: boolean) => Decision
  /** As last known; looking begins no session. */
  readonly who: () => { readonly visitor: Readonly<Visitor>; readonly session: Readonly<Session> }
  /** As if the visitor had been away for too long: another session begins. */
  readonly endSession: () => void
  /** Frees what the frequency rules of an event have counted for this page, tab, session and visitor. */
  readonly forgetCounts: (event: string) => void
}

const inspections = new WeakMap<AnyTracker, Inspection>()

/** Undefined: nothing is tracked there. */
export function inspectionOf(tracker: AnyTracker): Inspection | undefined {
  const parts = partsOf(tracker)
  if (!parts) return undefined
  const known = inspections.get(tracker) ?? inspectionOver(parts)
  inspections.set(tracker, known)
  return known
}

function inspectionOver(parts: TrackerParts): Inspection {
  const { bornAt, isLive, personalData, idleMs, maxMs, options } = parts
  const { admission, deliveries, guard, identity, ledgers, newId, storage, surroundings, track } = parts
  const { plan, hold, signals = {}, destinations = [] } = options
  return {
    bornAt,
    isLive,
    personalData,
    idleMs,
    maxMs,
    holds: hold !== 'none',
    signals,
    destinations,
    status: deliveries.status,
    look({ event, properties = {}, trigger = byHand }) {
      const given = { event, properties: { ...properties }, trigger, ...surroundings() }
      const { value: occurrence, findings } = guard.checkAround(given)
      const world = admission.worldOf(occurrence, findings, identity.present(), newId())
      return { occurrence, planned: plan.events.get(event), world }
    },
    simulate: ({ event, properties, trigger = byHand }, deliver = false) =>
      track(event, properties, { ...trigger, synthetic: deliver ? 'delivered' : 'kept' }),
    who: identity.present,
    endSession() {
      const { session } = identity.present()
      session.lastActivityAt = 0
      const shared = storage.shared()
      shared?.local.set(SESSION, JSON.stringify(session))
      shared?.database.put(new Map([[SESSION, { ...session }]]))
      identity.current()
    },
    forgetCounts(event) {
      const scopes = Object.entries(scopesOf(surroundings(), identity.present()))
      const database = storage.shared()?.database
      for (const [scope, scopeId] of scopes) {
        const id = `${scope}:${scopeId}:${event}`
        for (const store of ledgers.flatMap((ledger) => ledger.stores()))
          for (const key of store.keys()) if (key === id || key.startsWith(`${id}|`)) store.remove(key)
        database?.put(new Map([[id, null]]))
        database?.clear(`${id}|`).catch(() => {})
      }
    },
  }
}
