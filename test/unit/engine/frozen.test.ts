import fc from 'fast-check'
import { describe, expect, onTestFinished, test } from 'vitest'
import * as z from 'zod'
import { gtm } from '../../../src/destinations/gtm.ts'
import { memory } from '../../../src/destinations/memory.ts'
import { meta } from '../../../src/destinations/meta.ts'
import { segment } from '../../../src/destinations/segment.ts'
import type { TrackedEvent } from '../../../src/engine/pipeline/tracked-event.ts'
import { definePlan } from '../../../src/plan/define-plan.ts'
import { event } from '../../../src/plan/event.ts'
import { standardEvents } from '../../../src/plan/standard-events.ts'
import { typed } from '../../../src/plan/standard-schema.ts'
import { createManualPlatform } from '../../../src/testing/manual-platform.ts'
import { keptBodies } from '../../support/kept-bodies.ts'
import { drain, listenToAdvice, openTracker } from '../../support/tracking.ts'

interface Anything {
  readonly [name: string]: unknown
}
const plan = definePlan({
  name: 'shop',
  version: '1',
  events: {
    ...standardEvents.commerce,
    cart_seen: event({ properties: typed<Anything>() }),
    date_given: event({ properties: z.object({ at: z.date(), size: z.bigint() }) }),
    first_cart: event({ frequency: 'once-per-user', properties: typed<Anything>() }),
  },
})
const cart = () => [
  { item_id: 'b-1', item_name: 'Boots', price: 45, quantity: 2 },
  { item_id: 'h-1', item_name: 'Hat', price: 10, quantity: 1 },
]
const order = (items: ReturnType<typeof cart>) => ({
  transaction_id: 'T-1',
  value: 100,
  currency: 'EUR',
  items,
})

describe('what was tracked stays as it was', () => {
  test.each([
    ['while consent is pending', { consent: 'pending' }],
    ['while consent is pending, in the storage of the tab', { consent: 'pending', hold: 'tab' }],
    ['while storage opens', {}],
  ] as const)('%s', async (_, options) => {
    const { bodies, destination: collector } = keptBodies(204)
    const { tracker, destination, decisions } = openTracker(plan, { ...options, destinations: [collector] })
    const items = cart()
    const mine = order(items)
    tracker.track('purchase', mine)
    items[0]!.price = 0
    items.length = 0
    mine.value = 0
    tracker.consent.update('granted')
    await drain()
    await tracker.flush()
    const expected = order(cart())
    expect(destination.events[0]?.properties).toEqual(expected)
    expect(JSON.parse(bodies[0] as string).events[0].properties).toEqual(expected)
    expect(decisions()[0]?.properties).toEqual(expected)
  })

  test('until a prerendered page is looked at', async () => {
    const platform = createManualPlatform({ prerendering: true })
    const { tracker, destination } = openTracker(plan, { platform })
    const items = cart()
    tracker.track('purchase', order(items))
    items.length = 0
    platform.activate()
    await drain()
    expect(destination.events[0]?.properties).toEqual(order(cart()))
  })

  test('dates and bigints are valid where the schema wants them, and a release does not validate again', async () => {
    const { tracker, destination } = openTracker(plan, { consent: 'pending', invalid: 'drop' })
    expect(tracker.track('date_given', { at: new Date(0), size: 7n })).toMatchObject({
      outcome: 'held',
      issues: undefined,
    })
    tracker.consent.update('granted')
    await drain()
    expect(destination.events[0]?.properties).toEqual({ at: new Date(0).toJSON(), size: '7' })
  })

  test('what the schema returns is copied too, and so is an input that it refuses', async () => {
    listenToAdvice()
    const shared = { tier: ['pro'] }
    const schemas = definePlan({
      name: 'acme',
      version: '1',
      events: {
        tier_seen: event({
          properties: { '~standard': { version: 1, vendor: 'test', validate: () => ({ value: shared }) } },
        }),
        tier_refused: event({
          properties: {
            '~standard': {
              version: 1,
              vendor: 'test',
              validate: () => ({ issues: [{ message: 'no', path: ['tier'] }] }),
            },
          },
        }),
      },
    })
    const { tracker, destination } = openTracker(schemas, { consent: 'pending' })
    const track = tracker.track as unknown as (name: string, properties: object) => unknown
    const given = { tier: ['team'] }
    track('tier_seen', {})
    track('tier_refused', given)
    shared.tier.length = 0
    given.tier.length = 0
    tracker.consent.update('granted')
    await drain()
    expect(destination.events.map(({ properties }) => properties)).toEqual([
      { tier: ['pro'] },
      { tier: ['team'] },
    ])
    expect(destination.events[1]?.issues).toEqual(['tier'])
  })
})

