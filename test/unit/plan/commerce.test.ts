import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type CommerceItem, commerceProperties, type Purchase } from '../../../src/plan/commerce.ts'
import { definePlan } from '../../../src/plan/define-plan.ts'
import { event } from '../../../src/plan/event.ts'
import { standardEvents } from '../../../src/plan/standard-events.ts'
import { drain, listenToAdvice, openTracker } from '../../support/tracking.ts'

const plan = definePlan({
  name: 'shop',
  version: '1',
  events: {
    ...standardEvents.commerce,
    gift_wrapped: event({ properties: commerceProperties<{ readonly items: readonly CommerceItem[] }>() }),
  },
  funnels: { checkout: ['view_item', 'add_to_cart', 'begin_checkout', 'purchase'] },
})

const boots = { item_id: 'b-1', item_name: 'Boots', price: 90, quantity: 1 }
const order = { transaction_id: 'T-1', value: 90, currency: 'EUR', items: [boots] }
const open = () => openTracker(plan, { invalid: 'drop' })

/** `path: message` of each issue, as callers without a compiler would get them. */
function refused(name: string, properties: object): readonly string[] {
  listenToAdvice()
  const { tracker } = open()
  const track = tracker.track as unknown as (
    event: string,
    properties: object,
  ) => ReturnType<typeof tracker.track>
  const { outcome, reason, issues = [] } = track(name, properties)
  expect([outcome, reason]).toEqual(issues.length ? ['dropped', 'invalid-properties'] : ['fired', 'admitted'])
  return issues.map(({ path = [], message }) => `${path.join('.')}: ${message}`)
}

describe('properties', () => {
  test('that are right arrive as they were given, items and all', async () => {
    const { tracker, destination } = open()
    tracker.track('add_to_cart', { value: 90, currency: 'EUR', items: [boots] })
    tracker.track('purchase', { ...order, tax: 0, shipping: 4.9, coupon: 'SUMMER', customer_type: 'new' })
    await drain()
    expect(destination.events).toMatchObject([
      { name: 'add_to_cart', properties: { value: 90, currency: 'EUR', items: [boots] }, value: undefined },
      {
        name: 'purchase',
        properties: { ...order, customer_type: 'new' },
        value: { value: 90, currency: 'EUR' },
      },
    ])
  })

  test.each<[string, object, readonly string[]]>([
    ['add_to_cart', { ...order, value: Number.NaN }, ['value: is no finite number']],
    ['add_to_cart', { ...order, value: '90' }, ['value: is no finite number']],
    ['add_to_cart', { ...order, currency: 'eur' }, ['currency: is no ISO 4217 currency, such as EUR']],
    ['add_to_cart', { ...order, currency: '€' }, ['currency: is no ISO 4217 currency, such as EUR']],
    ['add_to_cart', { ...order, items: [] }, ['items: has no items']],
    ['add_to_cart', { ...order, items: boots }, ['items: has no items']],
    ['add_to_cart', { ...order, items: [boots, {}] }, ['items.1: has neither item_id nor item_name']],
    ['add_to_cart', { ...order, items: [null] }, ['items.0: has neither item_id nor item_name']],
    ['add_to_cart', { ...order, items: [{ item_id: '' }] }, ['items.0: has neither item_id nor item_name']],
    ['add_to_cart', { ...order, items: [{ ...boots, price: '90' }] }, ['items.0.price: is no finite number']],
    [
      'add_to_cart',
      { ...order, items: [{ ...boots, quantity: Number.POSITIVE_INFINITY }] },
      ['items.0.quantity: is no finite number'],
    ],
    ['view_promotion', { promotion_id: 'p', value: 1 }, ['currency: is no ISO 4217 currency, such as EUR']],
    ['add_to_cart', {}, ['value: is missing', 'currency: is missing', 'items: is missing']],
    ['purchase', { ...order, transaction_id: '' }, ['transaction_id: is missing']],
    ['refund', { value: 1, currency: 'EUR' }, ['transaction_id: is missing']],
    ['refund', { value: 1, currency: 'EUR', transaction_id: 'T-1' }, []],
    ['view_item_list', { item_list_id: 'sale' }, ['items: is missing']],
    ['select_promotion', {}, []],
    ['option_selected', { item_id: 'b-1', option_name: 'size' }, ['option_value: is missing']],
    ['gift_wrapped', { items: [{ item_name: 'Boots' }] }, []],
  ])('%s %j', (name, properties, issues) => {
    expect(refused(name, properties)).toEqual(issues)
  })

  test('never throw, whatever they are, flagged or dropped', () => {
    listenToAdvice()
    const { tracker } = openTracker(plan)
    const track = tracker.track as unknown as (name: string, properties: unknown) => { reason: string }
    const names = Object.keys(standardEvents.commerce)
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.anything(), fc.anything(), (name, items, id) => {
        expect(commerceProperties()['~standard'].validate(items)).toBeDefined()
        // A rule's key, or a value, that threw would drop the event as `invalid-properties`.
        expect(track(name, { items, transaction_id: id, value: 1, currency: 'EUR' }).reason).not.toBe(
          'invalid-properties',
        )
      }),
      { numRuns: 200 },
    )
  })
})

describe('how often', () => {
  const fired = (...steps: readonly [keyof typeof standardEvents.commerce, object][]) => {
    const { tracker } = open()
    const track = tracker.track as unknown as (name: string, properties: object) => { outcome: string }
    return steps.map(([name, properties]) => track(name, properties).outcome === 'fired')
  }

  test('a purchase counts once for each transaction, also after another visit', async () => {
    const { tracker, platform } = open()
    const buy = (to: typeof tracker, transaction_id: string) =>
      to.track('purchase', { ...order, transaction_id } satisfies Purchase).reason
    expect([buy(tracker, 'T-1'), buy(tracker, 'T-1'), buy(tracker, 'T-2')]).toEqual([
      'admitted',
      'frequency',
      'admitted',
    ])
    await drain()
    tracker.dispose()
    platform.advance(40 * 24 * 60 * 60_000)
    const next = openTracker(plan, { platform: platform.reload() })
    await drain()
    expect([buy(next.tracker, 'T-1'), buy(next.tracker, 'T-3')]).toEqual(['frequency', 'admitted'])
  })

  test('a checkout counts once for the same items, in any order, and again for others', () => {
    const hat = { item_name: 'Hat' }
    const checkout = (...items: object[]) => ['begin_checkout', { ...order, items }] as const
    expect(
      fired(
        [...checkout(boots, hat)],
        [...checkout(hat, boots)],
        [...checkout(boots)],
        [...checkout({ ...boots, item_variant: '42' })],
      ),
    ).toEqual([true, false, true, true])
  })

  test('what is put into the cart counts each time; a product seen, once on its page', () => {
    const cart = ['add_to_cart', order] as const
    const seen = ['view_item', order] as const
    expect(fired([...cart], [...cart], [...seen], [...seen])).toEqual([true, true, true, false])
  })

  test('each option of a product counts once on its page', () => {
    const size = (option_value: string) =>
      ['option_selected', { item_id: 'b-1', option_name: 'size', option_value }] as const
    expect(fired([...size('41')], [...size('42')], [...size('41')])).toEqual([true, true, false])
  })
})
