import { declaredBy } from '../declared.ts'
import type { AnyPlan } from '../define-plan.ts'
import { type Coverage, type CoveredAttempt, coverageOf, type EventCoverage } from './coverage.ts'
import { planFromOutline, sources, type TestedAttempt, type TestedFile, type TestSource } from './tested.ts'

/** Coverage of one event by tests. */
export interface TestedEvent {
  readonly name: string
  readonly state: EventCoverage['state']
  /** True if it counts as missing while no test covers it: a live, shadow or deprecated event. */
  readonly expected: boolean
  readonly covered: boolean
  /** Times that it fired, or was shadowed if its status is `shadow`, by the kind of test. */
  readonly times: Readonly<Record<TestSource, number>>
  /** Reasons of its other attempts, in alphabetical order. */
  readonly alsoSeen: readonly string[]
  /** Required properties that no test gave. */
  readonly neverGiven: readonly string[]
  /** Destinations that took the event in a test, in alphabetical order. */
  readonly takenBy: readonly string[]
  /** Destinations of the tests or of the plan that took it in no test, in alphabetical order. Empty unless the event fired. */
  readonly neverTakenBy: readonly string[]
}

/** Coverage of a plan by tests. */
export interface TestCoverage {
  readonly plan: string
  /** Empty if no test used the plan, and only its name is known. */
  readonly version: string
  readonly events: readonly TestedEvent[]
  readonly covered: number
  readonly expected: number
  /** Share of the expected events that a test covers, 0 to 100. 100 for a plan that expects none. */
  readonly percent: number
  /** Required properties of covered events: how many, and how many of them a test gave. */
  readonly properties: { readonly required: number; readonly given: number }
  /** Destinations of events that fired: how many pairs of event and destination, and how many of them a test covers. */
  readonly destinations: { readonly expected: number; readonly covered: number }
}

/**
 * Returns the coverage of each plan: of those given, or of those that the tests used. A plan given by its name is one that the tests
 * used; if none did, its coverage is 0%.
 */
export function testCoverage(
  files: readonly TestedFile[],
  given?: readonly (AnyPlan | string)[],
): readonly TestCoverage[] {
  const used = plansIn(files)
  return (given ?? used).map((plan) => {
    const found = typeof plan === 'string' ? used.find(({ name }) => name === plan) : plan
    return found ? coverageOfPlan(found, files) : unused(String(plan))
  })
}

const unused = (plan: string): TestCoverage => ({
  ...{ plan, version: '', events: [], covered: 0, expected: 0, percent: 0 },
  properties: { required: 0, given: 0 },
  destinations: { expected: 0, covered: 0 },
})

/** Returns the plans of the tests. Of several outlines of one plan the one with the most events. */
function plansIn(files: readonly TestedFile[]): readonly AnyPlan[] {
  const outlines = files
    .flatMap(({ plans }) => plans)
    .toSorted((a, b) => Object.keys(a.events).length - Object.keys(b.events).length)
  const byName = new Map(outlines.map((outline) => [outline.name, outline]))
  return [...byName.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1)).map(planFromOutline)
}

function coverageOfPlan(plan: AnyPlan, files: readonly TestedFile[]): TestCoverage {
  const tested = files.flatMap(({ source, attempts }) =>
    attempts.filter((attempt) => attempt.plan === plan.name).map((attempt) => ({ source, attempt })),
  )
  const decisions = tested.map(({ attempt }, index) => asCovered(attempt, index + 1))
  const coverage = coverageOf({ plan, record: { decisions, counts: {} }, within: () => true })
  const destinations = tested.flatMap(({ attempt }) => Object.keys(attempt.destinations ?? {}))
  const events = coverage.events.map((found) => {
    const seen = tested.filter(({ attempt }) => attempt.event === found.name)
    return { ...testedEvent(found, seen), ...destinationsIn(found, seen, destinations) }
  })
  const taken = events.reduce((sum, { takenBy }) => sum + takenBy.length, 0)
  const neverTaken = events.reduce((sum, { neverTakenBy }) => sum + neverTakenBy.length, 0)
  return {
    ...{ plan: plan.name, version: plan.version, events, ...sums(coverage) },
    destinations: { expected: taken + neverTaken, covered: taken },
  }
}

/**
 * Compares the destinations that took an event with those that should: destinations of any test with the plan, and those that the
 * plan names for the event. A plan may keep an event from a destination by `false`.
 */
function destinationsIn(
  { event, outcomes }: EventCoverage,
  seen: readonly Seen[],
  ofTests: readonly string[],
): Pick<TestedEvent, 'takenBy' | 'neverTakenBy'> {
  if (outcomes.fired === 0) return { takenBy: [], neverTakenBy: [] }
  const settings = event?.destinations ?? {}
  const named = Object.keys(settings).filter((name) => settings[name])
  const expected = [...new Set([...ofTests, ...named])].filter((name) => settings[name] !== false).sort()
  const isTaken = (name: string) => seen.some(({ attempt }) => attempt.destinations?.[name])
  return {
    takenBy: expected.filter(isTaken),
    neverTakenBy: expected.filter((name) => !isTaken(name)),
  }
}

function sums({ events, seen, expected }: Coverage) {
  const percent = expected === 0 ? 100 : Math.floor((seen / expected) * 100)
  const all = events.filter(({ outcomes }) => outcomes.fired + outcomes.shadowed > 0)
  const neverGiven = all.reduce((sum, found) => sum + missingIn(found).length, 0)
  const given = all.reduce((sum, found) => sum + givenIn(found), 0)
  return { covered: seen, expected, percent, properties: { required: given + neverGiven, given } }
}

const missingIn = ({ drift }: EventCoverage): readonly string[] =>
  drift.flatMap((each) => (each.kind === 'never-given' && !each.optional ? [each.property] : []))

/** Counts required properties that were given. */
function givenIn({ event, properties }: EventCoverage): number {
  const given = new Set(properties.map(({ name }) => name))
  return requiredOf(event).filter((name) => given.has(name)).length
}

function requiredOf(event: EventCoverage['event']): readonly string[] {
  return (
    (event && declaredBy(event.properties))?.flatMap(({ name, optional }) => (optional ? [] : [name])) ?? []
  )
}

interface Seen {
  readonly source: TestSource
  readonly attempt: TestedAttempt
}

function testedEvent(
  found: EventCoverage,
  seen: readonly Seen[],
): Omit<TestedEvent, 'takenBy' | 'neverTakenBy'> {
  const wanted = found.event?.status === 'shadow' ? 'shadowed' : 'fired'
  const hits = seen.filter(({ attempt: { outcome } }) => outcome === wanted || outcome === 'fired')
  const others = seen.filter((each) => !hits.includes(each))
  return {
    name: found.name,
    state: found.state,
    expected: found.state !== 'unplanned' && found.state !== 'dormant',
    covered: hits.length > 0,
    times: Object.fromEntries(
      sources.map((source) => [source, hits.filter((each) => each.source === source).length]),
    ) as Record<TestSource, number>,
    alsoSeen: [...new Set(others.map(({ attempt: { reason } }) => reason))].sort(),
    neverGiven: hits.length > 0 ? missingIn(found) : [],
  }
}

/** Returns an attempt with names of properties in place of values. */
function asCovered(
  { event, outcome, component, properties = [], invalid = [] }: TestedAttempt,
  number: number,
): CoveredAttempt {
  return {
    number,
    event,
    outcome,
    trigger: { component },
    // Without a value no change of kind is seen; the names are what tests cover.
    properties: Object.fromEntries(properties.map((name) => [name, null])),
    issues: invalid.map((name) => ({ path: [name] })),
  }
}
