import type { AnyPlan, PlannedEvent } from '../../plan/define-plan.ts'
import { copyOf } from '../../support/copy-of.ts'
import { mapValues } from '../../support/records.ts'
import type { Ledger } from '../counts/ledger.ts'
import type { Advice } from '../decision/advice.ts'
import type { Verdict } from '../decision/decide.ts'
import { whyRefused } from '../decision/invalid.ts'
import type { Deliveries } from '../delivery/deliveries.ts'
import type { Delivery } from '../delivery/delivery.ts'
import type { ConsentSnapshot, ConsentState } from '../permission/consent-types.ts'
import { permissionOf } from '../permission/eligibility.ts'
import type { Guard } from '../personal-data/guard.ts'
import type { Decision, Reason } from '../record/decision.ts'
import { type DecisionRecord, isKept } from '../record/record.ts'
import type { Who } from '../who/who.ts'
import { type Attempt, entriesFor, giveCountsBack, reserveCounts } from './attempt.ts'
import type { Causes } from './causes.ts'
import type { Claiming } from './claiming.ts'
import { type Composer, hasOwnId, type LastWord } from './compose-event.ts'
import type { Hold } from './hold.ts'
import type { Judge } from './judge.ts'
import type { Occurrence } from './occurrence.ts'
import type { Shadows } from './shadows.ts'

interface AdmissionOptions {
  readonly plan: AnyPlan
  readonly newId: () => string
  readonly guard: Guard
  readonly judge: Judge
  readonly composer: Composer
  /** Returns whether the ids of user and session are final. */
  readonly isSettled: () => boolean
  readonly consent: () => ConsentSnapshot
  readonly states: Deliveries['states']
  readonly ledger: Ledger
  readonly shadowLedger: Ledger
  /** Undefined: events without an answer about consent are dropped. */
  readonly hold: Hold | undefined
  readonly claiming: Claiming
  readonly shadows: Shadows
  readonly record: DecisionRecord
  readonly causes: Causes
  readonly advice: Advice | undefined
}