describe('each gets what it may change', () => {
  test('beforeSend deletes a field of frozen properties, and the application keeps it', async () => {
    const items = cart()
    for (const item of items) Object.freeze(item)
    const given = Object.freeze(order(Object.freeze(items) as typeof items))
    const { tracker, destination, decisions } = openTracker(plan, {
      beforeSend(sent) {
        for (const item of sent.properties['items'] as { price?: number }[]) delete item.price
        return sent
      },
    })
    expect(tracker.track('purchase', given).outcome).toBe('fired')
    await drain()
    expect(destination.events[0]?.properties['items']).toEqual(cart().map(({ price: _, ...item }) => item))
    expect(items).toEqual(cart())
    expect(decisions()[0]?.properties).toEqual(order(cart()))
  })

  test('beforeSend returns state of the application, which changes later', async () => {
    const state = { items: cart() }
    const { tracker, destination } = openTracker(plan, {
      beforeSend: (sent) => ({ ...sent, properties: state }) as unknown as TrackedEvent,
    })
    tracker.track('cart_seen', {})
    state.items.length = 0
    await drain()
    expect(destination.events[0]?.properties).toEqual({ items: cart() })
  })

  test('criterion, key, value and id change nothing for each other', async () => {
    const ruinous = definePlan({
      name: 'acme',
      version: '1',
      events: {
        cart_bought: event({
          properties: typed<{ items: { price: number }[] }>(),
          counts: (given) => given.items.splice(0).length === 2,
          frequency: { per: 'page', key: (given) => String(given.items.splice(0).length) },
          id: (given) => `order-${given.items.splice(0).length}`,
          value: (given) => ({ value: given.items.splice(0).length, currency: 'EUR' }),
        }),
      },
    })
    const { tracker, destination } = openTracker(ruinous)
    const items = cart()
    const decision = tracker.track('cart_bought', { items })
    expect(decision.frequency[0]?.key).toBe('2')
    await drain()
    expect(destination.events[0]).toMatchObject({
      id: 'order-2',
      value: { value: 2 },
      properties: { items: cart() },
    })
    expect(items).toEqual(cart())
  })

  test('what track returned is the caller’s', async () => {
    const { tracker, destination, decisions } = openTracker(plan, { consent: 'pending' })
    const { properties } = tracker.track('purchase', order(cart()))
    ;(properties?.['items'] as unknown[]).length = 0
    tracker.consent.update('granted')
    await drain()
    expect(decisions()[0]?.properties).toEqual(order(cart()))
    expect(destination.events[0]?.properties).toEqual(order(cart()))
  })

  test('page, consent and trigger are frozen, because events share them', async () => {
    const { tracker, destination } = openTracker(plan)
    const change = (value: object, name: string) => Reflect.set(value, name, 'changed')
    const { page, consent, trigger } = tracker.track('cart_seen', {})
    tracker.page({ path: '/next', title: 'Next' })
    const next = tracker.track('cart_seen', {})
    for (const each of [page, next.page]) expect(change(each, 'url')).toBe(false)
    for (const each of [consent, tracker.consent.get()]) expect(change(each, 'analytics')).toBe(false)
    expect(change(trigger, 'component')).toBe(false)
    await drain()
    for (const sent of destination.events)
      expect(JSON.stringify([sent.page, sent.consent, sent.trigger])).not.toContain('changed')
  })

  test('a client of a vendor writes into what it is given', async () => {
    const heard: unknown[] = []
    const spoil = (given: unknown) => {
      heard.push(structuredClone(given))
      const { items, contents, ecommerce } = given as Record<string, { length: number } | undefined> & {
        ecommerce?: { items?: unknown[] }
      }
      for (const list of [items, contents, ecommerce?.items]) if (list) list.length = 0
    }
    const pushed: unknown[] = []
    pushed.push = (...given) => {
      given.forEach(spoil)
      return 0
    }
    const page = globalThis as Record<string, unknown>
    page['spoiltLayer'] = pushed
    onTestFinished(() => void delete page['spoiltLayer'])
    const { tracker, destination, decisions } = openTracker(plan, {
      consent: { analytics: 'granted', marketing: 'granted' },
      destinations: [
        segment({ client: () => ({ track: (_, properties) => spoil(properties), page: () => {} }) }),
        gtm({ dataLayerName: 'spoiltLayer' }),
        meta({ client: () => (_, __, parameters) => spoil(parameters) }),
        {
          name: 'own',
          send: (events: readonly TrackedEvent[]) => events.forEach(({ properties }) => spoil(properties)),
        },
        memory({ name: 'last' }),
      ],
    })
    const items = cart()
    tracker.track('purchase', order(items))
    await drain()
    expect(heard.length).toBeGreaterThan(3)
    expect(items).toEqual(cart())
    expect(destination.events[0]?.properties).toEqual(order(cart()))
    const { properties, deliveries } = decisions()[0] ?? {}
    expect(properties).toEqual(order(cart()))
    expect(deliveries?.['segment']?.payload).toMatchObject({ properties: { items: cart() } })
  })

  test('a send of one’s own is given the same again when it is tried again', async () => {
    const seen: unknown[] = []
    const { tracker, platform } = openTracker(plan, {
      destinations: [
        {
          name: 'own',
          send([sent]: readonly TrackedEvent[]) {
            seen.push(structuredClone(sent?.properties))
            ;(sent?.properties['items'] as unknown[]).length = 0
            if (seen.length === 1) throw new Error('busy')
          },
        },
      ],
    })
    tracker.track('cart_seen', { items: cart() })
    await drain()
    platform.advance(60_000)
    await drain()
    expect(seen).toEqual([{ items: cart() }, { items: cart() }])
  })

  test('an override of the plan gives state of the application', async () => {
    const state = { items: cart() }
    const told: unknown[] = []
    const overridden = definePlan({
      name: 'acme',
      version: '1',
      events: { cart_seen: event({ destinations: { segment: { parameters: () => state } } }) },
    })
    let isThere = false
    const client = { track: (_: string, properties: object) => told.push(properties), page: () => {} }
    const { tracker, platform } = openTracker(overridden, {
      destinations: [segment({ client: () => (isThere ? client : undefined) })],
    })
    tracker.track('cart_seen')
    await drain()
    state.items.length = 0
    isThere = true
    platform.advance(60_000)
    await drain()
    expect(told).toMatchObject([{ items: cart() }])
  })
})

