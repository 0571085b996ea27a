import type { PlannedEvent } from '../../plan/define-plan.ts'
import type { Money } from '../../plan/event.ts'
import { copyOf } from '../../support/copy-of.ts'
import { isEventId } from '../../support/event-id.ts'
import { derivedId } from '../../support/hash.ts'
import { ignoreRejection } from '../../support/is-promise.ts'
import { messageOf } from '../../support/message-of.ts'
import { underEach } from '../../support/records.ts'
import type { Claim } from '../counts/frequency.ts'
import { cleaned, idIssues } from '../decision/check.ts'
import type { Issue } from '../decision/issue.ts'
import { MAX_DEPTH, plainCopy } from '../decision/plain-copy.ts'
import { runCode } from '../decision/run-code.ts'
import type { ConsentSnapshot } from '../permission/consent-types.ts'
import type { Reason } from '../record/decision.ts'
import type { Context } from '../who/context.ts'
import type { Who } from '../who/who.ts'
import type { Occurrence, Properties } from './occurrence.ts'
import type { TrackedEvent } from './tracked-event.ts'

/** Parts that an event consists of. */
export interface Ingredients {
  readonly occurrence: Occurrence
  readonly planned: PlannedEvent
  readonly who: Who
  /** Id of an event that may occur more than once in its scope. */
  readonly randomId: string
  readonly verdict: {
    readonly properties: Properties
    /** Paths of invalid properties. */
    readonly invalid: readonly string[]
    readonly claims: readonly Claim[]
  }
}

/** The event as it was built, and as `beforeSend` returned it. */
export interface Composed {
  readonly event: TrackedEvent
  readonly revised: TrackedEvent
}

/** Result of the last step before an attempt claims its counts. */
export interface LastWord {
  readonly composed?: Composed | undefined
  /** Reason why it is dropped after all. */
  readonly refused?: Reason | undefined
  readonly issues: readonly Issue[]
  /** Error for the developer. */
  readonly error?: unknown
}

interface ComposerOptions {
  readonly planVersion: string
  readonly beforeSend: ((event: TrackedEvent) => TrackedEvent | null) | undefined
  readonly contextOf: Context['of']
  readonly consent: () => ConsentSnapshot
}

/** Creates a composer, which turns occurrences into the events that destinations receive. */
export function createComposer({ planVersion, beforeSend, contextOf, consent }: ComposerOptions) {
  function build(from: Ingredients): TrackedEvent {
    const { occurrence, planned, who, verdict } = from
    const { properties, invalid } = verdict
    const { value } = planned
    const { session, user } = who
    const event: TrackedEvent = {
      id: idOf(from),
      name: planned.wireName ?? occurrence.event,
      version: planned.version ?? planVersion,
      properties,
      time: occurrence.time,
      page: occurrence.page,
      sessionId: session.id,
      anonymousId: user.id,
      userId: user.userId,
      context: contextOf(occurrence, who),
      stage: planned.stage,
      intent: planned.intent,
      goal: planned.goal,
      value: typeof value === 'function' ? moneyOf(runCode('value', () => value(copyOf(properties)))) : value,
      consent: consent(),
      sampleRate: planned.sampleRate ?? 1,
      trigger: occurrence.trigger,
    }
    // Most events have none of these.
    if (planned.status === 'shadow') Object.assign(event, { shadow: true })
    if (planned.rollout !== undefined) Object.assign(event, { rollout: planned.rollout })
    if (invalid.length > 0) Object.assign(event, { issues: invalid })
    return event
  }

  return {
    /** Builds the event and calls `beforeSend`. Never throws. */
    compose(from: Ingredients): LastWord {
      try {
        const event = build(from)
        if (!beforeSend) return { composed: { event, revised: event }, issues: [] }
        // `beforeSend` may change its copy, and keep what it returns.
        const answer = runCode('beforeSend', () => beforeSend(copyOf(event)))
        return answer === null ? { refused: 'before-send', issues: [] } : revise(event, answer)
      } catch (error) {
        return { refused: 'code-threw', issues: [{ message: messageOf(error) }], error }
      }
    },
    /** Returns the event with ids and context that were adopted while it waited. Keeps what `beforeSend` changed. */
    latest(attempt: Ingredients & { readonly composed?: Composed | undefined; readonly waited: boolean }) {
      const { composed, waited, occurrence, who } = attempt
      const { event, revised } = composed as Composed
      if (!waited) return revised
      const context = revised.context && adopted(event.context, revised.context, contextOf(occurrence, who))
      return { ...adopted(event, revised, { id: idOf(attempt), ...idsOf(who) }), context }
    },
  }
}

