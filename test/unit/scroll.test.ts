import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addReading } from '../../src/triggers/scroll.ts'

const px = fc.integer({ min: 1, max: 5_000 })

test('no screenful gets more time than passed, and those wholly in view get all of it', () => {
  fc.assert(
    fc.property(
      px,
      px,
      px,
      px,
      fc.integer({ min: 0, max: 60_000 }),
      (screenPx, viewPx, contentPx, topPx, ms) => {
        fc.pre(topPx < contentPx)
        const screensMs: number[] = []
        addReading(screensMs, screenPx, { topPx, viewPx, contentPx }, ms)
        const bottomPx = Math.min(topPx + viewPx, contentPx)
        screensMs.forEach((spentMs, screen) => {
          const [startPx, endPx] = [screen * screenPx, Math.min((screen + 1) * screenPx, contentPx)]
          expect(spentMs).toBeGreaterThanOrEqual(0)
          expect(spentMs).toBeLessThanOrEqual(ms)
          if (startPx >= topPx && endPx <= bottomPx) expect(spentMs).toBe(ms)
        })
      },
    ),
  )
})

test('time in view is neither lost nor invented: its shares add up to what was in view', () => {
  fc.assert(
    fc.property(px, px, px, px, (screenPx, viewPx, contentPx, topPx) => {
      fc.pre(topPx < contentPx)
      const screensMs: number[] = []
      addReading(screensMs, screenPx, { topPx, viewPx, contentPx }, 1)
      const seenPx = screensMs.reduce(
        (sum, share, screen) =>
          sum + share * (Math.min((screen + 1) * screenPx, contentPx) - screen * screenPx),
        0,
      )
      expect(seenPx).toBeCloseTo(Math.min(topPx + viewPx, contentPx) - topPx, 5)
    }),
  )
})
