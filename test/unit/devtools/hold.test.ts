import { expect, test } from 'vitest'
import { holding } from '../../../src/devtools/timeline/hold.ts'
import type { Listing } from '../../../src/devtools/timeline/listing.ts'
import type { Decision } from '../../../src/engine/record/decision.ts'

const listing = (...numbers: number[]): Listing => ({
  found: numbers.map((number) => ({ number }) as Decision),
  kinds: numbers.map((number) => number * 10),
  order: 'newest',
})
const held = (given: Listing, heldAt?: number) => {
  const { listing: left, fresh } = holding(given, heldAt)
  return [left.found.map(({ number }) => number), left.kinds, fresh]
}

test('leaves newer attempts out, with their kinds, and counts them', () => {
  expect(held(listing(9, 7, 4, 2), 4)).toEqual([[4, 2], [40, 20], 2])
})

test('in any order of the list', () => {
  expect(held(listing(2, 9, 4, 7), 4)).toEqual([[2, 4], [20, 40], 2])
})

test('shows all while it is not held, without news, and when what it held has been cleared', () => {
  const all = [[9, 7], [90, 70], 0]
  expect(held(listing(9, 7))).toEqual(all)
  expect(held(listing(9, 7), 9)).toEqual(all)
  expect(held(listing(9, 7), 3)).toEqual(all)
})
