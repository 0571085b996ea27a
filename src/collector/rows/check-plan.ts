import type { AnyPlan, PlannedEvent } from '../../plan/define-plan.ts'
import { draw } from '../../plan/draw.ts'
import { converterIn, sideOf } from '../../plan/json-schema.ts'
import type { SchemaIssue } from '../../plan/standard-schema.ts'
import { attempt } from '../../support/attempt.ts'
import { ignoreRejection, isPromise } from '../../support/is-promise.ts'
import type { WireContext, WireEvent } from '../wire/wire-event.ts'
import type { EventRow } from './row.ts'

/** Result of checking one event against its plan. */
export interface PlanCheck extends Pick<EventRow, 'valid' | 'outside' | 'rollout'> {
  /** Paths of the faults within the event, such as `properties.tier`. */
  readonly issues: readonly string[]
}

/** An event of a browser or a server. */
export interface Checkable extends Pick<WireEvent, 'name' | 'properties'> {
  readonly issues?: readonly string[] | undefined
  readonly context: Pick<WireContext, 'plan' | 'planVersion'> & { readonly anonymousId?: string | undefined }
}

export type CheckPlan = (event: Checkable) => PlanCheck

type Schema = NonNullable<PlannedEvent['properties']>

/** Returns a function that checks an event against the version of the plan that its page used. */
export function createPlanCheck(plans: readonly AnyPlan[]): CheckPlan {
  const known = new Map(plans.map((plan) => [`${plan.name}|${plan.version}`, readingOf(plan)]))
  return (event) => {
    const { plan, planVersion, anonymousId } = event.context
    const reading = known.get(`${plan}|${planVersion}`)
    const outside = anonymousId === undefined ? null : (reading?.outside(anonymousId) ?? null)
    const planned = reading?.byWireName.get(event.name)
    const ofPlan = { outside, rollout: planned ? (planned.rollout ?? 1) : null }
    const told = (event.issues ?? []).map((path) => (path ? `properties.${path}` : 'properties'))
    if (told.length > 0) return { valid: false, issues: told, ...ofPlan }
    if (!reading) return { valid: null, issues: [], ...ofPlan }
    if (!planned) return { valid: false, issues: ['name'], ...ofPlan }
    const found = issuesOf(planned, event.properties)
    return { valid: found && found.length === 0, issues: found ?? [], ...ofPlan }
  }
}

function readingOf({ events }: AnyPlan) {
  const named = [...events].map(([name, event]) => [event.wireName ?? name, name, event] as const)
  const drawn = named.flatMap(
    ([wireName, name, { goal, rollout = 1, sampleRate = 1, sampleBy = 'user' }]) => {
      const sampled = sampleBy === 'user' ? sampleRate : 1
      return rollout < 1 || sampled < 1 ? [{ wireName, topic: goal ?? name, rollout, sampled }] : []
    },
  )
  return {
    byWireName: new Map(named.map(([wireName, , event]) => [wireName, event])),
    outside(user: string): string {
      const names = drawn
        .filter(
          ({ topic, rollout, sampled }) =>
            draw('rollout', topic, user) >= rollout || draw('sample', topic, user) >= sampled,
        )
        .map(({ wireName }) => wireName)
      return names.length > 0 ? `,${names.join()},` : ''
    },
  }
}

/** Returns the paths of invalid properties, or null if the properties cannot be checked. */
function issuesOf({ properties: schema, transforms }: PlannedEvent, properties: object) {
  if (!schema) return Object.keys(properties).map((name) => `properties.${name}`)
  // `typed()` accepts everything.
  if (schema['~standard'].vendor === 'react-microconversions') return null
  const answer = attempt(() => schema['~standard'].validate(properties))
  ignoreRejection(answer)
  if (!answer || isPromise(answer)) return null
  if (!answer.issues) return []
  // Events carry the schema's output, but the schema validates its input.
  return transforms || mayTransform(schema) ? null : [...new Set(answer.issues.map(pathOf))]
}

const transforming = new WeakMap<Schema, boolean>()

/** Returns whether the schema's JSON Schemas of input and output differ; false for a schema without JSON Schema. */
function mayTransform(schema: Schema): boolean {
  const known = transforming.get(schema)
  if (known !== undefined) return known
  const converter = converterIn(schema)
  const sides = converter && attempt(() => [sideOf(converter, 'input'), sideOf(converter, 'output')] as const)
  const may =
    converter !== undefined && (!sides || withoutStrictness(sides[0]) !== withoutStrictness(sides[1]))
  transforming.set(schema, may)
  return may
}

/** Ignores `additionalProperties` and `required`: input and output differ there without changing a value that is there. */
const withoutStrictness = (schema: object): string =>
  JSON.stringify(schema, (key, value) =>
    key === 'additionalProperties' || key === 'required' ? undefined : value,
  )

const pathOf = ({ path = [] }: SchemaIssue): string =>
  ['properties', ...path.map((part) => String(typeof part === 'object' ? part.key : part))].join('.')
