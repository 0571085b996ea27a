import { declaredBy, firstKey } from '../declared.ts'
import type { AnyPlan, PlannedEvent } from '../define-plan.ts'
import { gatherShape, type PropertyShape } from './shapes.ts'

type Outcome = 'fired' | 'held' | 'dropped' | 'shadowed'
type Outcomes = Readonly<Record<Outcome, number>>

/** The part of a decision that coverage needs. */
export interface CoveredAttempt {
  readonly number: number
  readonly event: string
  readonly outcome: Outcome
  readonly properties?: object | undefined
  readonly issues?:
    | readonly {
        readonly path?: Parameters<typeof firstKey>[0]
        readonly kind?: string | undefined
      }[]
    | undefined
  readonly trigger: { readonly component: string; readonly synthetic?: string | undefined }
}

export interface CoverageInput<A extends CoveredAttempt = CoveredAttempt> {
  readonly plan: AnyPlan
  readonly record: {
    readonly decisions: readonly A[]
    readonly counts: Readonly<Record<string, Outcomes>>
  }
  /** Selects the attempts to count. Default: all attempts that the tracker ever recorded. */
  readonly within?: ((decision: A) => boolean) | undefined
}

/** Coverage of one event. `dormant`: a draft or retired event, which is not expected to fire. */
export type CoverageState = 'seen' | 'missing' | 'invalid' | 'unplanned' | 'dormant'

export interface EventCoverage {
  readonly name: string
  readonly event: PlannedEvent | undefined
  readonly state: CoverageState
  readonly outcomes: Outcomes
  /** Components that reported the event. */
  readonly from: readonly string[]
  readonly properties: readonly PropertyShape[]
  readonly drift: readonly Drift[]
}

/** Difference between the given properties and the schema. Never contains values. */
export type Drift =
  | { readonly kind: 'never-given'; readonly property: string; readonly optional: boolean }
  | { readonly kind: 'undeclared'; readonly property: string; readonly times: number }
  | { readonly kind: 'fails'; readonly property: string; readonly times: number; readonly attempt: number }
  | { readonly kind: 'changed'; readonly property: string; readonly shape: PropertyShape }

export interface Coverage {
  readonly events: readonly EventCoverage[]
  /** Number of expected events that have fired, or were shadowed if their status is `shadow`. */
  readonly seen: number
  readonly expected: number
  readonly stages: readonly StageShare[]
}

export interface StageShare {
  /** Stage name; empty for events without a stage. */
  readonly stage: string
  readonly planned: number
  readonly seen: number
  readonly fired: number
  /** Share of all fired events, 0 to 1. */
  readonly share: number
}

const none: Outcomes = { fired: 0, held: 0, dropped: 0, shadowed: 0 }

/**
 * Compares the plan with the record. Takes counts from the record's totals, which include every attempt, and shapes
 * from the decisions that the record still has, so that the cost stays bounded.
 */
export function coverageOf<A extends CoveredAttempt>({ plan, record, within }: CoverageInput<A>): Coverage {
  const byEvent = new Map<string, A[]>()
  for (const decision of record.decisions) {
    if (decision.trigger.synthetic === 'kept' || (within && !within(decision))) continue
    const list = byEvent.get(decision.event)
    if (list) list.push(decision)
    else byEvent.set(decision.event, [decision])
  }
  const counts = within ? countsOf(byEvent) : new Map(Object.entries(record.counts))
  const names = new Set([...plan.events.keys(), ...counts.keys()])
  const events = [...names].map((name) =>
    eventCoverage(name, plan.events.get(name), counts.get(name) ?? none, byEvent.get(name) ?? []),
  )
  const expected = events.filter(({ state }) => state !== 'unplanned' && state !== 'dormant')
  return {
    events,
    expected: expected.length,
    seen: expected.filter(wasSeen).length,
    stages: stagesOf(events),
  }
}

const wasSeen = ({ outcomes, event }: Pick<EventCoverage, 'outcomes' | 'event'>) =>
  outcomes.fired > 0 || (event?.status === 'shadow' && outcomes.shadowed > 0)

function countsOf(byEvent: ReadonlyMap<string, readonly CoveredAttempt[]>) {
  const counted = (list: readonly CoveredAttempt[]) => {
    const outcomes = { ...none }
    for (const { outcome } of list) outcomes[outcome]++
    return outcomes
  }
  return new Map([...byEvent].map(([name, list]) => [name, counted(list)] as const))
}

