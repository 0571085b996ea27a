import { beforeEach, describe, expect, test, vi } from 'vitest'
import { MAX_AGE_MS, MAX_WAITING } from '../../../src/destinations/http/outbox.ts'
import { PermanentError } from '../../../src/support/permanent-error.ts'
import { createManualPlatform } from '../../../src/testing/manual-platform.ts'
import { drain, openHttpTab, WRITTEN_MS } from '../../support/http-tab.ts'

// The longest wait that full jitter allows, unless a test says otherwise.
beforeEach(() => {
  const random = vi.spyOn(Math, 'random').mockReturnValue(1)
  return () => random.mockRestore()
})

const numbered = (count: number, name = 'e') => Array.from({ length: count }, (_, index) => `${name}${index}`)

describe('batches', () => {
  test('what is added waits for others, and goes with them', async () => {
    const tab = await openHttpTab()
    tab.add('a')
    await tab.pass(1_500)
    tab.add('b')
    expect(tab.net.requests).toHaveLength(0)
    await tab.pass(500)
    expect(tab.net.batches()).toEqual([['a', 'b']])
    expect(tab.ends()).toEqual({ a: 'sent', b: 'sent' })
    expect(tab.last('a')).toMatchObject({ attempts: 1 })
    expect(tab.rows()).toEqual([])
  })

  test('goes when it is full, by count', async () => {
    const tab = await openHttpTab({ options: { batch: { maxEvents: 3 } } })
    for (const id of numbered(7)) tab.add(id)
    await drain()
    expect(tab.net.batches()).toEqual([
      ['e0', 'e1', 'e2'],
      ['e3', 'e4', 'e5'],
    ])
    await tab.pass(2_000)
    expect(tab.net.batches().at(-1)).toEqual(['e6'])
  })

  test('goes when it is full, by bytes, and one event is never too many', async () => {
    const tab = await openHttpTab({ options: { batch: { maxBytes: 1_000 } } })
    for (const id of ['a', 'b', 'c']) tab.add(id, { size: 400 })
    tab.add('large', { size: 2_000 })
    await drain()
    expect(tab.net.batches()).toEqual([['a', 'b'], ['c'], ['large']])
  })

  test('a critical copy goes at once, and takes the others along behind it', async () => {
    const tab = await openHttpTab()
    tab.add('a')
    tab.platform.advance(1)
    tab.add('b', { urgency: 'critical' })
    await drain()
    expect(tab.net.batches()).toEqual([['b', 'a']])
  })

  test('a critical copy waits for no more than the batch in flight', async () => {
    const tab = await openHttpTab({ options: { batch: { maxEvents: 2 } } })
    tab.net.script('wait')
    for (const id of numbered(4)) tab.add(id)
    await drain()
    tab.add('critical', { urgency: 'critical' })
    await drain()
    tab.net.answer(200)
    await drain()
    await tab.pass(2_000)
    expect(tab.net.batches()).toEqual([['e0', 'e1'], ['critical', 'e2'], ['e3']])
  })

  test('one request is in flight; what comes meanwhile waits', async () => {
    const tab = await openHttpTab()
    tab.net.always('wait')
    tab.add('a')
    await tab.pass(2_000)
    tab.add('b', { urgency: 'critical' })
    await tab.pass(3_000)
    expect(tab.net.batches()).toEqual([['a']])
    tab.net.answer(200)
    await drain()
    expect(tab.net.batches()).toEqual([['a'], ['b']])
  })

  test('flush() resolves when all that waited has been tried', async () => {
    const tab = await openHttpTab({ options: { batch: { maxEvents: 2 } } })
    tab.add('a')
    tab.add('b')
    tab.add('c')
    await tab.lane.flush('flush')
    expect(tab.net.arrived).toEqual(['a', 'b', 'c'])
    tab.net.always(503)
    tab.add('d')
    await tab.lane.flush('flush')
    expect(tab.last('d')).toMatchObject({ state: 'retrying', attempts: 1 })
  })
})

