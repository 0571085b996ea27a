import { readFileSync } from 'node:fs'
import { act, cleanup, fireEvent, render } from '@testing-library/react'
import { renderToString } from 'react-dom/server'
import * as library from 'react-microconversions'
import { type AnyTracker, createTracker } from 'react-microconversions'
import { http } from 'react-microconversions/destinations'
import { createTestTracker } from 'react-microconversions/testing'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { EveryTrigger, plan } from './every-trigger.tsx'

/** What a trigger, a hook or a destination may ask of a browser. */
const names = [
  'IntersectionObserver',
  'ResizeObserver',
  'MutationObserver',
  'PerformanceObserver',
  'matchMedia',
  'getComputedStyle',
  'requestAnimationFrame',
  'TextEncoder',
  'TextDecoder',
  'AbortController',
  'MessageChannel',
  'BroadcastChannel',
  'CustomEvent',
  'Blob',
  'fetch',
  'crypto',
  'localStorage',
  'sessionStorage',
  'indexedDB',
  'structuredClone',
  'WeakRef',
] as const

type Breakage = 'missing' | 'throwing'

const repairs: (() => void)[] = []

/** For the test that runs. */
function breakGlobal(name: string, how: Breakage, target: object = globalThis): void {
  const before = Object.getOwnPropertyDescriptor(target, name)
  const broken = (): never => {
    throw new Error(`${name} is broken`)
  }
  Reflect.deleteProperty(target, name)
  if (how === 'throwing')
    Object.defineProperty(
      target,
      name,
      /^[A-Z]|^(matchMedia|getComputedStyle|requestAnimationFrame|fetch|structuredClone)$/.test(name)
        ? {
            configurable: true,
            writable: true,
            value: class {
              constructor() {
                broken()
              }
            },
          }
        : { configurable: true, get: broken },
    )
  repairs.push(() => {
    Reflect.deleteProperty(target, name)
    if (before) Object.defineProperty(target, name, before)
  })
}

/** In an observer that tells at once that all is in view, as tests often have it. */
function stubObservers(): void {
  class Observer {
    constructor(private readonly tell: (entries: readonly object[]) => void) {}
    observe(target: Element) {
      const box = { x: 0, y: 0, width: 100, height: 100 }
      const entry = { target, isIntersecting: true, intersectionRatio: 1, contentRect: box }
      this.tell([{ ...entry, boundingClientRect: box, intersectionRect: box, rootBounds: null }])
    }
    unobserve() {}
    disconnect() {}
  }
  vi.stubGlobal('IntersectionObserver', Observer)
  vi.stubGlobal('ResizeObserver', Observer)
}

/** All that the triggers listen to. */
async function use(container: HTMLElement): Promise<void> {
  const field = container.querySelector('input') as HTMLInputElement
  for (const link of container.querySelectorAll('a, button[type=button], nav button')) fireEvent.click(link)
  fireEvent.focus(field)
  fireEvent.change(field, { target: { value: 'ada' } })
  fireEvent.blur(field)
  fireEvent.submit(container.querySelector('form') as HTMLFormElement)
  for (const type of ['play', 'playing', 'timeupdate', 'pause', 'emptied'])
    for (const player of container.querySelectorAll('video, audio')) fireEvent(player, new Event(type))
  for (const type of ['wheel', 'scroll', 'keydown', 'pointermove', 'visibilitychange', 'transitionend'])
    fireEvent(document, new Event(type, { bubbles: true }))
  fireEvent(window, new Event('blur'))
  fireEvent(window, new Event('focus'))
  await vi.advanceTimersByTimeAsync(3_000)
}

