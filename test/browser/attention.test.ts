import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import {
  type AttentionMemory,
  type AttentionOptions,
  type AttentionReport,
  observeAttention,
} from '../../src/triggers/attention.ts'

const stops: (() => void)[] = []

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] })
  vi.spyOn(document, 'hasFocus').mockReturnValue(true)
})
afterEach(() => {
  stops.splice(0).forEach((stop) => stop())
  vi.useRealTimers()
  vi.restoreAllMocks()
  for (const name of ['visibilityState', 'prerendering']) Reflect.deleteProperty(document, name)
})

function observe(given: AttentionOptions = {}, memory: AttentionMemory = {}) {
  const reports: AttentionReport[] = []
  const stop = observeAttention(
    document,
    () => given,
    (fact) => reports.push(fact),
    memory,
  )
  stops.push(stop)
  return { stop, reports, memory, told: () => reports.map(({ payload }) => payload.attention_mark) }
}

const pass = (seconds: number) => vi.advanceTimersByTime(seconds * 1_000)
const sign = (type = 'pointermove') => document.dispatchEvent(new Event(type))

/** Seconds of a user who moves now and then. */
function attend(seconds: number) {
  for (let second = 0; second < seconds; second++) {
    pass(1)
    sign()
  }
}

function hide(hidden: boolean) {
  Object.defineProperty(document, 'visibilityState', {
    configurable: true,
    value: hidden ? 'hidden' : 'visible',
  })
  document.dispatchEvent(new Event('visibilitychange'))
}

function focus(focused: boolean) {
  vi.mocked(document.hasFocus).mockReturnValue(focused)
  window.dispatchEvent(new Event(focused ? 'focus' : 'blur'))
}

const activeSeconds = ({ memory }: ReturnType<typeof observe>) => Math.round((memory.activeMs ?? 0) / 1_000)

describe('attention', () => {
  it('passes its marks in order, once', () => {
    const { reports, told } = observe({ marks: ['2min', '30s'] })
    attend(29)
    expect(told()).toEqual([])
    attend(1)
    expect(reports).toEqual([
      {
        fact: 'mark',
        factKey: 'page:30s',
        payload: {
          attention_mark: '30s',
          attention_name: 'page',
          attention_seconds: 30,
          focused_seconds: 30,
          visible_seconds: 30,
          media_seconds: 0,
        },
      },
    ])
    attend(300)
    expect(told()).toEqual(['30s', '2min'])
  })

  it('ends 30 s after the last sign of life, and goes on with the next', () => {
    const observed = observe()
    pass(600)
    expect(activeSeconds(observed)).toBe(30)
    sign('keydown')
    attend(10)
    expect(activeSeconds(observed)).toBe(40)
    expect(Math.round((observed.memory.visibleMs ?? 0) / 1_000)).toBe(610)
  })

  it.each(['pointerdown', 'pointermove', 'keydown', 'scroll', 'wheel', 'touchmove'])('hears %s', (type) => {
    const observed = observe({ idle: '5s' })
    pass(4)
    sign(type)
    pass(4)
    expect(activeSeconds(observed)).toBe(8)
  })

  it('does not hear what scrolls by itself, such as a carousel', () => {
    const observed = observe({ idle: '5s' })
    const carousel = document.createElement('div')
    document.body.append(carousel)
    for (let second = 0; second < 20; second++) {
      pass(1)
      carousel.dispatchEvent(new Event('scroll'))
    }
    carousel.remove()
    expect(activeSeconds(observed)).toBe(5)
  })

  it('needs a visible tab', () => {
    const observed = observe()
    attend(10)
    hide(true)
    attend(600)
    hide(false)
    attend(5)
    expect(activeSeconds(observed)).toBe(15)
  })

  it('needs the focus; time in view goes on without', () => {
    const observed = observe()
    attend(10)
    focus(false)
    attend(60)
    focus(true)
    attend(5)
    expect(activeSeconds(observed)).toBe(15)
    expect(Math.round((observed.memory.visibleMs ?? 0) / 1_000)).toBe(75)
  })

  it('does not count what a machine slept, or a page spent in the back/forward cache', () => {
    const observed = observe()
    attend(10)
    // The clock jumps, and no timer has run.
    const asleep = performance.now() + 8 * 3_600_000
    vi.spyOn(performance, 'now').mockImplementation(() => asleep)
    sign()
    expect(activeSeconds(observed)).toBeLessThanOrEqual(12)
  })

  it('costs nothing while it does not grow: away, without the focus, hidden, and when all marks are told', () => {
    const observed = observe({ marks: ['10s', '40s'] })
    expect(vi.getTimerCount()).toBe(1)
    pass(31)
    expect(vi.getTimerCount()).toBe(0)
    pass(60)
    sign()
    expect(vi.getTimerCount()).toBe(1)
    focus(false)
    expect(vi.getTimerCount()).toBe(0)
    focus(true)
    hide(true)
    expect(vi.getTimerCount()).toBe(0)
    hide(false)
    attend(10)
    expect(observed.told()).toEqual(['10s', '40s'])
    expect(vi.getTimerCount()).toBe(0)
    sign()
    expect(vi.getTimerCount()).toBe(0)
  })

  it('is nobody’s while the page is prerendered', () => {
    Object.defineProperty(document, 'prerendering', { configurable: true, value: true })
    const observed = observe()
    attend(60)
    expect(activeSeconds(observed)).toBe(0)
    Reflect.deleteProperty(document, 'prerendering')
    document.dispatchEvent(new Event('visibilitychange'))
    attend(5)
    expect(activeSeconds(observed)).toBe(5)
  })

  it('goes on in the next observer of the page, without the time between', () => {
    const first = observe({ marks: ['10s', '20s'] })
    attend(12)
    first.stop()
    pass(60)
    const second = observe({ marks: ['10s', '20s'] }, first.memory)
    attend(8)
    expect([first.told(), second.told()]).toEqual([['10s'], ['20s']])
  })
})

describe('a video that plays', () => {
  function play(video: HTMLMediaElement, seconds: number) {
    for (let quarter = 0; quarter < seconds * 4; quarter++) {
      pass(0.25)
      video.dispatchEvent(new Event('timeupdate'))
    }
  }

  it.each([
    ['is attention', {}, 120],
    ['is decoration when it is muted and in a loop', { muted: true, loop: true }, 30],
  ])('%s', (_, given, expected) => {
    const video = Object.assign(document.createElement('video'), given)
    document.body.append(video)
    const observed = observe()
    play(video, 120)
    video.remove()
    expect(activeSeconds(observed)).toBe(expected)
    expect(Math.round((observed.memory.mediaMs ?? 0) / 1_000)).toBe(expected === 120 ? 120 : 0)
  })
})