function eventCoverage(
  name: string,
  event: PlannedEvent | undefined,
  outcomes: Outcomes,
  attempts: readonly CoveredAttempt[],
): EventCoverage {
  const properties = shapesOf(attempts)
  const found = {
    name,
    event,
    outcomes,
    from: [...new Set(attempts.map(({ trigger }) => trigger.component))],
    properties,
    drift: event ? driftOf(event, attempts, properties) : [],
  }
  return { ...found, state: stateOf(found, attempts) }
}

function stateOf(found: Omit<EventCoverage, 'state'>, attempts: readonly CoveredAttempt[]): CoverageState {
  const { event } = found
  if (!event) return 'unplanned'
  if (attempts.some(hasInvalid)) return 'invalid'
  if (wasSeen(found)) return 'seen'
  return event.status === 'draft' || event.status === 'retired' ? 'dormant' : 'missing'
}

const hasInvalid = ({ issues = [] }: CoveredAttempt) => issues.some(({ kind }) => kind === undefined)

function shapesOf(attempts: readonly CoveredAttempt[]): readonly PropertyShape[] {
  const gathered = new Map<string, ReturnType<typeof gatherShape>>()
  for (const { properties, number } of attempts) {
    for (const [name, value] of Object.entries(properties ?? {})) {
      const gather = gathered.get(name) ?? gatherShape(name)
      gathered.set(name, gather)
      gather.add(value, number)
    }
  }
  return [...gathered.values()].map((gather) => gather.shape()).filter(({ given }) => given > 0)
}

function driftOf(
  event: PlannedEvent,
  attempts: readonly CoveredAttempt[],
  properties: readonly PropertyShape[],
): readonly Drift[] {
  const declared = declaredBy(event.properties)
  // Without property values, as in production before the overlay opens, the given properties are unknown.
  const areKnown = attempts.some(({ properties: given }) => given !== undefined)
  const given = new Set(properties.map(({ name }) => name))
  const names = new Set(declared?.map(({ name }) => name))
  return [
    ...(areKnown ? (declared ?? []) : [])
      .filter(({ name }) => !given.has(name))
      .map(({ name, optional }) => ({ kind: 'never-given', property: name, optional }) as const),
    ...(declared ? properties : [])
      .filter(({ name }) => !names.has(name))
      .map(({ name, given: times }) => ({ kind: 'undeclared', property: name, times }) as const),
    ...failuresOf(attempts),
    ...properties
      .filter(({ changedAt }) => changedAt !== undefined)
      .map((shape) => ({ kind: 'changed', property: shape.name, shape }) as const),
  ]
}

function failuresOf(attempts: readonly CoveredAttempt[]): readonly Drift[] {
  const failures = new Map<string, { times: number; attempt: number }>()
  for (const { issues, number } of attempts) {
    for (const property of new Set(
      (issues ?? []).flatMap(({ path, kind }) => (kind ? [] : firstKey(path))),
    )) {
      const times = (failures.get(property)?.times ?? 0) + 1
      failures.set(property, { times, attempt: number })
    }
  }
  return [...failures].map(([property, failure]) => ({ kind: 'fails', property, ...failure }))
}

function stagesOf(events: readonly EventCoverage[]): readonly StageShare[] {
  const stages = new Map<string, { planned: number; seen: number; fired: number }>()
  let total = 0
  for (const coverage of events) {
    if (!coverage.event) continue
    const { stage = '' } = coverage.event
    const { planned, seen, fired } = stages.get(stage) ?? { planned: 0, seen: 0, fired: 0 }
    total += coverage.outcomes.fired
    stages.set(stage, {
      planned: planned + 1,
      seen: seen + Number(wasSeen(coverage)),
      fired: fired + coverage.outcomes.fired,
    })
  }
  return [...stages].map(([stage, found]) => ({ stage, ...found, share: total ? found.fired / total : 0 }))
}

/** Describes a difference, such as `seats: given as number, then text, since attempt 12`. */
export function driftInWords(drift: Drift): string {
  const property = drift.property || 'the properties as a whole'
  switch (drift.kind) {
    case 'never-given':
      return `${property}: declared${drift.optional ? ' as optional' : ''}, never given`
    case 'undeclared':
      return `${property}: given ${times(drift.times)}, not declared`
    case 'fails':
      return `${property}: failed the schema ${times(drift.times)}, last in attempt ${drift.attempt}`
    case 'changed':
      return `${property}: ${drift.shape.kinds.join(', then ')}, since attempt ${drift.shape.changedAt}`
  }
}

const times = (count: number) => (count === 1 ? 'once' : `${count.toLocaleString('en')} times`)
