import { describe, expect, test } from 'vitest'
import { columns } from '../../../src/report/store/columns.ts'
import { derivedId } from '../../../src/support/hash.ts'
import { collecting } from '../../support/collecting.ts'
import {
  fullBatch,
  fullBatchOfVersion1,
  SESSION,
  smallBatch,
  USER,
  uuidAt,
} from '../../support/wire-batches.ts'

/** The columns that both versions of the wire fill in alike. */
const expected = {
  kind: 'event',
  id: uuidAt(1),
  given_id: null,
  name: 'tier_picked',
  plan: 'acme',
  plan_version: '3',
  event_version: '2',
  origin: 'browser',
  session_id: SESSION,
  anonymous_id: USER,
  user_id: 'u1',
  outside: '',
  page_number: 2,
  page_path: '/pricing',
  page_type: 'offer',
  landing_path: '/start',
  referrer_class: 'search',
  utm_source: 'mail',
  utm_medium: 'email',
  utm_campaign: 'spring',
  utm_term: 't',
  utm_content: 'c',
  click: 'gclid',
  device: 'mobile',
  language: 'de',
  time_zone: 'Europe/Berlin',
  visit: 4,
  returning_user: true,
  days_since_last: 2,
  bot: true,
  persistent: false,
  stage: 'intent',
  intent: 'high',
  goal: 'demo_booked',
  sample_rate: 0.5,
  amount: 12.5,
  currency: 'EUR',
  component: 'TrackedForm',
  fact: 'submit',
  fact_key: 'email',
  attempt_id: 'attempt-1',
  causes: JSON.stringify([uuidAt(2), 'order-7']),
  valid: false,
  issues: '["properties.items.0.price","properties"]',
  request_id: uuidAt(900),
  properties: '{"tier":"pro"}',
  scope: '{"variant":"b"}',
  traits: '{"plan":"team"}',
  consent: '{"analytics":"granted","marketing":"denied"}',
}

describe('a row', () => {
  test('has each column of an event of version 2', async () => {
    const { sink, post } = collecting()
    const now = Date.now()
    expect(await post(fullBatch(now))).toBe(204)
    expect(sink.rows).toEqual([
      {
        ...expected,
        release: '1.2.3',
        replay: 'https://replay.test/s1?t=2',
        experiments: '{"hero":"b"}',
        status: 'shadow',
        rollout: 0.9,
        synthetic: true,
        time: now,
        time_raw: now,
        due_at: now - 10,
        received_at: expect.any(Number),
        skew: sink.rows[0]!.received_at - now,
        day: new Date(now).toISOString().slice(0, 10),
        site_day: new Date(now).toISOString().slice(0, 10),
        bucket: expect.any(Number),
      },
    ])
  })

  test('has the same columns for an event of version 1, which has no release, rollout or shadow', async () => {
    const { sink, post } = collecting()
    await post(fullBatch(Date.now()))
    const other = collecting()
    expect(await other.post(fullBatchOfVersion1(Date.now()))).toBe(204)
    const [row] = other.sink.rows
    expect(row).toMatchObject({ ...expected, release: null, status: 'live', rollout: 1, synthetic: false })
    expect(row).toMatchObject({ replay: null, experiments: '{}' })
    expect(Object.keys(row!)).toEqual(Object.keys(sink.rows[0]!))
  })

  test('fills in what version 2 leaves out', async () => {
    const { sink, post } = collecting()
    await post(smallBatch(Date.now()))
    expect(sink.rows[0]).toMatchObject({
      event_version: '3',
      persistent: true,
      bot: false,
      sample_rate: 1,
      rollout: 1,
      status: 'live',
      component: 'track',
      fact: 'call',
      scope: '{}',
      traits: '{}',
      visit: null,
      referrer_class: null,
      synthetic: false,
      valid: null,
      issues: '[]',
    })
  })

  test('of a refused event has the same columns, the place that is wrong, and no content', async () => {
    const { sink, post } = collecting()
    const now = Date.now()
    const batch = smallBatch(now, [uuidAt(1), uuidAt(2)])
    const events = [{ ...batch.events[0], properties: 'my secret' }, batch.events[1]]
    expect(await post({ ...batch, events })).toBe(204)
    const [refused, row] = sink.rows
    expect(refused).toMatchObject({ kind: 'refused', name: '', issues: '["properties"]', valid: false })
    expect(row).toMatchObject({ kind: 'event', id: uuidAt(2) })
    expect(Object.keys(refused!)).toEqual(Object.keys(row!))
    expect(JSON.stringify(refused)).not.toContain('secret')
  })

  test('derives a UUID from an id of the application, the same in each copy', async () => {
    const { sink, post } = collecting()
    await post(smallBatch(Date.now(), ['order-7']))
    expect(sink.rows[0]).toMatchObject({ id: derivedId('order-7'), given_id: 'order-7' })
  })
})

