import { type Duration, durationMs } from '../support/duration.ts'

type NamedScope = 'page' | 'tab' | 'session' | 'user'

/**
 * Scope of a count, which starts again with each page, tab, session or user. A window counts for the browser profile,
 * across sessions.
 */
export type FrequencyScope = NamedScope | { readonly window: Duration }

/** Scope of a rule, with a window in milliseconds. */
export type RuleScope = NamedScope | { readonly windowMs: number }

/** One limit on how often an event counts. */
export interface FrequencyLimit<Out extends object = object> {
  /** Maximum number of occurrences, 1-100. Default 1; no maximum if only `minGap` is given. */
  readonly max?: number | undefined
  /** Scope of the count. Default `'session'`. */
  readonly per?: FrequencyScope | undefined
  /**
   * Counts each key on its own: once per session *per product*. `'fact'` is the key of a trigger's fact (the mark of a
   * video, the field of a form). Keys are stored as hashes. If the function returns no key (undefined, null, an empty
   * text, an object), the properties have an issue: this rule does not count the event, and `invalid` decides what
   * happens to it.
   */
  readonly key?: 'fact' | ((properties: Out) => string) | undefined
  /** Minimum time after the previous occurrence: `'5s'`. Default: none. */
  readonly minGap?: Duration | undefined
}

/** A limit by name. */
export type FrequencyShorthand = 'always' | 'once-per-page' | 'once-per-session' | 'once-per-user'

/**
 * Limits on how often an event counts. If there are several, either all admit the event and count it, or none does.
 * Default `'always'`.
 */
export type Frequency<Out extends object = object> =
  | FrequencyShorthand
  | FrequencyLimit<Out>
  | readonly FrequencyLimit<Out>[]

/** A limit in canonical form, as the engine evaluates it and the overlay prints it. */
export interface FrequencyRule {
  readonly max: number
  readonly per: RuleScope
  readonly key?: 'fact' | ((properties: object) => string) | undefined
  readonly minGapMs?: number | undefined
}

/** Maximum of `max`. */
export const MAX_COUNT = 100

const shorthands: Readonly<Record<FrequencyShorthand, readonly FrequencyLimit[]>> = {
  always: [],
  'once-per-page': [{ per: 'page' }],
  'once-per-session': [{ per: 'session' }],
  'once-per-user': [{ per: 'user' }],
}

function isList(
  frequency: FrequencyLimit | readonly FrequencyLimit[],
): frequency is readonly FrequencyLimit[] {
  return Array.isArray(frequency)
}

export function limitsOf(frequency: Frequency = 'always'): readonly FrequencyLimit[] {
  if (typeof frequency === 'string') return shorthands[frequency] ?? []
  return isList(frequency) ? frequency : [frequency]
}

export function toRules(frequency: Frequency | undefined): readonly FrequencyRule[] {
  return limitsOf(frequency).map(({ max, per = 'session', key, minGap }) => ({
    max: max ?? (minGap === undefined ? 1 : Number.POSITIVE_INFINITY),
    per: typeof per === 'string' ? per : { windowMs: durationMs(per.window) },
    key: key as FrequencyRule['key'],
    minGapMs: minGap === undefined ? minGap : durationMs(minGap),
  }))
}
