import type { TrackedEvent } from '../../../src/engine/pipeline/tracked-event.ts'

export const ID = '0199a3f2-5c1e-7d3a-9b4e-1f2a3b4c5d6e'

/** A click on a tier of the pricing page, and what is said otherwise. */
export function trackedEvent(different: Partial<TrackedEvent> = {}): TrackedEvent {
  return {
    id: ID,
    name: 'tier_chosen',
    version: '1',
    properties: { tier: 'pro' },
    time: 1_700_000_000_000,
    page: {
      number: 1,
      url: 'https://acme.test/pricing',
      path: '/pricing',
      title: 'Pricing',
      referrer: 'https://search.test/',
    },
    sessionId: 'session',
    anonymousId: 'user',
    context: {
      plan: 'acme',
      planVersion: '1',
      storage: 'persistent',
      scope: {},
      landing: 'unknown',
      device: { class: 'desktop', viewport: { width: 1_280, height: 720 }, language: 'en', timeZone: 'UTC' },
      bot: false,
    },
    consent: { analytics: 'granted', marketing: 'granted' },
    sampleRate: 1,
    trigger: { component: 'PricingLink', fact: 'click' },
    ...different,
  }
}

export const items = [
  { item_id: 'A1', item_name: 'Cap', price: 20, quantity: 2 },
  { item_name: 'Pin', price: 9.99 },
]

/** GA4's `purchase` with all that it has a name for. */
export const purchase = trackedEvent({
  name: 'purchase',
  properties: { transaction_id: 'T-1', tax: 4.2, items, gift: true },
  value: { value: 49.99, currency: 'EUR' },
})

/** What a plan, a draw and a scope add. */
export const planned = trackedEvent({
  stage: 'intent',
  intent: 'high',
  goal: 'demo_booked',
  value: { value: 5, currency: 'EUR' },
  sampleRate: 0.5,
  properties: { tier: 'pro', value: 3, none: undefined },
  context: { ...trackedEvent().context, bot: true, scope: { section: 'hero', tier: 'of the scope' } },
})
