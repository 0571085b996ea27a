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
    ['at once', { dwell: '0s' }, 0, ['impression']],
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

  it('in a scroll container of a shadow tree is half of that', async () => {
    const host = box('')
    host.attachShadow({ mode: 'open' }).innerHTML =
      '<div style="height: 100px; overflow: auto"><slot></slot></div>'
    const { told } = observe(box('height: 2000px', host))
    await pass(1_000)
    expect(told()).toEqual(['impression'])
  })

  it.each(['position: fixed', 'popover'])('is not measured by what does not clip it: %s', async (kind) => {
    const wrapper = box('height: 20px; overflow: hidden')
    const sheet = box('position: fixed; inset: calc(100vh - 60px) 0 auto; margin: 0; height: 300px', wrapper)
    if (kind === 'popover') {
      sheet.popover = 'manual'
      sheet.showPopover()
    }
    const { told } = observe(sheet)
    await pass(5_000)
    expect(told()).toEqual([])
    sheet.style.top = 'calc(100vh - 200px)'
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
    await pass(500)
    await pass(1_000)
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

/** Hides an element by a style of its own, of an ancestor, or of its frame. */
const hidings: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
  ['visibility: hidden', { visibility: 'hidden' }],
  ['visibility: collapse', { visibility: 'collapse' }],
  ['opacity: 0', { opacity: '0' }],
  ['content-visibility: hidden', { contentVisibility: 'hidden', height: '100px' }],
]

describe('an element that is in view and cannot be seen', () => {
  describe.each(['of its own', 'of an ancestor'])('by a style %s', (owner) => {
    it.each(hidings)('has no impression: %s', async (_, style) => {
      const outer = box('height: 100px')
      const element = box('height: 100px', outer)
      const hidden = owner === 'of its own' ? element : outer
      Object.assign(hidden.style, style)
      const plain = observe(element)
      const clear = observe(element, { unobstructed: true })
      await pass(5_000)
      await pass(5_000)
      expect([...plain.told(), ...clear.told()]).toEqual([])
      for (const name of Object.keys(style)) if (name !== 'height') hidden.style.removeProperty(dashed(name))
      await pass(500)
      await pass(1_000)
      await pass(0)
      expect([...plain.told(), ...clear.told()]).toEqual(['impression', 'impression'])
    })
  })

  it('has one if it is visible inside of what is not', async () => {
    const { told } = observe(box('height: 100px; visibility: visible', box('visibility: hidden')))
    await pass(1_000)
    expect(told()).toEqual(['impression'])
  })

  it('is looked at again at the end of its second', async () => {
    const element = box('height: 100px')
    const { told } = observe(element)
    await pass(900)
    element.style.opacity = '0'
    await pass(5_000)
    expect(told()).toEqual([])
    element.style.opacity = '0.5'
    // The timer has begun at the end of that second.
    vi.advanceTimersByTime(100)
    vi.advanceTimersByTime(999)
    expect(told()).toEqual([])
    vi.advanceTimersByTime(1)
    expect(told()).toEqual(['impression'])
  })

  it.each(['transitionend', 'animationend'])('is looked at again at a %s around it', async (type) => {
    const outer = box('opacity: 0')
    const element = box('height: 100px', outer)
    const { told } = observe(element)
    await pass(499)
    outer.style.opacity = '1'
    outer.dispatchEvent(new Event(type, { bubbles: true }))
    vi.advanceTimersByTime(999)
    expect(told()).toEqual([])
    vi.advanceTimersByTime(1)
    expect(told()).toEqual(['impression'])
  })

  it('is one of several children of an element without a box: another speaks for it', async () => {
    const element = box('display: contents')
    const hidden = box('height: 100px; opacity: 0', element)
    const away = box('height: 100px; width: 100px; position: absolute; top: 5000px', element)
    const { told } = observe(element)
    await pass(5_000)
    expect(told()).toEqual([])
    away.style.top = '200px'
    await pass(1_000)
    expect(told()).toEqual(['impression'])
    hidden.remove()
  })

  it('is without a box, in what is transparent', async () => {
    const outer = box('opacity: 0')
    const element = box('display: contents', outer)
    box('height: 100px', element)
    const { told } = observe(element)
    await pass(5_000)
    expect(told()).toEqual([])
    outer.style.opacity = '1'
    await pass(500)
    await pass(1_000)
    expect(told()).toEqual(['impression'])
  })

  it.each(hidings.slice(0, 3))('is in a frame with %s', async (_, style) => {
    const frame = document.createElement('iframe')
    room.append(frame)
    Object.assign(frame.style, style)
    const inside = frame.contentDocument as Document
    const element = inside.createElement('div')
    element.style.height = '50px'
    inside.body.append(element)
    const { told } = observe(element)
    await pass(5_000)
    expect(told()).toEqual([])
    frame.removeAttribute('style')
    await pass(500)
    await pass(1_000)
    expect(told()).toEqual(['impression'])
  })

  it('is in a shadow tree whose host is transparent', async () => {
    const host = box('opacity: 0')
    const element = document.createElement('div')
    element.style.height = '100px'
    host.attachShadow({ mode: 'open' }).append(element)
    const { told } = observe(element)
    await pass(5_000)
    expect(told()).toEqual([])
  })

  it.each(['around the host', 'in the tree'])(
    'is in a shadow tree, and looked at again at the end of a transition %s',
    async (where) => {
      const host = box('')
      const shadow = host.attachShadow({ mode: 'open' })
      const inner = box('', shadow as unknown as Element)
      const element = box('height: 100px', inner)
      const { told } = observe(element)
      const fading = where === 'in the tree' ? inner : room
      fading.style.cssText = 'opacity: 0; transition: opacity 1ms'
      await pass(499)
      const ended = new Promise((resolve) => fading.addEventListener('transitionend', resolve))
      fading.style.opacity = '1'
      await ended
      vi.advanceTimersByTime(1_000)
      expect(told()).toEqual(['impression'])
    },
  )

  it.each(['details', 'until-found'])('is in closed contents: %s', async (kind) => {
    const outer = document.createElement(kind === 'details' ? 'details' : 'div')
    outer.innerHTML = kind === 'details' ? '<summary>More</summary>' : ''
    if (kind === 'until-found') outer.setAttribute('hidden', 'until-found')
    room.append(outer)
    const { told } = observe(box('height: 100px', outer))
    const itself = observe(outer, { visibleRatio: 0.01 })
    await pass(5_000)
    expect(told()).toEqual([])
    expect(itself.told()).toEqual(kind === 'details' ? ['impression'] : [])
    outer.removeAttribute('hidden')
    outer.setAttribute('open', '')
    await pass(1_000)
    await pass(1_000)
    expect(told()).toEqual(['impression'])
  })

  it.each([
    ['visibility: hidden', 'opacity: 1'],
    ['opacity: 0', 'visibility: visible'],
    ['opacity: 1', 'opacity: 0'],
    ['opacity: 1', 'visibility: hidden'],
  ])('is known as well without checkVisibility: %s in %s', async (own, around) => {
    const { checkVisibility } = Element.prototype
    Reflect.deleteProperty(Element.prototype, 'checkVisibility')
    const outer = box(around)
    const element = box(`height: 100px; ${own}`, outer)
    const { told } = observe(element)
    await pass(5_000)
    expect(told()).toEqual([])
    element.style.cssText = 'height: 100px'
    outer.style.cssText = ''
    await pass(500)
    await pass(1_000)
    expect(told()).toEqual(['impression'])
    Element.prototype.checkVisibility = checkVisibility
  })
})

const dashed = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

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

  it('is not what it was transparent for: faded out, hidden at once, and shown again', async () => {
    const element = box('height: 100px')
    const { reports, stop } = observe(element)
    await pass(4_000)
    element.style.opacity = '0'
    element.dispatchEvent(new Event('transitionend', { bubbles: true }))
    await pass(60_000)
    element.style.opacity = '1'
    await pass(500)
    await pass(3_000)
    stop(true)
    expect(reports.at(-1)?.payload).toMatchObject({ visible_seconds: 7, longest_seconds: 4, views: 2 })
  })

  it('ends where it was last seen, if nothing told that it was hidden', async () => {
    const element = box('height: 100px')
    const { reports, stop } = observe(element)
    await pass(1_000)
    element.style.visibility = 'hidden'
    await pass(60_000)
    stop(true)
    expect(reports.at(-1)?.payload).toMatchObject({ visible_seconds: 1, views: 1 })
  })

  it('is all of the time until it was not displayed any more, or removed', async () => {
    for (const go of [
      (element: HTMLElement) => element.remove(),
      (element: HTMLElement) => element.setAttribute('hidden', ''),
    ]) {
      const element = box('height: 100px')
      const { reports, stop } = observe(element)
      await pass(4_000)
      go(element)
      await frames()
      stop(true)
      expect(reports.at(-1)?.payload).toMatchObject({ visible_seconds: 4, views: 1 })
    }
  })

  it('is nothing for what had no impression', async () => {
    const { reports, stop } = observe(box('height: 100px'), { dwell: '5s' })
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

describe('while nothing changes', () => {
  /** Counts what the platform is asked for, and what it calls back. */
  function countWork() {
    const counts = { observers: 0, timers: 0, frames: 0, layout: 0 }
    const spy = <T extends object>(target: T, name: keyof T & string, kind: keyof typeof counts) => {
      const original = target[name] as unknown as (...given: unknown[]) => unknown
      target[name] = function (this: unknown, ...given: unknown[]) {
        counts[kind]++
        return original.apply(this, given)
      } as never
      undo.push(() => {
        target[name] = original as never
      })
    }
    spy(IntersectionObserver.prototype, 'observe', 'observers')
    spy(ResizeObserver.prototype, 'observe', 'observers')
    spy(window, 'requestAnimationFrame', 'frames')
    spy(window, 'setTimeout', 'timers')
    spy(window, 'setInterval', 'timers')
    spy(window, 'getComputedStyle', 'layout')
    spy(Element.prototype, 'getBoundingClientRect', 'layout')
    spy(document, 'elementFromPoint', 'layout')
    return counts
  }
  const undo: (() => void)[] = []
  afterEach(() => undo.splice(0).forEach((back) => back()))

  const rows = 50
  const none = { observers: 0, timers: 0, layout: 0 }

  it.each([
    ['of no size', 'height: 0'],
    ['of no width', 'width: 0; height: 20px'],
    ['seen', 'height: 1px'],
    ['of a pixel', 'height: 1px; width: 1px'],
    ['of half a pixel', 'height: 0.5px'],
    ['without a box', 'display: contents'],
    ['not displayed', 'display: none'],
    ['far away', 'height: 20px; width: 20px; position: absolute; top: 9000px'],
    [
      'far away, skipped',
      'content-visibility: auto; height: 20px; width: 20px; position: absolute; top: 9000px',
    ],
    ['collapsed by its parent', 'height: 20px', 'height: 0; overflow: hidden'],
    ['collapsed by a grid', 'min-height: 0; overflow: hidden', 'display: grid; grid-template-rows: 0fr'],
    ['scrolled away', 'height: 20px; margin-top: 500px', 'height: 100px; overflow: auto'],
    [
      'scrolled away twice',
      'height: 20px; margin-top: 500px',
      'height: 100px; overflow: auto; contain: strict',
    ],
    ['in a table that collapses', 'visibility: collapse; display: table-row', 'display: none'],
  ])('nothing is done for elements: %s', async (_, style, outer = '') => {
    for (let row = 0; row < rows; row++) observe(box(style, outer ? box(outer) : room))
    await pass(1_000)
    await frames(4)
    const counts = countWork()
    await frames(10)
    vi.advanceTimersByTime(10_000)
    expect(counts).toEqual({ ...none, frames: 10 })
  })

  it('no timer runs once an element is seen, or is not observed any more', async () => {
    const element = box('height: 20px; opacity: 0')
    const { stop, told } = observe(element)
    await pass(1_200)
    stop(true)
    expect(vi.getTimerCount()).toBe(0)
    const again = observe(element)
    await pass(0)
    expect(vi.getTimerCount()).toBe(1)
    element.style.opacity = '1'
    vi.advanceTimersByTime(1_500)
    expect([told(), again.told(), vi.getTimerCount()]).toEqual([[], ['impression'], 0])
  })

  it('the children of an element without a box are not followed after its end', async () => {
    const element = box('display: contents')
    const { stop } = observe(element)
    await pass(0)
    stop(true)
    const counts = countWork()
    box('height: 20px', element)
    await pass(1_000)
    expect(counts).toMatchObject(none)
  })

  it.each(['details', 'until-found'])('nothing is done for elements in closed contents: %s', async (kind) => {
    const outer = document.createElement(kind === 'details' ? 'details' : 'div')
    if (kind === 'until-found') outer.setAttribute('hidden', 'until-found')
    room.append(outer)
    for (let row = 0; row < rows; row++) observe(box('height: 20px', outer))
    await pass(1_000)
    await frames(4)
    const counts = countWork()
    await frames(10)
    vi.advanceTimersByTime(10_000)
    expect(counts).toEqual({ ...none, frames: 10 })
  })

  it.each([
    ['scaled to nothing', 'height: 20px; transform: scale(0)'],
    ['turned to its edge', 'height: 20px; transform: rotateY(90deg)'],
    ['scaled to nothing by an ancestor', 'height: 20px', 'transform: scale(0)'],
    ['an empty line', 'display: inline'],
    ['transparent', 'height: 20px; opacity: 0'],
    ['hidden', 'height: 20px; visibility: hidden'],
    ['covered', 'height: 20px; position: relative; z-index: -1'],
  ])('one timer of 500 ms serves all elements in view: %s', async (_, style, outer = '') => {
    for (let row = 0; row < rows; row++)
      observe(box(style, outer ? box(outer) : room), { unobstructed: style.includes('z-index') })
    const cover = box('position: fixed; inset: 0; background: white')
    await pass(1_000)
    await frames(4)
    const counts = countWork()
    await frames(10)
    expect(counts).toEqual({ ...none, frames: 10 })
    vi.advanceTimersByTime(5_000)
    expect(counts.timers).toBe(10)
    expect(counts.observers).toBe(0)
    cover.remove()
  })

  it.each([
    ['scaled', 'height: 100px; transform: scale(0)', 'height: 100px; transform: none'],
    ['scaled by a part', 'height: 100px; transform: scale(0, 1)', 'height: 100px'],
    ['an inline element', 'display: inline', 'display: inline-block; height: 100px; width: 100px'],
    ['padded', 'height: 0; width: 50px', 'padding: 20px'],
  ])('an element that appears is noticed: %s', async (_, before, after) => {
    const element = box(before)
    const { told } = observe(element)
    await pass(5_000)
    expect(told()).toEqual([])
    element.style.cssText = after
    await pass(500)
    await pass(1_000)
    await pass(500)
    expect(told()).toEqual(['impression'])
  })

  it('an empty line that gets a text is noticed', async () => {
    const element = document.createElement('span')
    room.append(element)
    const { told } = observe(element)
    await pass(5_000)
    element.textContent = 'Now with a text'
    await pass(500)
    await pass(1_000)
    expect(told()).toEqual(['impression'])
  })
})

it('a clear view is asked for where the element is, also after it was scrolled', async () => {
  const bar = box('position: fixed; inset: 0 0 auto 0; height: 100px; background: white; z-index: 1')
  box('height: 150px')
  const element = box('height: 60px')
  box('height: 5000px')
  const { told } = observe(element, { unobstructed: true })
  await pass(100)
  await scrollTo(140)
  await pass(5_000)
  expect(told()).toEqual([])
  await scrollTo(45)
  await pass(500)
  await pass(1_000)
  expect(told()).toEqual(['impression'])
  bar.remove()
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
