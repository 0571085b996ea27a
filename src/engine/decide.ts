import type { PlannedEvent } from '../plan/define-plan.ts'
import type { FrequencyRule } from '../plan/frequency.ts'
import { copyOf } from '../support/copy-of.ts'
import { draw } from '../support/hash.ts'
import { check, pathOf } from './check.ts'
import { type Claim, claimsOf, isKeyless, rulesOf } from './frequency.ts'
import type { Guard } from './guard.ts'
import { obstaclesTo, pathsRead } from './invalid.ts'
import { runCode } from './run-code.ts'
import type {
  ConsentState,
  Finding,
  InvalidPolicy,
  Issue,
  Occurrence,
  Outcome,
  Properties,
  Reason,
  RuleState,
} from './types.ts'

/** All that a decision may look at. Reading it has no effects. */
export interface World {
  readonly now: number
  /** What rollout and sampling draw by. */
  readonly units: { readonly visitor: string; readonly session: string; readonly event: string }
  /** For destinations without a policy of their own, and where there is none. */
  readonly invalid: InvalidPolicy
  readonly guard: Guard
  /** Found around the properties: in addresses, in the scope. */
  readonly findings: readonly Finding[]
  /** Nobody seems to be in front of this browser, and the tracker wants no such events. */
  readonly unwantedBot: boolean
  /** Earlier occurrences, spent and reserved, oldest first. */
  readonly times: (claim: Claim, shadow: boolean) => readonly number[]
  /** The destinations of the tracker. */
  readonly destinations: readonly {
    readonly name: string
    readonly consent: ConsentState
    readonly invalid?: InvalidPolicy | undefined
  }[]
}

export interface Verdict {
  readonly outcome: Outcome
  readonly reason: Reason
  /** Without personal data. */
  readonly properties: Properties
  readonly issues?: readonly Issue[] | undefined
  /** Paths of what is invalid, without personal data. */
  readonly invalid: readonly string[]
  readonly leftOut?: readonly string[] | undefined
  /** By destination: the invalid paths for which it does not get the event. */
  readonly refused: Readonly<Record<string, readonly string[]>>
  /** The destinations that get the event without what is invalid. */
  readonly stripping: readonly string[]
  readonly findings: readonly Finding[]
  readonly claims: readonly Claim[]
  readonly frequency: readonly RuleState[]
  readonly sampleRate: number
  /** It counts as a cause: it passed all checks before sampling and consent. */
  readonly passed: boolean
  readonly would?: { readonly outcome: Outcome; readonly reason: Reason } | undefined
  /** Eligible destinations and their consent. */
  readonly eligible: Readonly<Record<string, ConsentState>>
}

/**
 * plan → properties → personal data → success criterion → bots → status and rollout → frequency → sampling → consent.
 * Pure; what it finds is claimed afterwards. Frequency comes before sampling: else each repetition is a new ticket in
 * the draw.
 */
