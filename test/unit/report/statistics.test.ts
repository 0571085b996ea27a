import gammainc from '@stdlib/math-base-special-gammainc'
import gammaln from '@stdlib/math-base-special-gammaln'
import stdNegativeBinomial from '@stdlib/stats-base-dists-negative-binomial-cdf'
import stdNormalBelow from '@stdlib/stats-base-dists-normal-cdf'
import stdNormalQuantile from '@stdlib/stats-base-dists-normal-quantile'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { adjustedP } from '../../../src/report/statistics/benjamini-hochberg.ts'
import { differenceOf, dispersionOf } from '../../../src/report/statistics/difference.ts'
import { isEquivalent } from '../../../src/report/statistics/equivalence.ts'
import { incompleteGamma, logGamma } from '../../../src/report/statistics/gamma.ts'
import { liftOf } from '../../../src/report/statistics/lift.ts'
import { atLeast, atMost, countP } from '../../../src/report/statistics/negative-binomial.ts'
import { normalBelow, normalP, normalQuantile, zOf } from '../../../src/report/statistics/normal.ts'
import { costPer, countOf, upperShareOf } from '../../../src/report/statistics/poisson.ts'
import { rateOf } from '../../../src/report/statistics/rate.ts'
import { changeVerdict, judgeLifts } from '../../../src/report/statistics/verdict.ts'

const digits = (...values: readonly number[]) => values.map((value) => value.toFixed(4))
const interval = ({ low, high }: { readonly low: number; readonly high: number }) => digits(low, high)
const close = (a: number, b: number, relative: number) =>
  expect(Math.abs(a - b), `${a} against ${b}`).toBeLessThanOrEqual(relative * Math.abs(b) + 1e-300)

describe('special functions equal those of @stdlib', () => {
  test('log gamma and the incomplete gamma function, both tails', () => {
    // Above some hundreds, @stdlib keeps three digits only; the next test goes on from there.
    const shape = fc.double({ min: 0.01, max: 100, noNaN: true })
    fc.assert(
      fc.property(shape, fc.double({ min: 0.01, max: 3, noNaN: true }), (a, ratio) => {
        close(Math.exp(logGamma(a) - gammaln(a)), 1, 1e-10)
        const { lower, upper } = incompleteGamma(a, a * ratio)
        close(lower, gammainc(a * ratio, a), 1e-8)
        close(upper, gammainc(a * ratio, a, true, true), 1e-8)
      }),
    )
  })

  test('for large shapes, the sum that the incomplete gamma function abbreviates', () => {
    for (const [a, x] of [
      [3_000, 2_900],
      [3_000, 3_300],
      [100, 300],
    ] as const) {
      const terms = Array.from({ length: a }, (_, k) => Math.exp(k * Math.log(x) - x - gammaln(k + 1)))
      close(
        incompleteGamma(a, x).upper,
        terms.reduce((sum, term) => sum + term),
        1e-9,
      )
    }
  })

  test('the normal distribution and its quantiles', () => {
    fc.assert(
      fc.property(fc.double({ min: -12, max: 8, noNaN: true }), (z) => {
        close(normalBelow(z), stdNormalBelow(z, 0, 1), 1e-11)
      }),
    )
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true }), (share) => {
        expect(normalQuantile(share)).toBeCloseTo(stdNormalQuantile(share, 0, 1), 8)
      }),
    )
    close(normalBelow(normalQuantile(1e-12)), 1e-12, 1e-10)
    expect(zOf(0.95)).toBeCloseTo(1.959963984540054, 12)
    expect(normalP(2.5758293035489)).toBeCloseTo(0.01, 12)
  })

  test('the negative binomial distribution', () => {
    const cases = fc.tuple(
      fc.nat(3_000),
      fc.double({ min: 0.1, max: 2_000, noNaN: true }),
      fc.double({ min: 1.01, max: 50, noNaN: true }),
    )
    fc.assert(
      fc.property(cases, ([k, mean, dispersion]) => {
        const theirs = stdNegativeBinomial(k, mean / (dispersion - 1), 1 / dispersion)
        expect(atMost(k, { mean, dispersion })).toBeCloseTo(theirs, 9)
        expect(atMost(k - 1, { mean, dispersion }) + atLeast(k, { mean, dispersion })).toBeCloseTo(1, 12)
      }),
    )
  })
})

