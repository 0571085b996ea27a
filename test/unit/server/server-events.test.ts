import { describe, expect, onTestFinished, test } from 'vitest'
import * as z from 'zod'
import { createCollector } from '../../../src/collector/create-collector.ts'
import { memory } from '../../../src/collector/sinks/memory.ts'
import { http } from '../../../src/destinations/http/http.ts'
import { definePlan } from '../../../src/plan/define-plan.ts'
import { event } from '../../../src/plan/event.ts'
import { manifestOf } from '../../../src/plan/manifest.ts'
import type { Network } from '../../../src/platform/network.ts'
import { report } from '../../../src/report/report.ts'
import { createEvent } from '../../../src/server/create-event.ts'
import { storeOf } from '../../support/report/event-rows.ts'
import { drain, listenToAdvice, openTracker } from '../../support/tracking.ts'

const plan = definePlan({
  name: 'shop',
  version: '7',
  events: {
    purchase: event({
      wireName: 'order_paid',
      macro: true,
      stage: 'purchase',
      properties: z.object({
        transaction_id: z.string(),
        value: z.number(),
        currency: z.string(),
        paid_on: z.date().optional(),
      }),
      id: ({ transaction_id }) => transaction_id,
      value: ({ value, currency }) => ({ value, currency }),
    }),
    deal_won: event({ goal: 'purchase' }),
    review_asked: event({ status: 'shadow', id: () => 'review-1' }),
  },
})
const order = { transaction_id: 'A-1001', value: 49, currency: 'EUR' }
const paidAt = Date.UTC(2026, 9, 28, 23, 59, 59)
const consent = { analytics: 'granted' } as const

/** A collector in memory, and the network of a page that reaches it. */
function openShop() {
  const sink = memory()
  const collector = createCollector({ plan, sink })
  onTestFinished(() => collector.close())
  const network: Network = {
    request: async ({ url, body, headers }) => {
      const { status } = await collector.fetch(new Request(url, { method: 'POST', body, headers }))
      return { status }
    },
    beacon: () => false,
    keptAliveBytes: () => 0,
    online: () => true,
    onOnline: () => () => {},
    origin: () => 'https://shop.test',
  }
  return { sink, collector, destinations: [http({ url: 'https://shop.test/collect', network })] }
}

describe('a purchase that page and server report', () => {
  test('has one id, name and user, and one row from each', async () => {
    const { sink, collector, destinations } = openShop()
    const { tracker, platform } = openTracker(plan, { destinations })
    await drain()
    tracker.identify('customer-7')
    const context = tracker.context()
    tracker.track('purchase', order)
    await expect
      .poll(async () => {
        platform.advance(60_000)
        await tracker.flush()
        return sink.rows.length
      })
      .toBe(1)

    // The clock of the page is another one, which the collector corrects.
    const told = Number(sink.rows[0]?.time)
    // The ids travel with the order, as JSON.
    const received = JSON.parse(JSON.stringify(context))
    await collector.ingest([createEvent(plan, 'purchase', order, { ...received, time: new Date(told) })])

    const [browser, server] = sink.rows
    expect(sink.rows).toHaveLength(2)
    for (const column of [
      'id',
      'given_id',
      'name',
      'anonymous_id',
      'session_id',
      'user_id',
      'bucket',
    ] as const)
      expect(server?.[column], column).toBe(browser?.[column])
    expect(browser).toMatchObject({ origin: 'browser', name: 'order_paid', given_id: 'A-1001', valid: true })
    expect(server).toMatchObject({
      origin: 'server',
      user_id: 'customer-7',
      time: told,
      amount: 49,
      currency: 'EUR',
      stage: 'purchase',
      plan: 'shop',
      plan_version: '7',
      valid: true,
      consent: '{"analytics":"granted"}',
    })

    const day = String(browser?.site_day)
    const store = await storeOf(sink.rows, manifestOf(plan))
    const { totals, coverage } = await report(store, { period: { from: day, to: day } })
    expect(totals).toMatchObject({ users: 1, events: 1 })
    expect(coverage).toMatchObject([
      { event: 'purchase', both: 1, browserOnly: 0, serverOnly: { k: 0, n: 1 } },
    ])
  })

  test('leaves one row of the server, however often the payment is told', async () => {
    const { sink, collector } = openShop()
    const paid = createEvent(plan, 'purchase', order, { time: paidAt, consent })
    await collector.ingest([paid])
    await collector.ingest([paid, createEvent(plan, 'purchase', order, { time: paidAt, consent })])
    expect(sink.rows).toHaveLength(1)
  })
})

