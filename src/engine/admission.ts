import type { AnyPlan, PlannedEvent } from '../plan/define-plan.ts'
import { copyOf } from '../support/copy-of.ts'
import { messageOf } from '../support/message-of.ts'
import { mapValues, underEach } from '../support/records.ts'
import type { Advice } from './advice.ts'
import { check, cleaned, idIssues, isEventId, unchecked } from './check.ts'
import type { Context } from './context.ts'
import { decide, type Verdict, type World } from './decide.ts'
import type { Deliveries } from './deliveries.ts'
import type { Departures } from './departures.ts'
import { buildEvent, hasOwnId, rebind } from './event.ts'
import type { Guard } from './guard.ts'
import { type Held, type Hold, heldEntry } from './hold.ts'
import type { Who } from './identity.ts'
import { whyRefused } from './invalid.ts'
import type { Journey } from './journey-port.ts'
import { entriesOf, type Ledger, type ScopeIds } from './ledger.ts'
import { MAX_DEPTH, plainCopy } from './plain-copy.ts'
import { type DecisionRecord, isKept } from './record.ts'
import { runCode } from './run-code.ts'
import type {
  ConsentSnapshot,
  ConsentState,
  Decision,
  Delivery,
  Finding,
  InvalidPolicy,
  Issue,
  Occurrence,
  Reason,
  TrackedEvent,
} from './types.ts'

interface AdmissionOptions {
  readonly plan: AnyPlan
  readonly invalid: InvalidPolicy
  readonly beforeSend: ((event: TrackedEvent) => TrackedEvent | null) | undefined
  readonly newId: () => string
  /** The ids of visitor and session stand. */
  readonly isSettled: () => boolean
  readonly consent: () => ConsentSnapshot
  readonly contextOf: Context['of']
  readonly guard: Guard
  readonly unwantedBot: boolean
  /** `none`: what has no answer yet is dropped. */
  readonly holds: boolean
  readonly ledger: Ledger
  /** Shadow events count apart, in memory: a promotion starts with an empty ledger. */
  readonly shadowLedger: Ledger
  readonly departures: Departures
  readonly deliveries: Deliveries
  readonly hold: Hold
  readonly record: DecisionRecord
  readonly advice: Advice | undefined
  readonly journey: Journey | undefined
}

const nothingFound = {
  claims: [],
  frequency: [],
  invalid: [],
  refused: {},
  stripping: [],
  findings: [],
  sampleRate: 1,
  passed: false,
  eligible: {},
}

