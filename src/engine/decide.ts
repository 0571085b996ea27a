import type { PlannedEvent } from '../plan/define-plan.ts'
import type { SchemaIssue } from '../plan/standard-schema.ts'
import { draw } from '../support/hash.ts'
import { type Claim, claimsOf, rulesOf } from './frequency.ts'
import type { ConsentState, Occurrence, Outcome, Properties, Reason, RuleState } from './types.ts'

/** All that a decision may look at. Reading it has no effects. */
export interface World {
  readonly now: number
  /** Draws rollout and sampling. */
  readonly visitorId: string
  readonly invalid: 'drop' | 'flag'
  /** Earlier occurrences, spent and reserved, oldest first. */
  readonly times: (claim: Claim, shadow: boolean) => readonly number[]
  /** An effect-born fact of this page scope was here before. */
  readonly repeated: boolean
  /** The destinations of the tracker. */
  readonly destinations: readonly { readonly name: string; readonly consent: ConsentState }[]
}

export interface Verdict {
  readonly outcome: Outcome
  readonly reason: Reason
  readonly properties: Properties
  readonly issues?: readonly SchemaIssue[] | undefined
  readonly claims: readonly Claim[]
  readonly frequency: readonly RuleState[]
  readonly sampleRate: number
  readonly would?: { readonly outcome: Outcome; readonly reason: Reason } | undefined
  /** Eligible destinations and their consent. */
  readonly eligible: Readonly<Record<string, ConsentState>>
}

/**
 * plan → properties → success criterion → status and rollout → frequency → sampling → consent. Pure; what it finds is
 * claimed afterwards. Frequency comes before sampling: else each repetition is a new ticket in the draw (F9).
 */
export function decide(occurrence: Occurrence, planned: PlannedEvent | undefined, world: World): Verdict {
  const found = {
    properties: occurrence.properties,
    issues: undefined as readonly SchemaIssue[] | undefined,
    claims: [] as readonly Claim[],
    frequency: [] as readonly RuleState[],
    sampleRate: planned?.sampleRate ?? 1,
    eligible: {} as Record<string, ConsentState>,
  }
  const end = (outcome: Outcome, reason: Reason): Verdict => ({ ...found, outcome, reason })
  if (!planned) return end('dropped', 'unknown-event')

  const checked = validate(planned, occurrence)
  found.properties = checked.value
  found.issues = checked.issues
  if (checked.issues && world.invalid === 'drop') return end('dropped', 'invalid-properties')
  if (planned.counts?.(found.properties) === false) return end('dropped', 'not-counted')

  const status = planned.status ?? 'live'
  if (status === 'retired' || status === 'draft') return end('dropped', status)
  const share = (salt: string) => draw(`${salt}|${planned.goal ?? occurrence.event}|${world.visitorId}`)
  if (share('rollout') >= (planned.rollout ?? 1)) return end('dropped', 'not-in-rollout')

  const shadow = status === 'shadow'
  const settle = (outcome: Outcome, reason: Reason): Verdict =>
    shadow ? { ...end('shadowed', 'shadow'), would: { outcome, reason } } : end(outcome, reason)

  found.claims = claimsOf(occurrence.event, planned, found.properties, occurrence.trigger.factKey ?? '')
  found.frequency = found.claims.flatMap((claim) => rulesOf(claim, world.times(claim, shadow), world.now))
  if (found.frequency.some((rule) => !rule.open)) return settle('dropped', 'frequency')
  if (world.repeated && found.claims.length === 0) return settle('dropped', 'repeated')
  if (share('sample') >= found.sampleRate) return settle('dropped', 'sampled-out')

  for (const { name, consent } of world.destinations) {
    if (planned.destinations?.[name] !== false) found.eligible[name] = consent
  }
  const states = Object.values(found.eligible)
  if (world.destinations.length === 0) return settle('fired', 'admitted')
  if (states.length === 0) return settle('dropped', 'no-destination')
  if (states.includes('granted')) return settle('fired', 'admitted')
  if (states.includes('pending')) return settle('held', 'consent-pending')
  return settle('dropped', 'consent-denied')
}

interface Checked {
  readonly value: Properties
  readonly issues?: readonly SchemaIssue[] | undefined
}

/** An event without a schema accepts no properties: those of a fact are left out, those given by hand are an issue. */
function validate(planned: PlannedEvent, { properties, trigger }: Occurrence): Checked {
  const schema = planned.properties
  if (!schema) {
    const given = trigger.component === 'track' ? Object.keys(properties) : []
    return {
      value: {},
      issues: given.length ? given.map((path) => ({ message: 'not declared', path: [path] })) : undefined,
    }
  }
  const result = schema['~standard'].validate(properties)
  if (result instanceof Promise) {
    result.catch(() => {})
    return { value: properties, issues: [{ message: 'the schema is asynchronous' }] }
  }
  return result.issues ? { value: properties, issues: result.issues } : { value: result.value as Properties }
}
