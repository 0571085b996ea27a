import { useEffect, useState } from 'react'
import { definePlan, standardEvents, TrackedButton, useTrack } from 'react-microconversions'
import { expect } from 'storybook/test'
import preview from '../../.storybook/preview.tsx'
import { beside, tracking } from '../support/beside.tsx'
import { arrived, verdicts } from '../support/verdicts.ts'

const plan = definePlan({ name: 'shop', version: '1', events: standardEvents.commerce })
const boots = { item_id: 'b-1', item_name: 'Boots', price: 90, quantity: 1 }
const order = { value: 90, currency: 'EUR', items: [boots] }

const meta = preview.meta({
  title: 'Catalogue/E-commerce',
  decorators: [beside],
  parameters: {
    docs: {
      description: {
        component:
          "GA4's recommended events are typed, and checked at run time. Steps that a page reports when it opens count once for the same items.",
      },
    },
    ...tracking({ plan }),
  },
})

function ProductPage() {
  const track = useTrack<typeof plan>()
  // eslint-disable-next-line microconversions/no-track-in-effect -- the plan counts an item once per page
  useEffect(() => void track('view_item', order), [track])
  return <p>Boots, 90 €</p>
}

/** Counts a product view once per page, also if an effect runs twice. */
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

/** Reports the option that the user chose, such as a size. */
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

/** Counts every click on “Add to cart”, because two pairs of boots are two items. */
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

/** Reports the steps of a checkout. Each step counts once per session for a cart, and a purchase once for its order. */
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