export type Composer = ReturnType<typeof createComposer>

/** Returns undefined if the plan's `value`, given invalid properties, returned no amount, or one without a currency. */
function moneyOf(given: Money | undefined): Money | undefined {
  const { value, currency } = given ?? {}
  return Number.isFinite(value) && typeof currency === 'string' ? (copyOf(given) as Money) : undefined
}

/** Levels above the properties in an event: the event, `context`, and its `scope`. */
const EVENT_DEPTH = 2

/** Applies the result of `beforeSend`. It cannot change which properties are invalid. */
function revise(event: TrackedEvent, answer: unknown): LastWord {
  const { value, lost, changed } = plainCopy(answer, MAX_DEPTH + EVENT_DEPTH, 2)
  if (typeof value['name'] !== 'string' || !value['name']) {
    ignoreRejection(answer)
    const error = '`beforeSend` returned no event; return the event or null, at once'
    return { refused: 'before-send', issues: [], error }
  }
  const { id, time, properties, page, context } = value
  // A field that it removed stays, without a value. Destinations read the time, and what is in the last three.
  const revised = {
    ...underEach(Object.keys(event), undefined),
    ...value,
    id: isEventId(id) ? id : event.id,
    time: Number.isFinite(time) ? time : event.time,
    properties: recordOf(properties),
    page: recordOf(page),
    context: recordOf(context),
    issues: event.issues,
  } as unknown as TrackedEvent
  return { composed: { event, revised }, issues: [...[...lost, ...changed].map(cleaned), ...idIssues(id)] }
}

/** Returns an empty object in place of anything else than an object with fields. */
const recordOf = (given: unknown): object =>
  typeof given === 'object' && given !== null && !Array.isArray(given) ? given : {}

/** Fields that `beforeSend` may remove or hash: if it was called, it must have seen what is in them. */
const OF_USER: readonly PropertyKey[] = ['userId', 'traits']

function adopted<T extends object>(before: T, revised: T, now: Partial<T>): T {
  const names = Object.keys(now) as (keyof T)[]
  const unrevised = names
    .filter((name) => before === revised || (!OF_USER.includes(name) && isSame(revised[name], before[name])))
    .map((name) => [name, now[name]])
  return { ...revised, ...Object.fromEntries(unrevised) }
}

/** Compares by content, because `beforeSend` returns copies of what it did not change. */
const isSame = (a: unknown, b: unknown) => a === b || JSON.stringify(a) === JSON.stringify(b)

/** Returns the ids of an event. */
export function idsOf({ session, user }: Who) {
  return { sessionId: session.id, anonymousId: user.id, userId: user.userId }
}

/** Returns true if the id was given or is random: it does not depend on the user. */
export const hasOwnId = ({ checked }: Occurrence, claims: readonly Claim[]): boolean =>
  checked?.id !== undefined || onceOf(claims) === undefined

/** Returns the claim of an event that may occur only once for its user or session. */
function onceOf(claims: readonly Claim[]): Claim | undefined {
  const single = (scope: 'user' | 'session') =>
    claims.find(
      (claim) => claim.scope === scope && claim.rules.some((rule) => rule.per === scope && rule.max === 1),
    )
  return single('user') ?? single('session')
}

/**
 * Returns the id of an event. A given id is used as it is. An event that may occur only once for its user or session
 * has an id that is the same in every tab; others have a random one. Ids are never derived from a user id: that would
 * join data of destinations under different consents.
 */
function idOf({ occurrence, verdict, who, randomId }: Ingredients): string {
  const given = occurrence.checked?.id
  if (given !== undefined) return given
  const once = onceOf(verdict.claims)
  if (!once) return randomId
  return derivedId(`${once.scope === 'user' ? who.user.id : who.session.id}|${once.key}`)
}
