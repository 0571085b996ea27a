import { describe, expect, test } from 'vitest'
import { differenceOf, dispersionOf } from '../../../src/report/statistics/difference.ts'
import { liftOf } from '../../../src/report/statistics/lift.ts'
import { rateOf, type Share } from '../../../src/report/statistics/rate.ts'
import { judgeLifts } from '../../../src/report/statistics/verdict.ts'
import { createRandom, type Random } from '../../support/random.ts'
import { naiveRatio, riskSetsOf, visitsIn, type World, worlds } from '../../support/visit-worlds.ts'

const times = <T>(n: number, make: (index: number) => T) => Array.from({ length: n }, (_, i) => make(i))
const shareOf = <T>(items: readonly T[], holds: (item: T) => boolean) =>
  items.filter(holds).length / items.length
const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[values.length >> 1] as number

test("Wilson's interval covers the truth in 93 to 97 of 100 samples", () => {
  const random = createRandom(1)
  for (const [n, p] of [
    [200, 0.05],
    [500, 0.3],
    [2_000, 0.01],
  ] as const) {
    const rates = times(2_000, () => rateOf({ k: random.binomial(n, p), n }))
    const covered = shareOf(rates, ({ low, high }) => low <= p && p <= high)
    expect(covered, `${n} users at ${p}`).toBeGreaterThan(0.93)
    expect(covered, `${n} users at ${p}`).toBeLessThan(0.97)
  }
})

/** Fourteen days with the same true rate, but for a spread of 8 % from day to day that every site has. */
const fortnight = (random: Random): readonly Share[] =>
  times(14, () => ({ k: random.binomial(1_000, 0.2 * Math.exp(0.08 * random.normal())), n: 1_000 }))

test('of 2,000 unchanged fortnights, at most 8 % are called changed; without the dispersion, a fifth', () => {
  const random = createRandom(2)
  const all = (days: readonly Share[]) => ({
    k: days.reduce((sum, { k }) => sum + k, 0),
    n: days.reduce((sum, { n }) => sum + n, 0),
  })
  const pairs = times(2_000, () => [fortnight(random), fortnight(random)] as const)
  const called = (dispersion: (pair: (typeof pairs)[number]) => number) =>
    shareOf(pairs, (pair) => {
      const { low, high } = differenceOf(all(pair[0]), all(pair[1]), { dispersion: dispersion(pair) })
      return low > 0 || high < 0
    })
  expect(called((pair) => dispersionOf(...pair))).toBeLessThan(0.08)
  expect(called(() => 1)).toBeGreaterThan(0.2)
})

describe('lift by risk sets', () => {
  const runs = (world: World) =>
    times(60, (seed) => liftOf(riskSetsOf(visitsIn(world, 10_000, seed + 1))).ratio)
  const confounded = 'no effect, keen users do both more often'

  for (const [name, world] of Object.entries(worlds)) {
    if (name === confounded) continue
    test(`${name}: within 5 % of the truth, and covered in 90 of 100`, () => {
      const ratios = runs(world)
      expect(Math.abs(median(ratios.map(({ value }) => value)) / world.lift - 1)).toBeLessThan(0.05)
      const covered = shareOf(ratios, ({ low, high }) => low <= world.lift && world.lift <= high)
      expect(covered).toBeGreaterThanOrEqual(0.9)
      // A simple ratio sees something else.
      expect(Math.abs(naiveRatio(visitsIn(world, 20_000, 1)) / world.lift - 1)).toBeGreaterThan(0.4)
    })
  }

  test(`${confounded}: wrong, which is why a lift is no cause`, () => {
    const ratios = runs(worlds[confounded])
    expect(median(ratios.map(({ value }) => value))).toBeGreaterThan(1.2)
    expect(shareOf(ratios, ({ low, high }) => low <= 1 && 1 <= high)).toBeLessThan(0.9)
  })
})

/** A step that `share` of the users do, and that changes the rate of the goal; the goal is reached about 600 times. */
function stepWith(lift: number, share: number, random: Random) {
  const bins = times(20, (bin) => {
    const exposedTime = share * bin * 5_000
    const unexposedTime = 100_000 - exposedTime
    return {
      exposedTime,
      unexposedTime,
      exposedGoals: random.poisson(exposedTime * 3e-4 * lift),
      unexposedGoals: random.poisson(unexposedTime * 3e-4),
    }
  })
  return liftOf(bins)
}

test('in 60 reports of 20 steps, no useful step is retired, and few useless ones predict', () => {
  const random = createRandom(3)
  const useful = [1.5, 1.5, 2, 2, 3, 0.5]
  const truth = [...times(14, () => 1), ...useful]
  const verdicts = times(60, () => {
    const lifts = truth.map((lift) => stepWith(lift, 0.1 + 0.6 * random.uniform(), random))
    return judgeLifts(lifts, 4).map(({ verdict }, index) => ({ verdict, truth: truth[index] }))
  }).flat()
  const of = (which: (truth: number) => boolean, verdict: string) =>
    shareOf(
      verdicts.filter((each) => which(each.truth as number)),
      (each) => each.verdict === verdict,
    )
  expect(of((lift) => lift !== 1, 'no difference')).toBe(0)
  expect(of((lift) => lift === 1, 'predicts')).toBeLessThan(0.01)
  expect(of((lift) => lift === 1, 'no difference')).toBeGreaterThan(0.2)
  expect(of((lift) => lift >= 1.5, 'predicts')).toBeGreaterThan(0.5)
})
