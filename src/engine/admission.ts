import type { AnyPlan } from '../plan/define-plan.ts'
import type { Advice } from './advice.ts'
import type { Commit } from './commits.ts'
import { decide, type Verdict } from './decide.ts'
import type { Deliveries } from './deliveries.ts'
import { buildEvent } from './event.ts'
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

  function judge(occurrence: Occurrence, who: Who, repeated: boolean): Verdict {
    const scopes = scopesOf(occurrence, who)
    try {
      return decide(occurrence, plan.events.get(occurrence.event), {
        now: occurrence.time,
        visitorId: who.visitor.id,
        invalid: options.invalid,
        times: (claim, shadow) =>
          entriesOf([claim], scopes).flatMap(({ id }) => (shadow ? shadowLedger : ledger).times(id)),
        repeated,
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
  function admit(occurrence: Occurrence, who: Who, repeated: boolean, number?: number): Decision {
    const judged = judge(occurrence, who, repeated)
    const planned = plan.events.get(occurrence.event)
    let randomId: string | undefined
    const bind = () => {
      randomId ??= newId()
      const { properties, claims } = judged
      const parts = {
        occurrence,
        properties,
        claims,
        who,
        randomId,
        plan,
        storage: storageKind(),
        consent: consent(),
      }
      return planned && buildEvent({ ...parts, planned })
    }
    const revised = judged.outcome === 'fired' ? lastWord(bind) : undefined
    const refused =
      revised === null ? 'before-send' : judged.outcome === 'held' && hold.full() ? 'queue-full' : undefined
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

    const release = ledger.reserve(entries(), time)
    if (verdict.outcome === 'held') hold.add({ number: decision.number, occurrence, who, release })
    else {
      const done = (won: boolean) => {
        release()
        const bound = won ? bind() : undefined
        if (!bound || !revised)
          return amend(decision.number, { outcome: 'dropped', reason: 'superseded', deliveries: {} })
        // Adopted ids stand, whatever `beforeSend` saw.
        const { id, sessionId, anonymousId, userId } = bound
        record.change(decision.number, (before) => ({ ...before, eventId: id }))
        const event = { ...revised, id, sessionId, anonymousId, userId }
        deliveries.deliver({ number: decision.number, event }, verdict.eligible)
      }
      commit({ number: decision.number, entries, time, done })
    }
    return decision
  }

  /** Null: the developer's code dropped it, or threw. */
  function lastWord(bind: () => TrackedEvent | undefined): TrackedEvent | null {
    let name = ''
    try {
      const event = bind()
      if (!event) return null
      name = event.name
      return beforeSend ? beforeSend(event) : event
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
    /** What was held is admitted a second time where a destination may have it now, and never a third time (C2). */
    reconsider(): void {
      expire()
      for (const held of hold.takeAll()) {
        const excluded = plan.events.get(held.occurrence.event)?.destinations
        const eligible = Object.fromEntries(
          deliveries
            .states()
            .flatMap(({ name, consent: state }) => (excluded?.[name] === false ? [] : [[name, state]])),
        )
        const states = Object.values(eligible)
        if (!states.includes('granted') && states.includes('pending')) {
          hold.add(held)
          continue
        }
        held.release()
        if (states.includes('granted')) admit(held.occurrence, held.who, false, held.number)
        else {
          const denied = { outcome: 'dropped', reason: 'consent-denied', consent: consent() } as const
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