test('properties and scope that JSON cannot say are issues in the record, and the rest leaves', async () => {
  const said = listenToAdvice()
  const { tracker, destination } = openTracker(plan)
  const decision = tracker.track('cart_seen', { file: new File([], 'cv.pdf'), size: 1, none: Number.NaN })
  expect(decision.issues).toEqual([
    { message: 'is a File', path: ['file'] },
    { message: 'is no finite number', path: ['none'] },
  ])
  expect(said()[0]).toContain('file: is a File')
  await drain()
  expect(destination.events[0]).toMatchObject({ properties: { size: 1 }, issues: ['file', 'none'] })
})

test('traits are copied when they are given, and cannot break identify', async () => {
  const { tracker, destination } = openTracker(plan, { traits: ['plan', 'broken'] })
  const traits = {
    plan: { name: 'pro' },
    get broken() {
      throw new Error('oops')
    },
  }
  expect(() => tracker.identify('ada', { traits: traits as never })).not.toThrow()
  traits.plan.name = 'team'
  tracker.track('cart_seen', {})
  await drain()
  expect(destination.events[0]?.context.traits).toEqual({ plan: { name: 'pro' } })
})

describe('whatever is tracked, and whoever changes it', () => {
  const ruin = (value: unknown, seen = new Set<unknown>()): void => {
    if (typeof value !== 'object' || value === null || seen.has(value)) return
    seen.add(value)
    for (const name of Object.keys(value)) {
      ruin(Reflect.get(value, name), seen)
      Reflect.deleteProperty(value, name)
    }
    Reflect.set(value, 'ruined', true)
  }
  const anything = fc.anything({
    withBigInt: true,
    withBoxedValues: true,
    withDate: true,
    withMap: true,
    withNullPrototype: true,
    withSet: true,
    withSparseArray: true,
    withTypedArray: true,
  })
  test('nothing of it is seen by another', async () => {
    listenToAdvice()
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(fc.string(), anything),
        fc.constantFrom('pending', 'granted'),
        fc.constantFrom('cart_seen', 'first_cart'),
        async (given, consent, name) => {
          const seen: string[] = []
          const { tracker, destination, decisions } = openTracker(plan, {
            consent: consent as 'pending',
            personalData: 'allow',
            beforeSend(sent) {
              const { properties } = sent
              const kept = structuredClone(properties)
              ruin(properties)
              return { ...sent, properties: kept }
            },
            destinations: [
              {
                name: 'ruins',
                send: (events: readonly TrackedEvent[]) =>
                  events.forEach((sent) => {
                    seen.push(JSON.stringify(sent.properties))
                    ruin(sent)
                  }),
              },
            ],
          })
          const decision = tracker.track(name as 'cart_seen', given)
          const expected = JSON.stringify(decision.properties)
          ruin(given)
          ruin(decision.properties)
          tracker.consent.update('granted')
          await tracker.flush()
          expect(seen).toEqual([expected])
          expect(destination.events.map(({ properties }) => JSON.stringify(properties))).toEqual([expected])
          expect(JSON.stringify(decisions()[0]?.properties)).toBe(expected)
          tracker.dispose()
        },
      ),
      { numRuns: 60 },
    )
  })
})
