import { expect, test } from 'vitest'
import { messageOf } from '../../../src/support/message-of.ts'

test.each([
  [new Error('no'), 'no'],
  ['no', 'no'],
  [Symbol('no'), 'Symbol(no)'],
  [Object.create(null), 'an error that cannot be read'],
  [
    new TypeError('Failed to parse URL from https://jane:secret@a.test/collect?key=secret'),
    'Failed to parse URL from https://a.test/collect',
  ],
  [
    'POST "https://a.test/v1?key=secret" was 500, see http://b.test#x',
    'POST "https://a.test/v1" was 500, see http://b.test',
  ],
])('%o is told as %j', (thrown, told) => {
  expect(messageOf(thrown)).toBe(told)
})
