import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { browserPlatform, newId, withoutQuery } from '../../../src/platform/browser.ts'
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
    store.set('a', '1')
    store.set('b', '2')
    store.remove('b')
    expect(store.get('a')).toBe('1')
    expect(store.keys()).toEqual(['a'])
    getter.mockRestore()
    expect(storage()).toHaveLength(0)
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
})

describe('addresses', () => {
  test.each([
    ['https://a.test/b?c=d#e', 'https://a.test/b'],
    ['https://a.test/b#e?c', 'https://a.test/b'],
    ['https://a.test/b', 'https://a.test/b'],
    ['', ''],
    ['https://a.test/b?x=\n&y', 'https://a.test/b'],
  ])('of %j keep no query and no fragment', (address, kept) => {
    expect(withoutQuery(address)).toBe(kept)
  })

  test('of the page neither', () => {
    history.replaceState(null, '', `${window.location.pathname}?mail=ada@example.test#secret`)
    document.title = 'Pricing'
    const { url, path, title } = platform().location()
    expect(url).toBe(`${window.location.origin}${window.location.pathname}`)
    expect(path).toBe(window.location.pathname)
    expect(title).toBe('Pricing')
  })
})

test('the privacy signal is that of the navigator, and absent is no signal', () => {
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
