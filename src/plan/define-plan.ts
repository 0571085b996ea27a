import { attempt } from '../support/attempt.ts'
import { DURATIONS, type Duration, durationMs } from '../support/duration.ts'
import { type ErrorCode, MicroconversionError } from '../support/errors.ts'
import { ignoreRejection, isPromise } from '../support/is-promise.ts'
import { didYouMean } from '../support/nearest.ts'
import { mapValues } from '../support/records.ts'
import { type FunnelOptions, MAX_TIMES, MAX_WITHIN_MS } from './after.ts'
import type { EventDefinition, EventSettings } from './event.ts'
import { type FrequencyRule, limitsOf, MAX_COUNT, toRules } from './frequency.ts'

declare const events: unique symbol
declare const funnels: unique symbol

/** An event of a plan, with its frequency rules in canonical form. */
export interface PlannedEvent extends EventSettings {
  readonly rules: readonly FrequencyRule[]
}

/** A funnel of a plan. */
export interface PlannedFunnel {
  readonly steps: readonly string[]
  /** Longest time from the first step to the last. Undefined: no limit. */
  readonly within?: Duration | undefined
}

/** A plan. Its type holds a map from event names to their properties, and the names of its funnels. */
export interface Plan<Events extends object = object, Funnels extends string = string> {
  readonly [events]?: Events
  readonly [funnels]?: Funnels
  readonly name: string
  readonly version: string
  readonly events: ReadonlyMap<string, PlannedEvent>
  readonly funnels: Readonly<Record<string, PlannedFunnel>>
}

/** A plan with any events. */
export type AnyPlan = Plan<object>

/** Options of `definePlan`. */
export interface PlanOptions<Events extends object, Funnels extends string = string> {
  /** Name of the plan and of its storage: two plans with one name on one origin share their counts. */
  readonly name: string
  /** Version of the plan; every event carries it. */
  readonly version: string
  /** Definitions by event name, each made by `event`. */
  readonly events: { readonly [N in keyof Events]: EventDefinition<Events[N], keyof Events & string> }
  /** Funnels by name, each with ordered steps to a goal: a list, or `{ steps, within: '7d' }`. Default: none. */
  readonly funnels?:
    | Readonly<
        Record<
          Funnels,
          readonly NoInfer<keyof Events & string>[] | FunnelOptions<NoInfer<keyof Events & string>>
        >
      >
    | undefined
  /**
   * Pattern that event names must match; `false` allows any name. Default: object_action in snake case, or a GA4 event
   * of one word.
   */
  readonly naming?: RegExp | false | undefined
  /** Team or person responsible for events without an `owner` of their own. Default: none. */
  readonly owner?: string | undefined
}

/**
 * Declares the events of an application. In development it throws a `MicroconversionError` for an unknown goal or
 * funnel step, a name outside the convention, two events with one wire name, an asynchronous schema, a rule out of
 * range, an event that follows from itself, or a value that is not an event.
 */
export function definePlan<Events extends object, Funnels extends string = never>(
  options: PlanOptions<Events, Funnels>,
): Plan<Events, Funnels> {
  const settings = options.events as unknown as Readonly<Record<string, EventSettings>>
  const { owner } = options
  const planned = new Map(
    Object.entries(settings).map(
      ([name, event]) => [name, { owner, ...event, rules: toRules(event?.frequency) }] as const,
    ),
  )
  const given: Readonly<Record<string, readonly string[] | PlannedFunnel>> = options.funnels ?? {}
  const plan: Plan<Events, Funnels> = {
    name: options.name,
    version: options.version,
    events: planned,
    funnels: mapValues(given, (funnel) => ('steps' in funnel ? funnel : { steps: funnel })),
  }
  if (process.env.NODE_ENV !== 'production') {
    checkEvents(plan, settings)
    checkPlan(plan, options.naming)
  }
  return plan
}

function checkEvents({ name: plan }: AnyPlan, settings: Readonly<Record<string, unknown>>): void {
  for (const [name, event] of Object.entries(settings)) {
    if (typeof event === 'object' && event !== null) continue
    throw new MicroconversionError(
      'RMC352',
      `Plan "${plan}": "${name}" is ${event === null ? 'null' : typeof event}, not an event. Declare it with \`event({ … })\`, or with \`event()\` if it has no options.`,
    )
  }
}

