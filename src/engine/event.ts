import type { PlannedEvent } from '../plan/define-plan.ts'
import type { Money } from '../plan/event.ts'
import { copyOf } from '../support/copy-of.ts'
import { derivedId } from '../support/hash.ts'
import type { Claim } from './frequency.ts'
import type { Who } from './identity.ts'
import { runCode } from './run-code.ts'
import type { ConsentSnapshot, EventContext, Occurrence, Properties, TrackedEvent } from './types.ts'

export interface EventParts {
  readonly occurrence: Occurrence
  readonly planned: PlannedEvent
  readonly properties: Properties
  /** Paths of what is invalid in them. */
  readonly invalid: readonly string[]
  readonly claims: readonly Claim[]
  readonly who: Who
  /** For an event that is not the only one of its scope. */
  readonly randomId: string
  readonly planVersion: string
  readonly context: EventContext
  readonly consent: ConsentSnapshot
}

/** Binds an occurrence to its visitor and session: what destinations receive. */
export function buildEvent(parts: EventParts): TrackedEvent {
  const { occurrence, planned, properties, invalid, who } = parts
  const { value } = planned
  return {
    id: idOf(parts),
    name: planned.wireName ?? occurrence.event,
    version: planned.version ?? parts.planVersion,
    properties,
    time: occurrence.time,
    page: occurrence.page,
    ...idsOf(who),
    context: parts.context,
    stage: planned.stage,
    intent: planned.intent,
    goal: planned.goal,
    value: typeof value === 'function' ? moneyOf(runCode('value', () => value(copyOf(properties)))) : value,
    consent: parts.consent,
    sampleRate: planned.sampleRate ?? 1,
    trigger: occurrence.trigger,
    ...(invalid.length > 0 && { issues: invalid }),
  }
}

/** Undefined: of invalid properties the plan's `value` may make no amount, or one without a currency. */
function moneyOf(given: Money | undefined): Money | undefined {
  const { value, currency } = given ?? {}
  return Number.isFinite(value) && typeof currency === 'string' ? (copyOf(given) as Money) : undefined
}

/** `revised` with what was adopted since `event` was built; what `beforeSend` put in its place stands. */
export function rebind(event: TrackedEvent, revised: TrackedEvent, parts: EventParts): TrackedEvent {
  const context = revised.context && adopted(event.context, revised.context, parts.context)
  return { ...adopted(event, revised, { id: idOf(parts), ...idsOf(parts.who) }), context }
}

function adopted<T extends object>(before: T, revised: T, now: Partial<T>): T {
  const names = Object.keys(now) as (keyof T)[]
  const unrevised = names
    .filter((name) => isSame(revised[name], before[name]))
    .map((name) => [name, now[name]])
  return { ...revised, ...Object.fromEntries(unrevised) }
}

/** `beforeSend` returns copies of what it left alone. */
const isSame = (a: unknown, b: unknown) => a === b || JSON.stringify(a) === JSON.stringify(b)

function idsOf({ session, visitor }: Who) {
  return { sessionId: session.id, anonymousId: visitor.id, userId: visitor.userId }
}

/** Its id does not hang on who the user is: it was given, or is random. */
export const hasOwnId = ({ checked }: Occurrence, claims: readonly Claim[]): boolean =>
  checked?.id !== undefined || onceOf(claims) === undefined

/** The claim of the only event of its user or session. */
function onceOf(claims: readonly Claim[]): Claim | undefined {
  const single = (scope: 'user' | 'session') =>
    claims.find(
      (claim) => claim.scope === scope && claim.rules.some((rule) => rule.per === scope && rule.max === 1),
    )
  return single('user') ?? single('session')
}

/**
 * A given id goes as it is. The only event of its session or visitor has an id that every tab would give it; others have
 * a random one. Never derived from a user id: that would join destinations under different consents.
 */
function idOf({ occurrence, claims, who, randomId }: EventParts): string {
  const given = occurrence.checked?.id
  if (given !== undefined) return given
  const once = onceOf(claims)
  if (!once) return randomId
  return derivedId(`${once.scope === 'user' ? who.visitor.id : who.session.id}|${once.key}`)
}
