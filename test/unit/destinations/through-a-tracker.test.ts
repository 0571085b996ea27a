import { afterEach, describe, expect, test } from 'vitest'
import { ga4 } from '../../../src/destinations/ga4.ts'
import { gtm } from '../../../src/destinations/gtm.ts'
import { http } from '../../../src/destinations/http/http.ts'
import { type Fbq, meta } from '../../../src/destinations/meta.ts'
import { definePlan } from '../../../src/plan/define-plan.ts'
import { event } from '../../../src/plan/event.ts'
import { typed } from '../../../src/plan/standard-schema.ts'
import { createManualPlatform } from '../../../src/testing/manual-platform.ts'
import { type Answer, scriptedNetwork } from '../../support/scripted-network.ts'
import { drain, MINUTE_MS, openTracker } from '../../support/tracking.ts'

const plan = definePlan({
  name: 'acme',
  version: '1',
  events: {
    tier_chosen: event({
      properties: typed<{ tier: string; details?: object }>(),
      goal: 'generate_lead',
      value: { value: 5, currency: 'EUR' },
      destinations: {
        ga4: { name: 'select_content', parameters: (p) => ({ content_id: p.tier, details: p.details }) },
        gtm: false,
      },
    }),
    generate_lead: event({}),
    session_start: event({ destinations: { meta: false } }),
  },
})

const page = globalThis as { dataLayer?: unknown[]; fbq?: Fbq | undefined }
const layer = () =>
  (page.dataLayer ?? []).map((entry) => ('length' in (entry as object) ? [...(entry as unknown[])] : entry))
afterEach(() => {
  delete page.dataLayer
  delete page.fbq
})

test('each destination gets an event as the plan says, and the record has what became of it', async () => {
  page.dataLayer = [['config', 'G-1']]
  const pixel: unknown[] = []
  page.fbq = (...call) => pixel.push(call)
  const { tracker, decisions } = openTracker(plan, {
    destinations: [ga4(), gtm(), meta()],
    consent: 'granted',
  })
  tracker.track('tier_chosen', { tier: 'pro', details: {} })
  await drain()
  const [decision] = decisions()
  const event_id = decision?.eventId
  const rest = { value: 5, currency: 'EUR', goal: 'generate_lead' }
  expect(layer()).toEqual([
    ['config', 'G-1'],
    ['event', 'select_content', { event_id, content_id: 'pro', ...rest }],
  ])
  expect(pixel).toEqual([
    ['trackCustom', 'tier_chosen', { tier: 'pro', details: {}, ...rest }, { eventID: event_id }],
  ])
  expect(decision?.deliveries['ga4']).toMatchObject({
    state: 'unknown',
    notes: ['details left out: it has a value that GA4 has no column for'],
    payload: { name: 'select_content' },
  })
  expect(decision?.deliveries).not.toHaveProperty('gtm')
  expect(decision?.deliveries['meta']).toMatchObject({ state: 'unknown', attempts: 1 })
})

test('a name that one cannot take is rejected there, and goes to the others', async () => {
  page.dataLayer = [['config', 'G-1']]
  const { tracker, decisions } = openTracker(plan, {
    destinations: [ga4(), gtm(), meta()],
    consent: 'granted',
  })
  tracker.track('session_start')
  await drain()
  const [decision] = decisions()
  expect(layer()).toEqual([['config', 'G-1'], { event: 'session_start', event_id: decision?.eventId }])
  expect(decision?.outcome).toBe('fired')
  expect(decision?.deliveries).toMatchObject({
    ga4: { state: 'rejected', error: expect.stringContaining('is reserved') },
    gtm: { state: 'unknown' },
  })
  expect(decision?.deliveries).not.toHaveProperty('meta')
})

test('without a pixel an event waits, and ends in the record', async () => {
  const { tracker, platform, decisions } = openTracker(plan, { destinations: [meta()], consent: 'granted' })
  tracker.track('generate_lead')
  await drain()
  const error = 'The Meta Pixel is not on the page yet'
  expect(decisions()[0]?.deliveries['meta']).toMatchObject({ state: 'retrying', attempts: 1, error })
  for (let attempt = 0; attempt < 8; attempt++) {
    platform.advance(MINUTE_MS)
    await drain()
  }
  expect(decisions()[0]?.deliveries['meta']).toMatchObject({ state: 'expired', attempts: 8, error })
})

