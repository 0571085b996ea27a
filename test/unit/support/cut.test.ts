import { expect, test } from 'vitest'
import { landingOf } from '../../../src/engine/page/landing.ts'
import { bounded } from '../../../src/support/bounded.ts'
import { cut } from '../../../src/support/cut.ts'

const half = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])/

test.each([
  ['abc', 2, 'ab'],
  ['ab🎈', 3, 'ab'],
  ['ab🎈', 4, 'ab🎈'],
  ['', 3, ''],
])('%j of at most %i units is %j', (text, max, expected) => {
  expect(cut(text, max)).toBe(expected)
})

test('no text that is cut ends in half a surrogate pair', () => {
  const url = `https://shop.test/?utm_source=${encodeURIComponent(`${'n'.repeat(99)}🎈`)}`
  const { campaign } = landingOf({ url, referrer: '' })
  expect(campaign?.source).toBe('n'.repeat(99))
  for (let length = 3_400; length < 4_100; length++)
    expect(bounded(`${'n'.repeat(length)}${'🎈'.repeat(1_000)}`, (text) => text)).not.toMatch(half)
})