describe('tracker.context()', () => {
  test('tells nothing before consent, nothing after it was withdrawn, and then another user', async () => {
    const { tracker } = openTracker(plan, { consent: 'pending' })
    await drain()
    expect(tracker.context()).toBeUndefined()
    tracker.consent.update('granted')
    await drain()
    const first = tracker.context()
    expect(first).toMatchObject({ consent: { analytics: 'granted' } })
    tracker.consent.update('denied')
    expect(tracker.context()).toBeUndefined()
    tracker.consent.update('granted')
    await drain()
    expect(tracker.context()?.anonymousId).not.toBe(first?.anonymousId)
  })

  test('tells no id that may still be replaced', async () => {
    const { tracker, platform } = openTracker(plan)
    expect(tracker.context()).toBeUndefined()
    await drain()
    const again = openTracker(plan, { platform: platform.openTab() })
    listenToAdvice()
    expect(again.tracker.context()).toBeUndefined()
    await drain()
    expect(again.tracker.context()).toEqual(tracker.context())
  })
})

describe('an event of a server', () => {
  test('needs no user, and has no page', async () => {
    const { sink, collector } = openShop()
    await collector.ingest([createEvent(plan, 'deal_won', {}, { id: 'crm-12', userId: 'u1', consent: {} })])
    expect(sink.rows).toMatchObject([
      {
        origin: 'server',
        given_id: 'crm-12',
        user_id: 'u1',
        session_id: null,
        anonymous_id: '00000000-0000-0000-0000-000000000000',
        outside: null,
        device: null,
        page_path: null,
        goal: 'purchase',
        bot: false,
        status: 'live',
      },
    ])
  })

  test('is stored and marked if it is invalid or unknown, and development says so', async () => {
    const said = listenToAdvice()
    const { sink, collector } = openShop()
    const loop: Record<string, unknown> = {}
    loop['self'] = loop
    await collector.ingest([
      createEvent(plan, 'purchase', { ...order, value: '49' } as never, { consent }),
      createEvent(plan, 'order_cancelled' as never, { reason: 'x' } as never, { id: 'A-1', consent }),
      createEvent(plan, 'deal_won', loop as never, { id: 'crm-13', consent }),
    ])
    expect(sink.rows.map(({ name, valid, issues }) => [name, valid, issues])).toEqual([
      ['order_paid', false, '["properties.value"]'],
      ['order_cancelled', false, '["name"]'],
      ['deal_won', false, '["properties.self"]'],
    ])
    expect(said().map((text) => /RMC\d+/.exec(text)?.[0])).toEqual(['RMC632', 'RMC631', 'RMC632'])
  })

  test('gets a random id if it has none, and development says what follows', () => {
    const said = listenToAdvice()
    const ids = [1, 2].map(() => createEvent(plan, 'deal_won', {}, { consent }).id)
    expect(new Set(ids).size).toBe(2)
    expect(createEvent(plan, 'deal_won', {}, { id: 'line\nbreak', consent }).id).toMatch(/^[\da-f-]{36}$/)
    expect(said()).toHaveLength(1)
    expect(said()[0]).toContain('RMC630')
  })

  test('carries JSON: a date as text, and the plan decides on shadow', () => {
    const paid = createEvent(plan, 'purchase', { ...order, paid_on: new Date(paidAt) }, { consent })
    expect(paid.properties).toEqual({ ...order, paid_on: '2026-10-28T23:59:59.000Z' })
    expect(createEvent(plan, 'review_asked', {}, { consent })).toMatchObject({ id: 'review-1', shadow: true })
  })

  test('is refused with its path, without its content, if it has another shape', async () => {
    const { sink, collector } = openShop()
    const paid = createEvent(plan, 'purchase', order, { consent, anonymousId: 'no-uuid', time: paidAt })
    await collector.ingest([paid, { ...paid, anonymousId: undefined, time: Number.NaN }])
    expect(sink.rows.map(({ kind, issues, properties }) => [kind, issues, properties])).toEqual([
      ['refused', '["anonymousId"]', null],
      ['refused', '["time"]', null],
    ])
  })
})

test('ingest rejects if the sink fails, and stores the events when it is called again', async () => {
  const sink = memory()
  let full = true
  const collector = createCollector({
    plan,
    sink: { append: (rows) => (full ? Promise.reject(new Error('disk full')) : sink.append(rows)) },
  })
  const paid = createEvent(plan, 'purchase', order, { consent })
  await expect(collector.ingest([paid])).rejects.toThrow('disk full')
  full = false
  await collector.ingest([paid])
  expect(sink.rows).toHaveLength(1)
})
