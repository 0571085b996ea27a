import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Entry,
  entryIdOf,
  eventIdOf,
  fitting,
  inOrder,
  MAX_AGE_MS,
  MAX_LENGTH,
  MAX_WAITING,
  surplusOf,
} from '../../../src/destinations/http/outbox.ts'
import { isFree, LONGEST_LEASE_MS, packed, rowsOf, unpacked } from '../../../src/destinations/http/row.ts'

const now = Date.UTC(2026, 0, 1)
const urgencies = ['critical', 'normal', 'low'] as const
const entryOf = (id: string, different: Partial<Entry> = {}): Entry => ({
  ...{ id, lines: ['{}'], time: now, urgency: 'normal', attempts: 0 },
  ...different,
})
const rank = ({ urgency }: Entry) => urgencies.indexOf(urgency)
const entries = fc
  .array(
    fc.record({
      urgency: fc.constantFrom(...urgencies),
      time: fc.integer({ min: now - MAX_AGE_MS - 1_000, max: now }),
      length: fc.oneof(fc.nat(100), fc.nat(500_000)),
    }),
    { maxLength: 40 },
  )
  .map((all) =>
    all.map(({ length, ...rest }, index) => entryOf(String(index), { ...rest, lines: ['x'.repeat(length)] })),
  )
const lengthOf = (some: readonly Entry[]) => some.reduce((sum, { lines }) => sum + (lines[0]?.length ?? 0), 0)

describe('a batch', () => {
  test('is the first of the order, within its limits, and at least one', () => {
    fc.assert(
      fc.property(entries, fc.integer({ min: 1, max: 10 }), fc.nat(100_000), (all, maxEvents, maxBytes) => {
        const sorted = [...all].sort(inOrder)
        const batch = fitting(sorted, maxEvents, maxBytes)
        expect(batch).toEqual(sorted.slice(0, batch.length))
        expect(batch.length).toBeGreaterThanOrEqual(Math.min(1, all.length))
        expect(batch.length).toBeLessThanOrEqual(maxEvents)
        if (batch.length > 1) expect(lengthOf(batch)).toBeLessThanOrEqual(maxBytes)
      }),
    )
  })

  test('counts bytes as they travel, and may be empty where nothing fits', () => {
    const wide = [entryOf('a', { lines: ['ä'.repeat(100)] })]
    expect(fitting(wide, 1, 150, 0)).toEqual([])
    expect(fitting(wide, 1, 201, 0)).toEqual(wide)
  })

  test('counts once what events share', () => {
    const shared = 's'.repeat(500)
    const list = ['a', 'b', 'c'].map((id) => entryOf(id, { lines: ['x'.repeat(99), shared] }))
    expect(fitting(list, 10, 801)).toEqual(list)
    expect(fitting(list, 10, 800)).toEqual(list.slice(0, 2))
  })
})

describe('the surplus', () => {
  test('leaves what is young and fits; nothing that stays was to go before what goes', () => {
    fc.assert(
      fc.property(entries, (all) => {
        const surplus = surplusOf(all, now, true)
        const rest = all.filter((one) => !surplus.includes(one))
        expect(lengthOf(rest)).toBeLessThanOrEqual(MAX_LENGTH)
        expect(rest.every(({ time }) => time >= now - MAX_AGE_MS)).toBe(true)
        const pushed = surplus.filter(({ time }) => time >= now - MAX_AGE_MS)
        // Not one too many.
        const last = pushed.at(-1)
        if (last) expect(lengthOf([...rest, last])).toBeGreaterThan(MAX_LENGTH)
        for (const gone of pushed) {
          for (const kept of rest) {
            expect(rank(gone) > rank(kept) || (rank(gone) === rank(kept) && gone.time <= kept.time)).toBe(
              true,
            )
          }
        }
      }),
    )
  })

  test('is what is beyond the number of entries, and only what is too old while the endpoint answers', () => {
    const all = Array.from({ length: MAX_WAITING + 2 }, (_, index) =>
      entryOf(String(index), { time: now + index }),
    )
    expect(surplusOf(all, now, true).map(({ id }) => id)).toEqual(['0', '1'])
    expect(surplusOf(all, now, false)).toEqual([])
    expect(surplusOf(all, now + MAX_AGE_MS + 1, false).map(({ id }) => id)).toEqual(['0'])
  })
})

