import { expect, test } from 'vitest'
import packageJson from '../../package.json' with { type: 'json' }
import { version } from '../../src/support/version.ts'

test('the version that copies of the library tell each other is the one of the package', () => {
  expect(version).toBe(packageJson.version)
})
