import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

const rows = readFileSync('docs/overlay-goals.md', 'utf8')
  .split('\n')
  .map((line) => /^\| (\d+) \| (.+) \| (.+) \|$/.exec(line))
  .filter((row) => row !== null)
  .map(([, number, goal = '', tests = '']) => ({
    number: Number(number),
    goal,
    tests: tests.split('<br>').flatMap((test) => {
      const [, file, name] = /^`([^`]+)` (.+)$/.exec(test) ?? []
      return file && name ? [{ file, name }] : []
    }),
  }))

/** A test, a case of `each`, a story, or a row of the size table. */
function has(source: string, name: string): boolean {
  const text = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return new RegExp(`(?:[([]|what: )\\s*(['"\`])${text}\\1|export const ${text} = meta\\.story\\(`).test(
    source,
  )
}

it('each goal has tests', () => {
  expect(rows.length).toBeGreaterThanOrEqual(40)
  expect(rows.map(({ number }) => number)).toEqual(
    Array.from({ length: rows.length }, (_, index) => index + 1),
  )
  expect(rows.filter(({ tests }) => tests.length === 0)).toEqual([])
})

it.each(rows)('$number: $goal', ({ tests }) => {
  const missing = tests.filter(({ file, name }) => !has(readFileSync(file, 'utf8'), name))
  expect(missing).toEqual([])
})