describe('the request', () => {
  test('on the own origin: JSON, with the cookies of that origin', async () => {
    const tab = await openHttpTab()
    tab.add('a')
    await tab.lane.flush('flush')
    const { request } = tab.net.requests[0]!
    expect(request).toMatchObject({
      url: '/collect',
      headers: { 'content-type': 'application/json' },
      credentials: 'same-origin',
      keepalive: false,
      timeoutMs: 10_000,
    })
    expect(JSON.parse(request.body)).toEqual({
      schema: 'react-microconversions/batch/2',
      requestId: expect.stringMatching(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/),
      sentAt: tab.platform.now(),
      contexts: [{}],
      pages: [{}],
      events: [{ id: 'a', pad: '' }],
    })
  })

  test('on another origin: a body that asks for no preflight', async () => {
    const tab = await openHttpTab({ options: { url: 'https://collector.test/', credentials: 'omit' } })
    tab.add('a')
    await tab.lane.flush('flush')
    const { headers, credentials } = tab.net.requests[0]!.request
    expect({ headers, credentials }).toEqual({
      headers: { 'content-type': 'text/plain;charset=UTF-8' },
      credentials: 'omit',
    })
  })

  test('in a sandboxed frame every URL is on another origin', async () => {
    const tab = await openHttpTab({ origin: 'null', options: { credentials: 'include' } })
    tab.add('a')
    await tab.lane.flush('flush')
    const { headers, credentials } = tab.net.requests[0]!.request
    expect({ headers, credentials }).toEqual({
      headers: { 'content-type': 'text/plain;charset=UTF-8' },
      credentials: 'include',
    })
  })

  test('with headers, also of a function that is called for each', async () => {
    let count = 0
    const headers = () => ({ authorization: `token ${++count}` })
    const tab = await openHttpTab({ options: { url: 'https://collector.test/', headers } })
    tab.net.script(503)
    tab.add('a')
    await tab.lane.flush('flush')
    await tab.lane.flush('flush')
    expect(tab.net.requests.map(({ request }) => request.headers)).toEqual([
      { 'content-type': 'application/json', authorization: 'token 1' },
      { 'content-type': 'application/json', authorization: 'token 2' },
    ])
  })

  test.each(['Content-Type', 'CONTENT-TYPE', 'content-type'])(
    'with one %s, that of the headers',
    async (name) => {
      const headers = { [name]: 'application/vnd.acme+json', 'X-Api-Version': '2' }
      const tab = await openHttpTab({ options: { headers } })
      tab.add('a')
      await tab.lane.flush('flush')
      expect(new Headers(tab.net.requests[0]?.request.headers).get('content-type')).toBe(
        'application/vnd.acme+json',
      )
      expect(tab.net.requests[0]?.request.headers).toMatchObject({ 'x-api-version': '2' })
    },
  )

  test.each([
    ['an error', new Error('no token'), 'no token'],
    ['a value without a text', Object.create(null), 'an error that cannot be read'],
  ])('headers that throw %s are a failure like others', async (_, thrown, error) => {
    const headers = () => {
      throw thrown
    }
    const tab = await openHttpTab({ options: { headers } })
    tab.add('a')
    await tab.lane.flush('flush')
    expect(tab.last('a')).toMatchObject({ state: 'retrying', error })
  })

  test('send() posts once, and says by its error whether to try again', async () => {
    const { destination, net } = await openHttpTab()
    await destination.send(['{"id":"a"}'], { reason: 'batch' })
    expect(net.arrived).toEqual(['a'])
    net.script(400, 503, 'fail')
    await expect(destination.send(['{"id":"b"}'], { reason: 'hidden' })).rejects.toBeInstanceOf(
      PermanentError,
    )
    expect(net.requests[1]?.request.keepalive).toBe(true)
    await expect(destination.send(['{"id":"c"}'], { reason: 'batch' })).rejects.not.toBeInstanceOf(
      PermanentError,
    )
    await expect(destination.send(['{"id":"d"}'], { reason: 'batch' })).rejects.toThrow('Failed to fetch')
  })
})

