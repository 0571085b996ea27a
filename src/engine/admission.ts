import type { AnyPlan, PlannedEvent } from '../plan/define-plan.ts'
import type { Advice } from './advice.ts'
import type { Commit } from './commits.ts'
import { decide, type Verdict } from './decide.ts'
import type { Deliveries } from './deliveries.ts'
import { buildEvent, rebind } from './event.ts'
import type { Hold } from './hold.ts'
import type { Who } from './identity.ts'
import { entriesOf, type Ledger, type ScopeIds } from './ledger.ts'
import type { DecisionRecord } from './record.ts'
import type {
  ConsentSnapshot,
  ConsentState,
  Decision,
  Delivery,
  Occurrence,
  Reason,
  StorageKind,
  TrackedEvent,
} from './types.ts'

interface AdmissionOptions {
  readonly plan: AnyPlan
  readonly invalid: 'drop' | 'flag'
  readonly beforeSend: ((event: TrackedEvent) => TrackedEvent | null) | undefined
  readonly newId: () => string
  readonly consent: () => ConsentSnapshot
  readonly storageKind: () => StorageKind
  readonly ledger: Ledger
  /** Shadow events count apart, in memory: a promotion starts with an empty ledger (F15). */
  readonly shadowLedger: Ledger
  readonly commit: (commit: Commit) => void
  readonly deliveries: Deliveries
  readonly hold: Hold
  readonly record: DecisionRecord
  readonly advice: Advice
}

const nothingFound = { claims: [], frequency: [], sampleRate: 1, eligible: {} }

