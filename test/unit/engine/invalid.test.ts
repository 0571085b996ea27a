import { runInNewContext } from 'node:vm'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { segmentBatch } from '../../../src/destinations/http/segment-batch.ts'
import { memory } from '../../../src/destinations/memory.ts'
import { meta } from '../../../src/destinations/meta.ts'
import type { InvalidPolicy } from '../../../src/engine/decision/issue.ts'
import type { TrackedEvent } from '../../../src/engine/pipeline/tracked-event.ts'
import type { Decision } from '../../../src/engine/record/decision.ts'
import { definePlan } from '../../../src/plan/define-plan.ts'
import { event } from '../../../src/plan/event.ts'
import { standardEvents } from '../../../src/plan/standard-events.ts'
import { typed } from '../../../src/plan/standard-schema.ts'
import { createManualPlatform } from '../../../src/testing/manual-platform.ts'
import type { TestTrackerOptions } from '../../../src/testing/test-tracker.ts'
import { keptBodies } from '../../support/kept-bodies.ts'
import { drain, listenToAdvice, openTracker } from '../../support/tracking.ts'
import { wireSchema } from '../../support/wire-schema.ts'

/** A schema that refuses these paths. */
const refusing = (...paths: readonly string[]) =>
  ({
    '~standard': {
      version: 1,
      vendor: 'test',
      validate: () => ({ issues: paths.map((path) => ({ message: 'no', path: path.split('.') })) }),
    },
  }) as const

/** A schema that refuses one path, whose names may contain dots. */
const refusingAt = (path: readonly string[], message = 'no') =>
  ({
    '~standard': { version: 1, vendor: 'test', validate: () => ({ issues: [{ message, path }] }) },
  }) as const

const plan = definePlan({
  name: 'shop',
  version: '1',
  events: {
    ...standardEvents.commerce,
    lead_given: event({ properties: refusing('phone', 'items.0.price', 'items.1') }),
    total_given: event({
      properties: refusing('order.total'),
      value: (given) => ({ value: (given as { order: { total: number } }).order.total, currency: 'EUR' }),
    }),
    coupon_given: event({
      properties: refusing('coupon'),
      frequency: { per: 'page', key: (given) => (given as { coupon: string }).coupon },
    }),
    seats_given: event({ properties: refusingAt(['seats', 'ada@example.com']) }),
    prices_given: event({ properties: refusingAt(['seats', 'ada@example.com', 'value']) }),
    contacts_given: event({ properties: refusingAt(['contacts', 'ada@example.com']), pii: ['contacts'] }),
    mail_given: event({ properties: refusingAt(['mail'], 'got ada@example.com') }),
    amount_given: event({ properties: typed<{ value?: number; currency?: string; note?: string }>() }),
  },
})
const order = {
  transaction_id: 'T-1',
  value: 90,
  currency: 'EUR',
  items: [{ item_id: 'b-1', price: 90 }],
}
const granted = { analytics: 'granted', marketing: 'granted' } as const

function open(options: { readonly invalid?: InvalidPolicy; readonly own?: InvalidPolicy } = {}) {
  listenToAdvice()
  const ads = memory({ name: 'ads', consent: 'marketing', invalid: options.own })
  const tracking = openTracker(plan, { consent: granted, invalid: options.invalid, destinations: [ads] })
  const track = tracking.tracker.track as unknown as (
    name: string,
    properties: object,
  ) => ReturnType<typeof tracking.tracker.track>
  return { ...tracking, track, ads }
}

