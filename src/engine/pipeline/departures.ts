import type { Writes } from '../../platform/platform.ts'
import { mapValues, underEach } from '../../support/records.ts'
import { type Copies, type Deliveries, rowsOf, takersOf } from '../delivery/deliveries.ts'
import type { ConsentSnapshot } from '../permission/consent-types.ts'
import type { Decision, Reason } from '../record/decision.ts'
import type { DecisionRecord } from '../record/record.ts'
import type { Identity } from '../who/identity.ts'
import { type Attempt, isWanted } from './attempt.ts'
import type { Causes } from './causes.ts'
import type { Composer } from './compose-event.ts'

interface DeparturesOptions {
  readonly composer: Pick<Composer, 'latest'>
  readonly causes: Causes
  readonly deliveries: Deliveries
  readonly identity: Pick<Identity, 'isKnown'>
  readonly consent: () => ConsentSnapshot
  readonly record: DecisionRecord
}

/** Hands admitted attempts to their destinations, once the ledger has decided. */
export function createDepartures(options: DeparturesOptions) {
  const { composer, causes, deliveries, identity, consent, record } = options
  const underWay = new Set<Attempt>()

  /** Returns the event in the form that each destination takes. Made once, so that what was stored is what is sent. */
  function copiesOf(attempt: Attempt): Copies {
    if (attempt.copies) return attempt.copies
    const { number } = attempt
    const event = composer.latest(attempt)
    const unsettled = !identity.isKnown()
    record.change(number, (before) => ({ ...before, eventId: event.id, ...(unsettled && { unsettled }) }))
    attempt.copies = deliveries.prepare(event, attempt)
    return attempt.copies
  }

  function depart(attempt: Attempt, stored: boolean): void {
    const { number, occurrence, who, eligible } = attempt
    const copies = copiesOf(attempt)
    attempt.departed = true
    deliveries.deliver(copies, stored, eligible)
    // A shadow event was counted when it was judged.
    if (isShadow(attempt)) return
    const sentTo = takersOf(copies).filter((name) => eligible[name] !== 'denied')
    causes.count({ number, occurrence, who, shadow: false, eventId: copies.eventId, sentTo })
  }

  /** Ends an attempt that does not leave: it was withdrawn, another tab was first, or its user does not take part. */
  function stay(attempt: Attempt, won: boolean, reason: Reason): void {
    const { number, occurrence, who } = attempt
    attempt.departed = won
    if (isShadow(attempt)) {
      record.change(number, withdrawn)
      return
    }
    // The sample is drawn after everything that makes an event a cause.
    if (reason === 'sampled-out') causes.count({ number, occurrence, who, shadow: false })
    else causes.discount(number)
    record.amend(number, (before) =>
      won
        ? {
            outcome: 'dropped',
            reason: 'withdrawn',
            consent: consent(),
            eventId: undefined,
            deliveries: withdrawn(before).deliveries,
          }
        : { outcome: 'dropped', reason, deliveries: {}, eventId: undefined },
    )
  }

  return {
    /** Notes an attempt that waits for its claim: if consent is lost meanwhile, the attempt loses it, too. */
    begin: (attempt: Attempt): void => void underWay.add(attempt),
    /** Returns the rows that are stored in the transaction that decides its claim. */
    rowsOf: (attempt: Attempt): Writes => rowsOf(copiesOf(attempt)),
    /**
     * Ends the wait when the ledger has decided. `won` is false if another tab was first. `stored`: its rows are in the
     * database. `reason` is that of an attempt that has not won.
     */
    finish(attempt: Attempt, won: boolean, stored: boolean, reason: Reason = 'superseded'): void {
      underWay.delete(attempt)
      // It left before the answer, and that cannot be undone.
      if (attempt.departed) record.amend(attempt.number, () => ({ reason: 'superseded' }))
      else if (won && isWanted(attempt)) depart(attempt, stored)
      else stay(attempt, won, reason)
    },
    /** Denies waiting attempts to destinations that lost consent: a new answer does not bring them back. */
    deny(lost: readonly string[]): void {
      for (const attempt of underWay) {
        const mine = lost.filter((name) => name in attempt.eligible)
        attempt.eligible = { ...attempt.eligible, ...underEach(mine, 'denied' as const) }
      }
    },
  }
}

const isShadow = ({ verdict }: Attempt) => verdict.outcome === 'shadowed'

const withdrawn = (decision: Decision): Decision => ({
  ...decision,
  deliveries: mapValues(decision.deliveries, (delivery) => ({ ...delivery, state: 'denied' })),
})

export type Departures = ReturnType<typeof createDepartures>
