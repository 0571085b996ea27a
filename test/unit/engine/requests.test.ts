import { describe, expect, test, vi } from 'vitest'
import { http } from '../../../src/destinations/http/http.ts'
import { inspectionOf } from '../../../src/engine/record/inspection.ts'
import { createTracker } from '../../../src/engine/tracker.ts'
import { definePlan } from '../../../src/plan/define-plan.ts'
import { event } from '../../../src/plan/event.ts'
import { createManualPlatform } from '../../../src/testing/manual-platform.ts'
import { failing } from '../../support/flaky-destination.ts'
import { scriptedNetwork } from '../../support/scripted-network.ts'
import { drain, MINUTE_MS, openTracker, SECOND_MS } from '../../support/tracking.ts'

const plan = definePlan({
  name: 'acme',
  version: '1',
  events: { first_step: event({}), second_step: event({}) },
})

/** A tracker whose one destination is `http()`, on a network that answers as it is told. */
async function openHttp(url = 'https://collect.test/e?key=secret#part') {
  const platform = createManualPlatform()
  const net = scriptedNetwork({ later: platform.later })
  const { tracker, decisions } = openTracker(plan, {
    platform,
    destinations: [http({ url, network: net.network })],
  })
  await drain()
  const pass = async (ms: number) => {
    await drain()
    for (let left = ms; left > 0; left -= 500) {
      platform.advance(Math.min(left, 500))
      await drain()
    }
  }
  return {
    platform,
    net,
    tracker,
    pass,
    delivery: (index = 0) => decisions()[index]?.deliveries['http'],
    requests: (index = 0) => decisions()[index]?.deliveries['http']?.requests,
    ids: () => decisions().map(({ eventId }) => eventId),
    status: () => inspectionOf(tracker)?.status('http'),
  }
}

describe('a delivery tells its requests', () => {
  test('events that went together share one, with status, times and what the server said', async () => {
    const { net, tracker, pass, platform, delivery, requests, ids } = await openHttp()
    net.always('wait')
    const tracked = platform.now()
    tracker.track('first_step')
    tracker.track('second_step')
    await pass(2 * SECOND_MS)
    const sentAt = platform.now()
    await pass(SECOND_MS)
    net.answer({ status: 202, body: 'queued' })
    await drain()
    expect(requests()).toEqual([
      {
        requestId: JSON.parse(net.requests[0]?.request.body ?? '').requestId,
        transport: 'fetch',
        url: 'https://collect.test/e',
        eventIds: ids(),
        sentAt,
        answeredAt: sentAt + SECOND_MS,
        status: 202,
        body: 'queued',
        error: undefined,
      },
    ])
    expect(requests(1)?.[0]).toBe(requests(0)?.[0])
    expect(delivery()).toMatchObject({ state: 'sent', queuedAt: tracked })
  })

  test('of many attempts the first and the newest four, oldest first', async () => {
    const { net, tracker, pass, requests, delivery } = await openHttp()
    net.always(503)
    tracker.track('first_step')
    while (net.requests.length < 9) await pass(MINUTE_MS)
    const sent = net.requests.map(({ request }) => JSON.parse(request.body).requestId)
    expect(delivery()?.attempts).toBe(sent.length)
    expect(requests()?.map(({ requestId }) => requestId)).toEqual([sent[0], ...sent.slice(-4)])
  })

  test('what is refused for good has status and answer', async () => {
    const { net, tracker, pass, delivery, requests } = await openHttp()
    net.always({ status: 422, body: '{"error":"no field name"}' })
    tracker.track('first_step')
    await pass(2 * SECOND_MS)
    expect(delivery()).toMatchObject({ state: 'rejected', error: 'HTTP 422', nextAt: undefined })
    expect(requests()).toMatchObject([
      { status: 422, error: 'HTTP 422', body: '{"error":"no field name"}', answeredAt: expect.any(Number) },
    ])
  })

  test('a batch that is too large shows the request that was, then its half', async () => {
    const { net, tracker, pass, requests, ids } = await openHttp()
    net.script(413)
    tracker.track('first_step')
    tracker.track('second_step')
    await pass(2 * SECOND_MS)
    expect(requests(1)?.map(({ status, eventIds }) => [status, eventIds])).toEqual([
      [413, ids()],
      [200, [ids()[1]]],
    ])
  })

  test('one on its way is known to the lane, without an answer', async () => {
    const { net, tracker, pass, requests, status, ids } = await openHttp()
    net.always('wait')
    tracker.track('first_step')
    await pass(2 * SECOND_MS)
    expect(requests()).toEqual([])
    expect(status()?.waiting).toEqual([])
    expect(status()?.request?.eventIds).toEqual(ids())
    expect(status()?.request).not.toHaveProperty('answeredAt')
  })

  test('without anybody who watches nothing of it is kept', async () => {
    const platform = createManualPlatform()
    const net = scriptedNetwork({ later: platform.later })
    vi.stubEnv('NODE_ENV', 'production')
    const tracker = createTracker({
      plan,
      platform,
      consent: 'granted',
      destinations: [http({ url: '/collect', network: net.network })],
    })
    vi.unstubAllEnvs()
    await drain()
    const stop = tracker.record.watch()
    net.always({ status: 200, body: 'hello' })
    const deliver = async () => {
      tracker.track('first_step')
      await drain()
      platform.advance(2 * SECOND_MS)
      await drain()
    }
    await deliver()
    expect(JSON.stringify(tracker.record.get())).toContain('hello')
    stop()
    await deliver()
    expect(tracker.record.get().decisions.map(({ deliveries }) => deliveries['http'])).toMatchObject([
      { state: 'sent', requests: undefined },
      { state: 'sent', requests: undefined },
    ])
    expect(JSON.stringify(tracker.record.get())).not.toContain('hello')
    tracker.dispose()
  })
})

