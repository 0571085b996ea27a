import fc from 'fast-check'
import { expect, test } from 'vitest'
import { derivedId, hash } from '../../../src/support/hash.ts'

const ids = Array.from({ length: 50_000 }, (_, index) => `session-${index % 100}|viewed|sku-${index}`)

test('is 32 hexadecimal digits, the same for the same text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(hash(text)).toMatch(/^[0-9a-f]{32}$/)
      expect(hash(text)).toBe(hash(text))
    }),
  )
})

test('does not change between versions: stored keys and ids of open sessions depend on it', () => {
  expect(hash('')).toMatchInlineSnapshot(`"a2ff3baa95d768e28e12fc2617a225db"`)
  expect(hash('ada@example.test')).toMatchInlineSnapshot(`"7e308a46083a0cf5b2df1bef1b4a76f6"`)
})

test('tells similar texts apart', () => {
  expect(new Set(ids.map(hash)).size).toBe(ids.length)
})

test.each([
  ['one character', (text: string) => `${text.slice(0, -1)}~`],
  ['an order', (text: string) => [...text].reverse().join('')],
  ['an end', (text: string) => `${text} `],
])('%s makes half of the bits another', (_, change) => {
  const bits = (text: string) => BigInt(`0x${hash(text)}`)
  const changed = ids.slice(0, 500).map((id) => {
    const difference = bits(id) ^ bits(change(id))
    return [...difference.toString(2)].filter((bit) => bit === '1').length
  })
  const mean = changed.reduce((sum, count) => sum + count, 0) / changed.length
  expect(mean).toBeGreaterThan(60)
  expect(mean).toBeLessThan(68)
})

test('derives ids in the form of a UUID version 8', () => {
  for (const id of ids.slice(0, 100))
    expect(derivedId(id)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/)
})
