import { cleanup, configure } from '@testing-library/react'
import { Activity, type ReactElement, useState } from 'react'
import { type Duration, definePlan, standardEvents, usePage, useSearchTracking } from 'react-microconversions'
import { renderWithTracking } from 'react-microconversions/testing'
import { afterEach, expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { eventually, soon } from './plan.ts'

configure({ reactStrictMode: true })
afterEach(cleanup)

const plan = definePlan({
  name: 'search',
  version: '1',
  events: { ...standardEvents.search, ...standardEvents.navigation },
})
const products = ['red boots', 'boots', 'hat']
const SETTLE = '40ms'

function Search({ start = '', settle = SETTLE }: { start?: string; settle?: Duration }) {
  const [term, setTerm] = useState(start)
  const [sale, setSale] = useState(false)
  const found = products.filter((product) => product.includes(term))
  useSearchTracking({
    name: 'shop',
    term,
    results: found.length,
    filters: sale ? ['sale'] : [],
    settle,
  })
  return (
    <>
      <input aria-label="Search" value={term} onChange={(change) => setTerm(change.target.value)} />
      <button type="button" onClick={() => setSale(!sale)}>
        Sale
      </button>
    </>
  )
}

const render = (ui: ReactElement) => renderWithTracking(ui, { plan })
const field = () => page.getByRole('textbox')
const told = ({ decisions }: ReturnType<typeof render>) =>
  decisions().map(({ event, outcome, properties, page: { path } }) =>
    [event, properties?.['search_number'], path, outcome].filter((part) => part !== undefined).join(' '),
  )

it('reports a search, its refinement and its filters as they arrive at the destination, without the term', async () => {
  const tracking = render(<Search />)
  await userEvent.fill(field(), 'boots')
  await eventually(() => expect(tracking.decisions()).toHaveLength(1))
  await userEvent.fill(field(), 'blue boots')
  await eventually(() => expect(tracking.decisions()).toHaveLength(3))
  await userEvent.click(page.getByRole('button'))
  await eventually(() => expect(tracking.decisions()).toHaveLength(6))
  await tracking.tracker.flush()
  expect(tracking.destination.events.map(({ name, properties }) => [name, properties])).toMatchObject([
    ['search', { search_length: 5, search_results: 2, search_refinement: 'none' }],
    ['search', { search_words: 2, search_results: 0, search_refinement: 'narrowed' }],
    ['search_found_nothing', { search_number: 2 }],
    ['filter_used', { filter_name: 'sale' }],
    ['search', { search_refinement: 'filtered', search_filters: 'sale' }],
    ['search_found_nothing', { search_number: 3 }],
  ])
  expect(JSON.stringify(tracking.destination.events)).not.toContain('boots')
})

it('of the address counts once: in StrictMode, after a re-mount, in Activity, and in two components', async () => {
  const ui = (key: string, mode: 'visible' | 'hidden') => (
    <Activity mode={mode}>
      <Search key={key} start="hat" settle="0s" />
      <Search key={`${key} 2`} start="hat" settle="0s" />
    </Activity>
  )
  const tracking = render(ui('a', 'visible'))
  await soon()
  tracking.rerender(ui('b', 'visible'))
  tracking.rerender(ui('b', 'hidden'))
  tracking.rerender(ui('b', 'visible'))
  await soon()
  expect(told(tracking)).toEqual(['search 1 / fired'])
})

it('counts on the page on which it stood, and anew on the next', async () => {
  function App({ path }: { path: string }) {
    usePage({ pathname: path })
    return <Search key={path} start="hat" settle="1min" />
  }
  const tracking = render(<App path="/a" />)
  await tracking.tracker.flush()
  tracking.rerender(<App path="/b" />)
  await tracking.tracker.flush()
  tracking.unmount()
  await eventually(() =>
    expect(told(tracking)).toEqual([
      'page_view /a fired',
      'search 1 /a fired',
      'page_view /b fired',
      'search 1 /b fired',
    ]),
  )
})

it('does not count before it has settled, also where StrictMode mounts twice', async () => {
  const tracking = render(<Search start="hat" settle="1min" />)
  await soon()
  expect(told(tracking)).toEqual([])
  tracking.unmount()
  await eventually(() => expect(told(tracking)).toEqual(['search 1 / fired']))
})

it('counts when the document is left', async () => {
  const tracking = render(<Search settle="1min" />)
  await userEvent.fill(field(), 'hat')
  expect(told(tracking)).toEqual([])
  window.dispatchEvent(new PageTransitionEvent('pagehide'))
  expect(told(tracking)).toEqual(['search 1 / fired'])
})

it('gives the events of the plan, and re-renders nobody', async () => {
  let renders = 0
  function Named() {
    renders++
    useSearchTracking({
      name: 'shop',
      term: 'hat',
      results: 1,
      settle: '0s',
      events: { search: 'filter_used' as never },
    })
    return null
  }
  const tracking = render(<Named />)
  const before = renders
  await eventually(() => expect(told(tracking)).toEqual(['filter_used 1 / fired']))
  await soon()
  expect(renders).toBe(before)
})

it.each<[string, unknown, string[]]>([
  ['null', null, []],
  ['one name in place of a list', 'sale', ['sale']],
  ['a name that is no text', [Symbol('sale')], ['Symbol(sale)']],
])('is no error of the application with %s as filters', async (_, filters, names) => {
  function Results() {
    const given = { name: 'shop', term: 'boots', results: 2, settle: SETTLE, filters } as never
    useSearchTracking(given)
    return <h1>There</h1>
  }
  const tracking = render(<Results />)
  expect(tracking.container.textContent).toBe('There')
  await eventually(() => expect(tracking.decisions()).toHaveLength(names.length + 1))
  expect(tracking.decisions().flatMap(({ properties }) => properties?.['filter_name'] ?? [])).toEqual(names)
})
