import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  chooseBatch,
  eventIdOf,
  isFree,
  LONGEST_LEASE_MS,
  MAX_AGE_MS,
  MAX_LENGTH,
  MAX_ROWS,
  type OutboxItem,
  parseRow,
  rowIdOf,
  surplusOf,
} from '../../../src/destinations/outbox.ts'

const now = Date.UTC(2026, 0, 1)
const priorities = ['critical', 'normal', 'low'] as const
const item = (id: string, row: Partial<OutboxItem['row']> = {}): OutboxItem => ({
  id,
  row: { payload: '{}', time: now, attempts: 0, priority: 'normal', leaseBy: 'tab', leaseUntil: 0, ...row },
})
const rank = ({ row }: OutboxItem) => priorities.indexOf(row.priority)
const items = fc
  .array(
    fc.record({
      priority: fc.constantFrom(...priorities),
      time: fc.integer({ min: now - MAX_AGE_MS - 1_000, max: now }),
      length: fc.oneof(fc.nat(100), fc.nat(500_000)),
    }),
    { maxLength: 40 },
  )
  .map((rows) =>
    rows.map(({ length, ...row }, index) => item(String(index), { ...row, payload: 'x'.repeat(length) })),
  )
const lengthOf = (some: readonly OutboxItem[]) => some.reduce((sum, { row }) => sum + row.payload.length, 0)

describe('a batch', () => {
  test('is the first of the order, within its limits, and at least one', () => {
    fc.assert(
      fc.property(items, fc.integer({ min: 1, max: 10 }), fc.nat(100_000), (all, maxEvents, maxBytes) => {
        const { batch, more } = chooseBatch(all, { maxEvents, maxBytes })
        expect(batch.length).toBe(all.length ? Math.max(1, batch.length) : 0)
        expect(batch.length).toBeLessThanOrEqual(maxEvents)
        if (batch.length > 1) expect(lengthOf(batch)).toBeLessThanOrEqual(maxBytes)
        expect(more).toBe(batch.length < all.length)
        const rest = all.filter((one) => !batch.includes(one))
        for (const one of batch) {
          for (const other of rest) {
            expect(
              rank(one) < rank(other) || (rank(one) === rank(other) && one.row.time <= other.row.time),
            ).toBe(true)
          }
        }
      }),
    )
  })

  test('counts bytes as they travel, and may be empty where nothing fits', () => {
    const wide = [item('a', { payload: 'ä'.repeat(100) })]
    expect(chooseBatch(wide, { maxEvents: 1, maxBytes: 150 }, 0).batch).toEqual([])
    expect(chooseBatch(wide, { maxEvents: 1, maxBytes: 201 }, 0).batch).toEqual(wide)
  })
})

describe('the surplus', () => {
  test('leaves what is young and fits; nothing that stays was to go before what goes', () => {
    fc.assert(
      fc.property(items, (all) => {
        const surplus = surplusOf(all, now)
        const rest = all.filter((one) => !surplus.includes(one))
        expect(lengthOf(rest)).toBeLessThanOrEqual(MAX_LENGTH)
        expect(rest.every(({ row }) => row.time >= now - MAX_AGE_MS)).toBe(true)
        const pushed = surplus.filter(({ row }) => row.time >= now - MAX_AGE_MS)
        // Not one too many.
        const last = pushed.at(-1)
        if (last) expect(lengthOf([...rest, last])).toBeGreaterThan(MAX_LENGTH)
        for (const gone of pushed) {
          for (const kept of rest) {
            expect(
              rank(gone) > rank(kept) || (rank(gone) === rank(kept) && gone.row.time <= kept.row.time),
            ).toBe(true)
          }
        }
      }),
    )
  })

  test('is what is beyond the number of rows', () => {
    const all = Array.from({ length: MAX_ROWS + 2 }, (_, index) => item(String(index), { time: now + index }))
    expect(surplusOf(all, now).map(({ id }) => id)).toEqual(['0', '1'])
  })
})

test('a lease holds others off until it is over, unless no clock could have given it', () => {
  const { row } = item('a', { leaseUntil: now + 1 })
  expect(isFree(row, 'tab', now)).toBe(true)
  expect(isFree(row, 'other', now)).toBe(false)
  expect(isFree(row, 'other', now + 1)).toBe(true)
  expect(isFree({ ...row, leaseUntil: now + LONGEST_LEASE_MS }, 'other', now)).toBe(false)
  expect(isFree({ ...row, leaseUntil: now + LONGEST_LEASE_MS + 1 }, 'other', now)).toBe(true)
})

test('whatever a database holds, a row is read or nothing is', () => {
  fc.assert(
    fc.property(fc.anything(), (value) => {
      expect(() => parseRow(value, now)).not.toThrow()
    }),
  )
  const { row } = item('a')
  expect(parseRow(row, now)).toEqual(row)
  expect(parseRow({ ...row, time: now + 1 }, now)).toEqual(row)
  expect(parseRow({ ...row, priority: 'urgent', attempts: 'x' }, now)).toEqual(row)
  expect(parseRow({ ...row, payload: 1 }, now)).toBeUndefined()
  expect(parseRow({ ...row, time: '1' }, now)).toBeUndefined()
})

test.each([
  ['order/placed', 'a-1'],
  ['order', 'placed/a-1'],
  ['order', 'a-1'],
])('a row of the event %j has the event id %j, whatever slashes they have', (name, eventId) => {
  expect(eventIdOf(rowIdOf({ name, eventId }))).toBe(eventId)
})

test('rows of two events with one id differ', () => {
  const ids = [
    rowIdOf({ name: 'order/placed', eventId: '1' }),
    rowIdOf({ name: 'order', eventId: 'placed/1' }),
  ]
  expect(new Set(ids).size).toBe(2)
})
