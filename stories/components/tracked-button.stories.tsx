import { useState } from 'react'
import { definePlan, event, standardEvents, TrackedButton } from 'react-microconversions'
import { expect } from 'storybook/test'
import preview from '../../.storybook/preview.tsx'
import { beside, tracking } from '../support/beside.tsx'
import { prop } from '../support/rows.ts'
import { arrived, decisionsIn, verdicts } from '../support/verdicts.ts'

const plan = definePlan({
  name: 'buttons',
  version: '1',
  events: {
    ...standardEvents.commerce,
    ...standardEvents.links,
    chat_started: event({ description: 'Opens the chat', intent: 'high', frequency: 'once-per-session' }),
  },
})

const boots = { item_id: 'b-1', item_name: 'Boots', price: 90, quantity: 1 }
const order = { value: 90, currency: 'EUR', items: [boots] }

const meta = preview.meta({
  title: 'Components/TrackedButton',
  component: TrackedButton,
  decorators: [beside],
  parameters: tracking({ plan }),
  argTypes: {
    event: prop('EventName', 'Event to report when the button is used, by pointer or key.'),
    properties: prop(
      '{ [property: string]: PropertyValue }',
      'Properties of the event. The plan decides whether they are required, optional or not accepted.',
    ),
    onClick: prop('(event) => void', 'Called before the event is reported.'),
    render: prop(
      'ReactElement | ((props) => ReactNode)',
      'Element to render in place of `<button>`: `render={<IconButton />}`.',
    ),
  },
})

/** Reports a click on a button, such as one that opens a chat or a tour. */
export const ChatStart = meta.story({
  render: () => (
    <TrackedButton type="button" event="chat_started">
      Chat with us
    </TrackedButton>
  ),
  play: async ({ canvas, canvasElement, userEvent }) => {
    await userEvent.click(canvas.getByRole('button'))
    await userEvent.click(canvas.getByRole('button'))
    await expect(verdicts(canvasElement)).toEqual(['chat_started fired', 'chat_started dropped: frequency'])
  },
})

function Shop() {
  const [bought, setBought] = useState(false)
  return (
    <div className="row">
      <TrackedButton
        type="button"
        event="option_selected"
        properties={{ item_id: 'b-1', option_name: 'size', option_value: '42' }}
      >
        Size 42
      </TrackedButton>
      <TrackedButton type="button" event="add_to_cart" properties={order}>
        Add to cart
      </TrackedButton>
      <TrackedButton type="button" event="begin_checkout" properties={order}>
        Check out
      </TrackedButton>
      <TrackedButton
        type="button"
        event="purchase"
        properties={{ ...order, transaction_id: 'T-1' }}
        onClick={() => setBought(true)}
      >
        {bought ? 'Bought' : 'Buy'}
      </TrackedButton>
    </div>
  )
}

/** Reports GA4's typed commerce events. An order counts once, however often its page is opened. */
export const Commerce = meta.story({
  render: () => <Shop />,
  play: async ({ canvas, canvasElement, userEvent }) => {
    for (const name of ['Size 42', 'Add to cart', 'Check out', 'Check out', 'Buy', 'Bought'])
      await userEvent.click(canvas.getByRole('button', { name }))
    await expect(verdicts(canvasElement)).toEqual([
      'option_selected fired',
      'add_to_cart fired',
      'begin_checkout fired',
      'begin_checkout dropped: frequency',
      'purchase fired',
      'purchase dropped: frequency',
    ])
    await expect((await arrived(canvasElement)).at(-1)).toMatchObject({
      name: 'purchase',
      properties: { ...order, transaction_id: 'T-1' },
      value: { value: 90, currency: 'EUR' },
    })
  },
})

/** Reports a price as text, which is invalid. The record names the property. */
export const CheckedAtRunTime = meta.story({
  parameters: tracking({ plan, invalid: 'drop' }),
  render: () => (
    <TrackedButton
      type="button"
      event="add_to_cart"
      properties={{ value: 90, currency: '€', items: [{ ...boots, price: '90' }] }}
    >
      Add to cart
    </TrackedButton>
  ),
  play: async ({ canvas, canvasElement, userEvent }) => {
    await userEvent.click(canvas.getByRole('button'))
    await expect(decisionsIn(canvasElement)).toMatchObject([
      {
        reason: 'invalid-properties',
        issues: [{ path: ['currency'] }, { path: ['items', 0, 'price'] }],
      },
    ])
  },
})