/** From an occurrence to its decision: judged, recorded, and then held, or committed and handed to the deliveries. */
export function createAdmission(options: AdmissionOptions) {
  const { plan, beforeSend, newId, consent, contextOf, guard, ledger, shadowLedger } = options
  const { departures, deliveries, hold, record, advice, journey } = options

  /** What a decision looks at. Without effects. */
  function worldOf(
    occurrence: Occurrence,
    findings: readonly Finding[],
    { visitor, session }: Who,
    eventId: string,
  ): World {
    const scopes = scopesOf(occurrence, { visitor, session })
    return {
      now: occurrence.time,
      units: { visitor: visitor.id, session: session.id, event: eventId },
      invalid: options.invalid,
      guard,
      findings,
      unwantedBot: options.unwantedBot,
      times: (claim, shadow) =>
        entriesOf([claim], scopes).flatMap(({ id }) => (shadow ? shadowLedger : ledger).times(id)),
      destinations: isKept(occurrence) ? [] : deliveries.states(),
    }
  }

  function judge(occurrence: Occurrence, findings: readonly Finding[], who: Who, eventId: string): Verdict {
    try {
      const planned = plan.events.get(occurrence.event)
      return decide(occurrence, planned, worldOf(occurrence, findings, who, eventId))
    } catch (error) {
      return broken(unchecked(occurrence, error), error)
    }
  }

  function broken(occurrence: Occurrence, error: unknown): Verdict {
    advice?.threw(occurrence.event, error)
    const { value, findings } = guard.check(occurrence.properties, 'properties')
    return { ...end({ ...occurrence, properties: value }, 'dropped', 'code-threw'), findings }
  }

  /** Validates and copies what the caller gave, once. */
  function freeze(given: Occurrence, id?: unknown): Occurrence {
    if (given.checked) return given
    try {
      return check(plan.events.get(given.event), given, id)
    } catch (error) {
      advice?.threw(given.event, error)
      return unchecked(given, error)
    }
  }

  /** `number`: of a decision that was held, and is amended now. */
  function admit(given: Occurrence, who: Who, number?: number): Decision {
    const { value: occurrence, findings } = guard.checkAround(freeze(given))
    const randomId = occurrence.heldAs ?? newId()
    const judged = judge(occurrence, findings, who, randomId)
    const planned = plan.events.get(occurrence.event) as PlannedEvent
    const parts = () => ({
      occurrence,
      planned,
      properties: judged.properties,
      invalid: judged.invalid,
      claims: judged.claims,
      who,
      randomId,
      planVersion: plan.version,
      context: contextOf(occurrence, who),
      consent: consent(),
    })
    const sending = judged.outcome === 'fired' ? lastWord(() => buildEvent(parts())) : undefined
    const issues = [...(judged.issues ?? []), ...(sending?.issues ?? [])]
    const refused = judged.outcome === 'held' ? notHeld() : sending?.refused
    const verdict: Verdict = {
      ...judged,
      issues: issues.length ? issues : undefined,
      ...(refused && { outcome: 'dropped', reason: refused, eligible: {}, refused: {} }),
      ...(refused === 'code-threw' && { passed: false }),
    }
    if (sending?.error) advice?.threw(occurrence.event, sending.error)

    const decision = write(occurrence, verdict, number)
    advice?.explain(decision, verdict)
    if (isKept(occurrence)) return decision
    const { time } = occurrence
    const { heldAs } = occurrence
    const entries = () => [
      ...entriesOf(verdict.claims, scopesOf(occurrence, who)),
      ...(heldAs && verdict.outcome !== 'held' ? [heldEntry(heldAs, who.session.id)] : []),
    ]
    if (verdict.would?.outcome === 'fired' || verdict.would?.outcome === 'held')
      shadowLedger.spend(entries(), time)
    const counted = { number: decision.number, occurrence, who, shadow: verdict.outcome === 'shadowed' }
    if (!verdict.passed) journey?.discount(decision.number)
    if (verdict.outcome !== 'held' && verdict.outcome !== 'fired') {
      if (verdict.passed) journey?.count(counted)
      return decision
    }

    const release = ledger.reserve(entries, time)
    if (verdict.outcome === 'held') {
      hold.add({
        number: decision.number,
        occurrence: hold.named(occurrence, randomId),
        who,
        release,
        refused: verdict.refused,
      })
      journey?.count(counted, true)
    } else if (sending?.sent) {
      const { event, revised } = sending.sent
      departures.add({
        counted,
        planned,
        verdict,
        event: (late) => (late ? rebind(event, revised, parts()) : revised),
        entries,
        release,
      })
      const isFinal = hasOwnId(occurrence, verdict.claims) || options.isSettled()
      if (isFinal) return { ...decision, eventId: revised.id }
    }
    return decision
  }

  const notHeld = () => (options.holds ? (hold.full() ? 'queue-full' : undefined) : 'consent-pending')

  /** Returns the event as `beforeSend` wants it, or why it is not sent. */
  function lastWord(build: () => TrackedEvent): LastWord {
    try {
      const event = build()
      // It may change its copy, and keep what it returns.
      const answer = beforeSend ? runCode('beforeSend', () => beforeSend(copyOf(event))) : event
      if (answer === event) return { sent: { event, revised: event }, issues: [] }
      return answer === null ? { refused: 'before-send', issues: [] } : revise(event, answer)
    } catch (error) {
      return { refused: 'code-threw', issues: [{ message: messageOf(error) }], error }
    }
  }

  /** Records what was found; of a decision that was held, what became of it. */
  function write(occurrence: Occurrence, verdict: Verdict, number?: number): Decision {
    const { outcome, reason, eligible, refused, issues, leftOut, findings, ...found } = verdict
    const { frequency, sampleRate, would } = found
    const properties = copyOf(found.properties)
    const delivered = outcome === 'fired' || outcome === 'held' || reason === 'consent-denied'
    const { event, time, page, trigger, scope, derived } = occurrence
    const news = {
      frequency,
      sampleRate,
      issues,
      ...(leftOut && { leftOut }),
      ...(would && { would }),
      ...(derived && { causes: derived.causes?.(), dueAt: derived.dueAt }),
      ...(findings.length && { personalData: findings }),
      outcome,
      reason,
      time,
      consent: consent(),
      deliveries: delivered ? { ...deliveriesOf(eligible), ...refusals(refused) } : {},
    }
    const decision = { event, page, trigger, scope: copyOf(scope), properties, ...news }
    if (number === undefined) return record.add(decision)
    record.amend(number, () => news)
    return { ...decision, number }
  }

  function expire(): void {
    for (const held of hold.expired()) {
      held.release()
      record.amend(held.number, () => ({ outcome: 'dropped', reason: 'hold-expired', deliveries: {} }))
      waitsNoMore(held)
    }
  }

  /** Ends what every destination has lost; with `releasing`, admits what one may have. */
  function takeAnswered(releasing: boolean): void {
    const states = deliveries.states()
    const answerTo = ({ occurrence, refused }: Held) => {
      const excluded = plan.events.get(occurrence.event)?.destinations
      const mine = states.filter(({ name }) => excluded?.[name] !== false && !refused[name])
      const granted = releasing && mine.some(({ consent: state }) => state === 'granted')
      return { mine, granted, ends: granted || mine.every(({ consent: state }) => state === 'denied') }
    }
    const answered = hold.take((held) => answerTo(held).ends)
    // All counts come back first: a later one must not stand in the way of an earlier one.
    for (const { release } of answered) release()
    for (const held of answered) {
      const { mine, granted } = answerTo(held)
      if (granted) admit(held.occurrence, held.who, held.number)
      else {
        const denied = { outcome: 'dropped', reason: 'consent-denied', consent: consent() } as const
        const eligible = Object.fromEntries(mine.map(({ name, consent: state }) => [name, state]))
        record.amend(held.number, () => ({ ...denied, deliveries: deliveriesOf(eligible) }))
        waitsNoMore(held)
      }
    }
  }

  /** Counts it as a cause whatever its outcome: causes come before consent. */
  function waitsNoMore({ number, occurrence, who }: Held): void {
    journey?.count({ number, occurrence, who, shadow: false })
  }

  return {
    freeze,
    admit,
    worldOf,
    /** Ends an occurrence without judging it. */
    refuse(given: Occurrence, outcome: 'held' | 'dropped', reason: Reason): Decision {
      const { value: occurrence, findings } = guard.checkAround(
        given.checked ? given : check(undefined, given),
      )
      const { value, findings: inside } = guard.check(occurrence.properties, 'properties')
      const verdict = end({ ...occurrence, properties: value }, outcome, reason)
      return write(occurrence, { ...verdict, findings: [...findings, ...inside] })
    },
    /** Ends what has waited too long. */
    expire,
    /** Consent was lost: what was decided under it, and has not left, does not come back with a new answer. */
    withdraw(): void {
      const lost = deliveries
        .states()
        .flatMap(({ name, consent: state }) => (state === 'denied' ? [name] : []))
      departures.deny(lost)
      takeAnswered(false)
    },
    /** Ends all that waits, and `others` with it. */
    dispose(others: readonly { readonly number: number }[]): void {
      for (const { number } of [...hold.take(), ...others])
        record.amend(number, () => ({ outcome: 'dropped', reason: 'disabled', deliveries: {} }))
    },
    /** Admits held events a second time if a destination may have them now, and never a third time. */
    reconsider(): void {
      expire()
      takeAnswered(true)
    },
  }
}

