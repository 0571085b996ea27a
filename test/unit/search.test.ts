import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import {
  createSearchObserver,
  newSearchMemory,
  type SearchOptions,
  type SearchReport,
} from '../../src/triggers/search.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function open(options: Partial<SearchOptions> = {}) {
  const reports: SearchReport[] = []
  const memory = newSearchMemory()
  const observer = createSearchObserver(
    () => ({ name: 'docs', ...options }),
    (report) => reports.push(report),
    () => memory,
  )
  const see = (term: string, found: number | null | 'loading' = 3, filters: readonly string[] = []) =>
    observer.see({ term, results: found === 'loading' ? undefined : found, filters })
  const search = (...given: Parameters<typeof see>) => {
    see(...given)
    vi.advanceTimersByTime(1_000)
  }
  const told = () =>
    reports.map(({ fact, factKey, payload }) =>
      'search_refinement' in payload
        ? `${fact} ${factKey} ${payload.search_refinement}`
        : `${fact} ${factKey}`,
    )
  return { ...observer, see, search, reports, told }
}

test('while the user types nothing counts; what stands still counts once', () => {
  const { see, search, told } = open()
  for (const term of ['s', 'sh', 'sho', 'shoe', 'shoes']) {
    see(term)
    vi.advanceTimersByTime(999)
  }
  expect(told()).toEqual([])
  vi.advanceTimersByTime(1)
  expect(told()).toEqual(['search docs:1 none'])
  search('shoes')
  search('  Shoes ')
  expect(told()).toHaveLength(1)
})

test('tells length, words and results, and nothing of the term', () => {
  const { search, reports } = open()
  search('  ada@example.com  hühner 👟 ', 12, ['price', 'brand'])
  expect(reports.at(-1)).toEqual({
    fact: 'search',
    factKey: 'docs:1',
    fromEffect: true,
    payload: {
      search_name: 'docs',
      search_length: 24,
      search_words: 3,
      search_results: 12,
      search_filters: 'brand,price',
      search_number: 1,
      search_refinement: 'none',
    },
  })
})

test('whatever is typed, nothing of it is told', () => {
  const text = fc.string({ unit: fc.constantFrom('ä', 'ö', '€', ' ', '\n', '☃'), minLength: 2 })
  fc.assert(
    fc.property(fc.array(text), (terms) => {
      const { search, reports } = open()
      for (const term of terms) search(term, 0)
      expect(JSON.stringify(reports)).not.toMatch(/[äö€☃]/)
    }),
  )
})

test('what `reveal` returns is told as the term', () => {
  const { search, reports } = open({ reveal: (term) => (term === 'boots' ? term : undefined) })
  search('boots')
  search('ada')
  expect(reports.map(({ payload }) => 'search_term' in payload && payload.search_term)).toEqual([
    'boots',
    false,
  ])
})

test('waits until the results are known', () => {
  const { search, reports } = open()
  search('boots', 'loading')
  vi.advanceTimersByTime(60_000)
  expect(reports).toEqual([])
  search('boots', 7)
  expect(reports).toMatchObject([{ payload: { search_results: 7 } }])
  search('hats', null)
  expect(reports.at(-1)?.payload).not.toHaveProperty('search_results')
})

test('a search that found nothing says so as well', () => {
  const { search, told } = open()
  search('xyzzy', 0)
  expect(told()).toEqual(['search docs:1 none', 'nothing docs:1 none'])
})

test('knows how a search came from the one before', () => {
  const { search, told } = open()
  for (const term of ['boots', 'red boots', 'boots', 'hats']) search(term)
  search('hats', 3, ['price'])
  search('', 3, ['price'])
  expect(told()).toEqual([
    'search docs:1 none',
    'search docs:2 narrowed',
    'search docs:3 widened',
    'search docs:4 changed',
    'filter docs:price',
    'search docs:5 filtered',
  ])
})

test('each filter counts once, also without a term', () => {
  const { search, told } = open()
  search('', 9, ['price'])
  search('', 9, [])
  search('', 9, ['price', 'brand'])
  expect(told()).toEqual(['filter docs:price', 'filter docs:brand'])
})

describe('leaving', () => {
  test('early counts what is in view, once', () => {
    const { see, leave, told } = open()
    see('boots')
    leave()
    vi.advanceTimersByTime(60_000)
    leave()
    expect(told()).toEqual(['search docs:1 none'])
  })

  test('before results are there counts nothing', () => {
    const { see, leave, told } = open()
    see('boots', 'loading')
    leave()
    vi.advanceTimersByTime(60_000)
    expect(told()).toEqual([])
  })
})
