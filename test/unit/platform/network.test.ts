import { afterEach, expect, onTestFinished, test, vi } from 'vitest'
import { browserNetwork, type NetworkRequest } from '../../../src/platform/network.ts'

afterEach(() => void vi.unstubAllGlobals())

const asked: NetworkRequest = {
  url: 'https://collector.test/',
  body: '{"a":1}',
  headers: {},
  credentials: 'same-origin',
  keepalive: true,
  timeoutMs: 10_000,
}

/** What a page has put in the place of the browser's own. */
function request(fetch: () => unknown, given: Partial<NetworkRequest> = {}) {
  vi.stubGlobal('fetch', fetch)
  return browserNetwork().request({ ...asked, ...given })
}

test.each([
  [
    'throws at once',
    () => {
      throw new TypeError('patched')
    },
  ],
  ['gives nothing', () => undefined],
  ['gives nothing, later', async () => undefined],
  ['gives something without a status', async () => ({ ok: true })],
])('a fetch that %s is no answer', async (_, fetch) => {
  await expect(request(fetch)).rejects.toThrow()
  expect(browserNetwork().keptAliveBytes()).toBe(0)
})

test('a page that has broken its timers gets its answer, and holds no room', async () => {
  const fail = () => {
    throw new Error('patched')
  }
  vi.stubGlobal('setTimeout', fail)
  expect(await request(async () => ({ status: 204 }))).toMatchObject({ status: 204 })
  expect(browserNetwork().keptAliveBytes()).toBe(0)
})

test('a status is an answer, whatever else is missing or broken', async () => {
  expect(await request(async () => ({ status: 204 }))).toEqual({ status: 204, body: '' })
  const broken = {
    status: 503,
    headers: {},
    arrayBuffer: () => {
      throw new Error('locked')
    },
  }
  expect(await request(async () => broken)).toEqual({ status: 503, body: '' })
})

test('a body without an end is not waited for longer than the time-out, by whatever fetch', async () => {
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
  const endless = { status: 202, arrayBuffer: () => new Promise(() => {}) }
  const answer = request(async () => endless)
  await vi.advanceTimersByTimeAsync(9_999)
  expect(browserNetwork().keptAliveBytes()).toBe(7)
  await vi.advanceTimersByTimeAsync(1)
  expect(await answer).toEqual({ status: 202, body: '' })
  expect(browserNetwork().keptAliveBytes()).toBe(0)
})

test('a fetch that never settles holds no room for keepalive beyond the time-out, and may answer late', async () => {
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
  let settle = (_: unknown) => {}
  const late = new Promise((resolve) => {
    settle = resolve
  })
  const answer = request(() => late)
  await vi.advanceTimersByTimeAsync(10_000)
  expect(browserNetwork().keptAliveBytes()).toBe(0)
  settle({ status: 204, arrayBuffer: () => new Promise(() => {}) })
  expect(await answer).toEqual({ status: 204, body: '' })
  expect(browserNetwork().keptAliveBytes()).toBe(0)
})

test.each([
  ['is missing', {}],
  [
    'throws',
    {
      sendBeacon: () => {
        throw new Error('blocked')
      },
    },
  ],
])('sendBeacon that %s takes nothing', (_, navigator) => {
  vi.stubGlobal('navigator', navigator)
  expect(browserNetwork().beacon('/collect', '{}', 'text/plain')).toBe(false)
})

test('the origin is that of the document: a sandboxed frame has none, whatever its location says', () => {
  vi.stubGlobal('location', { origin: 'https://shop.test' })
  expect(browserNetwork().origin()).toBe('https://shop.test')
  vi.stubGlobal('origin', 'null')
  expect(browserNetwork().origin()).toBe('null')
})
