import { type ReactNode, useState } from 'react'
import { Impression } from 'react-microconversions'
import { expect, waitFor } from 'storybook/test'
import preview from '../../.storybook/preview.tsx'
import { beside, tracking } from '../support/beside.tsx'
import { prop } from '../support/rows.ts'
import { seenPlan } from '../support/seen-plan.ts'
import { arrived, verdicts } from '../support/verdicts.ts'

const meta = preview.meta({
  title: 'Components/Impression',
  component: Impression,
  decorators: [beside],
  parameters: {
    ...tracking({ plan: seenPlan }),
  },
  args: { name: 'pricing', dwell: '200ms' as const, children: <p>Three tiers, one price.</p> },
  argTypes: {
    name: prop('string', 'Name of the element, reported as `element_name`.'),
    itemKey: prop('string', 'Distinguishes elements with the same name, such as the id of a product.'),
    visibleRatio: prop(
      'number',
      'Visible share of the element, or of the viewport if that is smaller, on each axis.',
      '0.5',
    ),
    dwell: prop(
      'Duration',
      'Time in view without interruption, in a visible tab, such as `500ms` or `2s`.',
      "'1s'",
    ),
    cumulative: prop('boolean', 'True adds several times in view up to `dwell`.', 'false'),
    unobstructed: prop(
      'boolean',
      'True requires that nothing, such as a banner, covers the element.',
      'false',
    ),
    events: {
      ...prop(
        '{ impression: event | { event, properties } }',
        'Event to report. Default: `element_viewed`, if it is in the plan.',
      ),
      control: 'object',
    },
    properties: prop('{ [property: string]: PropertyValue }', 'Properties that are added to the fact.'),
    children: {
      ...prop(
        'ReactElement | ((props) => ReactNode)',
        'One element that takes a ref, or a function that receives `{ ref }`.',
      ),
      control: false,
    },
    ref: { ...prop('Ref<Element>', 'Receives the element.'), control: false },
  },
})

/** Reports an element once per page, when half of it was visible for a second in a visible tab. */
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
        <Impression key={id} name="product" itemKey={id} dwell="200ms">
          <p style={{ height: 120, margin: 0 }}>Product {id}</p>
        </Impression>
      ))}
    </Shelf>
  )
}

/** Reports only the items of a long list that were seen. `itemKey` counts each item apart. */
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
      dwell="200ms"
      events={{ impression: { event: 'pricing_seen', properties: { tiers: 3 } } }}
    >
      <p>Three tiers, one price.</p>
    </Impression>
  )
}

/** Reports an event of your own, which counts once in a session. */
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
      <Impression name="offer" dwell="200ms" unobstructed>
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

/** Reports nothing while a banner covers the element, because of `unobstructed`. */
export const BehindABanner = meta.story({
  render: () => <Covered />,
  play: async ({ canvas, canvasElement, userEvent }) => {
    await new Promise((resolve) => setTimeout(resolve, 500))
    await expect(verdicts(canvasElement)).toEqual([])
    await userEvent.click(canvas.getByRole('button'))
    await waitFor(() => expect(verdicts(canvasElement)).toEqual(['element_viewed fired']))
  },
})