/** Admits occurrences: judges and records each one, and then holds it or starts its claim. */
export function createAdmission(options: AdmissionOptions) {
  const { plan, newId, guard, judge, composer, isSettled, consent, states } = options
  const { ledger, shadowLedger, hold, claiming, shadows, record, causes, advice } = options

  /** Admits an occurrence. `number` is that of a held decision that is amended now. */
  function admit(given: Occurrence, who: Who, number?: number): Decision {
    const { value: occurrence, findings } = guard.checkAround(judge.freeze(given))
    const planned = plan.events.get(occurrence.event) as PlannedEvent
    let id = occurrence.heldAs
    // Most dropped attempts need no id.
    const randomId = () => {
      id ??= newId()
      return id
    }
    const drawnBy = planned?.sampleBy === 'event' ? randomId() : ''
    const judged = judge.judge(occurrence, findings, who, drawnBy)
    const lastWord =
      judged.outcome === 'fired' && !hold?.isLate(occurrence)
        ? composer.compose({ occurrence, planned, who, randomId: randomId(), verdict: judged })
        : heldOrRefused(judged)
    if (lastWord.error) advice?.threw(occurrence.event, lastWord.error)
    const verdict = withLastWord(judged, lastWord)
    const decision = write(occurrence, verdict, number)
    advice?.explain(decision, verdict)
    if (isKept(occurrence)) return decision

    const attempt: Attempt = {
      number: decision.number,
      occurrence: verdict.outcome === 'held' && hold ? hold.named(occurrence, randomId()) : occurrence,
      planned,
      who,
      verdict,
      randomId: id ?? '',
      composed: lastWord.composed,
      reserved: false,
      eligible: verdict.eligible,
      claim: 'open',
      waited: false,
      departed: false,
    }
    route(attempt)
    const isFinal = hasOwnId(occurrence, verdict.claims) || isSettled()
    return lastWord.composed && isFinal
      ? Object.assign(decision, { eventId: lastWord.composed.revised.id })
      : decision
  }

  /** Refuses an attempt that an earlier page has held for too long, or that would be held where there is no room. */
  function heldOrRefused({ outcome }: Verdict): LastWord {
    if (outcome === 'fired') return { issues: [], refused: 'hold-expired' }
    if (outcome !== 'held') return { issues: [] }
    return { issues: [], refused: hold ? (hold.full() ? 'queue-full' : undefined) : 'consent-pending' }
  }

  /** Does with an attempt what its decision says. */
  function route(attempt: Attempt): void {
    const { number, occurrence, who, verdict } = attempt
    const { outcome, would, passed } = verdict
    const cause = { number, occurrence, who, shadow: outcome === 'shadowed' }
    if (would?.outcome === 'fired' || would?.outcome === 'held')
      shadowLedger.spend(entriesFor(attempt), occurrence.time)
    if (!passed) causes.discount(number)
    if (outcome === 'held' || outcome === 'fired') reserveCounts(attempt, ledger)
    if (outcome === 'held') hold?.add(attempt)
    if (outcome === 'fired') claiming.add(attempt)
    else if (passed) causes.count(cause, outcome === 'held')
    if (would?.outcome === 'fired') shadows.send(attempt)
  }

  /** Records a decision, or the result of a decision that was held. */
  function write(occurrence: Occurrence, verdict: Verdict, number?: number): Decision {
    const { outcome, reason, eligible, refused, leftOut, findings } = verdict
    const { frequency, sampleRate, would, properties } = verdict
    const issues = verdict.issues && guard.safeIssues(verdict.issues)
    const delivered = outcome === 'fired' || outcome === 'held' || reason === 'consent-denied'
    const { event, time, page, trigger, derived } = occurrence
    const deliveries = delivered ? deliveriesOf(eligible, refused) : {}
    const news = { outcome, reason, time, frequency, sampleRate, issues, consent: consent(), deliveries }
    // Most events have none of these.
    const rare = {
      ...(leftOut && { leftOut }),
      ...(would && { would }),
      ...(derived && { causes: derived.causes?.(), dueAt: derived.dueAt }),
      ...(findings.length && { personalData: findings }),
    }
    // Engines copy objects of one form fastest: no spread here.
    const decision: Decision = {
      number: number ?? record.nextNumber(),
      event,
      outcome,
      reason,
      time,
      page,
      trigger,
      scope: copyOf(occurrence.scope),
      properties: copyOf(properties),
      issues,
      frequency,
      consent: news.consent,
      sampleRate,
      deliveries,
      eventId: undefined,
    }
    Object.assign(decision, occurrence.added, rare)
    if (number === undefined) record.add(decision)
    else record.amend(number, () => ({ ...news, ...rare }))
    return decision
  }

  /** Ends attempts that have waited too long for an answer. */
  function expire(): void {
    for (const attempt of hold?.expired() ?? []) {
      giveCountsBack(attempt, ledger)
      record.amend(attempt.number, () => ({ outcome: 'dropped', reason: 'hold-expired', deliveries: {} }))
      waitsNoMore(attempt)
    }
  }

  /** Ends attempts that no destination may have; with `releasing`, admits those that a destination may have. */
  function takeAnswered(releasing: boolean): void {
    const present = states()
    const answersFor = ({ planned, verdict }: Attempt) =>
      present.filter(({ name }) => planned.destinations?.[name] !== false && !verdict.refused[name])
    const permissionFor = (attempt: Attempt) =>
      permissionOf(answersFor(attempt).map(({ consent: state }) => state))
    const answered =
      hold?.take((attempt) => {
        const permission = permissionFor(attempt)
        return permission === 'never' || (releasing && permission === 'go')
      }) ?? []
    // Gives all counts back first: a later attempt must not prevent an earlier one.
    for (const attempt of answered) giveCountsBack(attempt, ledger)
    for (const attempt of answered) {
      if (permissionFor(attempt) === 'go') {
        admit(attempt.occurrence, attempt.who, attempt.number)
        continue
      }
      const denied = { outcome: 'dropped', reason: 'consent-denied', consent: consent() } as const
      const eligible = Object.fromEntries(
        answersFor(attempt).map(({ name, consent: state }) => [name, state]),
      )
      record.amend(attempt.number, () => ({ ...denied, deliveries: deliveriesOf(eligible) }))
      waitsNoMore(attempt)
    }
  }

  /** Counts an attempt as a cause, whatever its outcome: causes do not depend on consent. */
  function waitsNoMore({ number, occurrence, who }: Attempt): void {
    causes.count({ number, occurrence, who, shadow: false })
  }

  return {
    admit,
    /** Ends an occurrence without judging it. */
    refuse(given: Occurrence, outcome: 'held' | 'dropped', reason: Reason): Decision {
      const { occurrence, verdict } = judge.refuse(given, outcome, reason)
      return write(occurrence, verdict)
    },
    expire,
    /** Ends attempts that no destination may have any more. */
    endDenied: (): void => takeAnswered(false),
    /** Admits held attempts a second time if a destination may have them now. They are not held again. */
    reconsider(): void {
      expire()
      takeAnswered(true)
    },
    /** Ends all held attempts, and `others` with them. */
    dispose(others: readonly { readonly number: number }[]): void {
      for (const { number } of [...(hold?.take() ?? []), ...others])
        record.amend(number, () => ({ outcome: 'dropped', reason: 'disabled', deliveries: {} }))
    },
  }
}

export type Admission = ReturnType<typeof createAdmission>

/** Returns the verdict with the result of `beforeSend`, or of the hold. */
function withLastWord(judged: Verdict, { issues: added, refused }: LastWord): Verdict {
  if (!refused && added.length === 0) return judged
  const issues = [...(judged.issues ?? []), ...added]
  return {
    ...judged,
    issues: issues.length ? issues : undefined,
    ...(refused && { outcome: 'dropped', reason: refused, eligible: {}, refused: {} }),
    ...(refused === 'code-threw' && { passed: false }),
  }
}

const DELIVERY_STATES = { granted: 'queued', pending: 'held', denied: 'denied' } as const

function deliveriesOf(
  eligible: Readonly<Record<string, ConsentState>>,
  refused: Verdict['refused'] = {},
): Readonly<Record<string, Delivery>> {
  return {
    ...mapValues(eligible, (state) => ({ state: DELIVERY_STATES[state], attempts: 0 })),
    ...mapValues(refused, (paths) => ({ state: 'rejected', attempts: 0, error: whyRefused(paths) })),
  }
}
