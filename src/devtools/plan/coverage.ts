import type { Decision, Outcome, RecordState } from '../../engine/types.ts'
import type { AnyPlan, PlannedEvent } from '../../plan/define-plan.ts'
import { hasInvalid } from '../parts/words.ts'
import { declaredBy, firstKey } from './declared.ts'
import { gatherShape, type PropertyShape } from './shapes.ts'

export interface CoverageInput {
  readonly plan: AnyPlan
  readonly record: Pick<RecordState, 'decisions' | 'counts'>
  /** Which attempts count; all that the tracker ever saw without it. */
  readonly within?: ((decision: Decision) => boolean) | undefined
}

/** `dormant`: a draft, or retired; nobody expects it. */
export type CoverageState = 'seen' | 'missing' | 'invalid' | 'unplanned' | 'dormant'

export interface EventCoverage {
  readonly name: string
  readonly event: PlannedEvent | undefined
  readonly state: CoverageState
  readonly outcomes: Readonly<Record<Outcome, number>>
  /** Components that have reported it. */
  readonly from: readonly string[]
  readonly properties: readonly PropertyShape[]
  readonly drift: readonly Drift[]
}

/** Where what was given and what the schema names part company. Never a value. */
export type Drift =
  | { readonly kind: 'never-given'; readonly property: string; readonly optional: boolean }
  | { readonly kind: 'undeclared'; readonly property: string; readonly times: number }
  | { readonly kind: 'fails'; readonly property: string; readonly times: number; readonly attempt: number }
  | { readonly kind: 'changed'; readonly property: string; readonly shape: PropertyShape }

export interface Coverage {
  readonly events: readonly EventCoverage[]
  /** Of the planned events that can fire. */
  readonly seen: number
  readonly expected: number
  readonly stages: readonly StageShare[]
}

export interface StageShare {
  /** Empty for events without one. */
  readonly stage: string
  readonly planned: number
  readonly seen: number
  readonly fired: number
  /** Of all that fired, 0-1. */
  readonly share: number
}

const none: Readonly<Record<Outcome, number>> = { fired: 0, held: 0, dropped: 0, shadowed: 0 }

/**
 * The plan beside what happened. Counts come from the counts, which forget nothing; shapes from the decisions that are
 * kept, so that ten thousand attempts cost no more than those.
 */
export function coverageOf({ plan, record, within }: CoverageInput): Coverage {
  const byEvent = new Map<string, Decision[]>()
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

const wasSeen = ({ outcomes, event }: EventCoverage) =>
  outcomes.fired > 0 || (event?.status === 'shadow' && outcomes.shadowed > 0)

function countsOf(byEvent: ReadonlyMap<string, readonly Decision[]>) {
  const counted = (list: readonly Decision[]) => {
    const outcomes = { ...none }
    for (const { outcome } of list) outcomes[outcome]++
    return outcomes
  }
  return new Map([...byEvent].map(([name, list]) => [name, counted(list)] as const))
}

function eventCoverage(
  name: string,
  event: PlannedEvent | undefined,
  outcomes: Readonly<Record<Outcome, number>>,
  attempts: readonly Decision[],
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

function stateOf(found: Omit<EventCoverage, 'state'>, attempts: readonly Decision[]): CoverageState {
  const { event } = found
  if (!event) return 'unplanned'
  if (attempts.some(hasInvalid)) return 'invalid'
  if (wasSeen({ ...found, state: 'seen' })) return 'seen'
  return event.status === 'draft' || event.status === 'retired' ? 'dormant' : 'missing'
}

function shapesOf(attempts: readonly Decision[]): readonly PropertyShape[] {
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
  attempts: readonly Decision[],
  properties: readonly PropertyShape[],
): readonly Drift[] {
  const declared = declaredBy(event.properties)
  // Without values, as in production before somebody watched, nobody knows what was given.
  const told = attempts.some(({ properties: given }) => given !== undefined)
  const given = new Set(properties.map(({ name }) => name))
  const names = new Set(declared?.map(({ name }) => name))
  return [
    ...(told ? (declared ?? []) : [])
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

function failuresOf(attempts: readonly Decision[]): readonly Drift[] {
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

/** `seats: given as number, then text, since attempt 12`. */
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