export type Admission = ReturnType<typeof createAdmission>

interface LastWord {
  /** The event of the tracker, and the one that `beforeSend` wants. */
  readonly sent?: { readonly event: TrackedEvent; readonly revised: TrackedEvent } | undefined
  readonly refused?: 'before-send' | 'code-threw' | undefined
  readonly issues: readonly Issue[]
  /** For the developer. */
  readonly error?: unknown
}

/** Levels above the properties in an event: itself, `context`, and `scope` in it. */
const EVENT_DEPTH = 2

/** Applies the answer of `beforeSend`. Which properties are invalid was checked before, and is not its to change. */
function revise(event: TrackedEvent, answer: unknown): LastWord {
  const { value, lost, changed } = plainCopy(answer, MAX_DEPTH + EVENT_DEPTH, 2)
  if (typeof value['name'] !== 'string') {
    if (answer instanceof Promise) answer.catch(() => {})
    const error = '`beforeSend` returned no event; return the event or null, at once'
    return { refused: 'before-send', issues: [], error }
  }
  const { id, properties } = value
  const isRecord = typeof properties === 'object' && properties !== null && !Array.isArray(properties)
  // A field that it took away is there, without a value.
  const revised = {
    ...underEach(Object.keys(event), undefined),
    ...value,
    id: isEventId(id) ? id : event.id,
    properties: isRecord ? properties : {},
    issues: event.issues,
  } as unknown as TrackedEvent
  return { sent: { event, revised }, issues: [...[...lost, ...changed].map(cleaned), ...idIssues(id)] }
}

function end({ properties, checked }: Occurrence, outcome: 'held' | 'dropped', reason: Reason): Verdict {
  const issues = checked?.issues.length ? checked.issues : undefined
  return { ...nothingFound, properties, issues, outcome, reason }
}

export function scopesOf({ page }: Pick<Occurrence, 'page'>, { session, visitor }: Who): ScopeIds {
  return { page: String(page.number), tab: '', session: session.id, user: visitor.id }
}

function deliveriesOf(eligible: Readonly<Record<string, ConsentState>>): Readonly<Record<string, Delivery>> {
  const states = { granted: 'queued', pending: 'held', denied: 'denied' } as const
  return mapValues(eligible, (state) => ({ state: states[state], attempts: 0 }))
}

function refusals(refused: Verdict['refused']): Readonly<Record<string, Delivery>> {
  return mapValues(refused, (paths) => ({ state: 'rejected', attempts: 0, error: whyRefused(paths) }))
}
