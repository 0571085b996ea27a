import type { PlannedEvent } from '../../plan/define-plan.ts'
import { scopesOf } from '../counts/scopes.ts'
import type { World } from '../decision/decide.ts'
import type { AnyDestination } from '../delivery/destination.ts'
import type { SignalledCategories } from '../permission/consent-need.ts'
import type { Occurrence, Properties, TriggerContext } from '../pipeline/occurrence.ts'
import type { Settings } from '../settings.ts'
import type { AnyTracker } from '../tracker-api.ts'
import type { Session, User } from '../who/who.ts'
import type { Decision } from './decision.ts'
import { byHand, partsOf, type TrackerParts } from './tracker-parts.ts'

export interface Attempt {
  readonly event: string
  readonly properties?: Properties | undefined
  /** Trigger of the attempt. Default: a call by hand. */
  readonly trigger?: TriggerContext | undefined
}

/** Arguments of `decide`. */
export interface Look {
  readonly occurrence: Occurrence
  readonly planned: PlannedEvent | undefined
  readonly world: World
}

/**
 * Access of the overlay beyond the record. Applications do not need it, and the tracker's public type does not have it.
 */
export interface Inspection
  extends Pick<TrackerParts, 'bornAt' | 'isLive' | 'status'>,
    Pick<Settings, 'personalData' | 'idleMs' | 'maxMs'> {
  /** True if events without an answer about consent are held. */
  readonly holds: boolean
  readonly signals: SignalledCategories
  readonly destinations: readonly AnyDestination[]
  /** Returns what a decision of this attempt would look at now. Has no effects. */
  readonly look: (attempt: Attempt) => Look
  /**
   * Makes an attempt for a tester. It is not counted and not sent, unless `deliver` is true, which makes it an event
   * like any other.
   */
  readonly simulate: (attempt: Attempt, deliver?: boolean) => Decision
  /** Returns the present user and session. Does not begin a session. */
  readonly who: () => { readonly user: Readonly<User>; readonly session: Readonly<Session> }
  /** Ends the session, as if the user had been away too long: another one begins. */
  readonly endSession: () => void
  /** Resets the frequency counts of an event for this page, tab, session and user. */
  readonly forgetCounts: (event: string) => void
}

const inspections = new WeakMap<AnyTracker, Inspection>()

/** Returns the inspection of a tracker. Undefined if it tracks nothing. */
export function inspectionOf(tracker: AnyTracker): Inspection | undefined {
  const parts = partsOf(tracker)
  if (!parts) return undefined
  const known = inspections.get(tracker) ?? inspectionOver(parts)
  inspections.set(tracker, known)
  return known
}

function inspectionOver({
  bornAt,
  isLive,
  settings,
  known,
  judge,
  newId,
  track,
  status,
}: TrackerParts): Inspection {
  const { plan, hold, signals = {}, destinations, personalData, idleMs, maxMs } = settings
  const { guard, identity, ledger, shadowLedger, surroundings } = known
  return {
    bornAt,
    isLive,
    status,
    personalData,
    idleMs,
    maxMs,
    holds: hold !== 'none',
    signals,
    destinations,
    look({ event, properties = {}, trigger = byHand }) {
      const given = { event, properties: { ...properties }, trigger, ...surroundings() }
      const { value: occurrence, findings } = guard.checkAround(given)
      const world = judge.worldOf(occurrence, findings, identity.present(), newId())
      return { occurrence, planned: plan.events.get(event), world }
    },
    simulate: ({ event, properties, trigger = byHand }, deliver = false) =>
      track(event, properties, { ...trigger, synthetic: deliver ? 'delivered' : 'kept' }),
    who: identity.present,
    endSession: identity.expireSession,
    forgetCounts(event) {
      const scopes = scopesOf(surroundings(), identity.present())
      for (const each of [ledger, shadowLedger]) each.forgetEvent(event, scopes)
    },
  }
}