describe('by default, advertising platforms get nothing that is invalid', () => {
  test('it is stripped there, flagged elsewhere, and the record says so', async () => {
    const { track, ads, destination, decisions } = open()
    const given = { tier: 'pro', phone: 1, items: [{ price: -1, name: 'a' }, { price: 2 }, { price: 3 }] }
    track('lead_given', given)
    await drain()
    const issues = ['phone', 'items.0.price', 'items.1']
    expect(destination.events[0]).toMatchObject({ properties: given, issues })
    expect(ads.events[0]).toMatchObject({ issues })
    expect(ads.events[0]?.properties).toEqual({ tier: 'pro', items: [{ name: 'a' }, { price: 3 }] })
    expect(decisions()[0]?.deliveries).toMatchObject({
      ads: { state: 'sent', notes: ['stripped: phone, items.0.price, items.1'] },
      memory: { state: 'sent' },
    })
    expect(decisions()[0]?.deliveries['memory']?.notes).toBeUndefined()
  })

  test.each<[string, string, object, string]>([
    ['a value', 'purchase', { ...order, value: '90' }, 'value'],
    ['a value that is no number', 'amount_given', { value: Number.NaN, currency: 'EUR' }, 'value'],
    ['a currency', 'purchase', { ...order, currency: 'euro' }, 'currency'],
    ['an id', 'purchase', { ...order, transaction_id: undefined }, 'transaction_id'],
    ['what the value is made of', 'total_given', { order: { total: -1 } }, 'order.total'],
    ['what a rule counts by', 'coupon_given', { coupon: 'x' }, 'coupon'],
  ])('it is not sent there if %s is invalid', async (_, name, properties, path) => {
    const { track, ads, destination, tracker, decisions } = open()
    expect(track(name, properties).outcome).toBe('fired')
    await drain()
    expect(ads.events).toEqual([])
    expect(destination.events[0]?.issues).toEqual([path])
    expect(decisions()[0]?.deliveries['ads']).toMatchObject({
      state: 'rejected',
      error: `not sent: invalid ${path}`,
    })
    expect(tracker.record.get().delivered['ads']).toEqual({ rejected: 1 })
  })

  test.each(['n'.repeat(150), 'half \ud83d', `${'n'.repeat(99)}🎈${'n'.repeat(50)}`])(
    'it is stripped under the name %j as well',
    async (name) => {
      listenToAdvice()
      const odd = definePlan({
        name: 'odd',
        version: '1',
        events: { lead_given: event({ properties: refusing(name) }) },
      })
      const ads = memory({ name: 'ads', consent: 'marketing' })
      const { tracker } = openTracker(odd, { consent: granted, destinations: [ads] })
      tracker.track('lead_given', { [name]: 'wrong', plan: 'team' } as never)
      await drain()
      expect(ads.events[0]?.properties).toEqual({ plan: 'team' })
    },
  )

  test('an invalid price of an item is no reason to lose a purchase', async () => {
    const { track, ads } = open()
    track('purchase', { ...order, items: [{ item_id: 'b-1', price: '90' }] })
    await drain()
    expect(ads.events[0]?.properties).toEqual({ ...order, items: [{ item_id: 'b-1' }] })
  })

  test('an event that no destination takes is dropped, and counts nothing', async () => {
    listenToAdvice()
    const ads = memory({ name: 'ads', consent: 'marketing' })
    const only = definePlan({
      name: 'shop',
      version: '1',
      events: {
        purchase: event({ ...(standardEvents.commerce.purchase as object), destinations: { memory: false } }),
      },
    })
    const { tracker } = openTracker(only, { consent: granted, destinations: [ads] })
    const track = tracker.track as unknown as (name: string, properties: object) => { reason: string }
    expect(track('purchase', { ...order, value: Number.NaN }).reason).toBe('invalid-properties')
    expect(track('purchase', order).reason).toBe('admitted')
  })

  test('what waits for the only destination that takes it is not sent to the other, however consent changes', async () => {
    listenToAdvice()
    const ads = memory({ name: 'ads', consent: 'marketing' })
    const { tracker, destination, decisions } = openTracker(plan, {
      consent: { analytics: 'pending', marketing: 'granted' },
      destinations: [ads],
    })
    const track = tracker.track as unknown as (name: string, properties: object) => { outcome: string }
    expect(track('purchase', { ...order, value: '90' }).outcome).toBe('held')
    tracker.consent.update({ marketing: 'granted' })
    tracker.consent.update({ marketing: 'denied' })
    tracker.consent.update({ marketing: 'granted' })
    await drain()
    expect(decisions()[0]?.outcome).toBe('held')
    tracker.consent.update({ analytics: 'granted' })
    await drain()
    expect([destination.events.length, ads.events.length]).toEqual([1, 0])
  })
})

