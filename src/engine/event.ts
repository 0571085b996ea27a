import type { PlannedEvent } from '../plan/define-plan.ts'
import { derivedId } from '../support/hash.ts'
import type { Claim } from './frequency.ts'
import type { Who } from './identity.ts'
import type { ConsentSnapshot, EventContext, Occurrence, Properties, TrackedEvent } from './types.ts'

export interface EventParts {
  readonly occurrence: Occurrence
  readonly planned: PlannedEvent
  readonly properties: Properties
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
  const { occurrence, planned, properties, who } = parts
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
    value: typeof value === 'function' ? value(properties) : value,
    consent: parts.consent,
    sampleRate: planned.sampleRate ?? 1,
    trigger: occurrence.trigger,
  }
}

/** `revised` with what was adopted since `event` was built; what `beforeSend` put in its place stands. */
export function rebind(event: TrackedEvent, revised: TrackedEvent, parts: EventParts): TrackedEvent {
  const context = revised.context && adopted(event.context, revised.context, parts.context)
  return { ...adopted(event, revised, { id: idOf(parts), ...idsOf(parts.who) }), context }
}

function adopted<T extends object>(before: T, revised: T, now: Partial<T>): T {
  const names = Object.keys(now) as (keyof T)[]
  const unrevised = names.filter((name) => revised[name] === before[name]).map((name) => [name, now[name]])
  return { ...revised, ...Object.fromEntries(unrevised) }
}

function idsOf({ session, visitor }: Who) {
  return { sessionId: session.id, anonymousId: visitor.id, userId: visitor.userId }
}

/**
 * The only event of its session or visitor has an id that every tab would give it; others have a random one (F4).
 * Never derived from a user id: that would join destinations under different consents (F6).
 */
function idOf({ claims, who, randomId }: EventParts): string {
  const single = (scope: 'user' | 'session') =>
    claims.find(
      (claim) => claim.scope === scope && claim.rules.some((rule) => rule.per === scope && rule.max === 1),
    )
  const once = single('user') ?? single('session')
  if (!once) return randomId
  return derivedId(`${once.scope === 'user' ? who.visitor.id : who.session.id}|${once.key}`)
}
