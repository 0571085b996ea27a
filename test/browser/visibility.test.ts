import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { page } from 'vitest/browser'
import {
  observeVisibility,
  type VisibilityMemory,
  type VisibilityOptions,
  type VisibilityReport,
} from '../../src/triggers/visibility.ts'

let room: HTMLElement
beforeEach(async () => {
  // Wholly in view of the browser's own window.
  await page.viewport(400, 400)
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
  room = document.createElement('main')
  document.body.append(room)
  document.body.style.margin = '0'
})
afterEach(() => {
  stops.splice(0).forEach((stop) => stop(true))
  vi.useRealTimers()
  room.remove()
  window.scrollTo(0, 0)
  Reflect.deleteProperty(document, 'visibilityState')
  vi.restoreAllMocks()
})

const stops: ((last?: boolean) => void)[] = []

/** Observers speak after the next frames. */
async function frames(count = 4) {
  for (let frame = 0; frame < count; frame++) await new Promise((done) => requestAnimationFrame(done))
}

function box(style: string, inside: Element = room) {
  const element = document.createElement('div')
  element.style.cssText = style
  inside.append(element)
  return element
}

function observe(element: Element, given: Partial<VisibilityOptions> = {}, memory: VisibilityMemory = {}) {
  const reports: VisibilityReport[] = []
  const stop = observeVisibility(
    element,
    () => ({ name: 'hero', ...given }),
    (fact) => reports.push(fact),
    memory,
  )
  stops.push(stop)
  return { stop, reports, told: () => reports.map(({ fact }) => fact) }
}

async function pass(ms: number) {
  await frames()
  vi.advanceTimersByTime(ms)
}

async function scrollTo(y: number, element: Element = document.documentElement) {
  element.scrollTop = y
  await frames()
}

function hide(hidden: boolean) {
  Object.defineProperty(document, 'visibilityState', {
    configurable: true,
    value: hidden ? 'hidden' : 'visible',
  })
  document.dispatchEvent(new Event('visibilitychange'))
}

const viewport = () => document.documentElement.clientHeight

describe('an impression', () => {
  it('is half of an element for a second, once', async () => {
    const { reports } = observe(box('height: 100px'))
    await pass(999)
    expect(reports).toEqual([])
    await pass(1)
    expect(reports).toEqual([
      {
        fact: 'impression',
        factKey: 'hero',
        payload: { element_name: 'hero', visible_ratio: 1, visible_seconds: 1 },
      },
    ])
    await pass(60_000)
    expect(reports).toHaveLength(1)
  })

  it('needs the share, to the pixel', async () => {
    const element = box('height: 100px')
    box(`height: ${viewport() * 2}px`)
    await scrollTo(52)
    const { told } = observe(element)
    await pass(5_000)
    expect(told()).toEqual([])
    await scrollTo(50)
    await pass(1_000)
    expect(told()).toEqual(['impression'])
  })

  it('needs it on each axis: a strip of a card is no card', async () => {
    const { told } = observe(box('height: 100px; margin-left: -80px; width: 100px'))
    await pass(5_000)
    expect(told()).toEqual([])
  })

  it.each([
    ['all of it', { visibleRatio: 1 }, 10, []],
    ['a tenth', { visibleRatio: 0.1 }, 80, ['impression']],
    ['at once', { dwellMs: 0 }, 0, ['impression']],
  ] as const)('as the options say: %s', async (_, options, y, expected) => {
    const element = box('height: 100px')
    box(`height: ${viewport() * 2}px`)
    await scrollTo(y)
    const { told } = observe(element, options)
    await pass(1_000)
    expect(told()).toEqual(expected)
  })

  it('of something tall is half of the viewport', async () => {
    box(`height: ${viewport()}px`)
    const element = box(`height: ${viewport() * 60}px`)
    const { told } = observe(element)
    await scrollTo(viewport() * 0.45)
    await pass(5_000)
    expect(told()).toEqual([])
    await scrollTo(viewport() * 0.53)
    await pass(1_000)
    expect(told()).toEqual(['impression'])
  })

  it('in a scroll container is half of that', async () => {
    const container = box('height: 200px; overflow: auto')
    box('height: 200px', container)
    const element = box('height: 5000px', container)
    const { told } = observe(element)
    await scrollTo(90, container)
    await pass(5_000)
    expect(told()).toEqual([])
    await scrollTo(110, container)
    await pass(1_000)
    expect(told()).toEqual(['impression'])
  })

  it('in a frame is half of that', async () => {
    const frame = document.createElement('iframe')
    frame.style.height = '150px'
    room.append(frame)
    const inside = frame.contentDocument as Document
    const element = inside.createElement('div')
    element.style.height = '3000px'
    inside.body.append(element)
    const { told } = observe(element)
    await pass(1_000)
    expect(told()).toEqual(['impression'])
  })

  it('waits until there is something to see', async () => {
    const element = box('height: 0; width: 100px')
    const { told } = observe(element)
    await pass(5_000)
    expect(told()).toEqual([])
    element.style.height = '100px'
    await pass(1_000)
    await pass(0)
    expect(told()).toEqual(['impression'])
  })

  it('of an element without a box is that of its children, also of later ones', async () => {
    const element = box('display: contents')
    const { told } = observe(element)
    await pass(5_000)
    expect(told()).toEqual([])
    box('height: 100px', element)
    await pass(1_000)
    expect(told()).toEqual(['impression'])
  })

  it('goes with an element that is moved', async () => {
    const far = box(`height: ${viewport() * 3}px`)
    const element = box('height: 100px')
    const { told } = observe(element)
    await pass(5_000)
    expect(told()).toEqual([])
    far.before(element)
    await pass(1_000)
    expect(told()).toEqual(['impression'])
  })

  it('begins again after a look away, unless stretches add up', async () => {
    const element = box('height: 100px')
    box(`height: ${viewport() * 3}px`)
    const { told } = observe(element)
    const cumulative = observe(element, { cumulative: true })
    for (let look = 0; look < 3; look++) {
      await scrollTo(0)
      await pass(400)
      await scrollTo(500)
    }
    expect(told()).toEqual([])
    expect(cumulative.told()).toEqual(['impression'])
  })

  it('needs a visible tab, from the beginning of its second', async () => {
    const { told } = observe(box('height: 100px'))
    await pass(900)
    hide(true)
    await pass(5_000)
    hide(false)
    await pass(900)
    expect(told()).toEqual([])
    await pass(100)
    expect(told()).toEqual(['impression'])
  })

  it('can ask for a clear view', async () => {
    const element = box('height: 100px')
    const banner = box('position: fixed; inset: 0; background: white')
    const { told } = observe(element, { unobstructed: true })
    const careless = observe(element)
    await pass(5_000)
    expect(careless.told()).toEqual(['impression'])
    expect(told()).toEqual([])
    banner.remove()
    await pass(1_000)
    await pass(250)
    expect(told()).toEqual(['impression'])
  })

  it('counts on where another observer of the element stopped', async () => {
    const element = box('height: 100px')
    const memory: VisibilityMemory = {}
    const first = observe(element, {}, memory)
    await pass(1_000)
    first.stop()
    const second = observe(element, {}, memory)
    await pass(1_000)
    expect([first.told(), second.told()]).toEqual([['impression'], []])
  })
})