test('nothing reaches a client before its category is granted', async () => {
  const pixel: unknown[] = []
  page.fbq = (...call) => pixel.push(call[1])
  page.dataLayer = [['config', 'G-1']]
  const { tracker } = openTracker(plan, { destinations: [ga4(), gtm(), meta()], consent: 'pending' })
  tracker.track('generate_lead')
  await drain()
  expect([layer().length, pixel.length]).toEqual([1, 0])
  tracker.consent.update({ analytics: 'granted' })
  await drain()
  expect([layer().length, pixel.length]).toEqual([3, 0])
  tracker.consent.update({ marketing: 'granted' })
  await drain()
  expect(layer()).toHaveLength(3)
  expect(pixel).toEqual(['Lead'])
})

test.each([
  ['denied', ['unknown', 'denied', 'denied'], 1],
  ['pending', ['unknown', 'held', 'held'], 3],
] as const)(
  'a client that turns consent to %s in a call gets none of the others of its batch',
  async (state, expected, later) => {
    const got: string[] = []
    page.fbq = (...[, , , { eventID }]) => {
      got.push(eventID)
      if (got.length === 1) tracker.consent.update(state)
    }
    const { tracker, decisions, platform } = openTracker(plan, { destinations: [meta()], consent: 'pending' })
    for (const id of ['1', '2', '3']) tracker.track('generate_lead', undefined, { id })
    tracker.consent.update('granted')
    await drain()
    expect(got).toEqual(['1'])
    expect(decisions().map(({ deliveries }) => deliveries['meta']?.state)).toEqual(expected)
    tracker.consent.update('granted')
    platform.advance(MINUTE_MS)
    await drain()
    expect(got).toEqual(['1', '2', '3'].slice(0, later))
  },
)

test('what waits for the network at a withdrawal is denied, and the record says so', async () => {
  const platform = createManualPlatform()
  const net = scriptedNetwork({ later: platform.later })
  net.disconnect()
  const { tracker, decisions } = openTracker(plan, {
    platform,
    destinations: [http({ url: '/collect', network: net.network })],
  })
  await drain()
  tracker.track('session_start')
  await drain()
  tracker.consent.update('denied')
  await drain()
  expect(decisions()[0]?.deliveries['http']?.state).toBe('denied')
  net.connect()
  await drain()
  expect(net.requests).toEqual([])
  expect(platform.stored()).toEqual({})
})

describe('a tracker that is disposed in the task of its last event', () => {
  const open = (script: Answer) => {
    const platform = createManualPlatform()
    const net = scriptedNetwork({ later: platform.later })
    net.always(script)
    return {
      net,
      ...openTracker(plan, { platform, destinations: [http({ url: '/collect', network: net.network })] }),
    }
  }

  test('has it sent', async () => {
    const { tracker, net } = open(200)
    await drain()
    tracker.track('session_start')
    tracker.dispose()
    await drain()
    expect(net.arrived).toHaveLength(1)
  })

  test('leaves it to the next one when the server does not answer, and no timer', async () => {
    const { tracker, net, platform } = open('fail')
    await drain()
    tracker.track('session_start')
    tracker.dispose()
    await drain()
    net.always(200)
    const again = openTracker(plan, {
      platform: platform.openTab(),
      destinations: [http({ url: '/collect', network: net.network })],
    })
    await drain()
    platform.advance(MINUTE_MS)
    await drain()
    expect(net.arrived).toHaveLength(1)
    await again.tracker.flush()
  })
})

test('half a surrogate pair in the name of a plan or a destination loses no event', async () => {
  const platform = createManualPlatform()
  const halves = definePlan({ name: 'acme:\uD800', version: '1', events: { step_taken: event({}) } })
  const open = (tab: typeof platform) => {
    const { network, always, arrived } = scriptedNetwork({ later: tab.later })
    const destinations = [http({ name: 'a\uDC00', url: '/collect', network })]
    return { ...openTracker(halves, { platform: tab, destinations }), always, arrived }
  }
  const { tracker, always, decisions } = open(platform)
  always('fail')
  await drain()
  tracker.track('step_taken')
  await tracker.flush()
  platform.leave()
  tracker.dispose()
  const next = open(platform.reload())
  await drain()
  platform.advance(MINUTE_MS)
  await drain()
  expect(next.arrived).toEqual([decisions()[0]?.eventId])
})
