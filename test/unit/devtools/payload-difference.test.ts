import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { differencesOf, leavesOf, marksOf } from '../../../src/devtools/network/payload-difference.ts'

// `entriesOf` asks for it.
Object.assign(globalThis, { Node: globalThis.Node ?? class {} })

const kinds = (captured: unknown, mapped: unknown) =>
  differencesOf(captured, mapped).map(({ kind, from, to }) => [kind, from, to])

test('a flat mapper: taken over, renamed, left out, changed, added', () => {
  const captured = {
    name: 'tier_chosen',
    properties: { tier: 'pro', plan: 'yearly', details: { a: 1 }, text: 'too long a text', flag: true },
  }
  const mapped = {
    name: 'tier_chosen',
    parameters: { tier: 'pro', content_id: 'yearly', text: 'too long', event_id: '1-2-3' },
  }
  expect(kinds(captured, mapped)).toEqual([
    ['same', 'name', 'name'],
    ['same', 'properties.tier', 'parameters.tier'],
    ['renamed', 'properties.plan', 'parameters.content_id'],
    ['left out', 'properties.details.a', undefined],
    ['changed', 'properties.text', 'parameters.text'],
    ['left out', 'properties.flag', undefined],
    ['added', undefined, 'parameters.event_id'],
  ])
})

test('a value that others have too is never called renamed', () => {
  expect(kinds({ a: 'x-1' }, { b: 'x-1', c: 'x-1' })).toEqual([
    ['left out', 'a', undefined],
    ['added', undefined, 'b'],
    ['added', undefined, 'c'],
  ])
  expect(kinds({ a: true }, { b: true })).toEqual([
    ['left out', 'a', undefined],
    ['added', undefined, 'b'],
  ])
})

test('is bounded, and survives what cannot be read', () => {
  const cycle: Record<string, unknown> = {}
  cycle['self'] = cycle
  const hostile = {
    get trap() {
      throw new Error('no')
    },
  }
  expect(leavesOf(Array.from({ length: 5_000 }, (_, index) => index))).toHaveLength(200)
  expect(leavesOf({ cycle, hostile }).length).toBeGreaterThan(0)
})

describe('properties', () => {
  const json = fc.object({ maxDepth: 3, maxKeys: 6, values: [fc.string(), fc.integer(), fc.boolean()] })

  test('nothing differs from itself', () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(differencesOf(value, structuredClone(value)).filter(({ kind }) => kind !== 'same')).toEqual([])
      }),
    )
  })

  test('each leaf of both sides is told exactly once', () => {
    fc.assert(
      fc.property(json, json, (captured, mapped) => {
        const all = differencesOf(captured, mapped)
        const told = (side: 'from' | 'to') => all.flatMap((each) => each[side] ?? []).sort()
        expect(told('from')).toEqual(
          leavesOf(captured)
            .map(({ path }) => path)
            .sort(),
        )
        expect(told('to')).toEqual(
          leavesOf(mapped)
            .map(({ path }) => path)
            .sort(),
        )
      }),
    )
  })
})

test('each tree is marked by its own paths, and what stayed the same is not', () => {
  const marks = marksOf(
    differencesOf({ a: 'same', b: 'one', c: 'renamed value' }, { a: 'same', b: 'two', d: 'renamed value' }),
  )
  expect([...marks.captured]).toEqual([
    ['b', 'changed'],
    ['c', 'renamed'],
  ])
  expect([...marks.mapped]).toEqual([
    ['b', 'changed'],
    ['d', 'renamed'],
  ])
})
