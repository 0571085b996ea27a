import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type FunnelView, funnelOf } from '../../../src/engine/journey/funnel.ts'
import type { JourneyStep } from '../../../src/engine/journey/journey-view.ts'

const steps = ['seen', 'begun', 'done']
const at = (...moments: readonly (readonly [event: string, time: number])[]): readonly JourneyStep[] =>
  moments.map(([event, time]) => ({ event, time, session: 's' }))
const view = (history: readonly JourneyStep[], now: number, within?: '10s') =>
  funnelOf({ steps, within }, { steps: history, now })

describe('a funnel', () => {
  test('nobody has begun', () => {
    expect(view([], 100)).toEqual({
      steps: steps.map((event) => ({ event, time: undefined, betweenMs: undefined })),
      current: -1,
      next: 'seen',
      completed: false,
      expired: false,
      outOfOrder: [],
      repeated: [],
    })
  })

  test('tells when each step was reached, how long it took, and what comes next', () => {
    const halfway = view(at(['seen', 1_000], ['other', 1_500], ['begun', 4_000]), 5_000)
    expect(halfway.steps).toEqual([
      { event: 'seen', time: 1_000, betweenMs: undefined },
      { event: 'begun', time: 4_000, betweenMs: 3_000 },
      { event: 'done', time: undefined, betweenMs: undefined },
    ])
    expect(halfway).toMatchObject({ current: 1, next: 'done', completed: false })
    const through = view(at(['seen', 1], ['begun', 4], ['done', 9]), 10)
    expect(through).toMatchObject({ current: 2, next: undefined, completed: true, outOfOrder: [] })
  })

  test('a step before the one that precedes it does not lead on, and neither does a repeat', () => {
    const early = view(at(['done', 1], ['seen', 2], ['seen', 3], ['begun', 4]), 5)
    expect(early).toMatchObject({
      current: 1,
      next: 'done',
      completed: false,
      outOfOrder: ['done'],
      repeated: ['seen'],
    })
    expect(early.steps[0]?.time).toBe(2)
  })

  test('the end begins a new run with the next first step', () => {
    const again = view(at(['seen', 1], ['begun', 2], ['done', 3], ['done', 4], ['seen', 5]), 6)
    expect(again).toMatchObject({ current: 0, next: 'begun', completed: false, repeated: [] })
    expect(again.steps[0]?.time).toBe(5)
  })

  test('its time runs from the first step, and a late step leads nowhere', () => {
    const begun = at(['seen', 0], ['begun', 9_000])
    expect(view(begun, 10_000, '10s')).toMatchObject({ expired: false, next: 'done' })
    expect(view(begun, 10_001, '10s')).toMatchObject({ expired: true, next: 'seen', current: 1 })
    const late = view([...begun, ...at(['done', 10_001])], 10_001, '10s')
    expect(late).toMatchObject({ completed: false, expired: true, outOfOrder: ['done'] })
    const anew = view([...begun, ...at(['seen', 10_001], ['begun', 10_002])], 10_002, '10s')
    expect(anew).toMatchObject({ expired: false, current: 1, next: 'done', outOfOrder: [] })
    const inTime = view([...begun, ...at(['done', 10_000])], 99_000, '10s')
    expect(inTime).toMatchObject({ expired: false, completed: true })
  })
})

/** The latest run, found by trying: from each first step that may begin one, as far as it leads. */
function oracle(history: readonly JourneyStep[], now: number, withinMs: number) {
  let from = 0
  let times: number[] = []
  for (;;) {
    const start = history.findIndex(({ event }, index) => index >= from && event === steps[0])
    if (start < 0) break
    const begunAt = history[start]?.time ?? 0
    times = [begunAt]
    let index = start
    for (const name of steps.slice(1)) {
      const next = history.findIndex(({ event }, later) => later > index && event === name)
      const time = history[next]?.time
      if (time === undefined || time - begunAt > withinMs) break
      times.push(time)
      index = next
    }
    const complete = times.length === steps.length
    from = complete
      ? index + 1
      : history.findIndex(({ time }, later) => later > start && time - begunAt > withinMs)
    if (from < 0) break
  }
  const completed = times.length === steps.length
  const expired = !completed && times.length > 0 && now - (times[0] ?? 0) > withinMs
  return { times, completed, expired }
}

test('any history leads where the oracle says', () => {
  const moment = fc.tuple(fc.constantFrom(...steps, 'other'), fc.integer({ min: 0, max: 6_000 }))
  fc.assert(
    fc.property(fc.array(moment, { maxLength: 20 }), fc.boolean(), fc.nat(12_000), (moments, timed, wait) => {
      const history = at(
        ...moments.map(([event], index) => {
          const gaps = moments.slice(0, index + 1).map(([, gap]) => gap)
          return [event, gaps.reduce((sum, gap) => sum + gap)] as const
        }),
      )
      const now = (history.at(-1)?.time ?? 0) + wait
      const found: FunnelView = view(history, now, timed ? '10s' : undefined)
      const { times, completed, expired } = oracle(history, now, timed ? 10_000 : Number.POSITIVE_INFINITY)
      expect(found.steps.flatMap(({ time }) => time ?? [])).toEqual(times)
      expect(found.current).toBe(times.length - 1)
      expect({ completed: found.completed, expired: found.expired }).toEqual({ completed, expired })
      expect(found.next).toBe(completed ? undefined : steps[expired ? 0 : times.length])
    }),
    { numRuns: 2_000 },
  )
})