describe('answers', () => {
  test.each([400, 401, 403, 405, 410, 414, 415, 422, 501])('%i is final', async (status) => {
    const tab = await openHttpTab()
    tab.net.script(status)
    tab.add('a')
    await tab.lane.flush('flush')
    expect(tab.last('a')).toMatchObject({ state: 'rejected', attempts: 1, error: `HTTP ${status}` })
    expect(tab.rows()).toEqual([])
    await tab.pass(600_000)
    expect(tab.net.requests).toHaveLength(1)
  })

  test.each([304, 404, 408, 425, 429, 500, 502, 503, 'fail', 'wait'] as const)(
    '%s is tried again',
    async (answer) => {
      const tab = await openHttpTab()
      tab.net.script(answer)
      tab.add('a')
      await tab.pass(2_000)
      await tab.pass(answer === 'wait' ? 10_000 : 0)
      expect(tab.last('a')).toMatchObject({
        state: 'retrying',
        attempts: 1,
        nextAt: expect.closeTo(tab.platform.now() + 1_000, -3),
      })
      expect(tab.row('a')).toMatchObject({ attempts: 1 })
      await tab.pass(1_000)
      expect(tab.last('a')).toMatchObject({ state: 'sent', attempts: 2 })
      expect(tab.net.arrived).toEqual(['a'])
    },
  )

  test('which are final is an option', async () => {
    const tab = await openHttpTab({ options: { finalStatuses: [503] } })
    tab.net.script(503, 400)
    tab.add('a')
    await tab.lane.flush('flush')
    tab.add('b')
    await tab.lane.flush('flush')
    expect(tab.ends()).toEqual({ a: 'rejected', b: 'retrying' })
  })

  test('413 halves the batch, until what is too large stands alone', async () => {
    const tab = await openHttpTab()
    tab.net.script(413, 413, 200, 413, 200)
    for (const id of ['a', 'b', 'c', 'd']) tab.add(id)
    await tab.lane.flush('flush')
    expect(tab.net.batches()).toEqual([['a', 'b', 'c', 'd'], ['a', 'b'], ['a'], ['b'], ['c', 'd']])
    expect(tab.ends()).toEqual({ a: 'sent', b: 'rejected', c: 'sent', d: 'sent' })
    await drain()
    expect(tab.rows()).toEqual([])
  })

  test.each([400, 422])('%i to one event takes no other along', async (status) => {
    const tab = await openHttpTab()
    const bad = new Set(['e0', 'e7', 'e8', 'e49'])
    tab.net.always((ids) => (ids.some((id) => bad.has(id)) ? status : 200))
    for (const id of numbered(50)) tab.add(id)
    await tab.lane.flush('flush')
    const good = numbered(50).filter((id) => !bad.has(id))
    expect([...tab.net.arrived].sort()).toEqual([...good].sort())
    expect(tab.ends()).toEqual({
      ...Object.fromEntries(good.map((id) => [id, 'sent'])),
      ...Object.fromEntries([...bad].map((id) => [id, 'rejected'])),
    })
    expect(tab.last('e7')).toMatchObject({ error: `HTTP ${status}` })
    await drain()
    expect(tab.rows()).toEqual([])
  })

  test.each(numbered(12))('%s alone is good, and arrives', async (good) => {
    const tab = await openHttpTab()
    tab.net.always((ids) => (ids.some((id) => id !== good) ? 400 : 200))
    for (const id of numbered(12)) tab.add(id)
    await tab.lane.flush('flush')
    expect(tab.net.arrived).toEqual([good])
    expect(Object.values(tab.ends()).filter((state) => state === 'rejected')).toHaveLength(11)
    expect(tab.net.requests.length).toBeLessThanOrEqual(2 * 12)
  })

  test('an endpoint that refuses everything is asked once for each event of a batch, then for one at a time, ever more seldom', async () => {
    const tab = await openHttpTab()
    tab.net.always(400)
    for (const id of numbered(150)) tab.add(id)
    await tab.lane.flush('flush')
    expect(tab.net.batches().map((ids) => ids.length)).toEqual([50, ...Array(50).fill(1)])
    await tab.lane.flush('flush')
    expect(tab.net.requests).toHaveLength(51)
    await tab.pass(600_000)
    const later = tab.net.batches().slice(51)
    expect(later.map((ids) => ids.length)).toEqual(later.map(() => 1))
    expect(later.length).toBeGreaterThan(1)
    expect(later.length).toBeLessThan(10)
    // None was given up untried: they arrive once the endpoint takes them.
    tab.net.always(200)
    await tab.pass(600_000)
    expect(tab.net.arrived).toHaveLength(150 - 50 - later.length)
    await drain()
    expect(tab.rows()).toEqual([])
  })

  test('a batch of few events that are all at fault is no sign of that', async () => {
    const tab = await openHttpTab()
    tab.net.always((ids) => (ids.some((id) => id !== 'good') ? 400 : 200))
    for (const id of numbered(4)) tab.add(id)
    await tab.lane.flush('flush')
    tab.add('good')
    await tab.lane.flush('flush')
    expect(tab.net.arrived).toEqual(['good'])
  })

  test.each([401, 403, 415])('%i is about the whole: it is not divided', async (status) => {
    const tab = await openHttpTab()
    tab.net.always(status)
    for (const id of numbered(10)) tab.add(id)
    await tab.lane.flush('flush')
    expect(tab.net.requests).toHaveLength(1)
    expect(new Set(Object.values(tab.ends()))).toEqual(new Set(['rejected']))
  })

  test('an outage in the middle of a divided batch ends nothing; what is left goes later', async () => {
    const tab = await openHttpTab()
    tab.net.script(400, 200, 503)
    tab.net.script(400, 200, 503)
    for (const id of ['a', 'b', 'c', 'd']) tab.add(id)
    await tab.lane.flush('flush')
    expect(tab.ends()).toMatchObject({ a: 'sent', b: 'retrying' })
    await tab.pass(10_000)
    expect(tab.ends()).toEqual({ a: 'sent', b: 'sent', c: 'sent', d: 'sent' })
  })

  test('consent that is lost in the middle of a divided batch stops it', async () => {
    const tab = await openHttpTab()
    tab.net.script(400, 'wait')
    for (const id of ['a', 'b', 'c', 'd']) tab.add(id)
    const flushed = tab.lane.flush('flush')
    await drain()
    tab.decide('denied')
    tab.net.answer(200)
    await flushed
    expect(tab.net.batches()).toEqual([['a', 'b', 'c', 'd'], ['a']])
    expect(tab.ends()).toMatchObject({ b: 'denied', c: 'denied', d: 'denied' })
  })

  test('waits longer with each failure, five minutes at most', async () => {
    const tab = await openHttpTab()
    tab.net.always(503)
    tab.add('a')
    const waits: number[] = []
    await tab.lane.flush('flush')
    for (let failure = 1; failure <= 11; failure++) {
      const wait = tab.last('a')!.nextAt! - tab.platform.now()
      waits.push(wait)
      await tab.pass(wait - 1)
      expect(tab.net.requests).toHaveLength(failure)
      tab.platform.advance(1)
      await drain()
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300].map((seconds) => seconds * 1_000))
  })

  test.each([
    ['120', 120_000],
    [new Date(Date.UTC(2026, 0, 1, 0, 10)).toUTCString(), 600_000],
    ['86400', 3_600_000],
    ['soon', 1_000],
    ['-5', 1_000],
  ])('Retry-After: %s', async (retryAfter, wait) => {
    const tab = await openHttpTab()
    tab.net.script({ status: 429, retryAfter })
    tab.add('a')
    const before = tab.platform.now()
    await tab.lane.flush('flush')
    expect(tab.last('a')?.nextAt).toBe(before + wait)
    if (wait > 1_000) {
      await tab.lane.flush('flush')
      await tab.lane.flush('hidden')
      tab.add('b', { urgency: 'critical' })
      tab.lane.leave()
      await tab.pass(wait - 1_000)
      expect(tab.net.requests).toHaveLength(1)
      expect(tab.net.beacons).toEqual([])
      tab.lane.restored()
    }
    await tab.pass(1_000)
    expect(tab.net.arrived).toContain('a')
  })

  test('waits no longer for a clock that is set back', async () => {
    const platform = createManualPlatform()
    let behindMs = 0
    const now = () => platform.now() - behindMs
    const tab = await openHttpTab({ platform: { ...platform, now } })
    tab.net.script(503)
    tab.add('a')
    await tab.lane.flush('flush')
    behindMs = 24 * 60 * 60_000
    await tab.pass(60_000)
    expect(tab.net.arrived).toEqual(['a'])
  })

  test.each([60_000, 60 * 60_000, 24 * 60 * 60_000])(
    'nor for one that is set back by %i ms while the browser says that it is offline',
    async (ms) => {
      const platform = createManualPlatform()
      let behindMs = 0
      const tab = await openHttpTab({ platform: { ...platform, now: () => platform.now() - behindMs } })
      tab.net.disconnect()
      tab.add('a')
      await tab.pass(130_000)
      expect(tab.net.requests).toHaveLength(1)
      behindMs = ms
      tab.add('b')
      await tab.pass(250_000)
      expect(tab.net.requests.length).toBeGreaterThan(1)
      expect(tab.net.requests.length).toBeLessThan(5)
    },
  )

  test('nor for what another tab has left before it is set back', async () => {
    const platform = createManualPlatform()
    let behindMs = 0
    const shifted = { ...platform, now: () => platform.now() - behindMs }
    const tab = await openHttpTab({ platform: shifted })
    await tab.pass(1_000)
    const other = await openHttpTab({ platform: platform.openTab() })
    other.net.always('fail')
    other.add('theirs')
    await other.pass(1_000)
    other.lane.leave()
    await drain()
    behindMs = 24 * 60 * 60_000
    tab.add('mine')
    await tab.pass(60_000)
    expect(tab.net.arrived.toSorted()).toEqual(['mine', 'theirs'])
  })

  test('after five failures in a row only single events ask whether the endpoint is back', async () => {
    const tab = await openHttpTab()
    tab.net.always('fail')
    for (const id of numbered(4)) tab.add(id)
    for (let failure = 1; failure <= 5; failure++) await tab.pass(2_000 * 2 ** failure)
    const before = tab.net.requests.length
    expect(before).toBeGreaterThanOrEqual(5)
    tab.add('critical', { urgency: 'critical' })
    await tab.lane.flush('hidden')
    await tab.lane.flush('flush')
    tab.lane.leave()
    expect(tab.net.requests).toHaveLength(before)
    expect(tab.net.beacons).toEqual([])
    tab.lane.restored()
    await tab.pass(600_000)
    const probes = tab.net.requests.slice(before)
    expect(probes.length).toBeLessThan(8)
    expect(probes.every(({ ids }) => ids.length === 1)).toBe(true)
    tab.net.always(200)
    await tab.pass(300_000)
    expect(new Set(tab.net.arrived)).toEqual(new Set([...numbered(4), 'critical']))
    expect(tab.net.batches().at(-1)?.length).toBeGreaterThan(1)
  })

  test('gives up after a hundred attempts', async () => {
    const tab = await openHttpTab()
    tab.net.always(503)
    tab.add('a')
    await tab.pass(2_000)
    for (let attempt = 1; attempt < 100; attempt++) {
      expect(tab.last('a')).toMatchObject({ state: 'retrying', attempts: attempt })
      tab.platform.advance(300_000)
      await drain(150)
    }
    expect(tab.last('a')).toMatchObject({ state: 'expired', attempts: 100, error: 'HTTP 503' })
    expect(tab.rows()).toEqual([])
  })
})

