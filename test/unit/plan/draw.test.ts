import { expect, test } from 'vitest'
import { draw } from '../../../src/plan/draw.ts'

const units = Array.from({ length: 50_000 }, (_, index) => `session-${index % 100}|viewed|sku-${index}`)

test('draws evenly: each tenth gets its tenth', () => {
  const tenths = new Array<number>(10).fill(0)
  for (const unit of units) {
    const tenth = Math.floor(draw('sample', 'demo_booked', unit) * 10)
    tenths[tenth] = (tenths[tenth] ?? 0) + 1
  }
  for (const count of tenths) expect(Math.abs(count - units.length / 10)).toBeLessThan(units.length / 100)
})

test('does not change between versions: collectors recompute it, and users keep their place', () => {
  expect(draw('sample', 'demo_booked', 'ada')).toMatchInlineSnapshot(`0.7407020600512624`)
  expect(draw('rollout', 'demo_booked', 'ada')).toMatchInlineSnapshot(`0.08779386733658612`)
})
