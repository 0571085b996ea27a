import fc from 'fast-check'
import { expect, test } from 'vitest'
import { backoffMs } from '../../../src/support/backoff.ts'

const limits = { firstMs: 1_000, longestMs: 300_000 }

test('doubles what it may wait, up to the longest', () => {
  const longest = [1, 2, 3, 9, 10, 2_000].map((failures) => backoffMs(failures, () => 1, limits))
  expect(longest).toEqual([1_000, 2_000, 4_000, 256_000, 300_000, 300_000])
})

test('full jitter: anything from nothing to that', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 200 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (failures, draw) => {
        const wait = backoffMs(failures, () => draw, limits)
        expect(wait).toBeGreaterThanOrEqual(0)
        expect(wait).toBeLessThanOrEqual(limits.longestMs)
        expect(wait).toBeCloseTo(draw * backoffMs(failures, () => 1, limits))
      },
    ),
  )
})
