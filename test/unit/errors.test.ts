import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const codes = (text: string) => [...new Set(text.match(/RMC\d{3}/g))].sort()

test('every code has a section, and every section a code', () => {
  const declared = readFileSync('src/support/errors.ts', 'utf8').matchAll(/\| '(RMC\d{3})'/g)
  const documented = readFileSync('ERRORS.md', 'utf8').matchAll(/^### (RMC\d{3})$/gm)
  const [ours, theirs] = [declared, documented].map((matches) =>
    codes([...matches].map((match) => match[1]).join(' ')),
  )
  expect(ours?.length).toBeGreaterThan(15)
  expect(theirs).toEqual(ours)
})
