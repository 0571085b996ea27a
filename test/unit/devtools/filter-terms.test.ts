import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { compileExpression } from '../../../src/devtools/timeline/expression.ts'
import {
  fieldOf,
  fields,
  giveMatcher,
  readTerms,
  withField,
} from '../../../src/devtools/timeline/filter-terms.ts'

const raws = (text: string) => readTerms(text).terms.map(({ raw }) => raw)

test('an expression excludes nothing until its matcher is loaded, and stays a term', () => {
  for (const text of ['/^b/', '-/^b/']) {
    const [term] = readTerms(text).terms
    expect(term?.raw).toBe(text)
    expect(term?.matches('a')).toBe(!term?.negated)
  }
})

describe('a text', () => {
  beforeAll(() => giveMatcher(compileExpression))

  test.each([
    ['pricing  pro', ['pricing', 'pro']],
    ['reason:frequency -event:x', ['reason:frequency', '-event:x']],
    ['page:"/a b" c', ['page:"/a b"', 'c']],
    ['/a b/i c', ['/a b/i', 'c']],
    ['event:/^a b/', ['event:/^a b/']],
    ['/docs/guide', ['/docs/guide']],
    ['event: -to:', []],
    ['other:x', ['other:x']],
  ])('%s', (text, terms) => {
    expect(raws(text)).toEqual(terms)
    expect(readTerms(text).error).toBeUndefined()
  })

  test('a slash within is a path, not an expression', () => {
    const [term] = readTerms('/docs/guide').terms
    expect(term?.matches('/docs/guide/1')).toBe(true)
    expect(term?.matches('docs')).toBe(false)
  })

  test('an expression keeps no state between two matches', () => {
    const [term] = readTerms('/a/g').terms
    expect([term?.matches('a'), term?.matches('a'), term?.matches('a')]).toEqual([true, true, true])
  })

  test('a wrong expression is told, and the other terms hold', () => {
    const { terms, error } = readTerms('pricing /[/ pro')
    expect(terms.map(({ raw }) => raw)).toEqual(['pricing', 'pro'])
    expect(error).toMatch(/regular expression/i)
  })

  test('never throws, whatever is typed', () => {
    fc.assert(fc.property(fc.string(), (text) => Array.isArray(readTerms(text).terms)))
  })
})

describe('a chosen value', () => {
  const value = fc.string({ minLength: 1 }).filter((text) => !text.includes('"'))

  test('is written so that it is read again, and taken out again', () => {
    fc.assert(
      fc.property(fc.constantFrom(...fields), value, (field, chosen) => {
        const text = withField('pricing -event:"x"', field, chosen)
        expect(fieldOf(text, field)).toBe(chosen)
        expect(withField(text, field, '')).toBe('pricing -event:"x"')
      }),
    )
  })

  test('takes the place of what the field was asked before, and leaves the rest', () => {
    expect(withField('to:http /x y/i reason:draft', 'to', 'ga4')).toBe('/x y/i reason:draft to:"ga4"')
    expect(fieldOf('to:http', 'to')).toBe('')
  })
})
