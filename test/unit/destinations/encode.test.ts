import { describe, expect, test } from 'vitest'
import { http } from '../../../src/destinations/http/http.ts'
import { segmentBatch } from '../../../src/destinations/http/segment-batch.ts'
import type { TrackedEvent } from '../../../src/engine/pipeline/tracked-event.ts'
import { eventsIn } from '../../support/read-batch.ts'
import { scriptedNetwork } from '../../support/scripted-network.ts'
import { ID, planned, purchase, trackedEvent } from './tracked-event.ts'

const time = Date.UTC(2026, 0, 2, 3, 4, 5, 6)
const event: TrackedEvent = {
  id: '0197-a',
  name: 'pricing_clicked',
  version: '2',
  properties: { tier: 'pro', note: '"quoted", 日本' },
  time,
  page: { number: 1, url: 'https://shop.test/pricing', path: '/pricing', title: 'Pricing', referrer: '' },
  sessionId: 'session',
  anonymousId: 'user',
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
    user: { visit: 2, returning: true },
    bot: false,
    traits: { team: 'blue' },
    experiments: { hero: 'b' },
    replay: 'https://replay.test/s1?t=2',
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
  const shared = {
    plan: 'acme',
    planVersion: '3',
    library: expect.stringMatching(/^\d+\.\d+\.\d+/),
    anonymousId: 'user',
    userId: 'user',
    sessionId: 'session',
    consent: { analytics: 'granted' },
    landing: event.context.landing,
    device: event.context.device,
    user: { visit: 2, returning: true },
    traits: { team: 'blue' },
    experiments: { hero: 'b' },
  }
  const { referrer, ...page } = event.page
  const own = {
    id: '0197-a',
    name: 'pricing_clicked',
    version: '2',
    properties: event.properties,
    time,
    scope: { section: 'hero' },
    stage: 'intent',
    intent: 'high',
    goal: 'demo_booked',
    value: { value: 5, currency: 'EUR' },
    trigger: { component: 'PricingLink', fact: 'click' },
    replay: 'https://replay.test/s1?t=2',
  }

  test('says once what events share, and leaves out what is usual', async () => {
    const other = { ...event, id: '0197-b', trigger: { component: 'track', fact: 'call' } }
    expect(await bodyOf({}, [event, other])).toEqual({
      schema: 'react-microconversions/batch/2',
      requestId: expect.any(String),
      sentAt: expect.any(Number),
      contexts: [shared],
      pages: [page],
      events: [own, { ...own, id: '0197-b', trigger: undefined }],
    })
  })

  test('names another context and another page by their places', async () => {
    const moved = { ...event, page: { ...event.page, number: 2, referrer: 'https://shop.test/' } }
    const unlike: TrackedEvent = {
      ...event,
      version: '3',
      userId: undefined,
      context: {
        ...event.context,
        storage: 'memory',
        bot: true,
        landing: 'unknown',
        scope: {},
        release: 'r7',
      },
      sampleRate: 0.5,
      rollout: 0.1,
      issues: ['tier'],
    }
    const { contexts, pages, events } = await bodyOf({}, [event, moved, unlike, moved])
    const { userId, landing, ...around } = shared
    expect(contexts).toEqual([shared, { ...around, storage: 'memory', bot: true, release: 'r7' }])
    expect(pages).toEqual([page, { ...page, number: 2, referrer: 'https://shop.test/' }])
    const { version, scope, ...plain } = own
    expect(events).toEqual([
      own,
      { ...own, page: 1 },
      { ...plain, context: 1, sampleRate: 0.5, rollout: 0.1, issues: ['tier'] },
      { ...own, page: 1 },
    ])
  })

  test('each event is what a reader of the batch puts together again', async () => {
    const batch = await bodyOf({}, [event, trackedEvent(), planned, purchase])
    for (const [index, read] of eventsIn(batch).entries()) {
      const { context, ...rest } = [event, trackedEvent(), planned, purchase][index] as TrackedEvent
      const { library, ...around } = read.context
      expect({ ...read, context: around }).toEqual(JSON.parse(JSON.stringify({ ...rest, context })))
    }
  })

  test('takes an event that an earlier release has stored', async () => {
    const net = scriptedNetwork({ later: () => () => {} })
    const destination = http({ url: '/collect', network: net.network })
    await destination.send([JSON.stringify(event)], { reason: 'flush' })
    expect(JSON.parse(net.requests[0]?.request.body ?? '')).toMatchObject({
      contexts: [shared],
      events: [own],
    })
  })

  test.each(['"', '\\ud800', '\\', 'a\nb', '\u2028', '日本 🎈'])('keeps the text %j', async (text) => {
    const { events } = await bodyOf({}, [{ ...event, properties: { text } }])
    expect(events[0].properties.text).toBe(text)
  })

  test.each([{}, { encode: segmentBatch({ writeKey: 'k' }) }])(
    'has no half of a surrogate pair (%#)',
    async (options) => {
      const half = '🎈'.slice(0, 1)
      const bodies = await bodyOf(options, [
        {
          ...event,
          properties: { [`${half}key`]: `\\${half}`, list: [half, '🎈'] },
          page: { ...event.page, title: half },
        },
      ])
      const text = JSON.stringify(bodies)
      expect(text).not.toMatch(/\\ud[89a-f]/)
      expect(text).toContain('"\ufffdkey":"\\\\\ufffd"')
      expect(text).toContain('🎈')
    },
  )

  test('costs little more than its properties, in batches of ten and more', async () => {
    const properties = { note: 'n'.repeat(250 - '"properties":{"note":""},'.length) }
    const events = Array.from({ length: 10 }, (_, index) => ({
      ...trackedEvent(),
      id: ID.replace('6e', `${10 + index}`),
      properties,
    }))
    const around = {
      ...trackedEvent().context,
      landing: event.context.landing,
      user: event.context.user,
    }
    const body = await bodyOf(
      {},
      events.map((each) => ({
        ...each,
        sessionId: ID,
        anonymousId: ID,
        context: around,
        trigger: { component: 'track', fact: 'call' },
      })),
    )
    expect(JSON.stringify(body).length / 10).toBeLessThanOrEqual(414)
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
          anonymousId: 'user',
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
              user: { visit: 2, returning: true },
              bot: false,
              scope: { section: 'hero' },
              experiments: { hero: 'b' },
              replay: 'https://replay.test/s1?t=2',
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