test("a negative binomial without more spread than chance is Poisson's", () => {
  expect(atMost(2, { mean: 3, dispersion: 1 })).toBeCloseTo(8.5 * Math.exp(-3), 12)
  expect(atLeast(1, { mean: 3, dispersion: 1 })).toBeCloseTo(1 - Math.exp(-3), 12)
  close(atMost(2, { mean: 3, dispersion: 1.0001 }), atMost(2, { mean: 3, dispersion: 1 }), 1e-4)
  expect(countP(3, { mean: 3, dispersion: 1 })).toBe(1)
  close(countP(0, { mean: 20, dispersion: 1 }), 2 * Math.exp(-20), 1e-10)
})

test("Wilson's interval gives the figures of Newcombe 1998", () => {
  expect(interval(rateOf({ k: 81, n: 263 }))).toEqual(['0.2553', '0.3662'])
  expect(interval(rateOf({ k: 15, n: 148 }))).toEqual(['0.0624', '0.1605'])
  expect(interval(rateOf({ k: 0, n: 20 }))).toEqual(['0.0000', '0.1611'])
  expect(interval(rateOf({ k: 1, n: 29 }))).toEqual(['0.0061', '0.1718'])
  expect(rateOf({ k: 0, n: 0 })).toEqual({ value: Number.NaN, low: 0, high: 1 })
})

test("Newcombe's method 10 gives the figures of its paper", () => {
  const published = [
    [56, 70, 48, 80, '0.0524', '0.3339'],
    [9, 10, 3, 10, '0.1705', '0.8090'],
    [6, 7, 2, 7, '0.0582', '0.8062'],
    [5, 56, 0, 29, '-0.0381', '0.1926'],
    [0, 10, 0, 20, '-0.1611', '0.2775'],
    [0, 10, 0, 10, '-0.2775', '0.2775'],
    [10, 10, 0, 20, '0.6791', '1.0000'],
    [10, 10, 0, 10, '0.6075', '1.0000'],
  ] as const
  for (const [k, n, before, of, low, high] of published)
    expect(interval(differenceOf({ k, n }, { k: before, n: of }))).toEqual([low, high])
})

test('a dispersion widens the difference as fewer users would', () => {
  const wide = differenceOf({ k: 560, n: 700 }, { k: 480, n: 800 }, { dispersion: 10 })
  expect(wide).toEqual(differenceOf({ k: 56, n: 70 }, { k: 48, n: 80 }))
  const even = Array.from({ length: 7 }, () => ({ k: 20, n: 100 }))
  expect(dispersionOf(even, even)).toBe(1)
  // Residuals of ±20 on a variance of 16, on 4 days of which 2 are fitted away.
  const uneven = [
    { k: 0, n: 100 },
    { k: 40, n: 100 },
  ]
  expect(dispersionOf(uneven, uneven)).toBeCloseTo((4 * 400) / 16 / 2, 10)
})

test("a count has Garwood's exact limits", () => {
  expect(interval(countOf(0))).toEqual(['0.0000', '3.6889'])
  expect(interval(countOf(1))).toEqual(['0.0253', '5.5716'])
  expect(interval(countOf(5))).toEqual(['1.6235', '11.6683'])
  expect(interval(countOf(10))).toEqual(['4.7954', '18.3904'])
  expect(interval(countOf(100))).toEqual(['81.3640', '121.6268'])
  expect(costPer(370, 0)).toMatchObject({ value: Infinity, high: Infinity })
  expect(costPer(370, 0).low).toBeCloseTo(370 / 3.6889, 2)
  expect(costPer(100, 10).low).toBeCloseTo(100 / 18.3904, 4)
  expect(upperShareOf({ k: 0, n: 300 })).toBeCloseTo(0.01, 4)
})