/**
 * Matches names in snake case with at least two parts, and GA4's events of one word. A literal, so that a production
 * bundle drops it.
 */
const objectAction =
  /^(?:[a-z][a-z0-9]*(?:_[a-z0-9]+)+|click|exception|login|purchase|refund|scroll|search|share)$/

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
    // Not `test`, which keeps its position between calls under the flags g and y.
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
    if (event.after) {
      known(event.after.event, `\`after\` of "${name}"`)
      if (event.after.without !== undefined) known(event.after.without, `\`after.without\` of "${name}"`)
    }
    checkSchema(where, name, event)
    checkRange(where, name, event)
    checkAfter(where, name, event)
  }
  for (const [funnel, { steps, within }] of Object.entries(plan.funnels)) {
    for (const step of steps) known(step, `the funnel "${funnel}"`)
    const twice = steps.find((step, index) => steps.indexOf(step) < index)
    if (twice !== undefined)
      outOfRange(where, `the funnel "${funnel}"`, `the step "${twice}" twice; name each once`)
    if (within !== undefined && !isWithin(within))
      outOfRange(where, `the funnel "${funnel}"`, `within "${within}"; ${durations}`)
  }
  checkCircle(where, plan.events)
}

const durations = `use a time like ${DURATIONS}, up to 90 days`

function isWithin(text: string): boolean {
  const ms = durationMs(text)
  return ms > 0 && ms <= MAX_WITHIN_MS
}

function outOfRange(where: string, whose: string, what: string, code: ErrorCode = 'RMC006'): never {
  throw new MicroconversionError(code, `${where}: ${whose} has ${what}.`)
}

function checkAfter(where: string, name: string, { after, properties }: PlannedEvent): void {
  if (!after) return
  const whose = `\`after\` of "${name}"`
  const { times = 1, within = 'session', without } = after
  if (!Number.isInteger(times) || times < 1 || times > MAX_TIMES)
    outOfRange(where, whose, `times ${times}; use a whole number from 1 to ${MAX_TIMES}`)
  if (without !== undefined && after.times !== undefined)
    outOfRange(where, whose, 'both `times` and `without`; use one of them')
  if (without !== undefined && within === 'session')
    outOfRange(where, whose, `\`without\`, but no time for it; ${durations}`)
  if (within !== 'session' && !isWithin(within))
    outOfRange(where, whose, `within "${within}"; use 'session', or ${durations.slice(4)}`)
  const answer = after.properties ? undefined : attempt(() => properties?.['~standard'].validate({}))
  if (answer && !isPromise(answer) && answer.issues) {
    throw new MicroconversionError(
      'RMC008',
      `${where}: "${name}" is derived and requires properties, but nothing gives it any. Add \`after.properties\`, which makes them of the causes, or make them optional.`,
    )
  }
}

/** Throws if an event follows from itself, also through others: it would never end, or never begin. */
function checkCircle(where: string, events: AnyPlan['events']): void {
  const free = new Set<string>()
  const walk = (name: string, path: readonly string[]): void => {
    if (free.has(name)) return
    if (path.includes(name)) {
      const circle = [...path.slice(path.indexOf(name)), name].join('" → "')
      throw new MicroconversionError(
        'RMC007',
        `${where}: events follow from each other in a circle: "${circle}". Remove one \`after\` of them.`,
      )
    }
    const { event, without } = events.get(name)?.after ?? {}
    for (const cause of [event, without]) if (cause !== undefined) walk(cause, [...path, name])
    free.add(name)
  }
  for (const name of events.keys()) walk(name, [])
}

function checkSchema(where: string, name: string, event: EventSettings): void {
  // A schema that throws for {} is reported when it throws for real properties.
  const answer = event.properties && attempt(() => event.properties?.['~standard'].validate({}))
  if (isPromise(answer)) {
    ignoreRejection(answer)
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
  }
  for (const { per, minGap } of limitsOf(event.frequency)) {
    const times = { minGap, window: typeof per === 'object' ? per.window : undefined }
    for (const [option, text] of Object.entries(times))
      if (text !== undefined && !(durationMs(text) > 0))
        wrong(`${option} ${JSON.stringify(text)}; use a time like ${DURATIONS}`)
  }
  for (const share of ['rollout', 'sampleRate'] as const) {
    const value = event[share] ?? 1
    if (!(value >= 0 && value <= 1)) wrong(`${share} ${value}; use a share from 0 to 1`)
  }
}
