import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { sift } from '../../../src/support/sift.ts'

/** A far end that refuses every part with a bad item in it, and gives no answer after `patience` requests. */
function farEnd(bad: ReadonlySet<number>, patience = Number.POSITIVE_INFINITY) {
  const accepted: number[] = []
  const alone: number[] = []
  let requests = 0
  return {
    accepted,
    alone,
    requests: () => requests,
    accepts: async (part: readonly number[]) => {
      if (++requests > patience) return undefined
      const taken = !part.some((item) => bad.has(item))
      if (taken) accepted.push(...part)
      else if (part.length === 1) alone.push(...part)
      return taken
    },
  }
}
const batchOf = (length: number) => Array.from({ length }, (_, index) => index)
const sorted = (items: readonly number[]) => [...items].sort((a, b) => a - b)

describe('a refused batch', () => {
  test('every item is accepted, or refused alone', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 2, max: 60 }), fc.array(fc.nat(59)), async (length, some) => {
        const batch = batchOf(length)
        const end = farEnd(new Set(some))
        const isRefused = await sift(batch, end.accepts, length)
        expect(sorted([...end.accepted, ...end.alone])).toEqual(batch)
        expect(isRefused).toBe(end.accepted.length === 0)
        if (isRefused) expect(end.requests()).toBe(length)
      }),
    )
  })

  test('with one bad item in it costs some requests more than two for each halving', async () => {
    for (const bad of batchOf(50)) {
      const end = farEnd(new Set([bad]))
      await sift(batchOf(50), end.accepts)
      expect(end.alone).toEqual([bad])
      expect(end.accepted).toHaveLength(49)
      expect(end.requests()).toBeLessThanOrEqual(14)
    }
  })

  test('costs 50 requests at most before one is accepted; what was not tried is not refused', async () => {
    const end = farEnd(new Set(batchOf(80)))
    expect(await sift(batchOf(80), end.accepts)).toBe(true)
    expect(end.requests()).toBe(50)
    expect(end.alone).toHaveLength(50)
  })

  test('is left as it is once nobody answers', async () => {
    for (let patience = 0; patience < 14; patience++) {
      const end = farEnd(new Set([3, 17, 40]), patience)
      expect(await sift(batchOf(50), end.accepts)).toBe(false)
      expect(end.requests()).toBe(patience + 1)
    }
  })
})
