import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  MAX_SPANS,
  type Moment,
  playedSince,
  type Spans,
  secondsBefore,
  spanSeconds,
  withSpan,
} from '../../src/triggers/watched-spans.ts'

const union = (spans: Spans) => spans.reduce<Spans>((all, [fromS, toS]) => withSpan(all, fromS, toS), [])
const sorted = (spans: Spans) => [...spans].sort((a, b) => a[0] - b[0])

describe('the union of played stretches', () => {
  const second = fc.integer({ min: 0, max: 60 })
  const stretches = fc.array(fc.tuple(second, second), { maxLength: 40 })

  it('covers what a count of single seconds covers', () => {
    fc.assert(
      fc.property(stretches, (played) => {
        const seconds = new Set<number>()
        for (const [from, to] of played) for (let at = from; at < to; at++) seconds.add(at)
        expect(spanSeconds(union(played))).toBe(seconds.size)
      }),
    )
  })

  it('keeps stretches apart that do not touch, and no others', () => {
    fc.assert(
      fc.property(stretches, (played) => {
        const spans = sorted(union(played))
        for (const [index, [from, to]] of spans.entries()) {
          expect(to).toBeGreaterThan(from)
          expect(from).toBeGreaterThan(spans[index - 1]?.[1] ?? -1)
        }
      }),
    )
  })

  it('does not care for the order, and counts a repeat once', () => {
    fc.assert(
      fc.property(stretches, (played) => {
        expect(sorted(union([...played].reverse()))).toEqual(sorted(union(played)))
        expect(sorted(union([...played, ...played]))).toEqual(sorted(union(played)))
      }),
    )
  })

  it('never shrinks', () => {
    fc.assert(
      fc.property(stretches, second, second, (played, fromS, toS) => {
        const before = union(played)
        expect(spanSeconds(withSpan(before, fromS, toS))).toBeGreaterThanOrEqual(spanSeconds(before))
      }),
    )
  })

  it('takes what is not a stretch for nothing', () => {
    const spans: Spans = [[1, 2]]
    for (const [fromS, toS] of [
      [5, 5],
      [7, 3],
      [Number.NaN, 4],
      [4, Number.NaN],
    ] as const)
      expect(withSpan(spans, fromS, toS)).toBe(spans)
  })

  it('is bounded: too many pieces gain no further one, but still grow and join', () => {
    const pieces = Array.from({ length: MAX_SPANS }, (_, index) => [index * 10, index * 10 + 1] as const)
    const full = union(pieces)
    expect(full).toHaveLength(MAX_SPANS)
    expect(withSpan(full, 100_000, 100_001)).toBe(full)
    expect(spanSeconds(withSpan(full, 1, 2))).toBe(MAX_SPANS + 1)
    expect(withSpan(full, 0, 100_000)).toEqual([[0, 100_000]])
  })
})

describe('the seconds before a position', () => {
  const second = fc.integer({ min: 0, max: 60_000 }).map((ms) => ms / 1000)
  const stretches = fc.array(fc.tuple(second, second), { maxLength: 5 }).map(union)

  it('leave out what is to be left out', () => {
    expect(
      secondsBefore(
        50,
        union([
          [40, 80],
          [0, 15],
          [10, 20],
        ]),
      ),
    ).toBe(20)
    expect(
      secondsBefore(90, [
        [40, 80],
        [100, Number.POSITIVE_INFINITY],
      ]),
    ).toBe(50)
    expect(secondsBefore(120, [[100, Number.POSITIVE_INFINITY]])).toBe(100)
  })

  it('are the same to the last bit everywhere in a stretch that is left out', () => {
    fc.assert(
      fc.property(stretches, fc.double({ min: 0, max: 1, noNaN: true }), (leftOut, share) => {
        for (const [fromS, toS] of leftOut)
          for (const positionS of [Math.min(toS, fromS + share * (toS - fromS)), toS])
            expect(secondsBefore(positionS, leftOut)).toBe(secondsBefore(fromS, leftOut))
      }),
    )
  })
})

describe('what played since the last event', () => {
  const moment = (atS: number, positionS: number, more: Partial<Moment> = {}): Moment => ({
    atMs: atS * 1000,
    positionS,
    rate: 1,
    paused: false,
    seeking: false,
    playing: true,
    played: [],
    ...more,
  })
  const from = (last: Moment, now: Moment, seeking = false) => playedSince(last, { ...now, seeking })

  it('is what the position moved', () => {
    expect(from(moment(0, 10), moment(0.25, 10.25))).toEqual({ playedS: 0.25, jumped: false })
    expect(from(moment(0, 10, { rate: 4 }), moment(0.25, 11))).toEqual({ playedS: 1, jumped: false })
  })

  it('is less than the clock says when the video lags', () => {
    expect(from(moment(0, 10), moment(8, 10.25))).toEqual({ playedS: 0.25, jumped: false })
  })

  it('is nothing while paused, wherever the position goes', () => {
    const last = moment(0, 10, { paused: true, playing: false })
    expect(from(last, moment(9, 10.4))).toEqual({ playedS: 0, jumped: false })
    expect(from(last, moment(9, 40), true)).toEqual({ playedS: 0, jumped: true })
  })

  it('is the word of the clock before a jump, said or seen', () => {
    for (const target of [0, 9, 10.7, 12, 290]) {
      const { playedS, jumped } = from(moment(0, 10), moment(0.25, target), true)
      expect([playedS, jumped]).toEqual([0.25, true])
    }
    expect(from(moment(0, 10), moment(0.25, 9))).toEqual({ playedS: 0.25, jumped: true })
    expect(from(moment(0, 10), moment(0.25, 10.75))).toEqual({ playedS: 0.25, jumped: true })
    expect(from(moment(0, 10), moment(0.25, 10.74)).jumped).toBe(false)
  })

  it('is not believed for more than a second of silence before a jump, nor out of data', () => {
    expect(from(moment(0, 10), moment(30, 200), true).playedS).toBe(1)
    expect(from(moment(0, 10, { playing: false }), moment(0.25, 200), true).playedS).toBe(0)
  })

  it('is what the player says before a jump, if it says so, and never more than the clock', () => {
    const jump = (last: Partial<Moment>, played: Spans) =>
      from(moment(0, 10, last), moment(0.25, 200, { played }), true).playedS
    expect(jump({}, [[8, 10.125]])).toBe(0.125)
    expect(jump({ playing: false }, [[8, 10.125]])).toBe(0.125)
    expect(jump({}, [[8, 10]])).toBe(0)
    expect(jump({}, [[0, 60]])).toBe(0.25)
    expect(jump({}, [[200, 201]])).toBe(0.25)
    expect(jump({ paused: true, playing: false }, [[0, 60]])).toBe(0)
  })

  it('is a leap without a seek, if the player says that it has played all of it', () => {
    const leap = (played: Spans, seeking = false) =>
      from(moment(0, 10), moment(0.25, 14, { played }), seeking)
    expect(leap([[8, 14]])).toEqual({ playedS: 4, jumped: false })
    expect(leap([[8, 13.9]])).toEqual({ playedS: 0.25, jumped: true })
    expect(leap([[8, 14]], true)).toEqual({ playedS: 0.25, jumped: true })
  })

  it('allows the faster of two rates', () => {
    const faster = moment(0.25, 10.9, { rate: 4 })
    expect(from(moment(0, 10), faster).jumped).toBe(false)
  })
})
