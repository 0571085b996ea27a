import { describe, expect, test } from 'vitest'
import { posthog, toPosthog } from '../../../src/destinations/posthog.ts'
import { segment, toSegment } from '../../../src/destinations/segment.ts'
import { snowplow, toSnowplow } from '../../../src/destinations/snowplow.ts'
import { ID, planned, trackedEvent } from './tracked-event.ts'

const plannedParameters = {
  value: 5,
  currency: 'EUR',
  tier: 'pro',
  stage: 'intent',
  intent: 'high',
  goal: 'demo_booked',
  sample_rate: 0.5,
  suspected_bot: true,
  section: 'hero',
}
const time = 1_700_000_000_000

describe('an event for Segment', () => {
  const page = {
    url: 'https://acme.test/pricing',
    path: '/pricing',
    title: 'Pricing',
    referrer: 'https://search.test/',
    search: '',
  }

  test('has name, properties, id, time and page', () => {
    const rest = { call: 'track', name: 'tier_chosen', messageId: ID, time, page }
    expect(toSegment(trackedEvent())).toEqual({ payload: { ...rest, properties: { tier: 'pro' } } })
    expect(toSegment(planned).payload.properties).toEqual(plannedParameters)
  })

  test('is a page if the plan says so, and only then', () => {
    const event = trackedEvent({ name: 'page_view' })
    expect(toSegment(event).payload.call).toBe('track')
    const override = { as: 'page', name: 'Pricing', parameters: () => ({ kind: 'docs' }) } as const
    expect(toSegment(event, override).payload).toMatchObject({
      call: 'page',
      name: 'Pricing',
      properties: { kind: 'docs' },
    })
  })

  test('reaches the client as it expects it, and a rejection of its own harms nobody', () => {
    const calls: unknown[] = []
    const client = {
      track: (...call: unknown[]) => {
        calls.push(['track', ...call])
        return Promise.reject(new Error('a plugin of theirs'))
      },
      page: (...call: unknown[]) => calls.push(['page', ...call]),
    }
    const destination = segment({ client: () => client })
    const payloads = [toSegment(trackedEvent()).payload, toSegment(trackedEvent(), { as: 'page' }).payload]
    destination.send(payloads, { reason: 'batch' })
    const settings = { messageId: ID, timestamp: new Date(time), context: { page } }
    expect(calls).toEqual([
      ['track', 'tier_chosen', { tier: 'pro' }, settings],
      ['page', null, 'tier_chosen', { tier: 'pro' }, settings],
    ])
  })
})

describe('an event for PostHog', () => {
  test('has name, properties, address, id and time', () => {
    const address = { $current_url: 'https://acme.test/pricing', $pathname: '/pricing' }
    expect(toPosthog(trackedEvent())).toEqual({
      payload: { name: 'tier_chosen', properties: { ...address, tier: 'pro' }, uuid: ID, time },
    })
    expect(toPosthog(planned).payload.properties).toEqual({ ...address, ...plannedParameters })
    expect(toPosthog(trackedEvent(), { name: 'chosen', parameters: () => ({ level: 2 }) }).payload).toEqual({
      name: 'chosen',
      properties: { ...address, level: 2 },
      uuid: ID,
      time,
    })
  })

  test('waits for a client, and until that has been initialised', () => {
    const calls: unknown[] = []
    const capture = (...call: unknown[]) => calls.push(call)
    let client: { capture: typeof capture; __loaded: boolean } | undefined
    const destination = posthog({ client: () => client })
    const send = () => destination.send([toPosthog(trackedEvent()).payload], { reason: 'batch' })
    expect(send).toThrow('PostHog is not on the page yet')
    client = { capture, __loaded: false }
    expect(send).toThrow('PostHog is not on the page yet')
    client = { capture, __loaded: true }
    send()
    expect(calls).toEqual([
      ['tier_chosen', toPosthog(trackedEvent()).payload.properties, { uuid: ID, timestamp: new Date(time) }],
    ])
  })
})

describe('an event for Snowplow', () => {
  const timestamp = { type: 'ttm', value: time }
  const schema = 'iglu:com.acme/tier_chosen/jsonschema/1-0-0'

  test('is a structured one without a schema, and says what that leaves out', () => {
    expect(toSnowplow(planned)).toEqual({
      payload: {
        method: 'trackStructEvent',
        event: { category: 'demo_booked', action: 'tier_chosen', property: ID, value: 5 },
        context: [],
        timestamp,
      },
      notes: ['tier, value, none left out: a structured event has no properties; give it a schema'],
    })
    expect(toSnowplow(trackedEvent({ properties: {} }))).toMatchObject({
      payload: { event: { category: 'acme', action: 'tier_chosen', property: ID } },
      notes: [],
    })
    expect(toSnowplow(trackedEvent({ stage: 'intent' })).payload.event).toMatchObject({ category: 'intent' })
  })

  test('is structured as the plan says', () => {
    const override = {
      category: 'pricing',
      action: 'chosen',
      label: ({ tier }: { tier?: unknown }) => String(tier),
    }
    expect(toSnowplow(trackedEvent(), override).payload.event).toEqual({
      category: 'pricing',
      action: 'chosen',
      label: 'pro',
      property: ID,
    })
    expect(toSnowplow(trackedEvent(), { label: 'fixed' }).payload.event).toMatchObject({ label: 'fixed' })
  })

  test('is self-describing with a schema, of the plan before that of the destination', () => {
    expect(toSnowplow(trackedEvent(), {}, { schema: () => schema })).toEqual({
      payload: {
        method: 'trackSelfDescribingEvent',
        event: { schema, data: { tier: 'pro' } },
        context: [],
        timestamp,
      },
    })
    const override = { schema: `${schema}2`, data: () => ({ level: 2 }) }
    expect(toSnowplow(trackedEvent(), override, { schema: () => schema }).payload.event).toEqual({
      schema: `${schema}2`,
      data: { level: 2 },
    })
  })

  test('has an entity with its id, if that has a schema', () => {
    const entity = 'iglu:com.acme/microconversion/jsonschema/1-0-0'
    expect(toSnowplow(planned, undefined, { entity }).payload.context).toEqual([
      {
        schema: entity,
        data: {
          event_id: ID,
          stage: 'intent',
          intent: 'high',
          goal: 'demo_booked',
          value: 5,
          currency: 'EUR',
          sample_rate: 0.5,
          suspected_bot: true,
        },
      },
    ])
  })

  test('reaches the global function as it expects it', () => {
    const calls: unknown[] = []
    const page = globalThis as { snowplow?: unknown }
    const destination = snowplow()
    const payloads = [toSnowplow(trackedEvent()).payload, toSnowplow(trackedEvent(), { schema }).payload]
    const send = () => destination.send(payloads, { reason: 'batch' })
    expect(send).toThrow('Snowplow is not on the page yet')
    page.snowplow = (...call: unknown[]) => calls.push(call)
    try {
      send()
    } finally {
      delete page.snowplow
    }
    expect(calls).toEqual([
      ['trackStructEvent', { category: 'acme', action: 'tier_chosen', property: ID, context: [], timestamp }],
      ['trackSelfDescribingEvent', { event: { schema, data: { tier: 'pro' } }, context: [], timestamp }],
    ])
  })
})