test("the rate ratio over strata gives Rothman's table 10-5", () => {
  const byAge = [
    { exposedGoals: 196, exposedTime: 62_119, unexposedGoals: 111, unexposedTime: 15_763 },
    { exposedGoals: 167, exposedTime: 6_085, unexposedGoals: 157, unexposedTime: 2_780 },
  ]
  const { ratio, narrow } = liftOf(byAge)
  expect(ratio.value).toBeCloseTo(0.469, 3)
  expect(narrow.low).toBeCloseTo(0.41, 3)
  expect(narrow.high).toBeCloseTo(0.536, 3)
})

test('a lift without goals on one side has a limit where one is known', () => {
  const set = { exposedTime: 100, unexposedTime: 100, exposedGoals: 0, unexposedGoals: 20 }
  expect(liftOf([set])).toMatchObject({ expected: 10, ratio: { value: 0, low: 0 } })
  expect(liftOf([set]).ratio.high).toBeCloseTo(0.36889, 4)
  const required = liftOf([{ ...set, exposedGoals: 20, unexposedGoals: 0 }])
  expect(required).toMatchObject({ p: 1, ratio: { value: Infinity, low: 0, high: Infinity } })
  expect(liftOf([]).ratio.value).toBeNaN()
})

test('adjusted p-values reject as the example of Benjamini and Hochberg 1995', () => {
  const p = [
    0.0344, 0.0001, 0.759, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0459, 0.324, 0.4262, 0.5719,
    0.6528, 1,
  ]
  const kept = adjustedP(p).flatMap((q, index) => (q <= 0.05 ? [p[index]] : []))
  expect(kept).toEqual([0.0001, 0.0004, 0.0019, 0.0095])
  expect(digits(...adjustedP([0.01, 0.04, 0.03, 0.2]))).toEqual(['0.0400', '0.0533', '0.0533', '0.2000'])
  expect(adjustedP([])).toEqual([])
})

test('equivalence needs the whole 90 % interval within the limits', () => {
  expect(isEquivalent({ value: 1, low: 0.81, high: 1.24 })).toBe(true)
  expect(isEquivalent({ value: 1, low: 0.79, high: 1.2 })).toBe(false)
  expect(isEquivalent({ value: 1, low: 0.9, high: 1.26 })).toBe(false)
})

describe('verdicts', () => {
  const set = { exposedTime: 1_000, unexposedTime: 1_000, exposedGoals: 0, unexposedGoals: 0 }
  const verdict = (exposedGoals: number, unexposedGoals: number, weeks = 4) => {
    const [judged] = judgeLifts([liftOf([{ ...set, exposedGoals, unexposedGoals }])], weeks)
    return [judged?.verdict, judged?.weeksMissing]
  }

  test('follow the ratio, its intervals, and how much there is', () => {
    expect(verdict(5, 0)).toEqual(['required', null])
    expect(verdict(4, 0)).toEqual(['too few', null])
    expect(verdict(3, 2)).toEqual(['too few', 6])
    expect(verdict(300, 100)).toEqual(['predicts', null])
    expect(verdict(100, 300)).toEqual(['goes with fewer', null])
    expect(verdict(0, 30)).toEqual(['goes with fewer', null])
    expect(verdict(1_000, 1_000)).toEqual(['no difference', null])
    expect(verdict(20, 20)).toEqual(['not shown', null])
    // Significant, and too small to matter.
    expect(verdict(11_500, 10_000)).toEqual(['no difference', null])
  })

  test('take the other lifts of the report into account', () => {
    const some = liftOf([{ ...set, exposedGoals: 100, unexposedGoals: 69 }])
    const none = liftOf([{ ...set, exposedGoals: 60, unexposedGoals: 60 }])
    expect(some.p).toBeLessThan(0.05)
    const among = judgeLifts([some, ...Array.from({ length: 30 }, () => none)], 4)
    expect(judgeLifts([some], 4)[0]?.q).toBe(some.p)
    expect(among[0]?.q).toBeGreaterThan(0.05)
  })

  test('of a change', () => {
    const of = (k: number, before: number) =>
      changeVerdict(
        differenceOf({ k, n: 1_000 }, { k: before, n: 1_000 }),
        { k, n: 1_000 },
        { k: before, n: 1_000 },
      )
    expect([of(200, 100), of(100, 200), of(100, 101), of(4, 3), of(0, 100)]).toEqual([
      'up',
      'down',
      'not shown',
      'too few',
      'down',
    ])
  })
})
