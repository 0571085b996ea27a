import { useEffect, useState } from 'react'
import { definePlan, standardEvents, TrackedButton, useTrack } from 'react-microconversions'
import { expect } from 'storybook/test'
import preview from '../../.storybook/preview.tsx'
import { shownCode } from '../support/shown-code.ts'
import { tracked, tracking } from '../support/tracked.tsx'
import { arrived, verdicts } from '../support/verdicts.ts'
import file from './e-commerce.stories.tsx?raw'

const plan = definePlan({ name: 'shop', version: '1', events: standardEvents.commerce })
const boots = { item_id: 'b-1', item_name: 'Boots', price: 90, quantity: 1 }
const order = { value: 90, currency: 'EUR', items: [boots] }

const meta = preview.meta({
  title: 'Catalogue/E-commerce',
  decorators: [tracked],
  parameters: {
    docs: {
      source: { transform: shownCode(file) },
      description: {
        component:
          "GA4's recommended events, typed, and checked at run time. Steps that pages report when they open count once for the same items.",
      },
    },
    ...tracking({ plan }),
  },
})

function ProductPage() {
  const track = useTrack<typeof plan>()
  useEffect(() => void track('view_item', order), [track])
  return <p>Boots, 90 €</p>
}

/** Why: an effect may run twice and a page open again; the same product counts once on a page. */
export const ProductView = meta.story({
  render: function Shop() {
    const [visit, setVisit] = useState(0)
    return (
      <div className="row">
        <ProductPage key={visit} />
        <button type="button" onClick={() => setVisit(visit + 1)}>
          Open it again
        </button>
      </div>
    )
  },
  play: async ({ canvas, canvasElement, userEvent }) => {
    await userEvent.click(canvas.getByRole('button'))
    await expect((await arrived(canvasElement)).map(({ name }) => name)).toEqual(['view_item'])
  },
})

/** Why: who chooses a size is close to buying. What is offered is told, never what was typed. */
export const OptionSelected = meta.story({
  render: () => (
    <TrackedButton
      type="button"
      event="option_selected"
      properties={{ item_id: 'b-1', option_name: 'size', option_value: '42' }}
    >
      42
    </TrackedButton>
  ),
  play: async ({ canvas, canvasElement, userEvent }) => {
    await userEvent.click(canvas.getByRole('button'))
    await userEvent.click(canvas.getByRole('button'))
    await expect(verdicts(canvasElement)).toEqual([
      'option_selected fired',
      'option_selected dropped: frequency',
    ])
  },
})

/** Why: each click of these is an act of its own: two pairs of boots are two. */
export const WishlistAndCart = meta.story({
  render: () => (
    <div className="row">
      <TrackedButton type="button" event="add_to_wishlist" properties={order}>
        Remember
      </TrackedButton>
      <TrackedButton type="button" event="add_to_cart" properties={order}>
        Add to cart
      </TrackedButton>
    </div>
  ),
  play: async ({ canvas, canvasElement, userEvent }) => {
    for (const name of ['Remember', 'Add to cart', 'Add to cart'])
      await userEvent.click(canvas.getByRole('button', { name }))
    await expect(verdicts(canvasElement)).toEqual([
      'add_to_wishlist fired',
      'add_to_cart fired',
      'add_to_cart fired',
    ])
  },
})

/** Why: where a checkout leaks. Each step counts once for a cart in a session, a purchase once for its order. */
export const Checkout = meta.story({
  render: () => (
    <div className="row">
      <TrackedButton type="button" event="begin_checkout" properties={order}>
        Check out
      </TrackedButton>
      <TrackedButton
        type="button"
        event="add_shipping_info"
        properties={{ ...order, shipping_tier: 'express' }}
      >
        Ship it
      </TrackedButton>
      <TrackedButton type="button" event="add_payment_info" properties={{ ...order, payment_type: 'card' }}>
        Pay
      </TrackedButton>
      <TrackedButton type="button" event="purchase" properties={{ ...order, transaction_id: 'T-1' }}>
        Thank you
      </TrackedButton>
    </div>
  ),
  play: async ({ canvas, canvasElement, userEvent }) => {
    for (const button of canvas.getAllByRole('button')) await userEvent.click(button)
    for (const button of canvas.getAllByRole('button')) await userEvent.click(button)
    await expect((await arrived(canvasElement)).map(({ name }) => name)).toEqual([
      'begin_checkout',
      'add_shipping_info',
      'add_payment_info',
      'purchase',
    ])
  },
})