describe('dwell', () => {
  it('adds up to the time in view, told when the tab is hidden and when the page ends', async () => {
    const element = box('height: 100px')
    box(`height: ${viewport() * 3}px`)
    const { reports, stop } = observe(element, { itemKey: '17' })
    await pass(4_000)
    await scrollTo(500)
    await pass(60_000)
    await scrollTo(25)
    await pass(2_000)
    hide(true)
    await pass(60_000)
    expect(reports.at(-1)).toEqual({
      fact: 'dwell',
      factKey: 'hero:17',
      payload: {
        element_name: 'hero',
        visible_ratio: 1,
        visible_seconds: 6,
        longest_seconds: 4,
        views: 2,
      },
    })
    hide(false)
    await pass(3_000)
    stop(true)
    expect(reports.map(({ fact, payload }) => [fact, payload.visible_seconds])).toEqual([
      ['impression', 1],
      ['dwell', 6],
      ['dwell', 3],
    ])
  })

  it('is nothing for what had no impression', async () => {
    const { reports, stop } = observe(box('height: 100px'), { dwellMs: 5_000 })
    await pass(4_000)
    stop(true)
    expect(reports).toEqual([])
  })

  it('is told of an element that is gone, not of one that is observed again at once', async () => {
    const element = box('height: 100px')
    const memory: VisibilityMemory = {}
    const first = observe(element, {}, memory)
    await pass(2_000)
    first.stop()
    const second = observe(element, {}, memory)
    await pass(1_000)
    expect(first.told()).toEqual(['impression'])
    second.stop()
    await pass(1)
    expect(second.reports).toMatchObject([{ fact: 'dwell', payload: { visible_seconds: 3 } }])
  })
})

it('ten thousand elements share a handful of observers, and only what is in view is reported', async () => {
  const made = vi.fn()
  class Counted extends IntersectionObserver {
    constructor(...given: ConstructorParameters<typeof IntersectionObserver>) {
      super(...given)
      made()
    }
  }
  vi.stubGlobal('IntersectionObserver', Counted)
  const seen: string[] = []
  const ends = Array.from({ length: 10_000 }, (_, row) =>
    observeVisibility(
      box('height: 20px'),
      () => ({ name: 'row', itemKey: String(row) }),
      ({ factKey }) => seen.push(factKey),
    ),
  )
  await frames(10)
  vi.advanceTimersByTime(1_000)
  vi.unstubAllGlobals()
  expect(made.mock.calls.length).toBeLessThan(3)
  const fitting = viewport() / 20
  expect(seen.length).toBeGreaterThanOrEqual(Math.floor(fitting))
  expect(seen.length).toBeLessThanOrEqual(Math.ceil(fitting))
  ends.forEach((end) => end())
})