describe('what is said', () => {
  test.each([
    'content_ids.1',
    'orderID',
    'transactionID',
    'ID',
    'ids.0',
    'value.amount',
    'currencyCode',
    'items.0.id',
  ])('nor if %s is: an id, a value or a currency in whatever form', async (path) => {
    const ads = memory({ name: 'ads', consent: 'marketing' })
    const planned = definePlan({
      name: 'shop',
      version: '1',
      events: { lead_given: event({ properties: refusing(path) }) },
    })
    const { tracker } = openTracker(planned, { destinations: [ads], consent: 'granted' })
    tracker.track('lead_given', {} as never)
    await drain()
    expect(ads.events).toEqual([])
  })

  test.each<[InvalidPolicy | undefined, InvalidPolicy | undefined, number, object | undefined]>([
    ['flag', undefined, 1, { tier: 'pro', phone: 1 }],
    ['strip', undefined, 1, { tier: 'pro' }],
    [undefined, 'flag', 1, { tier: 'pro', phone: 1 }],
    [undefined, 'drop', 1, undefined],
    ['flag', 'drop', 1, undefined],
    ['drop', 'flag', 0, { tier: 'pro', phone: 1 }],
  ])('by the tracker (%s) and by the destination (%s)', async (invalid, own, count, expected) => {
    const { track, ads, destination } = open({ ...(invalid && { invalid }), ...(own && { own }) })
    expect(track('lead_given', { tier: 'pro', phone: 1 }).outcome).toBe('fired')
    await drain()
    expect(destination.events).toHaveLength(count)
    expect(ads.events.map(({ properties }) => properties)).toEqual(expected ? [expected] : [])
  })

  test('by nobody who keeps it: it is dropped', () => {
    expect(open({ invalid: 'drop' }).track('lead_given', {}).reason).toBe('invalid-properties')
  })

  test('every factory of a vendor takes it', async () => {
    const { ga4, gtm, http, posthog, segment, snowplow, consoleDestination } = await import(
      '../../../src/destinations.ts'
    )
    const all = [ga4, gtm, meta, posthog, segment, snowplow, memory, consoleDestination]
    expect(all.map((create) => create({ invalid: 'drop' }).invalid)).toEqual(all.map(() => 'drop'))
    expect(http({ url: '/e', invalid: 'strip' }).invalid).toBe('strip')
  })
})

describe('what are no properties at all', () => {
  class Secretive {
    #total = 1
    get total() {
      return this.#total
    }
  }
  const revoked = Proxy.revocable({}, {})
  revoked.revoke()
  const plans = {
    'an event without a schema': event({}),
    'a typed event': event({ properties: typed<object>() }),
    'an event with a schema': event({ properties: z.object({ tier: z.string().optional() }) }),
    'an event with a schema that takes all': event({ properties: z.looseObject({}) }),
  }
  const cases = Object.entries(plans).flatMap(([words, planned]) =>
    (
      [
        ['a number', 5],
        ['nothing', null],
        ['a text', 'pro'],
        ['a list', ['pro']],
        ['an empty list', []],
        ['a list of what is left out', [() => {}]],
        ['a function', () => {}],
        ['a promise', Promise.resolve({})],
        ['a map', new Map()],
        ['a form', new FormData()],
        ['a date', new Date(0)],
        ['an address', new URL('https://shop.test')],
        ['an error', new Error('no')],
        ['an instance without fields', new Secretive()],
        ['a revoked proxy', revoked.proxy],
        ['a proxy of a promise', new Proxy(Promise.resolve({}), {})],
        ['what says in JSON that it is a text', { toJSON: () => 'x', __proto__: { inherited: true } }],
      ] as const
    ).map(([name, given]) => [name, words, planned, given] as const),
  )
  test.each(cases)('%s, for %s: an issue of all properties, by policy', async (_, __, planned, given) => {
    for (const invalid of ['flag', 'strip', 'drop'] as const) {
      const said = listenToAdvice()
      const { tracker, destination } = openTracker(
        definePlan({ name: 'shop', version: '1', events: { step_taken: planned } }),
        { invalid },
      )
      const track = tracker.track as unknown as (name: string, given: unknown) => { reason: string }
      expect(track('step_taken', given).reason).toBe(invalid === 'flag' ? 'admitted' : 'invalid-properties')
      expect(said()[0]).toMatch(/^\[RMC102\].*properties: /s)
      await drain()
      const sent = invalid === 'flag' ? [{ properties: {}, issues: [''] }] : []
      expect(destination.events).toMatchObject(sent)
      tracker.dispose()
    }
  })

  test.each([
    ['of no prototype', Object.assign(Object.create(null), { tier: 'pro' })],
    ['of another realm', runInNewContext('({ tier: "pro" })')],
    ['behind a proxy', new Proxy({ tier: 'pro' }, {})],
    ['frozen', Object.freeze({ tier: 'pro' })],
  ])('an object %s is plain', async (_, given) => {
    const said = listenToAdvice()
    const planned = definePlan({
      name: 'shop',
      version: '1',
      events: { step_taken: event({ properties: typed<object>() }) },
    })
    const { tracker, destination } = openTracker(planned)
    expect(
      (tracker.track as (name: string, given: object) => { issues?: unknown })('step_taken', given).issues,
    ).toBeUndefined()
    await drain()
    expect(destination.events).toMatchObject([{ properties: { tier: 'pro' } }])
    expect(said()).toEqual([])
  })

  test('properties that a schema cannot read are at fault, not the schema', () => {
    listenToAdvice()
    const planned = definePlan({
      name: 'shop',
      version: '1',
      events: { step_taken: event({ properties: z.object({ tier: z.string() }) }) },
    })
    const { tracker } = openTracker(planned)
    const given = {
      get tier(): string {
        throw new Error('oops')
      },
    }
    expect(tracker.track('step_taken', given)).toMatchObject({
      reason: 'admitted',
      issues: [{ path: ['tier'], message: 'cannot be read' }],
    })
  })
})

