import { expect, test } from 'vitest'
import { rank } from '../../../src/devtools/palette/rank.ts'

const entries = [
  'Go to Network',
  'Deliveries to http',
  'Attempts of demo_booked',
  'Why not? demo_booked',
].map((title) => ({ title }))
const found = (query: string) => rank(entries, query).map(({ title }) => title)

test('without words, all commands in their order', () => {
  expect(found(' ')).toEqual(entries.map(({ title }) => title))
})

test.each([
  ['why', ['Why not? demo_booked']],
  ['DEMO why', ['Why not? demo_booked']],
  ['booked', ['Attempts of demo_booked', 'Why not? demo_booked']],
  ['htt', ['Deliveries to http']],
  ['zzz', []],
])('%s', (query, titles) => {
  expect(found(query)).toEqual(titles)
})

test('what begins with the query goes before what contains it', () => {
  const titles = ['Undock the panel', 'Float, or dock it', 'Dock at the right']
  expect(
    rank(
      titles.map((title) => ({ title })),
      'dock',
    ).map(({ title }) => title),
  ).toEqual(['Dock at the right', 'Float, or dock it', 'Undock the panel'])
})
