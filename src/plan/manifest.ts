import type { AnyPlan, PlannedEvent } from './define-plan.ts'
import type { FrequencyRule } from './frequency.ts'
import { type JsonSchema, schemaOf } from './json-schema.ts'

/** A plan without its functions, for collectors, reports and `diff`. `schema/plan-1.schema.json` describes it. */
export interface Manifest {
  readonly schema: 'react-microconversions/plan/1'
  readonly plan: string
  readonly version: string
  readonly events: Readonly<Record<string, ManifestEvent>>
  readonly funnels: Readonly<Record<string, { readonly steps: readonly string[]; readonly within?: string }>>
}

/** An event of a manifest. Options that are not set are absent; a function becomes the word `function`. */
export interface ManifestEvent extends EventDescription {
  readonly wireName?: string
  readonly stage?: string
  readonly intent?: string
  readonly kind?: string
  readonly priority?: string
  readonly goal?: string
  readonly macro?: boolean
  readonly owner?: string
  readonly version?: string
  readonly status?: string
  readonly rollout?: number
  readonly sampleRate?: number
  readonly sampleBy?: string
  readonly urgency?: string
  readonly transforms?: boolean
  readonly frequency?: readonly ManifestRule[]
  readonly after?: Readonly<Record<string, unknown>>
  readonly counts?: string
  readonly value?: unknown
  readonly id?: string
  readonly destinations?: Readonly<Record<string, unknown>>
  readonly pii?: readonly string[]
}

/** The part of an event's manifest that the plan's options alone do not give. */
export interface EventDescription {
  readonly description?: string
  /** Name of the standard event that it is made from. */
  readonly standard?: string
  readonly properties: JsonSchema
}

/** A frequency rule of a manifest. */
export interface ManifestRule {
  /** Maximum number of occurrences. Absent: no maximum, only `minGapMs` limits them. */
  readonly max?: number
  readonly per: string | { readonly windowMs: number }
  readonly key?: string
  readonly minGapMs?: number
}

/** Options of `manifestOf`. */
export interface ManifestOptions {
  /** Describes an event. Default: the event's own description, and the JSON Schema of its properties. */
  readonly describe?: (event: PlannedEvent, name: string) => EventDescription
  /** Returns the word that replaces a function. Default: `function`. */
  readonly word?: (code: Function) => string
}

/**
 * Returns the manifest of a plan, in the order of the plan and without a time stamp, so that equal plans give equal
 * text.
 */
export function manifestOf(
  { name, version, events, funnels }: AnyPlan,
  { describe = described, word = () => 'function' }: ManifestOptions = {},
): Manifest {
  return {
    schema: 'react-microconversions/plan/1',
    plan: name,
    version,
    events: Object.fromEntries(
      [...events].map(([key, event]) => [key, manifestOfEvent(event, describe(event, key), word)]),
    ),
    funnels: Object.fromEntries(
      Object.entries(funnels).map(([funnel, { steps, within }]) => [
        funnel,
        { steps, ...(within && { within }) },
      ]),
    ),
  }
}

/** Options that are copied, in the order of the manifest. */
const plain = [
  'wireName',
  'stage',
  'intent',
  'kind',
  'priority',
  'goal',
  'macro',
  'owner',
  'version',
  'status',
  'rollout',
  'sampleRate',
  'sampleBy',
  'urgency',
  'transforms',
] as const

type Word = NonNullable<ManifestOptions['word']>

function manifestOfEvent(event: PlannedEvent, about: EventDescription, word: Word): ManifestEvent {
  const { properties, ...said } = about
  const { rules, after, counts, value, id, destinations, pii } = event
  const settings = event as unknown as Readonly<Record<string, unknown>>
  const coded = { after, counts, value, id, destinations, pii }
  return {
    ...said,
    ...Object.fromEntries(
      plain.flatMap((key) => (settings[key] === undefined ? [] : [[key, settings[key]]])),
    ),
    ...(rules.length && { frequency: rules.map((rule) => manifestOfRule(rule, word)) }),
    ...(withoutCode(coded, word) as object),
    properties,
  }
}

function manifestOfRule({ max, per, key, minGapMs }: FrequencyRule, word: Word): ManifestRule {
  return {
    ...(Number.isFinite(max) && { max }),
    per,
    ...(key && { key: typeof key === 'function' ? word(key) : key }),
    ...(minGapMs !== undefined && { minGapMs }),
  }
}

/**
 * Returns a copy for JSON: a word in place of each function, a text in place of each bigint, nothing in place of
 * undefined.
 */
function withoutCode(value: unknown, word: Word): unknown {
  if (typeof value === 'function') return word(value)
  if (Array.isArray(value)) return value.map((each) => withoutCode(each, word))
  if (typeof value !== 'object' || value === null) return typeof value === 'bigint' ? String(value) : value
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, each]) =>
      each === undefined ? [] : [[key, withoutCode(each, word)]],
    ),
  )
}

function described({ description, properties }: PlannedEvent): EventDescription {
  return { ...(description && { description }), properties: schemaOf(properties) }
}
