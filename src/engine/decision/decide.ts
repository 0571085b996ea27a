import type { PlannedEvent } from '../../plan/define-plan.ts'
import type { FrequencyRule } from '../../plan/frequency.ts'
import { copyOf, setField } from '../../support/copy-of.ts'
import { type Claim, claimsOf, isKeyless, rulesOf } from '../counts/frequency.ts'
import type { ConsentState } from '../permission/consent-types.ts'
import { permissionOf } from '../permission/eligibility.ts'
import type { Finding } from '../personal-data/finding.ts'
import type { Guard } from '../personal-data/guard.ts'
import type { Occurrence, Properties } from '../pipeline/occurrence.ts'
import type { Outcome, Reason, RuleState } from '../record/decision.ts'
import { check, invalidPaths, pathOf } from './check.ts'
import { obstaclesTo, pathsRead } from './invalid.ts'
import type { InvalidPolicy, Issue } from './issue.ts'
import { drawnOut, type Units } from './participation.ts'
import { runCode } from './run-code.ts'

/** Everything that a decision may look at. Reading it has no effects. */
export interface World {
  readonly now: number
  /** Ids that rollout and sampling draw by. */
  readonly units: Units
  /** True until storage has provided user and session. Both may be replaced by those of an earlier visit. */
  readonly unsettled?: boolean | undefined
  /** Policy for destinations without one of their own, and for trackers without destinations. */
  readonly invalid: InvalidPolicy
  readonly guard: Guard
  /** Personal data found outside the properties: in addresses, in the scope. */
  readonly findings: readonly Finding[]
  /** True if the browser seems to be automated, and the tracker drops events of bots. */
  readonly unwantedBot: boolean
  /** Returns earlier occurrences, spent and reserved, oldest first. */
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
  /** Properties without personal data. */
  readonly properties: Properties
  readonly issues?: readonly Issue[] | undefined
  /** Invalid paths, without personal data. */
  readonly invalid: readonly string[]
  readonly leftOut?: readonly string[] | undefined
  /** Invalid paths because of which a destination does not get the event, by destination. */
  readonly refused: Readonly<Record<string, readonly string[]>>
  /** Destinations that get the event without its invalid properties. */
  readonly stripping: readonly string[]
  readonly findings: readonly Finding[]
  readonly claims: readonly Claim[]
  readonly frequency: readonly RuleState[]
  readonly sampleRate: number
  /** True if the event counts as a cause: it passed all checks before sampling and consent. */
  readonly passed: boolean
  readonly would?: { readonly outcome: Outcome; readonly reason: Reason } | undefined
  /** Consent state by eligible destination. */
  readonly eligible: Readonly<Record<string, ConsentState>>
}

/**
 * Decides on an occurrence: plan → properties → personal data → success criterion → bots → status and rollout →
 * frequency → sampling → consent. Pure; counts are claimed afterwards. Frequency comes before sampling: otherwise each
 * repetition would have another chance in the draw.
 */
