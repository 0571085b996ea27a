/**
 * A number with its uncertainty. `value`, `low` and `high` are null if there is no data, or if `k` and `n` are too small to say.
 */
export interface Figure<Verdict extends string = string> {
  readonly value: number | null
  /** Ends of the 95 % interval. `high` is null if there is no upper end. */
  readonly low: number | null
  readonly high: number | null
  /** Number of cases, such as users with the event. */
  readonly k: number
  /** Number of units that could have been a case, such as users who could send the event. */
  readonly n: number
  readonly verdict: Verdict
}

/** `too few`: under 5 cases or 20 units. */
export type RateVerdict = 'ok' | 'too few'
/** `not shown`: the interval includes no change. */
export type ChangeVerdict = 'up' | 'down' | 'not shown' | 'too few'
/** See `docs/report.md`, "What predicts the macro conversion". */
export type LiftVerdict =
  | 'required'
  | 'too few'
  | 'predicts'
  | 'goes with fewer'
  | 'no difference'
  | 'not shown'
/**
 * `not as planned`: chance splits users like this in fewer than 1 of 1,000 experiments. `too few`: under 5 users expected in a
 * variant. `one variant`: only one is known, so that there is nothing to compare.
 */
export type SplitVerdict = 'as planned' | 'not as planned' | 'too few' | 'one variant'