/** From an occurrence to its decision: judged, recorded, and then held, or committed and handed to the deliveries. */
export function createAdmission(options: AdmissionOptions) {
  const { plan, beforeSend, newId, consent, storageKind, ledger, shadowLedger } = options
  const { commit, deliveries, hold, record, advice } = options

  function judge(occurrence: Occurrence, who: Who): Verdict {
    const scopes = scopesOf(occurrence, who)
    try {
      return decide(occurrence, plan.events.get(occurrence.event), {
        now: occurrence.time,
        visitorId: who.visitor.id,
        invalid: options.invalid,
        times: (claim, shadow) =>
          entriesOf([claim], scopes).flatMap(({ id }) => (shadow ? shadowLedger : ledger).times(id)),
        destinations: deliveries.states(),
      })
    } catch (error) {
      advice.threw(occurrence.event, error)
      return {
        ...end(occurrence, 'dropped', 'invalid-properties'),
        issues: [{ message: `code of the plan threw: ${error}` }],
      }
    }
  }

  /** `number`: of a decision that was held, and is amended now. */
  function admit(occurrence: Occurrence, who: Who, number?: number): Decision {
    const judged = judge(occurrence, who)
    const planned = plan.events.get(occurrence.event)
    const randomId = judged.outcome === 'fired' ? newId() : ''
    const parts = () => ({
      occurrence,
      planned: planned as PlannedEvent,
      properties: judged.properties,
      claims: judged.claims,
      who,
      randomId,
      plan,
      storage: storageKind(),
      consent: consent(),
    })
    const sending =
      judged.outcome === 'fired' ? lastWord(occurrence.event, () => buildEvent(parts())) : undefined
    const refused =
      sending === null ? 'before-send' : judged.outcome === 'held' && hold.full() ? 'queue-full' : undefined
    const verdict: Verdict = refused
      ? { ...judged, outcome: 'dropped', reason: refused, eligible: {} }
      : judged

    const decision = write(occurrence, verdict, number)
    advice.explain(decision, verdict)
    const { time } = occurrence
    const entries = () => entriesOf(verdict.claims, scopesOf(occurrence, who))
    if (verdict.would?.outcome === 'fired' || verdict.would?.outcome === 'held')
      shadowLedger.spend(entries(), time)
    if (verdict.outcome !== 'held' && verdict.outcome !== 'fired') return decision

    const release = ledger.reserve(entries, time)
    if (verdict.outcome === 'held') hold.add({ number: decision.number, occurrence, who, release })
    else {
      let left = false
      const done = (won: boolean) => {
        release()
        // It could not wait for the answer, and went: that stays true.
        if (left) return amend(decision.number, { reason: 'superseded' })
        if (!won || !sending)
          return amend(decision.number, { outcome: 'dropped', reason: 'superseded', deliveries: {} })
        left = true
        const event = rebind(sending.event, sending.revised, parts())
        record.change(decision.number, (before) => ({ ...before, eventId: event.id }))
        deliveries.deliver({ number: decision.number, event }, verdict.eligible)
      }
      commit({ number: decision.number, entries, time, done })
    }
    return decision
  }

  /** Null: the developer's code dropped it, or failed. */
  function lastWord(name: string, build: () => TrackedEvent) {
    try {
      const event = build()
      const revised = beforeSend ? beforeSend(event) : event
      if (revised instanceof Promise) {
        revised.catch(() => {})
        throw new Error('beforeSend answered with a promise; it must answer at once')
      }
      return revised ? { event, revised } : null
    } catch (error) {
      advice.threw(name, error)
      return null
    }
  }

  /** Records what was found; of a decision that was held, what became of it. */
  function write(occurrence: Occurrence, verdict: Verdict, number?: number): Decision {
    const { outcome, reason, eligible, claims: _, properties, ...found } = verdict
    const delivered = outcome === 'fired' || outcome === 'held' || reason === 'consent-denied'
    const { event, time, page, trigger, scope } = occurrence
    const findings = {
      ...found,
      outcome,
      reason,
      time,
      consent: consent(),
      deliveries: delivered ? deliveriesOf(eligible) : {},
    }
    const decision = { event, page, trigger, scope, properties, ...findings }
    if (number === undefined) return record.add(decision)
    amend(number, findings)
    return { ...decision, number }
  }

  function amend(number: number, change: Partial<Decision>): void {
    record.change(number, (before) => ({
      ...before,
      ...change,
      first: before.first ?? { outcome: before.outcome, reason: before.reason },
    }))
  }

  function expire(): void {
    for (const { number, release } of hold.expired()) {
      release()
      amend(number, { outcome: 'dropped', reason: 'hold-expired', deliveries: {} })
    }
  }

  return {
    admit,
    /** Ends an occurrence without judging it. */
    refuse: (occurrence: Occurrence, outcome: 'held' | 'dropped', reason: Reason) =>
      write(occurrence, end(occurrence, outcome, reason)),
    /** Ends what has waited too long. */
    expire,
    /** Ends all that waits. */
    dispose(): void {
      for (const { number } of hold.takeAll())
        amend(number, { outcome: 'dropped', reason: 'disabled', deliveries: {} })
    },
    /** What was held is admitted a second time where a destination may have it now, and never a third time (C2). */
    reconsider(): void {
      expire()
      const states = deliveries.states()
      const answered = hold.takeAll().flatMap((held) => {
        const excluded = plan.events.get(held.occurrence.event)?.destinations
        const mine = states.filter(({ name }) => excluded?.[name] !== false)
        const granted = mine.some(({ consent: state }) => state === 'granted')
        if (granted || mine.every(({ consent: state }) => state === 'denied'))
          return [{ held, mine, granted }]
        hold.add(held)
        return []
      })
      // All counts come back first: a later one must not stand in the way of an earlier one.
      for (const { held } of answered) held.release()
      for (const { held, mine, granted } of answered) {
        if (granted) admit(held.occurrence, held.who, held.number)
        else {
          const denied = { outcome: 'dropped', reason: 'consent-denied', consent: consent() } as const
          const eligible = Object.fromEntries(mine.map(({ name, consent: state }) => [name, state]))
          amend(held.number, { ...denied, deliveries: deliveriesOf(eligible) })
        }
      }
    },
  }
}

function end({ properties }: Occurrence, outcome: 'held' | 'dropped', reason: Reason): Verdict {
  return { ...nothingFound, properties, outcome, reason }
}

function scopesOf({ page }: Occurrence, { session, visitor }: Who): ScopeIds {
  return { page: String(page.number), tab: '', session: session.id, user: visitor.id }
}

function deliveriesOf(eligible: Readonly<Record<string, ConsentState>>): Readonly<Record<string, Delivery>> {
  const states = { granted: 'queued', pending: 'held', denied: 'denied' } as const
  return Object.fromEntries(
    Object.entries(eligible).map(([name, state]) => [name, { state: states[state], attempts: 0 }]),
  )
}