describe('a fetch that hears neither its signal nor a time-out', () => {
  test('stops neither delivery nor flush()', async () => {
    const tab = await openHttpTab()
    tab.net.script('hang', 'hang')
    tab.add('a')
    let flushed = false
    void tab.lane.flush('flush').then(() => {
      flushed = true
    })
    await tab.pass(30_000)
    expect(flushed).toBe(true)
    expect(tab.last('a')).toMatchObject({ state: 'sent', attempts: 3 })
    tab.add('b')
    await tab.pass(3_000)
    expect(tab.ends()).toEqual({ a: 'sent', b: 'sent' })
  })

  test('a late answer still says what became of them', async () => {
    const tab = await openHttpTab()
    tab.net.always('hang')
    tab.add('a')
    await tab.pass(14_000)
    expect(tab.last('a')).toMatchObject({ state: 'retrying', error: 'no answer' })
    expect(tab.net.requests[0]?.request.signal?.aborted).toBe(true)
    tab.net.answer(200)
    await drain()
    expect(tab.last('a')).toMatchObject({ state: 'sent' })
    expect(tab.rows()).toEqual([])
    const { length } = tab.net.requests
    await tab.pass(60_000)
    expect(tab.net.requests).toHaveLength(length)
  })

  test('a late answer ends the pause: what came meanwhile goes at once', async () => {
    const tab = await openHttpTab()
    tab.net.script('hang')
    tab.add('a')
    await tab.pass(13_500)
    tab.add('b', { urgency: 'critical' })
    await drain()
    expect(tab.net.batches()).toEqual([['a']])
    tab.net.answer(200)
    await drain()
    expect(tab.net.batches()).toEqual([['a'], ['b']])
  })

  test('also in the request of a hidden page, and where it holds the room of later ones', async () => {
    const tab = await openHttpTab()
    tab.net.script('hang')
    tab.add('a')
    void tab.lane.flush('hidden')
    await tab.pass(20_000)
    expect(tab.last('a')).toMatchObject({ state: 'sent', attempts: 2 })
  })
})

