import type { ChangeVerdict, LiftVerdict, SplitVerdict } from '../figure.ts'
import { adjustedP } from './benjamini-hochberg.ts'
import { isEquivalent, NO_DIFFERENCE } from './equivalence.ts'
import type { Interval } from './interval.ts'
import type { Lift } from './lift.ts'
import { isTooFew, type Share } from './rate.ts'
import type { SplitTest } from './sample-ratio.ts'

/** A lift with its verdict. */
export interface JudgedLift extends Lift {
  readonly verdict: LiftVerdict
  /** p-value adjusted for the other lifts of the report. */
  readonly q: number
  /** Weeks until there is enough to say more, at the present pace. Null if there is enough, or no pace is known. */
  readonly weeksMissing: number | null
}

const MIN_GOALS = 5
const FALSE_SHARE = 0.05

/**
 * Returns the verdicts on all lifts of a report: all steps and goals together, because each p-value is adjusted for the others.
 * `weeks` is the length of the report's period.
 */
export function judgeLifts(lifts: readonly Lift[], weeks: number): readonly JudgedLift[] {
  // A lift that cannot be judged is no test, and must not make the others harder to show.
  const tested = lifts.filter(isTested)
  const adjusted = adjustedP(tested.map(({ p }) => p))
  const qs = new Map(tested.map((lift, index) => [lift, adjusted[index] ?? 1]))
  return lifts.map((lift) => {
    const q = qs.get(lift) ?? 1
    const verdict = verdictOf(lift, q)
    return { ...lift, q, verdict, weeksMissing: verdict === 'too few' ? weeksMissing(lift, weeks) : null }
  })
}

const isTested = ({ expected, unexposedGoals }: Lift) => expected >= MIN_GOALS && unexposedGoals >= MIN_GOALS

/**
 * `required`: no user reached the goal without the step, so that a ratio has no meaning. `too few`: under 5 goals without the step, or
 * to be expected after it. `predicts` and `goes with fewer`: significant, and the interval wholly beyond what makes no difference.
 */
function verdictOf(lift: Lift, q: number): LiftVerdict {
  if (lift.unexposedGoals === 0 && lift.exposedGoals >= MIN_GOALS) return 'required'
  if (!isTested(lift)) return 'too few'
  if (q <= FALSE_SHARE && lift.ratio.low > NO_DIFFERENCE.high) return 'predicts'
  if (q <= FALSE_SHARE && lift.ratio.high < NO_DIFFERENCE.low) return 'goes with fewer'
  return isEquivalent(lift.narrow) ? 'no difference' : 'not shown'
}

function weeksMissing({ expected, unexposedGoals }: Lift, weeks: number): number | null {
  const least = Math.min(expected, unexposedGoals)
  return least > 0 ? Math.ceil(weeks * (MIN_GOALS / least - 1)) : null
}

/** Returns the verdict on a difference of rates (`differenceOf`). */
export function changeVerdict(difference: Interval, now: Share, before: Share): ChangeVerdict {
  if (isTooFew(now) && isTooFew(before)) return 'too few'
  if (difference.low > 0) return 'up'
  return difference.high < 0 ? 'down' : 'not shown'
}

/** Maximum p of a warning. An experiment is looked at often, and a warning stops it: hence not 5 %. */
const MAX_SPLIT_P = 0.001
/** Under so many expected users in a variant, the chi-squared distribution is no approximation (Cochran 1954). */
const MIN_EXPECTED_USERS = 5

/** Returns the verdict on the split of an experiment (`testSplit`). */
export function splitVerdict({ variants, leastExpected, p }: SplitTest): SplitVerdict {
  if (variants < 2) return 'one variant'
  if (leastExpected < MIN_EXPECTED_USERS) return 'too few'
  return p < MAX_SPLIT_P ? 'not as planned' : 'as planned'
}
