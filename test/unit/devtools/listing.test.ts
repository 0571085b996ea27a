import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { readOnce } from '../../../src/devtools/parts/read-once.ts'
import { compileExpression } from '../../../src/devtools/timeline/expression.ts'
import { giveMatcher } from '../../../src/devtools/timeline/filter-terms.ts'
import { createListing } from '../../../src/devtools/timeline/listing.ts'
import { startsOf } from '../../../src/devtools/timeline/runs.ts'
import type { Decision } from '../../../src/engine/record/decision.ts'
import { definePlan } from '../../../src/plan/define-plan.ts'
import { watchedReads } from '../../support/watched-reads.ts'

const plan = definePlan({ name: 'acme', version: '1', events: {} })

const attempt = (number: number, change: Partial<Decision> = {}) =>
  ({
    number,
    event: number % 3 ? 'row_seen' : 'plan_viewed',
    outcome: number % 2 ? 'fired' : 'dropped',
    reason: number % 2 ? 'admitted' : 'frequency',
    page: { url: '/', path: '/' },
    trigger: { component: 'track', fact: 'call' },
    frequency: [],
    consent: {},
    deliveries: {},
    properties: { index: number },
    ...change,
  }) as Decision

/** How often something was read while it acted. */
function during(reads: () => number, act: () => void): number {
  const before = reads()
  act()
  return reads() - before
}

beforeAll(() => giveMatcher(compileExpression))

const filters = [
  ['no filter', { text: '', outcomes: [] }],
  ['a word', { text: 'seen', outcomes: [] }],
  ['an expression', { text: '/^row_\\w+/', outcomes: [] }],
  ['fields and outcomes', { text: 'event:row_seen -reason:frequency', outcomes: ['fired'] }],
] as const

describe.each(filters)('ten thousand attempts, %s', (_, filter) => {
  test.each([true, false])('one more is all that is read, grouped: %s', (grouped) => {
    const { watched, reads } = watchedReads()
    const list = createListing(filter, { plan, notes: {} })
    const draw = (decisions: readonly Decision[]) => startsOf(list(decisions), grouped, [])
    const decisions = Array.from({ length: 10_000 }, (_, index) => watched(attempt(index + 1)))
    expect(during(reads, () => draw(decisions))).toBeGreaterThanOrEqual(10_000)

    // As the record is when it is full: the oldest goes, one arrives; then a delivery comes to its end.
    const next = [...decisions.slice(1), watched(attempt(10_001))]
    expect(during(reads, () => draw(next))).toBeLessThan(50)
    const changed = next.with(9_000, watched(attempt(9_002, { outcome: 'held' })))
    expect(during(reads, () => draw(changed))).toBeLessThan(50)
    expect(during(reads, () => draw(changed))).toBe(0)
  })
})

test('whatever arrives, goes or changes, it is as if read anew', () => {
  const step = fc.record({
    forget: fc.nat(3),
    change: fc.array(fc.nat(20), { maxLength: 3 }),
    leave: fc.array(fc.nat(20), { maxLength: 2 }),
    add: fc.nat(4),
  })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), fc.constantFrom(...filters), (steps, [, filter]) => {
      const read = readOnce((decision) => decision)
      const list = createListing(filter, { plan, notes: {} })
      let decisions: readonly Decision[] = []
      let number = 0
      for (const { forget, change, leave, add } of steps) {
        decisions = decisions
          .slice(forget)
          .filter((_, index) => !leave.includes(index))
          .map((decision, index) => (change.includes(index) ? { ...decision, outcome: 'held' } : decision))
        decisions = [...decisions, ...Array.from({ length: add }, () => attempt(++number))]
        const anew = createListing(filter, { plan, notes: {} })(decisions)
        const { found } = list(decisions)
        expect(read(decisions)).toEqual(decisions)
        expect(found).toEqual(anew.found)
        expect(startsOf(list(decisions), true, [])).toEqual(startsOf(anew, true, []))
      }
    }),
  )
})
