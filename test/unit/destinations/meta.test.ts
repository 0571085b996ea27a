import { describe, expect, test } from 'vitest'
import { type Fbq, meta, toMeta } from '../../../src/destinations/meta.ts'
import { PermanentError } from '../../../src/support/permanent-error.ts'
import { ID, items, planned, purchase, trackedEvent } from './tracked-event.ts'

describe('an event for Meta', () => {
  test('is a custom one under its own name', () => {
    expect(toMeta(trackedEvent())).toEqual({
      payload: { method: 'trackCustom', name: 'tier_chosen', parameters: { tier: 'pro' }, eventID: ID },
      notes: [],
    })
    expect(toMeta(planned).payload.parameters).toEqual({
      value: 5,
      currency: 'EUR',
      tier: 'pro',
      stage: 'intent',
      intent: 'high',
      goal: 'demo_booked',
      sample_rate: 0.5,
      suspected_bot: true,
      section: 'hero',
    })
  })

  test.each([
    ['purchase', 'Purchase'],
    ['add_to_cart', 'AddToCart'],
    ['begin_checkout', 'InitiateCheckout'],
    ['add_payment_info', 'AddPaymentInfo'],
    ['generate_lead', 'Lead'],
    ['sign_up', 'CompleteRegistration'],
    ['search', 'Search'],
    ['view_item', 'ViewContent'],
    ['add_to_wishlist', 'AddToWishlist'],
  ])('goes as a standard one: %s as %s', (name, standard) => {
    expect(toMeta(trackedEvent({ name })).payload).toMatchObject({ method: 'track', name: standard })
  })

  test.each(['form_success', 'form_submit', 'page_view', 'constructor'])(
    'is no standard one by itself: %s',
    (name) => {
      expect(toMeta(trackedEvent({ name })).payload).toMatchObject({ method: 'trackCustom', name })
    },
  )

  test("has the items in Meta's form", () => {
    expect(toMeta(purchase)).toEqual({
      payload: {
        method: 'track',
        name: 'Purchase',
        eventID: ID,
        parameters: {
          value: 49.99,
          currency: 'EUR',
          transaction_id: 'T-1',
          tax: 4.2,
          gift: true,
          content_type: 'product',
          content_ids: ['A1', 'Pin'],
          contents: [
            { id: 'A1', quantity: 2, item_price: 20 },
            { id: 'Pin', quantity: 1, item_price: 9.99 },
          ],
          num_items: 3,
        },
      },
      notes: [],
    })
    const content_ids = ['mine']
    expect(toMeta(trackedEvent({ properties: { items, content_ids } })).payload.parameters).toMatchObject({
      content_ids,
      num_items: 3,
    })
  })

  test("has the term of a search under Meta's name", () => {
    const properties = { search_term: 'caps' }
    expect(toMeta(trackedEvent({ name: 'search', properties })).payload.parameters).toEqual({
      search_string: 'caps',
    })
    expect(toMeta(trackedEvent({ properties })).payload.parameters).toEqual(properties)
  })

  test('says what Meta will miss in a purchase', () => {
    const event = trackedEvent({ name: 'purchase', properties: { value: 3 } })
    expect(toMeta(event).notes).toEqual(["Meta wants a currency with Purchase: declare the event's value"])
  })

  test('has the name and parameters that the plan says', () => {
    expect(toMeta(trackedEvent(), { name: 'StartTrial', parameters: () => ({ level: 2 }) }).payload).toEqual({
      method: 'track',
      name: 'StartTrial',
      parameters: { level: 2 },
      eventID: ID,
    })
    expect(toMeta(trackedEvent({ name: 'purchase' }), { name: 'OurOwn' }).payload.method).toBe('trackCustom')
  })

  test('is rejected under a name of more than 50 characters', () => {
    expect(toMeta(trackedEvent({ name: 'n'.repeat(50) })).payload.name).toHaveLength(50)
    expect(() => toMeta(trackedEvent({ name: 'n'.repeat(51) }))).toThrow(PermanentError)
  })
})

/** The recorded contract: https://developers.facebook.com/docs/marketing-api/conversions-api/deduplicate-pixel-and-server-events */
test('the pixel gets method, name, parameters and eventID, for marketing', () => {
  const calls: unknown[] = []
  const page = globalThis as { fbq?: Fbq }
  const destination = meta()
  const send = () =>
    destination.send([toMeta(purchase).payload, toMeta(trackedEvent()).payload], { reason: 'batch' })
  expect(destination.consent).toBe('marketing')
  expect(send).toThrow('The Meta Pixel is not on the page yet')
  page.fbq = (...call) => calls.push(call)
  try {
    send()
  } finally {
    delete page.fbq
  }
  expect(calls).toEqual([
    ['track', 'Purchase', toMeta(purchase).payload.parameters, { eventID: ID }],
    ['trackCustom', 'tier_chosen', { tier: 'pro' }, { eventID: ID }],
  ])
})