describe('a row', () => {
  test('gives back what was packed, each shared text once', () => {
    const list = [
      entryOf('a', { lines: ['1', 'shared', 'page'], attempts: 3, urgency: 'critical' }),
      entryOf('b', { lines: ['2', 'shared', 'other'] }),
      entryOf('c', { lines: ['3'] }),
    ]
    const [row] = rowsOf(list, () => 'key', 'tab', now + 5)
    const stored = JSON.parse(JSON.stringify(row && packed(row)))
    expect(stored.shared).toEqual(['shared', 'page', 'other'])
    const found = unpacked('key', stored, now)
    expect(found).toMatchObject({ key: 'key', by: 'tab', until: now + 5, stored: true })
    expect([...(found?.entries ?? [])].map(({ row, ...entry }) => entry)).toEqual(
      list.map(({ row, ...entry }) => entry),
    )
  })

  test('has at most 50 events and 40,000 characters, and never none', () => {
    let key = 0
    const sizes = (list: readonly Entry[]) =>
      rowsOf(list, () => String(key++), 'tab', 0).map((row) => row.entries.size)
    expect(sizes(Array.from({ length: 101 }, (_, index) => entryOf(String(index))))).toEqual([50, 50, 1])
    const large = (id: string) => entryOf(id, { lines: ['x'.repeat(25_000)] })
    expect(
      sizes([large('a'), large('b'), entryOf('c'), entryOf('d', { lines: ['x'.repeat(90_000)] })]),
    ).toEqual([1, 2, 1])
  })

  test('of an earlier release holds one event', () => {
    const old = {
      payload: '{"id":"1"}',
      time: now,
      attempts: 2,
      priority: 'low',
      leaseBy: 'x',
      leaseUntil: now + 9,
    }
    const found = unpacked('name/1', old, now)
    expect(found).toMatchObject({ by: 'x', until: now + 9 })
    expect([...(found?.entries ?? [])]).toMatchObject([
      { id: 'name/1', lines: ['{"id":"1"}'], time: now, attempts: 2, urgency: 'low' },
    ])
  })

  test('is read from whatever a database holds, or nothing is', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        expect(() => unpacked('key', value, now)).not.toThrow()
      }),
    )
    const stored = { by: 'x', until: 0, shared: ['s'], events: [['a', now, 0, 'normal', '{}', 0]] }
    const read = (event: readonly unknown[]) => unpacked('key', { ...stored, events: [event] }, now)
    expect([...(read(['a', now + 1, 'x', 'urgent', '{}', 0])?.entries ?? [])]).toMatchObject([
      { id: 'a', time: now, attempts: 0, urgency: 'normal', lines: ['{}', 's'] },
    ])
    for (const broken of [
      [7, now, 0, 'low', '{}'],
      ['a', '1', 0, 'low', '{}'],
      ['a', now, 0, 'low', 7],
      ['a', now, 0, 'low', '{}', 1],
    ])
      expect(read(broken)).toBeUndefined()
    expect(unpacked('key', { ...stored, events: [] }, now)).toBeUndefined()
  })

  test('is held by a lease until that is over, unless no clock could have given it', () => {
    const row = { by: 'tab', until: now + 1 }
    expect(isFree(row, 'tab', now)).toBe(true)
    expect(isFree(row, 'other', now)).toBe(false)
    expect(isFree(row, 'other', now + 1)).toBe(true)
    expect(isFree({ ...row, until: now + LONGEST_LEASE_MS }, 'other', now)).toBe(false)
    expect(isFree({ ...row, until: now + LONGEST_LEASE_MS + 1 }, 'other', now)).toBe(true)
  })
})

test.each([
  ['order/placed', 'a-1'],
  ['order', 'placed/a-1'],
  ['order', 'a-1'],
])('an entry of the event %j has the event id %j, whatever slashes they have', (name, eventId) => {
  expect(eventIdOf(entryIdOf({ name, eventId }))).toBe(eventId)
})

test('entries of two events with one id differ', () => {
  const ids = [
    entryIdOf({ name: 'order/placed', eventId: '1' }),
    entryIdOf({ name: 'order', eventId: 'placed/1' }),
  ]
  expect(new Set(ids).size).toBe(2)
})
