import { attempt as attempted } from '../../support/attempt.ts'
import { mapValues } from '../../support/records.ts'
import { type Declared, declaredBy, declaredSchema, firstKey } from '../declared.ts'
import type { AnyPlan, PlannedEvent } from '../define-plan.ts'
import type { CoveredAttempt } from './coverage.ts'

/** Kinds of tests, as columns of the table. */
export const sources = ['unit', 'stories', 'e2e'] as const
export type TestSource = (typeof sources)[number]

/** The part of a plan that coverage needs, as JSON. */
export interface PlanOutline {
  readonly name: string
  readonly version: string
  readonly events: Readonly<Record<string, EventOutline>>
}

/** The part of an event that coverage needs, as JSON. */
export interface EventOutline {
  readonly status?: string
  readonly stage?: string
  readonly declared?: readonly Declared[]
  /** Destinations that the plan names for the event; false if it keeps the event from them. */
  readonly destinations?: Readonly<Record<string, boolean>>
}

/** An attempt in a test, as JSON: with the names of its properties, without their values. */
export interface TestedAttempt {
  readonly plan: string
  readonly event: string
  readonly outcome: CoveredAttempt['outcome']
  readonly reason: string
  readonly component: string
  readonly properties?: readonly string[]
  /** Names of properties that do not match the schema. */
  readonly invalid?: readonly string[]
  /** Destinations of the attempt, and whether each took the event. Absent if it did not fire. */
  readonly destinations?: Readonly<Record<string, boolean>>
}

/** Attempts of the trackers of one test. */
export interface Tested {
  readonly plans: readonly PlanOutline[]
  readonly attempts: readonly TestedAttempt[]
}

/** The tests of one source, as a file in the folder of coverage. */
export interface TestedFile extends Tested {
  readonly format: typeof TESTED_FORMAT
  readonly source: TestSource
}

export const TESTED_FORMAT = 'react-microconversions/tested/1'
/** Default folder of the files, relative to the project. */
export const TESTED_FOLDER = '.microconversions'

export function outlineOf({ name, version, events }: AnyPlan): PlanOutline {
  return {
    name,
    version,
    events: Object.fromEntries([...events].map(([event, planned]) => [event, outlineOfEvent(planned)])),
  }
}

function outlineOfEvent({ status, stage, properties, destinations }: PlannedEvent): EventOutline {
  const declared = attempted(() => declaredBy(properties))
  return {
    ...(status && { status }),
    ...(stage && { stage }),
    ...(declared && { declared }),
    ...(destinations && { destinations: namedIn(destinations) }),
  }
}

function namedIn(destinations: NonNullable<PlannedEvent['destinations']>): Readonly<Record<string, boolean>> {
  const set = Object.entries(destinations).filter(([, setting]) => setting !== undefined)
  return Object.fromEntries(set.map(([name, setting]) => [name, setting !== false]))
}

/** Returns a plan that says what the outline says. */
export function planFromOutline({ name, version, events }: PlanOutline): AnyPlan {
  const planned = Object.entries(events).map(([event, { declared, destinations, ...settings }]) => {
    const more = {
      ...(declared?.length && { properties: declaredSchema(declared) }),
      ...(destinations && { destinations: mapValues(destinations, (isNamed) => isNamed && {}) }),
    }
    return [event, { ...(settings as object), ...more, rules: [] } as PlannedEvent] as const
  })
  return { name, version, events: new Map(planned), funnels: {} }
}

interface Decided extends CoveredAttempt {
  readonly reason: string
  readonly deliveries?: Readonly<Record<string, { readonly state: string }>> | undefined
}

/** Returns the attempts of one tracker. Attempts of a tester that were kept in the overlay do not count. */
export function testedAttempts(plan: string, decisions: readonly Decided[]): readonly TestedAttempt[] {
  return decisions
    .filter(({ trigger }) => trigger.synthetic !== 'kept')
    .map((decision) => {
      const { event, outcome, reason, trigger, properties, issues = [] } = decision
      const names = Object.keys(properties ?? {})
      const invalid = issues.filter(({ kind }) => kind === undefined)
      const destinations = destinationsOf(decision)
      return {
        ...{ plan, event, outcome, reason, component: trigger.component },
        ...(names.length > 0 && { properties: names }),
        ...(invalid.length > 0 && { invalid: invalid.map(({ path }) => firstKey(path)) }),
        ...(Object.keys(destinations).length > 0 && { destinations }),
      }
    })
}

/** States of a delivery that was mapped and queued, or sent, and has not failed. */
const taken = ['queued', 'sent', 'unknown']
/** Name of the destination that each test tracker has, in place of real ones. */
const IN_TESTS = 'memory'

/** Returns the destinations of an event that fired, and whether each took it. */
function destinationsOf({ outcome, deliveries = {} }: Decided): Readonly<Record<string, boolean>> {
  if (outcome !== 'fired') return {}
  const { [IN_TESTS]: _, ...others } = deliveries
  return mapValues(others, ({ state }) => taken.includes(state))
}
