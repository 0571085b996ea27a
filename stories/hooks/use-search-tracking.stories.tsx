import { useState } from 'react'
import { definePlan, standardEvents, useSearchTracking } from 'react-microconversions'
import { expect, waitFor } from 'storybook/test'
import preview from '../../.storybook/preview.tsx'
import { beside, tracking } from '../support/beside.tsx'
import { takes } from '../support/rows.ts'
import { arrived } from '../support/verdicts.ts'

const plan = definePlan({ name: 'search', version: '1', events: standardEvents.search })

const meta = preview.meta({
  title: 'Hooks/useSearchTracking',
  decorators: [beside],
  parameters: {
    docs: {
      description: {
        component:
          'Reports a search when its term has stayed unchanged and the number of results is known. The term itself is not sent: the event has its length, its number of words, the results, the filters, and how it differs from the search before.\n\n```tsx\nuseSearchTracking({ name: "docs", term, results: data?.length })\n```',
      },
    },
    ...tracking({ plan }),
  },
  argTypes: {
    name: takes('string', 'Name of the search.'),
    term: takes('string', 'Search term, from the field or the address.'),
    results: takes(
      'number | null | undefined',
      'Number of results: undefined while they load, null if it is unknown.',
    ),
    filters: takes('string[]', 'Names of the filters in use, without their values.', '[]'),
    settle: takes('Duration', 'Time without a change after which a search counts.', "'1s'"),
    reveal: takes(
      '(term) => string | undefined',
      'Returns the part of the search term that may be sent.',
      'nothing',
    ),
    events: takes(
      '{ search, nothing, filter }',
      'Events by fact. Only the facts that it names are reported.',
      'the standard names',
    ),
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
    settle: '150ms',
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

/** Reports searches and filters, and searches that found nothing. The term itself is not sent. */
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