export function decide(given: Occurrence, planned: PlannedEvent | undefined, world: World): Verdict {
  const { guard } = world
  const occurrence = given.checked ? given : check(planned, given)
  const { derived, checked } = occurrence
  const { value: properties, findings } = guard.check(occurrence.properties, 'properties', planned?.pii)
  const found = {
    outcome: 'dropped' as Outcome,
    reason: 'unknown-event' as Reason,
    would: undefined as Verdict['would'],
    properties,
    issues: checked?.issues as readonly Issue[] | undefined,
    invalid: invalidPaths(guard.safeIssues(checked?.issues ?? [], planned?.pii)),
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
  const end = (outcome: Outcome, reason: Reason): Verdict => {
    if (found.issues?.length === 0) found.issues = undefined
    return Object.assign(found, { outcome, reason })
  }
  if (!planned) return end('dropped', 'unknown-event')
  if (checked?.threw) return end('dropped', 'code-threw')

  const { claims, unkeyed, mounted } = countedBy(occurrence, planned, properties)
  const news = unkeyed.filter((issue) => !found.invalid.includes(pathOf(issue)))
  if (news.length > 0) {
    found.issues = [...(found.issues ?? []), ...news]
    found.invalid = [...new Set([...found.invalid, ...news.map(pathOf)])]
  }

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
  const permission = world.destinations.length === 0 ? 'go' : permissionOf(states)
  const held = permission === 'wait'
  const shadow = status === 'shadow'
  // The user may be unknown: held events draw when they are released, others when they claim. Most shadows claim nothing.
  const units = world.unsettled && !shadow ? undefined : world.units
  const out = held ? undefined : drawnOut(occurrence.event, planned, units)
  if (out === 'not-in-rollout') return end('dropped', out)

  const settle = (outcome: Outcome, reason: Reason): Verdict => {
    if (shadow) found.would = { outcome, reason }
    return shadow ? end('shadowed', 'shadow') : end(outcome, reason)
  }

  found.claims = claims
  found.frequency = found.claims.flatMap((claim) => rulesOf(claim, world.times(claim, shadow), world.now))
  if (found.frequency.some((rule) => !rule.open)) return settle('dropped', mounted ? 'repeated' : 'frequency')
  found.passed = true
  if (out) return settle('dropped', out)

  found.eligible = consentByName(destinations)
  if (permission === 'go') return settle('fired', 'admitted')
  if (states.length === 0) return settle('dropped', 'no-destination')
  return held ? settle('held', 'consent-pending') : settle('dropped', 'consent-denied')
}

/**
 * Returns the claims of an occurrence, by the rules of the plan, of its derivation, or of a fact that a mount reported.
 */
function countedBy({ event, trigger, derived }: Occurrence, planned: PlannedEvent, properties: Properties) {
  const { component, fact, factKey = '', fromEffect } = trigger
  const mounted = fromEffect && planned.rules.length === 0
  const [rules, key] = mounted
    ? [oncePerMount, [component, fact, factKey].join('|')]
    : [derived ? [...planned.rules, derived.rule] : planned.rules, factKey]
  const claims = claimsOf(event, rules, properties, key)
  const unkeyed = claims.filter(isKeyless).map((claim) => missingKey(claim.rules[0]?.key, properties))
  return { claims: claims.filter((claim) => !isKeyless(claim)), unkeyed, mounted }
}

/**
 * StrictMode and re-mounts run an effect again: without a rule of its own, a fact of an effect counts once in a page
 * scope.
 */
const oncePerMount: readonly FrequencyRule[] = [{ max: 1, per: 'page', key: 'fact' }]

/**
 * Returns the issue of a missing key. Without the key, occurrences cannot be distinguished, and the rule does not count
 * this one.
 */
function missingKey(key: FrequencyRule['key'], properties: Properties): Issue {
  const [name = ''] = pathsRead(properties, [key])
  return { message: 'is missing, and a frequency rule counts by it', path: name ? [name] : [] }
}

function consentByName(destinations: World['destinations']): Readonly<Record<string, ConsentState>> {
  const states: Record<string, ConsentState> = {}
  for (const { name, consent } of destinations) setField(states, name, consent)
  return states
}

/** Returns the destinations that the plan allows, without those whose policy refuses the invalid properties. */
function takersOf(
  invalid: readonly string[],
  planned: PlannedEvent,
  properties: Properties,
  world: Pick<World, 'destinations' | 'invalid'>,
) {
  const { destinations: settings } = planned
  const allowed = settings
    ? world.destinations.filter(({ name }) => settings[name] !== false)
    : world.destinations
  if (invalid.length === 0) return { destinations: allowed, refused: {}, stripping: [], unwanted: false }
  const against = (policy: InvalidPolicy) => obstaclesTo(policy, invalid, planned, properties)
  const wanted = allowed.map((destination) => {
    const policy = destination.invalid ?? world.invalid
    return { ...destination, strips: policy === 'strip', obstacles: against(policy) }
  })
  const destinations = wanted.filter(({ obstacles }) => obstacles.length === 0)
  const refusing = wanted.filter(({ obstacles }) => obstacles.length > 0)
  return {
    destinations,
    refused: Object.fromEntries(refusing.map(({ name, obstacles }) => [name, obstacles])),
    stripping: destinations.flatMap(({ name, strips }) => (strips ? [name] : [])),
    /** True if no destination would get it. */
    unwanted: wanted.length ? destinations.length === 0 : against(world.invalid).length > 0,
  }
}
