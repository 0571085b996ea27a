import type { PlannedEvent } from '../plan/define-plan.ts'
import { derivedId } from '../support/hash.ts'
import type { Claim } from './frequency.ts'
import type { Who } from './identity.ts'
import type { ConsentSnapshot, Occurrence, Properties, StorageKind, TrackedEvent } from './types.ts'

export interface EventParts {
  readonly occurrence: Occurrence
  readonly planned: PlannedEvent
  readonly properties: Properties
  readonly claims: readonly Claim[]
  readonly who: Who
  /** For an event that is not the only one of its scope. */
  readonly randomId: string
  readonly plan: { readonly name: string; readonly version: string }
  readonly storage: StorageKind
  readonly consent: ConsentSnapshot
}

/** Binds an occurrence to its visitor and session: what destinations receive. */
export function buildEvent(parts: EventParts): TrackedEvent {
  const { occurrence, planned, properties, plan } = parts
  const { value } = planned
  return {
    ...bindingOf(parts),
    name: planned.wireName ?? occurrence.event,
    version: planned.version ?? plan.version,
    properties,
    time: occurrence.time,
    page: occurrence.page,
    stage: planned.stage,
    intent: planned.intent,
    goal: planned.goal,
    value: typeof value === 'function' ? value(properties) : value,
    consent: parts.consent,
    sampleRate: planned.sampleRate ?? 1,
    trigger: occurrence.trigger,
  }
}

/** `revised` with the ids that were adopted since `event` was built; what `beforeSend` put in their place stands. */
export function rebind(event: TrackedEvent, revised: TrackedEvent, parts: EventParts): TrackedEvent {
  const adopted = Object.entries(bindingOf(parts)).filter(
    ([name]) => revised[name as keyof TrackedEvent] === event[name as keyof TrackedEvent],
  )
  return { ...revised, ...Object.fromEntries(adopted) }
}

/** What may still change until the event leaves. */
function bindingOf(parts: EventParts) {
  const { occurrence, who, plan, storage } = parts
  return {
    id: idOf(parts),
    sessionId: who.session.id,
    anonymousId: who.visitor.id,
    userId: who.visitor.userId,
    context: { plan: plan.name, planVersion: plan.version, storage, scope: occurrence.scope },
  }
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