describe('offline', () => {
  test('that is not true delays, and stops nothing', async () => {
    const tab = await openHttpTab()
    tab.net.seemOffline()
    tab.add('a')
    await tab.pass(119_000)
    expect(tab.net.requests).toHaveLength(0)
    await tab.pass(3_000)
    expect(tab.ends()).toEqual({ a: 'sent' })
    // One answer has proved it wrong.
    tab.add('b')
    await tab.pass(3_000)
    expect(tab.ends()).toEqual({ a: 'sent', b: 'sent' })
  })

  test('is believed again once the browser was online', async () => {
    const tab = await openHttpTab({ seemsOffline: true })
    tab.add('a')
    await tab.pass(130_000)
    expect(tab.net.arrived).toEqual(['a'])
    tab.net.seemOffline(false)
    tab.net.script('fail')
    tab.add('b')
    await tab.pass(2_000)
    tab.net.seemOffline()
    await tab.pass(60_000)
    expect(tab.net.batches()).toEqual([['a'], ['b']])
  })

  test('that is true: one request in two minutes, no attempt counts, and all goes when the browser is back', async () => {
    const tab = await openHttpTab()
    tab.net.disconnect()
    for (const id of ['a', 'b']) tab.add(id)
    for (let minute = 0; minute < 30; minute++) await tab.pass(60_000)
    expect(tab.net.requests.length).toBeGreaterThan(1)
    expect(tab.net.requests.length).toBeLessThanOrEqual(15)
    expect(tab.last('a')).toMatchObject({ state: 'retrying', attempts: 0, waits: 'offline' })
    tab.net.connect()
    await drain()
    expect(tab.ends()).toEqual({ a: 'sent', b: 'sent' })
  })

  test('for several short pages: what an earlier one left is tried', async () => {
    const tab = await openHttpTab()
    tab.net.disconnect()
    tab.add('a')
    await tab.pass(60_000)
    tab.lane.leave()
    await drain()
    tab.lane.dispose()
    tab.platform.advance(60_000)
    const next = await openHttpTab({ platform: tab.platform.reload(), seemsOffline: true })
    await next.pass(1_000)
    expect(next.net.arrived).toEqual(['a'])
  })

  test('without storage the last chance is taken', async () => {
    const tab = await openHttpTab({ stored: false })
    tab.net.seemOffline()
    tab.add('a')
    tab.lane.leave()
    expect(tab.net.arrived).toEqual(['a'])
  })

  test('nothing is tried, and all goes when the browser is back', async () => {
    const tab = await openHttpTab()
    tab.net.disconnect()
    tab.add('a')
    await tab.pass(60_000)
    await tab.lane.flush('flush')
    await tab.lane.flush('hidden')
    expect(tab.net.requests).toHaveLength(0)
    tab.net.connect()
    await drain()
    expect(tab.last('a')).toMatchObject({ state: 'sent', attempts: 1 })
  })

  test('a request that the lost connection has cut does not count', async () => {
    const tab = await openHttpTab()
    tab.net.always('wait')
    tab.add('a')
    await tab.pass(2_000)
    tab.net.disconnect()
    tab.net.answer('fail')
    await drain()
    expect(tab.last('a')).toMatchObject({ state: 'retrying', attempts: 0, error: 'offline' })
    tab.net.always(200)
    tab.net.connect()
    await drain()
    expect(tab.last('a')).toMatchObject({ state: 'sent', attempts: 1 })
  })
})

