import { type ReactNode, useState } from 'react'
import { Impression } from 'react-microconversions'
import { expect, waitFor } from 'storybook/test'
import preview from '../../.storybook/preview.tsx'
import { prop } from '../support/rows.ts'
import { seenPlan } from '../support/seen-plan.ts'
import { shownCode } from '../support/shown-code.ts'
import { tracked, tracking } from '../support/tracked.tsx'
import { arrived, verdicts } from '../support/verdicts.ts'
import file from './impression.stories.tsx?raw'

const meta = preview.meta({
  title: 'Components/Impression',
  component: Impression,
  decorators: [tracked],
  parameters: {
    docs: { source: { transform: shownCode(file) } },
    ...tracking({ plan: seenPlan }),
  },
  args: { name: 'pricing', dwellMs: 200, children: <p>Three tiers, one price.</p> },
  argTypes: {
    name: prop('string', 'Says what is seen: `element_name`.'),
    itemKey: prop('string', 'Tells elements of one name apart, such as the id of a product.'),
    visibleRatio: prop('number', 'Of the smaller of element and viewport, on each axis.', '0.5'),
    dwellMs: prop('number', 'So long at a stretch, in a visible tab.', '1000'),
    cumulative: prop('boolean', 'Stretches add up.', 'false'),
    unobstructed: prop('boolean', 'Nothing may cover it meanwhile, such as a banner.', 'false'),
    events: {
      ...prop(
        '{ impression: event | { event, properties } }',
        'Default: `element_viewed`, where the plan has it.',
      ),
      control: 'object',
    },
    properties: prop('{ [name]: value }', 'Joined to the fact.'),
    children: {
      ...prop(
        'ReactElement | (props) => ReactNode',
        'One element that takes a ref, or a function of `{ ref }`.',
      ),
      control: false,
    },
    ref: { ...prop('Ref<Element>', 'Filled with the element.'), control: false },
  },
})

/** Why: rendered is not seen. Half of it for a second in a visible tab is, and it counts once on a page. */
export const Playground = meta.story({
  play: async ({ canvas, canvasElement }) => {
    await waitFor(() => expect(verdicts(canvasElement)).toEqual(['element_viewed fired']))
    await expect(canvas.getByText('Three tiers, one price.').parentElement).toHaveClass('story')
  },
})

function Shelf({ children }: { readonly children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: keyboards scroll what has the focus
    <section aria-label="Shelf" style={{ height: 120, overflow: 'auto' }} tabIndex={0}>
      {children}
    </section>
  )
}

function Products() {
  return (
    <Shelf>
      {['1', '2', '3', '4'].map((id) => (
        <Impression key={id} name="product" itemKey={id} dwellMs={200}>
          <p style={{ height: 120, margin: 0 }}>Product {id}</p>
        </Impression>
      ))}
    </Shelf>
  )
}

/** Why: of a long list, those that were looked at; each counts for itself by `itemKey`. */
export const EachProduct = meta.story({
  render: () => <Products />,
  play: async ({ canvas, canvasElement }) => {
    await waitFor(() => expect(verdicts(canvasElement)).toHaveLength(1))
    canvas.getByLabelText('Shelf').scrollTop = 360
    await waitFor(() => expect(verdicts(canvasElement)).toHaveLength(2))
    const seen = (await arrived(canvasElement)).map(({ trigger }) => trigger.factKey)
    await expect(seen).toEqual(['product:1', 'product:4'])
  },
})

function Pricing() {
  return (
    <Impression
      name="pricing-table"
      dwellMs={200}
      events={{ impression: { event: 'pricing_seen', properties: { tiers: 3 } } }}
    >
      <p>Three tiers, one price.</p>
    </Impression>
  )
}

/** Why: an event of your own with a rule of its own: here a table of prices, once in a session. */
export const OwnEvent = meta.story({
  render: () => <Pricing />,
  play: async ({ canvasElement }) => {
    await waitFor(() => expect(verdicts(canvasElement)).toEqual(['pricing_seen fired']))
  },
})

function Covered() {
  const [open, setOpen] = useState(true)
  return (
    <div style={{ position: 'relative' }}>
      <Impression name="offer" dwellMs={200} unobstructed>
        <p style={{ height: 80, margin: 0 }}>An offer</p>
      </Impression>
      {open && (
        <div style={{ position: 'absolute', inset: 0, background: 'Canvas' }}>
          <button type="button" onClick={() => setOpen(false)}>
            Close the banner
          </button>
        </div>
      )}
    </div>
  )
}

/** Why: what a banner covers is in the viewport, and nobody sees it. */
export const BehindABanner = meta.story({
  render: () => <Covered />,
  play: async ({ canvas, canvasElement, userEvent }) => {
    await new Promise((resolve) => setTimeout(resolve, 500))
    await expect(verdicts(canvasElement)).toEqual([])
    await userEvent.click(canvas.getByRole('button'))
    await waitFor(() => expect(verdicts(canvasElement)).toEqual(['element_viewed fired']))
  },
})
