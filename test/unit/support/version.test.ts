import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { libraryVersion } from '../../../src/support/version.ts'

test('is the version of the package', () => {
  expect(libraryVersion).toBe(JSON.parse(readFileSync('package.json', 'utf8')).version)
})