describe('bounds', () => {
  test('nothing expires while the endpoint answers: a burst goes batch by batch', async () => {
    const tab = await openHttpTab()
    for (const id of numbered(3_000)) tab.add(id)
    await tab.lane.flush('flush')
    expect(tab.net.arrived).toEqual(numbered(3_000))
    expect(tab.news.filter(({ state }) => state === 'expired')).toEqual([])
    await drain()
    expect(tab.rows()).toEqual([])
  })

  test('nor for a failure that passes', async () => {
    const tab = await openHttpTab()
    tab.net.script(200, 503, { status: 429, retryAfter: '3' })
    for (const id of numbered(2_000)) tab.add(id)
    await tab.pass(10_000)
    expect(tab.net.arrived).toHaveLength(2_000)
  })

  test('hold once the endpoint has failed five times, or asks for more than a minute', async () => {
    for (const answer of [503, { status: 429, retryAfter: '120' }] as const) {
      const tab = await openHttpTab()
      tab.net.always(answer)
      for (const id of numbered(MAX_WAITING + 100)) tab.add(id)
      await tab.pass(100_000)
      for (const id of numbered(100, 'later')) tab.add(id)
      await tab.pass(1_000)
      expect(Object.values(tab.ends()).filter((state) => state === 'expired')).toHaveLength(200)
      expect(tab.rows()).toHaveLength(MAX_WAITING)
      tab.lane.dispose()
    }
  })

  test('a burst is on disk as a whole, in rows of many events, while the endpoint takes its time', async () => {
    const tab = await openHttpTab()
    tab.net.always('wait')
    for (const id of numbered(6_000)) tab.add(id)
    await tab.pass(WRITTEN_MS)
    expect(tab.rows()).toHaveLength(6_000)
    expect(tab.rowCount()).toBe(6_000 / 50)
    tab.net.always(200)
    tab.net.answer(200)
    await tab.lane.flush('flush')
    expect(tab.net.arrived).toHaveLength(6_000)
  })

  test('low urgency goes first, then the oldest; each is counted', async () => {
    const tab = await openHttpTab()
    tab.net.disconnect()
    tab.add('critical', { urgency: 'critical' })
    tab.add('oldest')
    await tab.pass(1_000)
    tab.add('low', { urgency: 'low' })
    for (const id of numbered(MAX_WAITING - 1)) tab.add(id)
    await tab.pass(5_000)
    const gone = () => tab.news.filter(({ state }) => state === 'expired').map(({ id }) => id)
    expect(gone()).toEqual(['low', 'oldest'])
    expect(tab.rows()).toHaveLength(MAX_WAITING)
    for (const id of numbered(MAX_WAITING, 'c')) tab.add(id, { urgency: 'critical' })
    await tab.pass(5_000)
    expect(gone().at(-1)).toBe('critical')
    expect(tab.rows()).toHaveLength(MAX_WAITING)
  })

  test('what is on its way stays', async () => {
    const tab = await openHttpTab()
    tab.net.always('wait')
    tab.add('low', { urgency: 'low' })
    await tab.pass(2_000)
    tab.net.seemOffline()
    for (const id of numbered(MAX_WAITING)) tab.add(id)
    await drain()
    expect(tab.news).toEqual([])
    tab.net.answer(200)
    await drain()
    expect(tab.last('low')).toMatchObject({ state: 'sent' })
  })

  test('2 MB', async () => {
    const tab = await openHttpTab({ stored: false })
    tab.net.disconnect()
    for (const id of numbered(5)) {
      tab.add(id, { size: 450_000 })
      await tab.pass(10)
    }
    expect(tab.ends()).toEqual({ e0: 'expired', e1: undefined, e2: undefined, e3: undefined, e4: undefined })
  })

  test('7 days', async () => {
    const tab = await openHttpTab()
    tab.net.disconnect()
    tab.add('a')
    await drain()
    tab.platform.advance(MAX_AGE_MS + 1)
    tab.net.connect()
    await drain()
    expect(tab.last('a')).toMatchObject({ state: 'expired' })
    expect(tab.net.requests).toEqual([])
    expect(tab.rows()).toEqual([])
  })

  test('hold over what all pages have left, while nothing can be sent', async () => {
    const first = await openHttpTab()
    first.net.disconnect()
    for (const id of numbered(MAX_WAITING)) first.add(id)
    await first.pass(WRITTEN_MS)
    first.lane.dispose()
    const second = await openHttpTab({ platform: first.platform.openTab() })
    second.net.disconnect()
    await second.pass(1)
    for (const id of numbered(250, 'f')) second.add(id)
    await second.pass(60_000)
    expect(second.rows().length).toBeLessThan(MAX_WAITING + 100)
    expect(second.net.requests).toEqual([])
    expect(
      second.news.filter(({ id, state }) => id === undefined && state === 'expired').length,
    ).toBeGreaterThan(149)
  })

  test('an event that would push all others out is refused', async () => {
    const { destination } = await openHttpTab()
    expect(() => destination.map?.({ id: 'a', name: 'x'.repeat(500_000) } as never)).toThrow('500 kB')
  })
})