describe('message and wire agree', () => {
  const handled = definePlan({
    name: 'shop',
    version: '1',
    events: {
      step_taken: event({ properties: typed<object>() }),
      tier_seen: event({ properties: refusing('tier') }),
    },
  })
  function tell(name: 'step_taken' | 'tier_seen', given: object, invalid?: InvalidPolicy, id?: string) {
    const said = listenToAdvice()
    const ads = memory({ name: 'ads', consent: 'marketing' })
    const strict = memory({ name: 'strict', invalid: 'drop' })
    const tracking = openTracker(handled, { consent: granted, invalid, destinations: [ads, strict] })
    const decision = tracking.tracker.track(name, given as never, { id })
    return { ...tracking, decision, said, ads, strict }
  }
  class Cart {
    total = 1
  }

  test.each(['flag', 'strip', 'drop'] as const)(
    'under %s a converted value is cleaned: the event is valid for all',
    async (invalid) => {
      const { decision, said, destination, ads, strict } = tell('step_taken', { cart: new Cart() }, invalid)
      expect(decision).toMatchObject({ outcome: 'fired', issues: [{ path: ['cart'], kind: 'cleaned' }] })
      expect(said()).toEqual([expect.stringMatching(/was cleaned.*cart: is an instance/s)])
      await drain()
      for (const { events } of [destination, ads, strict]) {
        expect(events).toMatchObject([{ properties: { cart: { total: 1 } } }])
        expect(events[0]).not.toHaveProperty('issues')
      }
    },
  )

  test.each(['flag', 'strip', 'drop'] as const)(
    'under %s an id that cannot be used is ignored: the event is valid for all',
    async (invalid) => {
      const { decision, said, destination, ads, strict } = tell('step_taken', {}, invalid, '')
      expect(decision).toMatchObject({ outcome: 'fired', issues: [{ kind: 'id' }] })
      expect(said()).toEqual([expect.stringMatching(/id that was ignored, and one was generated/)])
      await drain()
      for (const { events } of [destination, ads, strict]) expect(events[0]).not.toHaveProperty('issues')
    },
  )

  test.each([
    [undefined, 'it goes out flagged to memory, without them to ads, not to strict.'],
    ['flag', 'it goes out flagged to memory, ads, not to strict.'],
    ['strip', 'it goes out without them to memory, ads, not to strict.'],
    ['drop', 'the attempt is dropped.'],
  ] as const)('under %s invalid properties: %s', async (invalid, words) => {
    const { said } = tell('tier_seen', { tier: 1 }, invalid)
    expect(said()).toEqual([expect.stringContaining(words)])
  })

  test('an attempt that is dropped for another reason does not go out', () => {
    const said = listenToAdvice()
    const { tracker } = openTracker(handled, { consent: 'denied' })
    tracker.track('tier_seen', { tier: 1 } as never)
    expect(said()).toEqual([expect.stringContaining('dropped for another reason (consent-denied)')])
  })
})

