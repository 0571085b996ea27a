import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compileExpression, MAX_WORK } from '../../../src/devtools/timeline/expression.ts'

const finds = (source: string, text: string, flags = '') => compileExpression(source, flags)(text)

describe('finds what the browser finds', () => {
  test.each([
    ['^step_\\d', '', ['step_1', 'a step_1', 'step_']],
    ['^(?:price|plan)_[a-z]+$', 'i', ['price_a', 'PLAN_b', 'plan_', 'xprice_a']],
    ['a{2,3}b', '', ['aab', 'ab', 'aaaab', 'b']],
    ['(?<year>\\d{4})-\\d\\d?', '', ['2025-1', '25-1']],
    ['\\bpro\\b', '', ['the pro plan', 'improper', 'pro']],
    ['\\Bpro', '', ['improper', 'pro']],
    ['a.c', '', ['abc', 'a\nc']],
    ['a.c', 's', ['a\nc']],
    ['^b$', 'm', ['a\nb\nc', 'ab']],
    ['[^\\]a-c]+$', '', ['xyz', 'a]', ']']],
    ['\\u0041|\\x42|\\/', '', ['A', 'B', '/', 'C']],
    ['\\p{Lu}', 'u', ['É', 'é']],
    ['^.$', 'u', ['😀']],
    ['^.$', '', ['😀', 'a']],
    ['x*?y+?z??', '', ['y', 'x']],
    ['', '', ['', 'a']],
    ['a|', '', ['b']],
    ['(?:)*a', '', ['a', 'b']],
    ['a{,2}', '', ['a{,2}', 'aa']],
    ['(a*)*(b|c?)+$', '', ['aaab', 'd']],
  ])('/%s/%s', (source, flags, texts) => {
    for (const text of texts) expect(finds(source, text, flags)).toBe(new RegExp(source, flags).test(text))
  })

  test('whatever is put together', () => {
    const one = fc.constantFrom('a', 'b', '.', '[ab]', '[^a]', '\\d', '\\w', '^', '$', '\\b')
    const { source } = fc.letrec<{ source: string }>((tie) => ({
      source: fc.oneof(
        { maxDepth: 3 },
        one,
        fc.tuple(tie('source'), tie('source')).map(([first, second]) => first + second),
        fc.tuple(tie('source'), tie('source')).map(([first, second]) => `(?:${first}|${second})`),
        fc
          .tuple(tie('source'), fc.constantFrom('*', '+', '?', '{0,2}', '{2}'))
          .map(([of, how]) => `(${of})${how}`),
      ),
    }))
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '1', ' ', '\n'), maxLength: 8 })
    fc.assert(
      fc.property(source, text, fc.constantFrom('', 'i', 'm', 's'), (expression, given, flags) => {
        expect(finds(expression, given, flags)).toBe(new RegExp(expression, flags).test(given))
      }),
      { numRuns: 500 },
    )
  })
})

// The browser's own matcher would not end within a lifetime on most of these.
test.each([
  ['nested quantifiers', '(a+)+$', true],
  ['nested quantifiers, three deep', '((a*)*)*b', false],
  ['overlapping alternatives', '(a|a)*$', true],
  ['alternatives of one beginning', '(a|aa|aaa)+c', false],
  ['neighbours that take the same', 'a*a*a*a*a*a*a*a*a*a*c', false],
  ['everything, often', '(.*)*(.*)*(.*)*x', false],
  ['empty repetitions', '(a?){50}a{50}c', false],
])('%s end soon: /%s/', (_, source, ends) => {
  expect(finds(source, `${'a'.repeat(1_000_000)}!`)).toBe(false)
  expect(finds(source, 'a'.repeat(1_000))).toBe(ends)
})

test.each([
  ['(a*)\\1$', /group/],
  ['(?<x>a*)\\k<x>$', /group/],
  ['(?=(a+)+$)a', /look-around/],
  ['(?<!a)b', /look-around/],
  ['(((a{100}){100}){100}){100}', /too often/],
  ['(((){1000}){1000}){1000}', /too often/],
  ['a'.repeat(2_000), /too long/],
  ['(', /regular expression/i],
  ['[', /regular expression/i],
])('refuses %s', (source, why) => {
  expect(() => compileExpression(source, '')).toThrow(SyntaxError)
  expect(() => compileExpression(source, '')).toThrow(why)
})

test('all texts of a task share one bound', async () => {
  const matches = compileExpression(`(${'a?'.repeat(120)})+$`, '')
  const text = `${'a'.repeat(1_999)}!`
  const works = () => matches('a')
  expect(works()).toBe(true)
  // Each text costs a step for each of its characters, at least.
  for (let index = 0; index < MAX_WORK / 2_000 && works(); index++) matches(text)
  expect(works()).toBe(false)
  await Promise.resolve()
  expect(works()).toBe(true)
})

test('many expressions take no more steps in one task than one', async () => {
  const text = `${'a'.repeat(1_999)}!`
  const filter = Array.from({ length: 100 }, () => compileExpression(`(${'a?'.repeat(120)})+$`, ''))
  for (const matches of filter) for (let index = 0; index < 50; index++) matches(text)
  expect(filter.map((matches) => matches('a'))).not.toContain(true)
  await Promise.resolve()
  expect(filter[0]?.('a')).toBe(true)
})