export function decide(given: Occurrence, planned: PlannedEvent | undefined, world: World): Verdict {
  const { guard } = world
  const occurrence = given.checked ? given : check(planned, given)
  const { derived, checked } = occurrence
  const { value: properties, findings } = guard.check(occurrence.properties, 'properties', planned?.pii)
  const found = {
    properties,
    issues: checked?.issues ?? [],
    invalid: guard.check(checked?.invalid ?? [], 'issues').value,
    leftOut: checked?.leftOut,
    refused: {} as Verdict['refused'],
    stripping: [] as readonly string[],
    findings: [...world.findings, ...findings],
    claims: [] as readonly Claim[],
    frequency: [] as readonly RuleState[],
    sampleRate: planned?.sampleRate ?? 1,
    passed: false,
    eligible: {} as Readonly<Record<string, ConsentState>>,
  }
  const end = (outcome: Outcome, reason: Reason): Verdict => ({
    ...found,
    issues: found.issues.length ? found.issues : undefined,
    outcome,
    reason,
  })
  if (!planned) return end('dropped', 'unknown-event')
  if (checked?.threw) return end('dropped', 'code-threw')

  const { claims, keyless, mounted } = countedBy(occurrence, planned, properties)
  const unkeyed = keyless.map((read) => missingKey(read, properties))
  const news = unkeyed.filter((issue) => !found.invalid.includes(pathOf(issue)))
  found.issues = [...found.issues, ...news]
  found.invalid = [...new Set([...found.invalid, ...news.map(pathOf)])]

  const { destinations, refused, stripping, unwanted } = takersOf(found.invalid, planned, properties, world)
  found.refused = refused
  found.stripping = stripping
  if (unwanted) return end('dropped', 'invalid-properties')
  if (guard.blocks && found.findings.length > 0) return end('dropped', 'personal-data')
  const meets = runCode('counts', () => planned.counts?.(copyOf(properties)))
  if (meets === false || derived?.causes?.().length === 0) return end('dropped', 'not-counted')
  if (world.unwantedBot) return end('dropped', 'suspected-bot')

  const status = planned.status ?? 'live'
  if (status === 'retired' || status === 'draft') return end('dropped', status)

  const states = destinations.map(({ consent }) => consent)
  const held = states.includes('pending') && !states.includes('granted')
  const topic = planned.goal ?? occurrence.event
  /** Held events draw once, at their release: the visitor may be unknown before. */
  const outside = (salt: string, share = 1, unit: keyof World['units'] = 'visitor') =>
    !held && share < 1 && draw(`${salt}|${topic}|${world.units[unit]}`) >= share
  if (outside('rollout', planned.rollout)) return end('dropped', 'not-in-rollout')

  const shadow = status === 'shadow'
  const settle = (outcome: Outcome, reason: Reason): Verdict =>
    shadow ? { ...end('shadowed', 'shadow'), would: { outcome, reason } } : end(outcome, reason)

  found.claims = claims
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

/**
 * Returns the rules that count it: those of the plan, of its derivation, or the one of a fact born of a
 * mount.
 */
function countedBy({ event, trigger, derived }: Occurrence, planned: PlannedEvent, properties: Properties) {
  const { component, fact, factKey = '', fromEffect } = trigger
  const mounted = fromEffect && planned.rules.length === 0
  const [rules, key] = mounted
    ? [oncePerMount, [component, fact, factKey].join('|')]
    : [derived ? [...planned.rules, derived.rule] : planned.rules, factKey]
  const claims = claimsOf(event, rules, properties, key)
  const keyless = claims.filter(isKeyless).map((claim) => claim.rules[0]?.key)
  return { claims: claims.filter((claim) => !isKeyless(claim)), keyless, mounted }
}

/** StrictMode and re-mounts run an effect again: without a rule, its fact counts once in a page scope. */
const oncePerMount: readonly FrequencyRule[] = [{ max: 1, per: 'page', key: 'fact' }]

/** Without the key, the occurrence cannot be told from others: this rule does not count it. */
function missingKey(key: FrequencyRule['key'], properties: Properties): Issue {
  const [name = ''] = pathsRead(properties, [key])
  return { message: 'is missing, and a frequency rule counts by it', path: name ? [name] : [] }
}

/** The destinations that the plan allows, without those whose policy refuses what is invalid. */
function takersOf(
  invalid: readonly string[],
  planned: PlannedEvent,
  properties: Properties,
  world: Pick<World, 'destinations' | 'invalid'>,
) {
  const against = (policy: InvalidPolicy) => obstaclesTo(policy, invalid, planned, properties)
  const wanted = world.destinations
    .filter(({ name }) => planned.destinations?.[name] !== false)
    .map((destination) => {
      const policy = destination.invalid ?? world.invalid
      return { ...destination, strips: policy === 'strip' && invalid.length > 0, obstacles: against(policy) }
    })
  const destinations = wanted.filter(({ obstacles }) => obstacles.length === 0)
  const refusing = wanted.filter(({ obstacles }) => obstacles.length > 0)
  return {
    destinations,
    refused: Object.fromEntries(refusing.map(({ name, obstacles }) => [name, obstacles])),
    stripping: destinations.flatMap(({ name, strips }) => (strips ? [name] : [])),
    /** None would get it. */
    unwanted: wanted.length ? destinations.length === 0 : against(world.invalid).length > 0,
  }
}