test('what cannot be stored travels from memory', async () => {
  const tab = await openHttpTab({
    watch: (database) => ({
      ...database,
      update: () => Promise.reject(new Error('broken')),
      readAll: () => Promise.reject(new Error('broken')),
    }),
  })
  tab.net.script(503)
  tab.add('a')
  await tab.pass(2_000)
  await tab.pass(1_000)
  expect(tab.last('a')).toMatchObject({ state: 'sent', attempts: 2 })
})

test('a database that never answers keeps nothing back', async () => {
  const tab = await openHttpTab({
    watch: (database) => ({
      ...database,
      update: () => new Promise(() => {}),
      readAll: () => new Promise(() => {}),
    }),
  })
  tab.add('a')
  await tab.pass(10_000)
  expect(tab.ends()).toEqual({ a: 'sent' })
})

test('a database that has not answered once is waited for no second time, until it answers', async () => {
  let locked: Promise<void> | undefined
  let unlock = () => {}
  const tab = await openHttpTab({
    watch: (database) => ({
      ...database,
      update: async (...given) => {
        await locked
        return database.update(...given)
      },
      readAll: async (...given) => {
        await locked
        return database.readAll(...given)
      },
    }),
  })
  locked = new Promise((resolve) => {
    unlock = resolve
  })
  tab.add('a', { urgency: 'critical' })
  await tab.pass(3_000)
  expect(tab.ends()).toEqual({ a: 'sent' })
  tab.add('b', { urgency: 'critical' })
  await drain()
  expect(tab.ends()).toEqual({ a: 'sent', b: 'sent' })
  locked = undefined
  unlock()
  await drain()
  tab.net.always('wait')
  tab.add('c', { urgency: 'critical' })
  await tab.pass(WRITTEN_MS)
  expect(tab.net.batches()).toEqual([['a'], ['b'], ['c']])
  expect(tab.rows()).toEqual(['c'])
})

test('without storage: sent, retried, in order, once', async () => {
  const tab = await openHttpTab({ stored: false, options: { batch: { maxEvents: 2 } } })
  tab.net.script(503)
  for (const id of ['a', 'b', 'c']) tab.add(id)
  await tab.pass(10_000)
  expect(tab.net.batches()).toEqual([['a', 'b'], ['a', 'b'], ['c']])
  expect(tab.platform.stored()).toEqual({})
})

test('a disposed lane starts nothing', async () => {
  const tab = await openHttpTab()
  tab.add('a')
  tab.lane.dispose()
  await tab.pass(10_000)
  tab.net.connect()
  await tab.lane.flush('flush')
  expect(tab.net.requests).toEqual([])
})

test('a second event with the name and id of one that waits is rejected, and the first arrives once', async () => {
  const tab = await openHttpTab()
  tab.add('a')
  tab.add('a')
  await tab.pass(2_000)
  expect(tab.net.batches()).toEqual([['a']])
  expect(tab.news.filter(({ state }) => state === 'rejected')).toMatchObject([
    { id: 'a', error: expect.stringContaining('name and id') },
  ])
  expect(tab.news.at(-1)).toMatchObject({ id: 'a', state: 'sent' })
})