describe('beforeSend', () => {
  test.each<[string, (sent: TrackedEvent) => object]>([
    ['rebuilds the event without issues', ({ issues, ...rest }) => rest],
    ['empties them', (sent) => ({ ...sent, issues: [] })],
    ['adds some', (sent) => ({ ...sent, issues: ['tier'] })],
  ])('that %s does not undo what was found', async (_, beforeSend) => {
    listenToAdvice()
    const ads = memory({ name: 'ads', consent: 'marketing' })
    const { tracker, destination } = openTracker(plan, {
      consent: granted,
      destinations: [ads],
      beforeSend: (sent) => beforeSend(sent) as TrackedEvent,
    })
    const track = tracker.track as unknown as (name: string, properties: object) => void
    track('lead_given', { tier: 'pro', phone: 1 })
    await drain()
    const issues = ['phone', 'items.0.price', 'items.1']
    expect(ads.events).toMatchObject([{ properties: { tier: 'pro' }, issues }])
    expect(ads.events[0]?.properties).not.toHaveProperty('phone')
    expect(destination.events).toMatchObject([{ properties: { tier: 'pro', phone: 1 }, issues }])
  })
})

describe('the wire says which paths were invalid', () => {
  test('in our own format, as the schema has it, without values and personal data', async () => {
    listenToAdvice()
    const { bodies, destination } = keptBodies(204)
    const { tracker } = openTracker(plan, { personalData: 'redact', destinations: [destination] })
    const track = tracker.track as unknown as (name: string, properties: object) => void
    track('amount_given', { 'ada@example.com': Number.NaN, note: Number.NaN })
    await drain()
    await tracker.flush()
    const batch = JSON.parse(bodies[0] as string)
    expect(batch.events[0].issues).toEqual(['[email]', 'note'])
    expect(bodies[0]).not.toContain('ada@')
    expect(wireSchema()(batch)).toEqual([])
  })

  const nested = {
    invited: { '+4915112345678': Number.NaN },
    seats: { 'ada@example.com': Number.NaN, 'bob@example.com': { value: 1 } },
  }
  const openNested = (options: TestTrackerOptions<never> = {}) => {
    listenToAdvice()
    const tracking = openTracker(plan, { personalData: 'redact', consent: granted, ...options })
    return { ...tracking, track: tracking.tracker.track as (name: string, properties: object) => Decision }
  }

  test('name by name: what is nested keeps its place, and no personal data is left in it', async () => {
    const { bodies, destination } = keptBodies(204)
    const { tracker, track } = openNested({ destinations: [destination] })
    const returned = track('amount_given', nested)
    await drain()
    await tracker.flush()
    const batch = JSON.parse(bodies[0] as string)
    expect(batch.events[0].issues).toEqual(['invited.[phone]', 'seats.[email]'])
    for (const text of [bodies[0], JSON.stringify(returned), JSON.stringify(tracker.record.get())])
      expect(text).not.toMatch(/4915112345678|ada@/)
  })

  test.each([
    ['prerendering', { platform: createManualPlatform({ prerendering: true }) }],
    ['admitted', { beforeSend: (sent: TrackedEvent) => ({ ...sent, more: nested }) }],
  ])('the record of what is %s has none either', (reason, options) => {
    const { tracker, track } = openNested(options)
    expect(track('amount_given', nested)).toMatchObject({
      reason,
      issues: expect.arrayContaining([{ message: 'is no finite number', path: ['seats', '[email]'] }]),
    })
    expect(JSON.stringify(tracker.record.get())).not.toMatch(/4915112345678|ada@/)
  })

  test('a message of a schema has none either', () => {
    const { track } = openNested()
    expect(track('mail_given', {}).issues).toEqual([{ message: 'got [email]', path: ['mail'] }])
  })

  test('strip removes what is nested under a name that was replaced', async () => {
    const ads = memory({ name: 'ads', consent: 'marketing' })
    const { track } = openNested({ destinations: [ads] })
    track('seats_given', { seats: { 'ada@example.com': 'front', total: 2 } })
    await drain()
    expect(ads.events).toMatchObject([{ properties: { seats: { total: 2 } }, issues: ['seats.[email]'] }])
    expect(ads.events[0]?.properties['seats']).not.toHaveProperty('[email]')
  })

  test('and refuses what is essential there', () => {
    const ads = memory({ name: 'ads', consent: 'marketing' })
    const { track } = openNested({ destinations: [ads] })
    expect(track('prices_given', { seats: { 'ada@example.com': { value: 'x' } } }).deliveries).toMatchObject({
      ads: { state: 'rejected', error: 'not sent: invalid seats.[email].value' },
    })
  })

  test('names in a property that may hold personal data stay, in properties and in paths', async () => {
    const ads = memory({ name: 'ads', consent: 'marketing' })
    const { track, destination } = openNested({ destinations: [ads] })
    track('contacts_given', { contacts: { 'ada@example.com': 'x', total: 1 } })
    await drain()
    expect(destination.events).toMatchObject([{ issues: ['contacts.ada@example.com'] }])
    expect(ads.events[0]?.properties).toEqual({ contacts: { total: 1 } })
  })

  test('in Segment’s, and at vendors', () => {
    const sent = {
      issues: ['value'],
      context: {},
      page: {},
      properties: {},
      time: 0,
    } as unknown as TrackedEvent
    expect(segmentBatch({ writeKey: 'k' }).item(sent)).toContain('"issues":["value"]')
    const flagged = meta().map?.({ ...sent, id: '1', name: 'tier_seen', sampleRate: 1 }, undefined)
    expect(flagged?.payload.parameters).toEqual({ invalid_properties: 'value' })
  })
})

