import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { browserPlatform, newId } from '../../../src/platform/browser.ts'
import type { KeyValue, Platform } from '../../../src/platform/platform.ts'

function platform(): Platform {
  const found = browserPlatform()
  if (!found) throw new Error('this is a browser')
  return found
}

beforeEach(() => {
  localStorage.clear()
  sessionStorage.clear()
})
afterEach(() => vi.restoreAllMocks())

describe.each(['local', 'tab'] as const)('%s storage', (which) => {
  const storage = () => (which === 'local' ? localStorage : sessionStorage)
  const property = which === 'local' ? 'localStorage' : 'sessionStorage'
  let store: KeyValue
  beforeEach(() => {
    store = platform()[which]
  })

  test('is the one of the browser', () => {
    store.set('a', '1')
    expect(storage().getItem('a')).toBe('1')
    storage().setItem('b', '2')
    expect(store.get('b')).toBe('2')
    expect([...store.keys()].sort()).toEqual(['a', 'b'])
    store.remove('a')
    expect(storage().getItem('a')).toBeNull()
    expect(store.get('a')).toBeUndefined()
  })

  test('whose getter throws is memory, as with cookies blocked', () => {
    const getter = vi.spyOn(window, property, 'get').mockImplementation(() => {
      throw new DOMException('denied', 'SecurityError')
    })
    store.set('blocked', '1')
    store.set('removed', '2')
    store.remove('removed')
    expect(store.get('blocked')).toBe('1')
    expect(store.keys()).toEqual(['blocked'])
    getter.mockRestore()
    // By name: in WebKit, a value that the test before wrote and removed may come back from the process that stores it.
    for (const key of ['blocked', 'removed']) expect(storage().getItem(key)).toBeNull()
  })

  test('that a page has replaced by one that parses JSON is read as it was written', () => {
    const { getItem } = Storage.prototype
    vi.spyOn(Storage.prototype, 'getItem').mockImplementation(function (this: Storage, key) {
      const text = getItem.call(this, key)
      try {
        return JSON.parse(text ?? 'null') as string
      } catch {
        return text
      }
    })
    for (const text of ['1767225600000', '1,2', '{"id":"a"}', 'a', ''])
      expect([store.set('a', text), store.get('a')]).toEqual([true, text])
    expect(store.get('b')).toBeUndefined()
  })

  test.each([undefined, () => {}, Symbol('a')])('an answer such as %s is none', (answer) => {
    vi.spyOn(Storage.prototype, 'getItem').mockReturnValue(answer as never)
    expect(store.get('a')).toBeUndefined()
  })

  test('that is full goes on in memory, and what it held before gives way', () => {
    store.set('a', 'old')
    const set = vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError')
    })
    store.set('a', 'new')
    store.set('b', '2')
    expect([store.get('a'), store.get('b')]).toEqual(['new', '2'])
    expect([...store.keys()].sort()).toEqual(['a', 'b'])
    set.mockRestore()
    store.set('a', 'newer')
    expect(storage().getItem('a')).toBe('newer')
    expect(store.get('a')).toBe('newer')
  })

  test.each([
    ['setItem', () => undefined as unknown],
    ['getItem', (): unknown => 'something else'],
    [
      'getItem',
      (): unknown => {
        throw new DOMException('lost', 'UnknownError')
      },
    ],
  ] as [method: 'getItem', answer: () => null][])(
    'whose %s keeps nothing (%s) is memory',
    (method, answer) => {
      vi.spyOn(Storage.prototype, method).mockImplementation(answer)
      expect(store.set('a', '1')).toBe(false)
      expect([store.get('a'), store.keys()]).toEqual(['1', ['a']])
      store.remove('a')
      expect(store.keys()).toEqual([])
    },
  )
})

describe('ids', () => {
  test('are of UUID version 7, new each time', () => {
    const ids = Array.from({ length: 1_000 }, newId)
    for (const id of ids)
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(new Set(ids).size).toBe(ids.length)
  })

  test('begin with the time', () => {
    vi.spyOn(Date, 'now').mockReturnValue(0x0123456789ab)
    expect(newId()).toMatch(/^01234567-89ab-7/)
  })

  test.each(['nothing', undefined, {}])('are random where a page gives %s as random values', (answer) => {
    vi.spyOn(crypto, 'getRandomValues').mockReturnValue(answer as never)
    const ids = Array.from({ length: 1_000 }, newId)
    expect(new Set(ids.map((id) => id.slice(14))).size).toBe(ids.length)
  })
})

test.each([Number.NaN, undefined, 'now'])('the time is a number where `Date.now` answers %s', (answer) => {
  vi.spyOn(Date, 'now').mockReturnValue(answer as number)
  expect(platform().now()).toBe(0)
})

test('a screen and a window without a size have none', () => {
  vi.stubGlobal('innerWidth', Number.NaN)
  vi.stubGlobal('screen', {})
  expect(platform().surroundings()).toMatchObject({ viewport: { width: 0 }, screenMin: 0 })
  vi.unstubAllGlobals()
})

test('the location is as the browser has it: the engine scrubs', () => {
  const { pathname, origin } = window.location
  history.replaceState(null, '', `${pathname}?page=2#top`)
  document.title = 'Pricing'
  expect(platform().location()).toEqual({
    url: `${origin}${pathname}?page=2#top`,
    path: pathname,
    title: 'Pricing',
    referrer: document.referrer,
  })
})

test('surroundings are told by the browser', () => {
  const { surroundings } = platform()
  expect(surroundings()).toMatchObject({
    viewport: { width: innerWidth, height: innerHeight },
    coarsePointer: false,
    // The language of the tests is en-GB where the driver can set one: WebKit's takes it from the system.
    language: navigator.language,
    timeZone: 'UTC',
    automated: true,
  })
})

test('a page that is only imitated, as by jsdom, knows no media queries: a tracker can be made there', () => {
  vi.stubGlobal('matchMedia', undefined)
  expect(platform().surroundings().coarsePointer).toBe(false)
  vi.unstubAllGlobals()
})

test('hashes with SHA-256', async () => {
  // printf ada@example.test | sha256sum
  expect(await platform().sha256('ada@example.test')).toBe(
    'b97222ea69dadf792baa97fa768ecb840a0023714c831ab1328838cba9f7f437',
  )
})

test('privacy signals are those of the navigator, and absent is no signal', () => {
  const { privacySignals } = platform()
  expect(privacySignals().gpc).toBe(false)
  Object.defineProperty(navigator, 'globalPrivacyControl', { configurable: true, value: true })
  expect(privacySignals().gpc).toBe(true)
  Reflect.deleteProperty(navigator, 'globalPrivacyControl')
})

test('making a platform reads no storage', () => {
  const local = vi.spyOn(window, 'localStorage', 'get')
  const tab = vi.spyOn(window, 'sessionStorage', 'get')
  const opened = vi.spyOn(indexedDB, 'open')
  platform()
  for (const spy of [local, tab, opened]) expect(spy).not.toHaveBeenCalled()
})
