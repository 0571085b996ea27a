import { afterEach, describe, expect, test } from 'vitest'
import { gtm, toGtm } from '../../../src/destinations/gtm.ts'
import { ID, items, planned, purchase, trackedEvent } from './tracked-event.ts'

describe('an event for GTM', () => {
  test('is flat', () => {
    expect(toGtm(trackedEvent())).toEqual({ payload: { event: 'tier_chosen', event_id: ID, tier: 'pro' } })
    expect(toGtm(planned).payload).toEqual({
      event: 'tier_chosen',
      event_id: ID,
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

  test('has items and what belongs to them in ecommerce', () => {
    expect(toGtm(purchase).payload).toEqual({
      event: 'purchase',
      event_id: ID,
      gift: true,
      ecommerce: { transaction_id: 'T-1', value: 49.99, currency: 'EUR', tax: 4.2, items },
    })
    expect(toGtm(trackedEvent({ name: 'bundle_seen', properties: { items: [] } })).payload.ecommerce).toEqual(
      {
        items: [],
      },
    )
    expect(
      toGtm(trackedEvent({ name: 'refund', properties: { transaction_id: 'T-1' } })).payload.ecommerce,
    ).toEqual({
      transaction_id: 'T-1',
    })
    expect(
      toGtm(trackedEvent({ name: 'generate_lead', value: { value: 1, currency: 'EUR' } })).payload,
    ).toEqual({
      event: 'generate_lead',
      event_id: ID,
      value: 1,
      currency: 'EUR',
      tier: 'pro',
    })
  })

  test('has the name and parameters that the plan says', () => {
    expect(
      toGtm(trackedEvent(), { name: 'chosen', parameters: () => ({ level: 2, event: 'mine' }) }).payload,
    ).toEqual({
      event: 'chosen',
      event_id: ID,
      level: 2,
    })
  })
})

/** The recorded contract: https://developers.google.com/analytics/devguides/collection/ga4/ecommerce?client_type=gtm */
describe('the data layer', () => {
  const page = globalThis as { dataLayer?: unknown[]; layer?: unknown[] }
  afterEach(() => {
    delete page.dataLayer
    delete page.layer
  })
  const send = (destination = gtm()) =>
    destination.send([toGtm(trackedEvent()).payload, toGtm(purchase).payload], { reason: 'batch' })
  const pushed = [
    { event: 'tier_chosen', event_id: ID, tier: 'pro' },
    { ecommerce: null },
    {
      event: 'purchase',
      event_id: ID,
      gift: true,
      ecommerce: { transaction_id: 'T-1', value: 49.99, currency: 'EUR', tax: 4.2, items },
    },
  ]

  test('is made if it is not there, and forgets the ecommerce of the event before', () => {
    const destination = gtm()
    expect(page.dataLayer).toBeUndefined()
    send(destination)
    expect(page.dataLayer).toEqual(pushed)
  })

  test('is the one that the page has, or the one named', () => {
    page.dataLayer = ['there before']
    send()
    expect(page.dataLayer).toEqual(['there before', ...pushed])
    send(gtm({ dataLayerName: 'layer' }))
    expect(page.layer).toEqual(pushed)
  })
})