describe('the clock', () => {
  const now = () => Date.now()

  test('is corrected beyond a minute', async () => {
    const { sink, post } = collecting()
    const sentAt = now() - 3_600_000
    await post(smallBatch(sentAt, [uuidAt(1)], { time: sentAt - 5_000 }))
    const [row] = sink.rows
    expect(row!.time_raw).toBe(sentAt - 5_000)
    expect(row!.time).toBe(row!.received_at - 5_000)
  })

  test('is left alone below, and no time is later than the request', async () => {
    const { sink, post } = collecting()
    const sentAt = now() + 30_000
    await post(smallBatch(sentAt, [uuidAt(1), uuidAt(2)], { time: sentAt - 60_000 }))
    await post(smallBatch(sentAt, [uuidAt(3)]))
    expect(sink.rows[0]!.time).toBe(sentAt - 60_000)
    expect(sink.rows[2]).toMatchObject({ time: sink.rows[2]!.received_at, time_raw: sentAt })
  })

  test('gives whole milliseconds', async () => {
    const { sink, post } = collecting()
    await post(smallBatch(now() + 0.4, [uuidAt(1)], { time: 1_000.6, dueAt: 999.5 }))
    expect(sink.rows[0]).toMatchObject({ time_raw: 1_001, due_at: 1_000, skew: expect.any(Number) })
    expect(Number.isInteger(sink.rows[0]!.skew)).toBe(true)
  })

  test('gives the day of the event in UTC, and the day of the site', async () => {
    const { sink, post } = collecting({ timeZone: 'Asia/Tokyo' })
    const time = Date.UTC(2026, 0, 31, 20)
    await post(smallBatch(now(), [uuidAt(1)], { time }))
    expect(sink.rows[0]).toMatchObject({ day: '2026-01-31', site_day: '2026-02-01' })
  })

  test('that cannot be read costs no event', async () => {
    const { sink, post } = collecting()
    const batch = { ...smallBatch(now()), sentAt: 'yesterday', requestId: 7 }
    expect(await post(batch)).toBe(204)
    expect(sink.rows[0]).toMatchObject({ kind: 'event', skew: null, request_id: null })
  })
})

describe('odd texts', () => {
  test('become well-formed, in columns, keys and JSON', async () => {
    const { sink, post } = collecting()
    const body = JSON.stringify(smallBatch(Date.now()))
      .replace('"properties":{}', String.raw`"properties":{"a\u0000":"x\ud83d","list":["\udc00"]}`)
      .replace('"path":"/"', String.raw`"path":"/\ud83d\u0000"`)
    expect(await post(body)).toBe(204)
    expect(sink.rows[0]).toMatchObject({
      properties: '{"a\uFFFD":"x\uFFFD","list":["\uFFFD"]}',
      page_path: '/\uFFFD\uFFFD',
    })
  })

  test.each([
    ['a duplicate key', '{"a":1,"a":2}', '{"a":2}'],
    ['a number beyond all numbers', '{"a":1e400}', '{"a":null}'],
    ['a key that means something to JavaScript', '{"__proto__":{"a":1}}', '{"__proto__":{"a":1}}'],
  ])('%s costs no event', async (_, given, stored) => {
    const { sink, post } = collecting()
    const body = JSON.stringify(smallBatch(Date.now())).replace('"properties":{}', `"properties":${given}`)
    expect(await post(body)).toBe(204)
    expect(sink.rows[0]).toMatchObject({ kind: 'event', properties: stored })
  })

  test('what is deep is cut at 16', async () => {
    const { sink, post } = collecting()
    const deep = `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`
    const body = JSON.stringify(smallBatch(Date.now())).replace('"properties":{}', `"properties":${deep}`)
    expect(await post(body)).toBe(204)
    expect(sink.rows[0]!.properties).toBe(`${'{"a":'.repeat(16)}null${'}'.repeat(16)}`)
  })
})

describe('enrich', () => {
  const country = { headers: { 'x-country': 'DE' } }

  test('adds columns, drops events, and costs only the event at which it throws', async () => {
    const { sink, post } = collecting({
      enrich: (row, request) => {
        if (row.id === uuidAt(2)) return undefined
        if (row.id === uuidAt(3)) throw new Error('no')
        if (row.id === uuidAt(4)) return { ...row, list: [] as unknown as string }
        return { ...row, country: request.headers.get('x-country') }
      },
    })
    expect(await post(smallBatch(Date.now(), [1, 2, 3, 4, 5].map(uuidAt)), country)).toBe(204)
    expect(sink.rows.map(({ kind, issues, ...row }) => [kind, issues, Object(row).country])).toEqual([
      ['event', '[]', 'DE'],
      ['refused', '["enrich"]', undefined],
      ['refused', '["enrich"]', undefined],
      ['event', '[]', 'DE'],
    ])
  })
  test.each(Object.entries(columns).filter(([, type]) => type !== 'VARCHAR'))(
    'refuses an event for which it puts a text into %s, because no store could read the row',
    async (name) => {
      const { sink, post } = collecting({ enrich: (row) => ({ ...row, [name]: 'ada' }) })
      expect(await post(smallBatch(Date.now()))).toBe(204)
      expect(sink.rows).toMatchObject([{ kind: 'refused', issues: '["enrich"]' }])
    },
  )

  test.each(['', 'Name'])('refuses an event to which it adds the column "%s"', async (name) => {
    const { sink, post } = collecting({ enrich: (row) => ({ ...row, [name]: 'ada' }) })
    await post(smallBatch(Date.now()))
    expect(sink.rows).toMatchObject([{ kind: 'refused', issues: '["enrich"]' }])
  })

  test('refuses an event for which it returns no row, such as a promise', async () => {
    for (const wrong of [Promise.resolve(undefined), Promise.reject(new Error('no')), true, 'row', []]) {
      const { sink, post } = collecting({ enrich: () => wrong as never })
      expect(await post(smallBatch(Date.now()))).toBe(204)
      expect(sink.rows).toMatchObject([{ kind: 'refused', issues: '["enrich"]' }])
    }
  })

  test('may replace or remove content', async () => {
    const removed = { user_id: null, session_id: null, visit: null, bot: null, valid: null, amount: null }
    const replaced = {
      anonymous_id: uuidAt(9),
      page_path: '/',
      page_number: 2,
      day: '2026-01-01',
      amount: 1.5,
    }
    for (const cells of [removed, replaced]) {
      const { sink, post } = collecting({ enrich: (row) => ({ ...row, ...cells }) })
      await post(smallBatch(Date.now()))
      expect(sink.rows).toMatchObject([{ kind: 'event', ...cells }])
    }
  })
})
