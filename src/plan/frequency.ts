/** Where a count lives and when it starts again. A window counts over the browser profile, whatever the session. */
export type FrequencyScope = 'page' | 'tab' | 'session' | 'user' | { readonly windowMs: number }

export interface FrequencyLimit<Out extends object = object> {
  /** 1-100 occurrences. Default 1; unbounded when only `minGapMs` is given. */
  readonly max?: number | undefined
  /** Default `'session'`. */
  readonly per?: FrequencyScope | undefined
  /**
   * Counts apart for each answer: once per session *per product*. `'fact'` is the key that a trigger gives its fact
   * (the mark of a video, the field of a form). Stored hashed. A key that is missing (undefined, null, empty, no text or
   * number) is an issue of the properties: this rule does not count the event, and `invalid` says what becomes of it.
   */
  readonly key?: 'fact' | ((properties: Out) => string) | undefined
  /** At least this long after the one before, in ms. */
  readonly minGapMs?: number | undefined
}

export type FrequencyShorthand = 'always' | 'once-per-page' | 'once-per-session' | 'once-per-user'

/** Several limits hold together: all must admit, or none is spent. Default `'always'`. */
export type Frequency<Out extends object = object> =
  | FrequencyShorthand
  | FrequencyLimit<Out>
  | readonly FrequencyLimit<Out>[]

/** The canonical form: what the engine evaluates, what the overlay prints. */
export interface FrequencyRule {
  readonly max: number
  readonly per: FrequencyScope
  readonly key?: 'fact' | ((properties: object) => string) | undefined
  readonly minGapMs?: number | undefined
}

export const MAX_COUNT = 100

const shorthands: Readonly<Record<FrequencyShorthand, readonly FrequencyLimit[]>> = {
  always: [],
  'once-per-page': [{ per: 'page' }],
  'once-per-session': [{ per: 'session' }],
  'once-per-user': [{ per: 'user' }],
}

function isList<Out extends object>(frequency: Frequency<Out>): frequency is readonly FrequencyLimit<Out>[] {
  return Array.isArray(frequency)
}

export function toRules<Out extends object>(frequency: Frequency<Out> = 'always'): readonly FrequencyRule[] {
  const limits =
    typeof frequency === 'string'
      ? (shorthands[frequency] ?? [])
      : isList(frequency)
        ? frequency
        : [frequency]
  return limits.map((limit) => ({
    max: limit.max ?? (limit.minGapMs === undefined ? 1 : Number.POSITIVE_INFINITY),
    per: limit.per ?? 'session',
    key: limit.key as FrequencyRule['key'],
    minGapMs: limit.minGapMs,
  }))
}