describe('a key that is missing', () => {
  const keyed = (given: unknown) =>
    definePlan({
      name: 'acme',
      version: '1',
      events: {
        order_paid: event({
          frequency: { per: 'user', key: (given as { key: (properties: object) => string }).key },
          properties: typed<{ order?: unknown }>(),
        }),
      },
    })
  test.each([undefined, null, '', '  ', Number.NaN, {}, []])(
    '(%j) is an issue of the properties: no other occurrence stands in its way',
    async (missing) => {
      const said = listenToAdvice()
      const read = ({ order }: { order?: unknown }) => (order === undefined ? missing : missing) as string
      const { tracker, destination } = openTracker(keyed({ key: read }))
      for (let time = 0; time < 2; time++)
        expect(tracker.track('order_paid', {})).toMatchObject({
          outcome: 'fired',
          issues: [{ path: ['order'], message: expect.stringContaining('is missing') }],
          frequency: [],
        })
      await drain()
      expect(destination.events.map(({ issues }) => issues)).toEqual([['order'], ['order']])
      expect(new Set(destination.events.map(({ id }) => id)).size).toBe(2)
      expect(said()[0]).toContain('order: is missing')
    },
  )

  test('drops the event where invalid events are dropped', () => {
    listenToAdvice()
    const { tracker } = openTracker(keyed({ key: () => undefined }), { invalid: 'drop' })
    expect(tracker.track('order_paid').reason).toBe('invalid-properties')
  })

  test.each([0, false, 'a'])('%j is one', (key) => {
    const { tracker } = openTracker(keyed({ key: () => key }))
    expect(tracker.track('order_paid').outcome).toBe('fired')
    expect(tracker.track('order_paid').reason).toBe('frequency')
  })

  test.each([
    ['purchase', { value: 90, currency: 'EUR', items: order.items }],
    ['begin_checkout', { value: 90, currency: 'EUR' }],
    ['begin_checkout', { value: 90, currency: 'EUR', items: [{}] }],
    ['add_shipping_info', { value: 90, currency: 'EUR', shipping_tier: 'express' }],
    ['add_payment_info', { value: 90, currency: 'EUR', payment_type: 'card' }],
    ['view_cart', { value: 90, currency: 'EUR', items: [] }],
    ['view_promotion', {}],
  ])('%s without what it is counted by is not counted with others', (name, properties) => {
    const { track } = open()
    expect(track(name, properties).issues?.length).toBeGreaterThan(0)
    expect(track(name, properties).reason).toBe('admitted')
  })
})
