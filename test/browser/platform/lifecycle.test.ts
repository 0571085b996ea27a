import { afterEach, expect, test, vi } from 'vitest'
import { browserLifecycle } from '../../../src/platform/lifecycle.ts'

const { onHidden, onRestored, onActivity, onActivated, onStorage, onFrozen, tellStorage, prerendering } =
  browserLifecycle()
afterEach(() => vi.restoreAllMocks())

const visible = (state: 'visible' | 'hidden') =>
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue(state)
function pretendPrerendering(value: boolean): void {
  Object.defineProperty(document, 'prerendering', { configurable: true, get: () => value })
}
afterEach(() => void Reflect.deleteProperty(document, 'prerendering'))
const tell = (target: EventTarget, event: Event) => target.dispatchEvent(event)

test('a page that turns hidden is not being left; pagehide is', () => {
  const heard = vi.fn()
  const stop = onHidden(heard)
  visible('visible')
  tell(document, new Event('visibilitychange'))
  expect(heard).not.toHaveBeenCalled()
  visible('hidden')
  tell(document, new Event('visibilitychange'))
  tell(window, new PageTransitionEvent('pagehide'))
  expect(heard.mock.calls).toEqual([[false], [true]])
  stop()
  tell(document, new Event('visibilitychange'))
  tell(window, new PageTransitionEvent('pagehide'))
  expect(heard).toHaveBeenCalledTimes(2)
})

test('a prerendered page that is hidden is nobody leaving (L1)', () => {
  pretendPrerendering(true)
  expect(prerendering()).toBe(true)
  const heard = vi.fn()
  const stop = onHidden(heard)
  visible('hidden')
  tell(document, new Event('visibilitychange'))
  expect(heard).not.toHaveBeenCalled()
  stop()
})

test('its activation is told', () => {
  const heard = vi.fn()
  const stop = onActivated(heard)
  tell(document, new Event('prerenderingchange'))
  expect(heard).toHaveBeenCalledTimes(1)
  stop()
  tell(document, new Event('prerenderingchange'))
  expect(heard).toHaveBeenCalledTimes(1)
})

test('only a page from the cache is restored', () => {
  const heard = vi.fn()
  const stop = onRestored(heard)
  tell(window, new PageTransitionEvent('pageshow', { persisted: false }))
  expect(heard).not.toHaveBeenCalled()
  tell(window, new PageTransitionEvent('pageshow', { persisted: true }))
  expect(heard).toHaveBeenCalledTimes(1)
  stop()
})

test.each(['pointerdown', 'keydown', 'scroll', 'timeupdate'])(
  '%s in a visible tab is activity, also where it is stopped',
  (type) => {
    const heard = vi.fn()
    const stop = onActivity(heard)
    const element = document.body.appendChild(document.createElement('div'))
    element.addEventListener(type, (event) => event.stopImmediatePropagation(), true)
    visible('visible')
    tell(element, new Event(type))
    expect(heard).toHaveBeenCalledTimes(1)
    visible('hidden')
    tell(element, new Event(type))
    expect(heard).toHaveBeenCalledTimes(1)
    stop()
    visible('visible')
    tell(element, new Event(type))
    expect(heard).toHaveBeenCalledTimes(1)
    element.remove()
  },
)

test('another tab writing is told with key and value, clearing with neither', () => {
  const heard = vi.fn()
  const stop = onStorage(heard)
  tell(window, new StorageEvent('storage', { key: 'a', newValue: '1' }))
  tell(window, new StorageEvent('storage', { key: null }))
  expect(heard.mock.calls).toEqual([
    ['a', '1'],
    [undefined, undefined],
  ])
  stop()
})

test('what is told in this document is heard as from another tab', () => {
  const heard = vi.fn()
  const stop = onStorage(heard)
  tellStorage('a', '1')
  tellStorage('b', undefined)
  expect(heard.mock.calls).toEqual([
    ['a', '1'],
    ['b', undefined],
  ])
  stop()
})

test('a page that is frozen, and resumed, is told', () => {
  const heard = vi.fn()
  const stop = onFrozen(heard)
  for (const type of ['freeze', 'resume']) tell(document, new Event(type))
  expect(heard.mock.calls).toEqual([[true], [false]])
  stop()
})

test('listens for nothing that would keep the page out of the back/forward cache', () => {
  const added = [vi.spyOn(window, 'addEventListener'), vi.spyOn(document, 'addEventListener')]
  for (const on of [onHidden, onRestored, onActivity, onActivated, onStorage, onFrozen]) on(() => {})()
  const types = added.flatMap(({ mock }) => mock.calls.map(([type]) => type))
  expect(types.length).toBeGreaterThan(5)
  expect(types).not.toContain('unload')
  expect(types).not.toContain('beforeunload')
})
