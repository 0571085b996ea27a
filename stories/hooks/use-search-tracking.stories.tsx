import { useState } from 'react'
import { definePlan, standardEvents, useSearchTracking } from 'react-microconversions'
import { expect, waitFor } from 'storybook/test'
import preview from '../../.storybook/preview.tsx'
import { takes } from '../support/rows.ts'
import { shownCode } from '../support/shown-code.ts'
import { tracked, tracking } from '../support/tracked.tsx'
import { arrived } from '../support/verdicts.ts'
import file from './use-search-tracking.stories.tsx?raw'

const plan = definePlan({ name: 'search', version: '1', events: standardEvents.search })

const meta = preview.meta({
  title: 'Hooks/useSearchTracking',
  decorators: [tracked],
  parameters: {
    docs: {
      source: { transform: shownCode(file) },
      description: {
        component:
          'A search counts once it stands still and its results are known. What was typed stays in the browser: length, words, results, filters and the kind of refinement are told.\n\n```tsx\nuseSearchTracking({ name: "docs", term, results: data?.length })\n```',
      },
    },
    ...tracking({ plan }),
  },
  argTypes: {
    name: takes('string', 'Says which search this is.'),
    term: takes('string', 'As it stands in the field or in the address.'),
    results: takes(
      'number | null | undefined',
      'Undefined while they are on their way, null if nobody knows.',
    ),
    filters: takes('string[]', 'Names of the filters in use, never what they are set to.', '[]'),
    settleMs: takes('number', 'A search counts when it has stood for so long.', '1000'),
    reveal: takes('(term) => string | undefined', 'What of the term may be told.', 'nothing'),
    events: takes('{ search, nothing, filter }', 'From facts to events.', 'the standard names'),
  },
})

const products = ['red boots', 'blue boots', 'straw hat']

function Shop() {
  const [term, setTerm] = useState('')
  const [sale, setSale] = useState(false)
  const found = products.filter((product) => product.includes(term) && !(sale && product.includes('hat')))
  useSearchTracking({
    name: 'shop',
    term,
    results: found.length,
    filters: sale ? ['sale'] : [],
    settleMs: 150,
  })
  return (
    <div className="row">
      <label>
        Search <input type="search" value={term} onChange={(change) => setTerm(change.target.value)} />
      </label>
      <label>
        <input type="checkbox" checked={sale} onChange={() => setSale(!sale)} /> On sale
      </label>
      <p role="status">{found.length} found</p>
    </div>
  )
}

/** Why: searches that find nothing, or are tried again and again, are where a shop loses people. */
export const Overview = meta.story({
  render: () => <Shop />,
  play: async ({ canvas, canvasElement, userEvent }) => {
    const told = async () =>
      (await arrived(canvasElement)).map(({ name, properties }) => [name, properties['search_refinement']])
    const field = canvas.getByRole('searchbox')
    await userEvent.type(field, 'hat')
    await waitFor(async () => expect(await told()).toHaveLength(1))
    await userEvent.clear(field)
    await userEvent.type(field, 'straw hat')
    await waitFor(async () => expect(await told()).toHaveLength(2))
    await userEvent.click(canvas.getByRole('checkbox'))
    await waitFor(async () =>
      expect(await told()).toEqual([
        ['search', 'none'],
        ['search', 'narrowed'],
        ['filter_used', undefined],
        ['search', 'filtered'],
        ['search_found_nothing', 'filtered'],
      ]),
    )
    await expect(JSON.stringify(await arrived(canvasElement))).not.toContain('straw')
  },
})