describe('why the next attempt waits', () => {
  test('a failure: at some later time, for no other reason', async () => {
    const { net, tracker, pass, delivery, status, platform } = await openHttp()
    net.script('fail')
    tracker.track('first_step')
    await pass(2 * SECOND_MS)
    expect(delivery()).toMatchObject({ state: 'retrying', waits: undefined, error: 'Failed to fetch' })
    expect(delivery()?.nextAt).toBe(status()?.until)
    expect(status()).toMatchObject({ waits: undefined, waiting: [expect.any(Number)] })
    expect(status()?.until).toBeGreaterThan(platform.now())
    await pass(MINUTE_MS)
    expect(delivery()).toMatchObject({ state: 'sent', waits: undefined, nextAt: undefined, error: undefined })
  })

  test('Retry-After: until the server wants to hear of us again', async () => {
    const { net, tracker, pass, delivery, requests, status, platform } = await openHttp()
    net.script({ status: 429, retryAfter: '120' })
    tracker.track('first_step')
    await pass(2 * SECOND_MS)
    expect(delivery()).toMatchObject({
      state: 'retrying',
      waits: 'retry-after',
      nextAt: platform.now() + 120 * SECOND_MS,
    })
    expect(requests()).toMatchObject([{ status: 429, retryAfter: '120' }])
    expect(status()).toMatchObject({ waits: 'retry-after', until: delivery()?.nextAt })
    await pass(119 * SECOND_MS)
    expect(net.requests).toHaveLength(1)
    net.always('wait')
    await pass(2 * SECOND_MS)
    // The pause is over, and the server has not answered yet.
    expect(status()).toMatchObject({ waits: undefined, until: 0 })
    net.answer(200)
    await pass(SECOND_MS)
    expect(delivery()?.state).toBe('sent')
  })

  test('five failures open the breaker; half open, one event tries alone; an answer closes it', async () => {
    const { net, tracker, pass, delivery, status } = await openHttp()
    net.always(500)
    tracker.track('first_step')
    tracker.track('second_step')
    while (net.requests.length < 5) await pass(SECOND_MS)
    await pass(SECOND_MS)
    expect(delivery()).toMatchObject({ state: 'retrying', waits: 'breaker', error: 'HTTP 500' })
    expect(status()?.waits).toBe('breaker')
    net.always('wait')
    while (status()?.request?.answeredAt !== undefined) await pass(SECOND_MS)
    expect(status()?.request?.eventIds).toHaveLength(1)
    net.always(200)
    net.answer(200)
    await pass(10 * SECOND_MS)
    expect([delivery(0)?.state, delivery(1)?.state]).toEqual(['sent', 'sent'])
    expect(status()?.until).toBe(0)
  })

  test('offline: nothing leaves, and nothing was tried', async () => {
    const { net, tracker, pass, delivery, requests } = await openHttp()
    net.always('wait')
    tracker.track('first_step')
    await pass(2 * SECOND_MS)
    net.disconnect()
    net.answer('fail')
    await drain()
    expect(delivery()).toMatchObject({ state: 'retrying', waits: 'offline', error: 'offline' })
    expect(requests()).toMatchObject([{ transport: 'fetch', error: 'Failed to fetch' }])
    net.always(200)
    net.connect()
    await pass(2 * SECOND_MS)
    expect(delivery()).toMatchObject({ state: 'sent', waits: undefined })
  })
})

describe('the end of a page', () => {
  test('goes by keepalive, and by beacon where there is no room', async () => {
    const { net, tracker, platform, requests, delivery, ids } = await openHttp('/collect')
    net.always('wait')
    for (let step = 0; step < 500; step++) tracker.track('first_step') // more than 48 kB
    platform.leave()
    await drain()
    const beacon = net.beacons.find((each) => each.ids.includes(ids()[499] ?? ''))
    expect(delivery(499)?.state).toBe('unknown')
    expect(requests(499)).toEqual([
      {
        requestId: JSON.parse(beacon?.body ?? '').requestId,
        transport: 'beacon',
        url: '/collect',
        eventIds: beacon?.ids,
        sentAt: platform.now(),
      },
    ])
  })

  test('a keepalive that is answered says so', async () => {
    const { tracker, platform, requests } = await openHttp('/collect')
    tracker.track('first_step')
    platform.hide()
    await drain()
    expect(requests()).toMatchObject([{ transport: 'keepalive', status: 200 }])
  })
})

test('a destination with a `send` of its own tells when it was called, and what it threw', async () => {
  let fails = 1
  const flaky = failing(() => (fails-- > 0 ? new Error('not today') : undefined))
  const { tracker, platform, decisions } = openTracker(plan, { destinations: [flaky] })
  tracker.track('first_step')
  await drain()
  platform.advance(MINUTE_MS)
  await drain()
  const [decision] = decisions()
  expect(decision?.deliveries['failing']?.requests).toMatchObject([
    { transport: 'send', eventIds: [decision?.eventId], error: 'not today' },
    { transport: 'send', eventIds: [decision?.eventId], error: undefined, answeredAt: expect.any(Number) },
  ])
  expect(inspectionOf(tracker)?.status('failing')).toBeUndefined()
})
