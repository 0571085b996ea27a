import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { page } from 'vitest/browser'
import {
  observeScroll,
  type ScrollMemory,
  type ScrollOptions,
  type ScrollReport,
} from '../../src/triggers/scroll.ts'

let content: HTMLElement
beforeEach(async () => {
  await page.viewport(400, 400)
  vi.useFakeTimers({ toFake: ['performance'] })
  document.body.style.margin = '0'
  content = document.createElement('main')
  content.style.height = '4000px'
  document.body.append(content)
  await scrollTo(0)
})
afterEach(() => {
  stops.splice(0).forEach((stop) => stop())
  vi.useRealTimers()
  content.remove()
  Reflect.deleteProperty(document, 'visibilityState')
})

const root = document.documentElement
const stops: (() => void)[] = []

function observe(given: ScrollOptions = {}, element: Element = root, memory: ScrollMemory = {}) {
  const reports: ScrollReport[] = []
  const stop = observeScroll(
    element,
    () => given,
    (fact) => reports.push(fact),
    memory,
  )
  stops.push(stop)
  return { stop, reports, told: () => reports.map(({ payload }) => payload.percent_scrolled) }
}

/** A scroll event comes with the next frame. */
async function scrollTo(y: number, element: Element = root) {
  element.scrollTop = y
  for (let frame = 0; frame < 2; frame++) await new Promise((done) => requestAnimationFrame(done))
}

const act = () => document.dispatchEvent(new Event('wheel'))
const pass = (ms: number) => vi.advanceTimersByTime(ms)

function hide(hidden: boolean) {
  Object.defineProperty(document, 'visibilityState', {
    configurable: true,
    value: hidden ? 'hidden' : 'visible',
  })
  document.dispatchEvent(new Event('visibilitychange'))
}

describe('depth', () => {
  it('passes each mark once, by what came into view', async () => {
    const { told, reports } = observe()
    act()
    await scrollTo(590)
    expect(told()).toEqual([])
    await scrollTo(600)
    expect(reports).toMatchObject([
      {
        fact: 'depth',
        factKey: 'page:25',
        payload: { content_percent: 25, travel_percent: 17, scroll_name: 'page' },
      },
    ])
    for (const y of [2600, 0, 3600, 0, 3600]) await scrollTo(y)
    expect(told()).toEqual([25, 50, 75, 90])
  })

  it('loses no mark in a jump, and keeps their order', async () => {
    const { told } = observe({ marks: [90, 10, 100, 50] })
    act()
    await scrollTo(9_999)
    expect(told()).toEqual([10, 50, 90, 100])
  })

  it('can be that of the way, 100 % at its end', async () => {
    const { told } = observe({ mode: 'travel', marks: [50, 100] })
    act()
    await scrollTo(1790)
    expect(told()).toEqual([])
    await scrollTo(1800)
    expect(told()).toEqual([50])
    await scrollTo(3600)
    expect(told()).toEqual([50, 100])
  })

  it('is measured by the height of the moment: content that comes late moves the marks that are left', async () => {
    const { told } = observe({ marks: [25, 50] })
    act()
    await scrollTo(600)
    content.style.height = '8000px'
    await scrollTo(1700)
    expect(told()).toEqual([25])
    await scrollTo(3600)
    expect(told()).toEqual([25, 50])
  })

  it('does not count where a page was restored to, only what is scrolled through from there', async () => {
    const { told } = observe()
    await scrollTo(2200)
    expect(told()).toEqual([])
    act()
    await scrollTo(2300)
    expect(told()).toEqual([])
    await scrollTo(2700)
    expect(told()).toEqual([75])
    await scrollTo(0)
    expect(told()).toEqual([75, 25, 50])
  })

  it('is that of a container, which the page around it does not touch', async () => {
    const container = document.createElement('div')
    container.style.cssText = 'height: 100px; overflow: auto'
    const inside = document.createElement('div')
    inside.style.height = '1000px'
    container.append(inside)
    content.append(container)
    const { told, reports } = observe({ name: 'terms' }, container)
    act()
    await scrollTo(3600)
    expect(told()).toEqual([])
    await scrollTo(400, container)
    expect(reports.map(({ factKey }) => factKey)).toEqual(['terms:25', 'terms:50'])
  })

  it('goes on in the next observer of the page', async () => {
    const memory: ScrollMemory = {}
    const first = observe({}, root, memory)
    act()
    await scrollTo(1700)
    first.stop()
    const second = observe({}, root, memory)
    await scrollTo(2700)
    expect([first.told(), second.told()]).toEqual([[25, 50], [75]])
  })
})

describe('reading', () => {
  const figures = ({ reports }: ReturnType<typeof observe>) =>
    reports.map(({ payload: { screens, read_percent, reading } }) => [screens, read_percent, reading])

  it('is of screenfuls that stood still long enough', async () => {
    const observed = observe({ marks: [50] })
    act()
    for (const y of [400, 800, 1200, 1600]) {
      pass(5_000)
      await scrollTo(y)
    }
    expect(figures(observed)).toEqual([[5, 80, 'reader']])
  })

  it('is not what a jump passes, nor what stood in a hidden tab', async () => {
    const observed = observe({ marks: [90] })
    hide(true)
    pass(60_000)
    hide(false)
    pass(1_000)
    act()
    await scrollTo(3300)
    expect(figures(observed)).toEqual([[10, 0, 'skimmer']])
  })

  it('adds up over positions between two screenfuls', async () => {
    const observed = observe({ marks: [25] })
    act()
    pass(3_000)
    await scrollTo(200)
    pass(2_000)
    await scrollTo(600)
    // 3 s of all of the first and 2 s of half of it; the second: 1 s.
    expect(figures(observed)).toEqual([[3, 33, 'skimmer']])
  })
})
