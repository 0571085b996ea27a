import type { PlannedEvent } from '../plan/define-plan.ts'
import type { FrequencyRule } from '../plan/frequency.ts'
import type { SchemaIssue } from '../plan/standard-schema.ts'
import { draw } from '../support/hash.ts'
import { type Claim, claimsOf, rulesOf } from './frequency.ts'
import type { Guard } from './guard.ts'
import type { ConsentState, Finding, Occurrence, Outcome, Properties, Reason, RuleState } from './types.ts'

/** All that a decision may look at. Reading it has no effects. */
export interface World {
  readonly now: number
  /** What rollout and sampling draw by. */
  readonly units: { readonly visitor: string; readonly session: string; readonly event: string }
  readonly invalid: 'drop' | 'flag'
  readonly guard: Guard
  /** Found around the properties: in addresses, in the scope. */
  readonly findings: readonly Finding[]
  /** Nobody seems to be in front of this browser, and the tracker wants no such events. */
  readonly unwantedBot: boolean
  /** Earlier occurrences, spent and reserved, oldest first. */
  readonly times: (claim: Claim, shadow: boolean) => readonly number[]
  /** The destinations of the tracker. */
  readonly destinations: readonly { readonly name: string; readonly consent: ConsentState }[]
}

export interface Verdict {
  readonly outcome: Outcome
  readonly reason: Reason
  /** Without personal data. */
  readonly properties: Properties
  readonly issues?: readonly SchemaIssue[] | undefined
  readonly findings: readonly Finding[]
  readonly claims: readonly Claim[]
  readonly frequency: readonly RuleState[]
  readonly sampleRate: number
  /** It counts as a cause: nothing before sampling and consent stands against it (J1). */
  readonly passed: boolean
  readonly would?: { readonly outcome: Outcome; readonly reason: Reason } | undefined
  /** Eligible destinations and their consent. */
  readonly eligible: Readonly<Record<string, ConsentState>>
}

/**
 * plan → properties → personal data → success criterion → bots → status and rollout → frequency → sampling → consent.
 * Pure; what it finds is claimed afterwards. Frequency comes before sampling: else each repetition is a new ticket in
 * the draw (F9).
 */
export function decide(occurrence: Occurrence, planned: PlannedEvent | undefined, world: World): Verdict {
  const { guard } = world
  const { derived } = occurrence
  const given = guard.check(occurrence.properties, 'properties', planned?.pii)
  const found = {
    properties: given.value,
    issues: undefined as readonly SchemaIssue[] | undefined,
    findings: [...world.findings, ...given.findings],
    claims: [] as readonly Claim[],
    frequency: [] as readonly RuleState[],
    sampleRate: planned?.sampleRate ?? 1,
    passed: false,
    eligible: {} as Readonly<Record<string, ConsentState>>,
  }
  const end = (outcome: Outcome, reason: Reason): Verdict => ({ ...found, outcome, reason })
  if (!planned) return end('dropped', 'unknown-event')

  const checked = validate(planned, occurrence)
  if (checked.value !== occurrence.properties) {
    const output = guard.check(checked.value, 'properties', planned.pii)
    found.properties = output.value
    found.findings = [...world.findings, ...output.findings]
  }
  found.issues = checked.issues
  if (checked.issues && world.invalid === 'drop') return end('dropped', 'invalid-properties')
  if (guard.blocks && found.findings.length > 0) return end('dropped', 'personal-data')
  const counts = planned.counts?.(found.properties) !== false && derived?.causes?.().length !== 0
  if (!counts) return end('dropped', 'not-counted')
  if (world.unwantedBot) return end('dropped', 'suspected-bot')

  const status = planned.status ?? 'live'
  if (status === 'retired' || status === 'draft') return end('dropped', status)

  const destinations = world.destinations.filter(({ name }) => planned.destinations?.[name] !== false)
  const states = destinations.map(({ consent }) => consent)
  const held = states.includes('pending') && !states.includes('granted')
  const topic = planned.goal ?? occurrence.event
  /** Who the visitor is may be known only when what is held is released: one draw, then (C2). */
  const outside = (salt: string, share = 1, unit: keyof World['units'] = 'visitor') =>
    !held && share < 1 && draw(`${salt}|${topic}|${world.units[unit]}`) >= share
  if (outside('rollout', planned.rollout)) return end('dropped', 'not-in-rollout')

  const shadow = status === 'shadow'
  const settle = (outcome: Outcome, reason: Reason): Verdict =>
    shadow ? { ...end('shadowed', 'shadow'), would: { outcome, reason } } : end(outcome, reason)

  const { component, fact, factKey = '', fromEffect } = occurrence.trigger
  const mounted = fromEffect && planned.rules.length === 0
  const [rules, key] = mounted
    ? [oncePerMount, [component, fact, factKey].join('|')]
    : [derived ? [...planned.rules, derived.rule] : planned.rules, factKey]
  found.claims = claimsOf(occurrence.event, rules, found.properties, key)
  found.frequency = found.claims.flatMap((claim) => rulesOf(claim, world.times(claim, shadow), world.now))
  if (found.frequency.some((rule) => !rule.open)) return settle('dropped', mounted ? 'repeated' : 'frequency')
  found.passed = true
  if (outside('sample', planned.sampleRate, planned.sampleBy)) return settle('dropped', 'sampled-out')

  found.eligible = Object.fromEntries(destinations.map(({ name, consent }) => [name, consent]))
  if (world.destinations.length === 0) return settle('fired', 'admitted')
  if (states.length === 0) return settle('dropped', 'no-destination')
  if (held) return settle('held', 'consent-pending')
  return states.includes('granted') ? settle('fired', 'admitted') : settle('dropped', 'consent-denied')
}

/** StrictMode and re-mounts run an effect again: without a rule, its fact counts once in a page scope (F11). */
const oncePerMount: readonly FrequencyRule[] = [{ max: 1, per: 'page', key: 'fact' }]

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
