import type { PlannedEvent } from '../plan/define-plan.ts'
import type { Writes } from '../platform/platform.ts'
import { mapValues, underEach } from '../support/records.ts'
import type { Commit } from './commits.ts'
import type { Verdict } from './decide.ts'
import type { Deliveries, Prepared } from './deliveries.ts'
import type { Counted, Journey } from './journey-port.ts'
import type { DecisionRecord } from './record.ts'
import type { ConsentSnapshot, TrackedEvent } from './types.ts'

interface DeparturesOptions {
  readonly commit: (commit: Commit) => void
  readonly deliveries: Deliveries
  readonly consent: () => ConsentSnapshot
  readonly record: DecisionRecord
  readonly journey: Journey | undefined
  /** It is known who is here. */
  readonly isKnown: () => boolean
}

/** What was admitted, with the claims that it is counted by. */
interface Departing extends Pick<Commit, 'entries'> {
  readonly verdict: Pick<Verdict, 'eligible' | 'refused' | 'stripping' | 'invalid'>
  readonly counted: Counted
  readonly planned: PlannedEvent
  /** `late`: ids may have been adopted since it was admitted. */
  readonly event: (late: boolean) => TrackedEvent
  /** Gives its reserved counts back. */
  readonly release: () => void
}

/** Admitted occurrences, until the ledger has decided and their destinations have them. */
export function createDepartures(options: DeparturesOptions) {
  const { commit, deliveries, consent, record, journey, isKnown } = options
  /** Not with their destinations yet. */
  const underWay = new Set<{ eligible: Verdict['eligible'] }>()

  function withdraw(number: number): void {
    record.amend(number, (before) => ({
      outcome: 'dropped',
      reason: 'withdrawn',
      consent: consent(),
      eventId: undefined,
      deliveries: mapValues(before.deliveries, (delivery) => ({ ...delivery, state: 'denied' })),
    }))
  }

  return {
    add({ counted, planned, verdict, event, entries, release }: Departing): void {
      const { number, occurrence } = counted
      const present = { eligible: verdict.eligible }
      let left = false
      let waited = false
      let prepared: Prepared | undefined
      let eventId: string | undefined
      underWay.add(present)
      const wanted = () => allowed(present.eligible)
      const prepare = () => {
        if (prepared) return prepared
        const bound = event(waited)
        eventId = bound.id
        const unsettled = !isKnown()
        record.change(number, (before) => ({ ...before, eventId, ...(unsettled && { unsettled }) }))
        prepared = deliveries.prepare(bound, planned, number, present.eligible, {
          ...verdict,
          derived: occurrence.derived,
        })
        return prepared
      }
      const done = (won: boolean, stored: boolean) => {
        underWay.delete(present)
        // It could not wait for the answer, and went: that stays true.
        if (left) return record.amend(number, () => ({ reason: 'superseded' }))
        if (!won || !wanted()) journey?.discount(number)
        if (!won)
          return record.amend(number, () => ({
            outcome: 'dropped',
            reason: 'superseded',
            deliveries: {},
            eventId: undefined,
          }))
        left = true
        if (!wanted()) return withdraw(number)
        const { takers, deliver } = prepare()
        deliver(stored, present.eligible)
        const sentTo = takers.filter((name) => present.eligible[name] !== 'denied')
        journey?.count({ ...counted, eventId, sentTo })
      }
      const rows = (): Writes => prepare().rows
      commit({ number, entries, time: occurrence.time, wanted, rows, release, done })
      waited = true
    },
    /** These destinations have lost consent: what was decided under it does not come back with a new answer. */
    deny(lost: readonly string[]): void {
      for (const present of underWay) {
        const { eligible } = present
        const mine = lost.filter((name) => name in eligible)
        present.eligible = { ...eligible, ...underEach(mine, 'denied' as const) }
      }
    },
  }
}

/** Where there are destinations, one at least may have it. */
function allowed(eligible: Verdict['eligible']): boolean {
  const states = Object.values(eligible)
  return states.length === 0 || states.some((state) => state !== 'denied')
}

export type Departures = ReturnType<typeof createDepartures>
