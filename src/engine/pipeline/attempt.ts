import type { PlannedEvent } from '../../plan/define-plan.ts'
import type { Entry } from '../counts/claimant.ts'
import { entriesOf, type Ledger } from '../counts/ledger.ts'
import { scopesOf } from '../counts/scopes.ts'
import type { Verdict } from '../decision/decide.ts'
import type { Copies } from '../delivery/deliveries.ts'
import { type Eligible, permissionOf } from '../permission/eligibility.ts'
import type { Who } from '../who/who.ts'
import type { Composed } from './compose-event.ts'
import type { Occurrence } from './occurrence.ts'

/**
 * One occurrence that was held or admitted: held → claiming → delivered to its destinations. All parts of the pipeline
 * share this object. Ids may be adopted on the way, so that they are read from `who` and never copied.
 */
export interface Attempt {
  /** Number of its decision. */
  readonly number: number
  readonly occurrence: Occurrence
  readonly planned: PlannedEvent
  /** User and session to whom it happened, even if another user is present when it is released. */
  readonly who: Who
  readonly verdict: Verdict
  /** Id of the event, unless it was given or derived because the event occurs once in its scope. */
  readonly randomId: string
  /** The event as it was built when it was admitted. Undefined while it is held. */
  readonly composed?: Composed | undefined
  /** True while its counts are reserved: neither spent nor given back. */
  reserved: boolean
  /** Destinations that may have it. A destination that lost consent stays `denied`. */
  eligible: Eligible
  /** Answer of the ledger, before this tab knows it: `granted` by the database, or `refused` by the mirror. */
  claim: 'open' | 'granted' | 'refused'
  /** True if it waited for its claim: ids may have been adopted since it was composed. */
  waited: boolean
  /** True if its destinations have it, or it was withdrawn: a later answer changes nothing. */
  departed: boolean
  /** The event in the form that each of its destinations takes. */
  copies?: Copies | undefined
}

/** Returns its entries in the ledger, under the ids that are known now. */
export function entriesFor({ occurrence, verdict, who }: Attempt): readonly Entry[] {
  const { heldAs } = occurrence
  if (verdict.claims.length === 0 && heldAs === undefined) return noEntries
  const entries = entriesOf(verdict.claims, scopesOf(occurrence, who))
  if (heldAs === undefined || verdict.outcome === 'held') return entries
  return [...entries, releaseOf(heldAs, who.session.id)]
}

const noEntries: readonly Entry[] = []

/** Returns the ledger entry that lets only the first of several duplicated tabs count a held event. */
function releaseOf(heldAs: string, session: string): Entry {
  const rule = { max: 1, per: 'session', key: () => heldAs } as const
  const claim = { scope: 'session', key: `:released|${heldAs}`, plainKey: heldAs, rules: [rule] } as const
  return { claim, id: `session:${session}:${claim.key}` }
}

/** Counts it for this tab until the ledger decides. */
export function reserveCounts(attempt: Attempt, ledger: Ledger): void {
  attempt.reserved = true
  ledger.reserve(entriesFor(attempt), attempt.occurrence.time)
}

/** Removes its reserved counts: they are spent, or never will be. */
export function giveCountsBack(attempt: Attempt, ledger: Ledger): void {
  if (!attempt.reserved) return
  attempt.reserved = false
  ledger.giveBack(entriesFor(attempt), attempt.occurrence.time)
}

/** Returns true if a destination may still have it, or if there are no destinations and it is only recorded. */
export function isWanted({ eligible }: Attempt): boolean {
  const states = Object.values(eligible)
  return states.length === 0 || permissionOf(states) !== 'never'
}
