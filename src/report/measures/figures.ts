import type { ChangeVerdict, Figure, RateVerdict } from '../figure.ts'
import { differenceOf } from '../statistics/difference.ts'
import type { Interval } from '../statistics/interval.ts'
import { isTooFew, rateOf, type Share } from '../statistics/rate.ts'
import { changeVerdict } from '../statistics/verdict.ts'

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null)

/** Returns an interval as a figure: what is not finite becomes null. */
export function figureOf<Verdict extends string>(
  { value, low, high }: Interval,
  { k, n }: Share,
  verdict: Verdict,
): Figure<Verdict> {
  return { value: finite(value), low: finite(low), high: finite(high), k, n, verdict }
}

/** Returns the share k of n with Wilson's interval. */
export function rateFigure({ k, n }: Share): Figure<RateVerdict> {
  if (n === 0) return { value: null, low: null, high: null, k, n, verdict: 'too few' }
  return figureOf(rateOf({ k, n }), { k, n }, isTooFew({ k, n }) ? 'too few' : 'ok')
}

/** Returns the change of a rate. `k` and `n` are those of the present rate. */
export function changeFigure(now: Share, before: Share, dispersion: number): Figure<ChangeVerdict> {
  if (now.n === 0 || before.n === 0)
    return { value: null, low: null, high: null, k: now.k, n: now.n, verdict: 'too few' }
  const difference = differenceOf(now, before, { dispersion })
  return figureOf(difference, now, changeVerdict(difference, now, before))
}
