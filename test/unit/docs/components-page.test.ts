import { expect, test } from 'vitest'
import { readPage, writtenPage } from '../../../scripts/components-page.mjs'

test('docs/components.md says what the types say', () => {
  expect(readPage()).toBe(writtenPage())
})
