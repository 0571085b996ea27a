import { describe, expect, test } from 'vitest'
import { http } from '../../../src/destinations/http.ts'
import { segmentBatch } from '../../../src/destinations/segment-batch.ts'
import type { TrackedEvent } from '../../../src/engine/types.ts'
import { scriptedNetwork } from '../../support/scripted-network.ts'

const time = Date.UTC(2026, 0, 2, 3, 4, 5, 6)
const event: TrackedEvent = {
  id: '0197-a',
  name: 'pricing_clicked',
  version: '2',
  properties: { tier: 'pro', note: '"quoted", 日本' },
  time,
  page: { number: 1, url: 'https://shop.test/pricing', path: '/pricing', title: 'Pricing', referrer: '' },
  sessionId: 'session',
  anonymousId: 'visitor',
  userId: 'user',
  context: {
    plan: 'acme',
    planVersion: '3',
    storage: 'persistent',
    scope: { section: 'hero' },
    landing: {
      url: 'https://shop.test/',
      path: '/',
      referrer: '',
      referrerClass: 'direct',
      campaign: { source: 'news', medium: 'mail' },
    },
    device: {
      class: 'desktop',
      viewport: { width: 1280, height: 720 },
      language: 'de-CH',
      timeZone: 'Europe/Zurich',
    },
    visitor: { visit: 2, returning: true },
    bot: false,
    traits: { team: 'blue' },
  },
  stage: 'intent',
  intent: 'high',
  goal: 'demo_booked',
  value: { value: 5, currency: 'EUR' },
  consent: { analytics: 'granted' },
  sampleRate: 1,
  trigger: { component: 'PricingLink', fact: 'click' },
}

async function bodyOf(options: Partial<Parameters<typeof http>[0]>, events: readonly TrackedEvent[]) {
  const net = scriptedNetwork({ later: () => () => {} })
  const destination = http({ url: '/collect', network: net.network, ...options })
  const payloads = events.map((one) => destination.map?.(one).payload ?? '')
  await destination.send(payloads, { reason: 'flush' })
  return JSON.parse(net.requests[0]?.request.body ?? 'null')
}

describe('our own format', () => {
  test('is the event, as it is', async () => {
    const other = { ...event, id: '0197-b' }
    expect(await bodyOf({}, [event, other])).toEqual({
      schema: 'react-microconversions/batch/1',
      requestId: expect.any(String),
      sentAt: expect.any(Number),
      events: [event, other],
    })
  })

  test('names one batch alike, and others otherwise', async () => {
    const { requestId } = await bodyOf({}, [event])
    expect(requestId).toMatch(/^[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-8[\da-f]{3}-[\da-f]{12}$/)
    expect((await bodyOf({}, [event])).requestId).toBe(requestId)
    expect((await bodyOf({}, [{ ...event, id: 'x' }])).requestId).not.toBe(requestId)
  })
})

describe('the batch call of Segment', () => {
  const encode = segmentBatch({ writeKey: 'key "1"' })

  test('is a track call for each event', async () => {
    const body = await bodyOf({ encode }, [event])
    expect(body).toEqual({
      writeKey: 'key "1"',
      sentAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      batch: [
        {
          type: 'track',
          messageId: '0197-a',
          event: 'pricing_clicked',
          anonymousId: 'visitor',
          userId: 'user',
          timestamp: '2026-01-02T03:04:05.006Z',
          properties: { value: 5, currency: 'EUR', tier: 'pro', note: '"quoted", 日本' },
          context: {
            page: { url: 'https://shop.test/pricing', path: '/pricing', title: 'Pricing', referrer: '' },
            campaign: { source: 'news', medium: 'mail' },
            locale: 'de-CH',
            timezone: 'Europe/Zurich',
            traits: { team: 'blue' },
            sessionId: 'session',
            microconversion: {
              version: '2',
              stage: 'intent',
              intent: 'high',
              goal: 'demo_booked',
              consent: { analytics: 'granted' },
              sampleRate: 1,
              trigger: { component: 'PricingLink', fact: 'click' },
              plan: 'acme',
              planVersion: '3',
              storage: 'persistent',
              landing: event.context.landing,
              device: event.context.device,
              visitor: { visit: 2, returning: true },
              bot: false,
              scope: { section: 'hero' },
            },
          },
        },
      ],
    })
  })

  test('leaves out what there is not', async () => {
    const { userId, value, ...rest } = event
    const [call] = (
      await bodyOf({ encode }, [
        { ...rest, context: { ...event.context, landing: 'unknown', traits: undefined } },
      ])
    ).batch
    expect(call).not.toHaveProperty('userId')
    expect(call.properties).toEqual(event.properties)
    expect(Object.keys(call.context)).toEqual(['page', 'locale', 'timezone', 'sessionId', 'microconversion'])
  })
})