/** Every component and hook, where something is missing or broken. `needed`: without these the environment itself fails. */
export function describeWithoutGlobals(environment: string, needed: readonly string[] = []): void {
  const faults: unknown[] = []
  const note = (event: { readonly error?: unknown; readonly reason?: unknown }) =>
    void faults.push(event.error ?? event.reason)
  const noteRejection = (reason: unknown) => void faults.push(reason)
  beforeEach(() => {
    faults.length = 0
    vi.useFakeTimers({
      toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance'],
    })
    window.addEventListener('error', note)
    process.on('uncaughtException', noteRejection)
    process.on('unhandledRejection', noteRejection)
    document.addEventListener('click', stay)
  })
  afterEach(() => {
    for (const repair of repairs.splice(0)) repair()
    cleanup()
    vi.useRealTimers()
    vi.unstubAllGlobals()
    vi.restoreAllMocks()
    window.removeEventListener('error', note)
    process.off('uncaughtException', noteRejection)
    process.off('unhandledRejection', noteRejection)
    document.removeEventListener('click', stay)
  })
  const stay = (event: Event) => event.preventDefault()

  /** What the console heard, without what React and the environment say of it. */
  function listen() {
    const said = vi.spyOn(console, 'error').mockImplementation(() => {})
    return () => said.mock.calls.map(([message]) => String(message))
  }

  async function run(tracker: AnyTracker) {
    const said = listen()
    const html = renderToString(<EveryTrigger tracker={tracker} />)
    const fresh = render(<EveryTrigger tracker={tracker} />)
    await act(() => use(fresh.container))
    expect(fresh.container.querySelector('h1')?.textContent).toBe('Hero')
    fresh.rerender(<EveryTrigger tracker={tracker} />)
    act(() => void tracker.page({ path: '/next' }))
    fresh.unmount()

    const recovered = vi.fn()
    const container = document.body.appendChild(document.createElement('div'))
    container.innerHTML = html
    const hydrated = render(<EveryTrigger tracker={tracker} />, {
      container,
      hydrate: true,
      onRecoverableError: recovered,
    })
    await act(() => use(container))
    expect(container.querySelector('h1')?.textContent).toBe('Hero')
    expect(recovered).not.toHaveBeenCalled()
    hydrated.unmount()
    container.remove()
    await vi.advanceTimersByTimeAsync(1_000)
    expect(faults).toEqual([])
    return said()
  }

  const ofTriggers = (said: readonly string[]) => said.filter((message) => message.startsWith('[RMC330]'))

  describe(`in ${environment}`, () => {
    it('the application renders as the environment is, and the record says what is not observed', async () => {
      const tracker = createTracker({ plan, destinations: [http({ url: '/events' })] })
      const said = ofTriggers(await run(tracker))
      tracker.dispose()
      const { unobserved = {} } = tracker.record.get()
      expect(new Set(said).size).toBe(said.length)
      if ('IntersectionObserver' in globalThis) return
      expect(unobserved).toMatchObject({
        'Impression hero': 'IntersectionObserver is not defined',
        'Dwell dwell': 'IntersectionObserver is not defined',
      })
      expect(said.filter((message) => message.includes('IntersectionObserver'))).toHaveLength(1)
    })

    // Observers first: the one that all elements share is made once.
    const targets: readonly (readonly [string, () => object])[] = [
      ...names.map((name) => [name, () => globalThis] as const),
      ['elementFromPoint', () => document],
      ['checkVisibility', () => Element.prototype],
      ['getBoundingClientRect', () => Element.prototype],
      ['composedPath', () => Event.prototype],
      ['hasFocus', () => Document.prototype],
      ['sendBeacon', () => navigator],
    ]
    describe.each(targets.filter(([name]) => !needed.includes(name)))('%s', (name, target) => {
      it.each(['missing', 'throwing'] as const)('may be %s', async (how) => {
        stubObservers()
        breakGlobal(name, how, target())
        const { tracker } = createTestTracker(plan)
        await run(tracker)
      })
    })

    it('every component and hook is tried', () => {
      const source = readFileSync('test/support/every-trigger.tsx', 'utf8')
      const hooks = Object.keys(library).filter((name) => /^use[A-Z]/.test(name))
      const components = Object.entries(library).flatMap(([name, value]) =>
        '$$typeof' in Object(value) ? [name] : [],
      )
      expect([...hooks, ...components].length).toBeGreaterThan(25)
      for (const name of [...hooks, ...components])
        expect(source).toMatch(new RegExp(`[<{\\s=]${name}[\\s(]`))
    })

    it('http() sends without TextEncoder', async () => {
      breakGlobal('TextEncoder', 'missing')
      breakGlobal('TextDecoder', 'missing')
      const sent: string[] = []
      vi.stubGlobal('fetch', async (_: string, { body }: { readonly body: string }) => {
        sent.push(body)
        return new Response('{}')
      })
      const tracker = createTracker({
        plan,
        consent: { analytics: 'granted' },
        destinations: [http({ url: 'https://collector.example/events' })],
      })
      tracker.track('page_view', {} as never)
      await vi.advanceTimersByTimeAsync(10_000)
      expect(sent).toHaveLength(1)
      tracker.dispose()
    })
  })
}
