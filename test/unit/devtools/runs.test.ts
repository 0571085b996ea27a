import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createListing } from '../../../src/devtools/timeline/listing.ts'
import { rowOf, runAround, runAt, startsOf } from '../../../src/devtools/timeline/runs.ts'
import type { Decision } from '../../../src/engine/record/decision.ts'
import { definePlan } from '../../../src/plan/define-plan.ts'

const attempt = (number: number, event: string) =>
  ({
    number,
    event,
    outcome: 'fired',
    reason: 'admitted',
    trigger: { component: 'A', fact: 'x' },
    page: { number: 1, path: '/', url: '/' },
    deliveries: {},
  }) as Decision

const plan = definePlan({ name: 'acme', version: '1', events: {} })
const listed = (found: readonly Decision[]) =>
  createListing({ text: '', outcomes: [] }, { plan, notes: {} })(found.toReversed())

/** Newest first, with gaps as a filter leaves them. */
const lists = fc
  .array(fc.tuple(fc.constantFrom('a', 'b'), fc.integer({ min: 1, max: 3 })), { maxLength: 60 })
  .map((entries) => {
    let number = 0
    const attempts = entries.map(([event, gap]) => {
      number += gap
      return attempt(number, event)
    })
    return attempts.reverse()
  })

test('rows cover the list once, join only what is equal, and are as long as can be', () => {
  fc.assert(
    fc.property(lists, (found) => {
      const starts = startsOf(listed(found), true, [])
      const runs = starts.map((_, index) => runAt(found, starts, index))
      expect(runs.reduce((sum, run) => sum + (run?.length ?? 0), 0)).toBe(found.length)
      runs.forEach((run, index) => {
        const start = starts[index] ?? 0
        const events = found.slice(start, start + (run?.length ?? 0)).map(({ event }) => event)
        expect(new Set(events).size).toBe(1)
        expect(run?.before?.event).not.toBe(events[0])
        expect(run?.before?.number).toBe(runs[index + 1]?.newest.number)
      })
    }),
  )
})

test('each attempt is found in its row, and no other', () => {
  fc.assert(
    fc.property(lists, fc.boolean(), (found, grouped) => {
      const starts = startsOf(listed(found), grouped, [])
      for (const { number } of found) {
        const run = runAt(found, starts, rowOf(listed(found), starts, number))
        expect(run && run.oldest.number <= number && number <= run.newest.number).toBe(true)
      }
      expect(rowOf(listed(found), starts, (found[0]?.number ?? 0) + 1)).toBe(-1)
      expect(rowOf(listed(found), starts, 0)).toBe(-1)
    }),
  )
})

test('an opened run has a row for each, and its neighbours stay joined', () => {
  const found = [6, 5, 4, 3, 2, 1].map((number) => attempt(number, number === 4 ? 'b' : 'a'))
  expect(startsOf(listed(found), true, [])).toEqual([0, 2, 3])
  expect(startsOf(listed(found), true, [1])).toEqual([0, 2, 3, 4, 5])
  expect(startsOf(listed(found), false, [])).toEqual([0, 1, 2, 3, 4, 5])
})

test('an attempt is in the run around it, and in none where a filter leaves it out', () => {
  fc.assert(
    fc.property(lists, fc.nat(200), (found, number) => {
      const run = runAround(listed(found), number)
      if (!found.some((each) => each.number === number)) expect(run).toBeUndefined()
      else expect(run && [run.oldest.number <= number, number <= run.newest.number]).toEqual([true, true])
    }),
  )
})
