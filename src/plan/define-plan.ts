import { attempt } from '../support/attempt.ts'
import { MicroconversionError } from '../support/errors.ts'
import { didYouMean } from '../support/nearest.ts'
import type { EventDefinition, EventSettings } from './event.ts'
import { type FrequencyRule, MAX_COUNT, toRules } from './frequency.ts'

declare const events: unique symbol

export interface PlannedEvent extends EventSettings {
  readonly rules: readonly FrequencyRule[]
}

/** A plan's type is a map from event names to their properties, and nothing else. */
export interface Plan<Events extends object = object> {
  readonly [events]?: Events
  readonly name: string
  readonly version: string
  readonly events: ReadonlyMap<string, PlannedEvent>
  readonly funnels: Readonly<Record<string, readonly string[]>>
}

export type AnyPlan = Plan<object>

export interface PlanOptions<Events extends object> {
  /** Names the plan's storage: two plans of one name on one origin share their counts. */
  readonly name: string
  readonly version: string
  readonly events: { readonly [N in keyof Events]: EventDefinition<Events[N], keyof Events & string> }
  /** Ordered steps towards a goal. */
  readonly funnels?: Readonly<Record<string, readonly NoInfer<keyof Events & string>[]>> | undefined
  /** What a name must match; `false` for any. Default: object_action in snake case, or a single-word GA4 event. */
  readonly naming?: RegExp | false | undefined
}

/**
 * Declares the events of an application. In development it throws a `MicroconversionError` on an unknown goal or funnel
 * step, a name outside the convention, two events with one wire name, an asynchronous schema, a rule out of range.
 */
export function definePlan<Events extends object>(options: PlanOptions<Events>): Plan<Events> {
  const settings = options.events as unknown as Readonly<Record<string, EventSettings>>
  const planned = new Map(
    Object.entries(settings).map(
      ([name, event]) => [name, { ...event, rules: toRules(event.frequency) }] as const,
    ),
  )
  const plan: Plan<Events> = {
    name: options.name,
    version: options.version,
    events: planned,
    funnels: options.funnels ?? {},
  }
  if (process.env.NODE_ENV !== 'production') checkPlan(plan, options.naming)
  return plan
}

/** GA4's events of one word: the only names that the default convention accepts besides object_action. */
const singleWords = ['click', 'exception', 'login', 'purchase', 'refund', 'scroll', 'search', 'share']
const objectAction = new RegExp(`^(?:[a-z][a-z0-9]*(?:_[a-z0-9]+)+|${singleWords.join('|')})$`)

function checkPlan(plan: AnyPlan, naming: RegExp | false = objectAction): void {
  const names = [...plan.events.keys()]
  const where = `Plan "${plan.name}"`
  const known = (name: string, role: string) => {
    if (plan.events.has(name)) return
    throw new MicroconversionError(
      'RMC001',
      `${where}: ${role} names "${name}", which is no event of the plan.${didYouMean(name, names)} Declare it under \`events\`, or correct the name.`,
    )
  }
  const wireNames = new Map<string, string>()
  for (const [name, event] of plan.events) {
    // Not `test`: it remembers where it stopped under the flags g and y.
    if (naming && name.search(naming) < 0) {
      throw new MicroconversionError(
        'RMC002',
        `${where}: the event name "${name}" is outside the convention ${naming === objectAction ? 'object_action in snake case, like "pricing_viewed"' : naming}. Rename it, or set \`naming\` in definePlan.`,
      )
    }
    if (event.goal) known(event.goal, `the goal of "${name}"`)
    const wireName = event.wireName ?? name
    const twin = wireNames.get(wireName)
    if (twin) {
      throw new MicroconversionError(
        'RMC003',
        `${where}: "${twin}" and "${name}" both go out as "${wireName}", so that no destination can tell them apart. Give one another \`wireName\`.`,
      )
    }
    wireNames.set(wireName, name)
    checkSchema(where, name, event)
    checkRange(where, name, event)
  }
  for (const [funnel, steps] of Object.entries(plan.funnels)) {
    for (const step of steps) known(step, `the funnel "${funnel}"`)
  }
}

function checkSchema(where: string, name: string, event: EventSettings): void {
  // A schema that throws on {} is reported when it throws on real properties.
  const answer = event.properties && attempt(() => event.properties?.['~standard'].validate({}))
  if (answer instanceof Promise) {
    answer.catch(() => {})
    throw new MicroconversionError(
      'RMC004',
      `${where}: the properties of "${name}" are validated asynchronously, but \`track\` answers at once. Remove the asynchronous refinement or transform.`,
    )
  }
}

const scopes = ['page', 'tab', 'session', 'user']

function checkRange(where: string, name: string, event: PlannedEvent): void {
  const wrong = (what: string) => {
    throw new MicroconversionError('RMC005', `${where}: "${name}" has ${what}.`)
  }
  if (typeof event.frequency === 'string' && event.frequency !== 'always' && event.rules.length === 0) {
    wrong(
      `the unknown frequency "${event.frequency}"; use always, once-per-page, once-per-session, once-per-user or a limit`,
    )
  }
  for (const rule of event.rules) {
    const counted = Number.isInteger(rule.max) && rule.max >= 1 && rule.max <= MAX_COUNT
    if (!counted && !(rule.max === Number.POSITIVE_INFINITY && rule.minGapMs !== undefined)) {
      wrong(`a frequency with max ${rule.max}; use a whole number from 1 to ${MAX_COUNT}`)
    }
    if (typeof rule.per === 'string' && !scopes.includes(rule.per))
      wrong(`the unknown scope "${rule.per}"; use ${scopes.join(', ')} or a window`)
    if (rule.minGapMs !== undefined && !(rule.minGapMs > 0))
      wrong(`minGapMs ${rule.minGapMs}; use ms above 0`)
    if (typeof rule.per === 'object' && !(rule.per.windowMs > 0))
      wrong(`windowMs ${rule.per.windowMs}; use ms above 0`)
  }
  for (const share of ['rollout', 'sampleRate'] as const) {
    const value = event[share] ?? 1
    if (!(value >= 0 && value <= 1)) wrong(`${share} ${value}; use a share from 0 to 1`)
  }
}
