import fc from 'fast-check'
import { expect, test } from 'vitest'
import { orders, sorted } from '../../../src/devtools/timeline/sort.ts'
import type { Decision } from '../../../src/engine/record/decision.ts'

const attempts = fc
  .array(
    fc.record({
      event: fc.constantFrom('a', 'b', 'c'),
      outcome: fc.constantFrom('fired', 'held', 'dropped'),
      component: fc.constantFrom('A', 'B'),
      path: fc.constantFrom('/', '/x'),
    }),
    { maxLength: 30 },
  )
  .map((all) =>
    all
      .map(
        ({ component, path, ...rest }, index) =>
          ({
            number: index + 1,
            reason: rest.outcome === 'dropped' ? 'unknown-event' : 'admitted',
            deliveries: {},
            trigger: { component },
            page: { path },
            ...rest,
          }) as unknown as Decision,
      )
      .reverse(),
  )

const keyOf = {
  event: ({ event }: Decision) => event,
  verdict: ({ outcome }: Decision) => ({ dropped: 0, held: 1, fired: 2, shadowed: 3 })[outcome],
  component: ({ trigger }: Decision) => trigger.component,
  page: ({ page }: Decision) => page.path,
} as const

test('each order loses none, sorts by its column, and keeps the newest first within', () => {
  fc.assert(
    fc.property(attempts, fc.constantFrom(...orders), (found, order) => {
      const list = sorted(found, order)
      expect(new Set(list)).toEqual(new Set(found))
      if (order === 'newest') expect(list).toBe(found)
      else if (order === 'oldest') expect(list).toEqual(found.toReversed())
      else
        list.slice(1).forEach((next, index) => {
          const [before, after] = [keyOf[order](list[index] as Decision), keyOf[order](next)]
          expect(before <= after).toBe(true)
          if (before === after) expect(list[index]?.number).toBeGreaterThan(next.number)
        })
    }),
  )
})
