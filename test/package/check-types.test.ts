import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { checkFixture, compilers } from '../../scripts/check-types.mjs'

const fixture = (name: string) => join(import.meta.dirname, 'fixtures/types', name)

describe.each(compilers)('the type fixtures under $name', (compiler) => {
  test('pass when exactly the expected errors are there', async () => {
    expect(await checkFixture(fixture('met.ts'), compiler)).toEqual([])
  })

  test('fail on an error that is missing, that reads otherwise, or that nobody expected', async () => {
    expect(await checkFixture(fixture('unmet.ts'), compiler)).toEqual([
      expect.stringMatching(/unmet\.ts:2 .* expected TS2322/),
      expect.stringMatching(/unmet\.ts:5 .* expected TS2322 "a text that no compiler prints"/),
      expect.stringMatching(/unmet\.ts:5 .* unexpected TS2322: Type 'number'/),
    ])
  })
})
