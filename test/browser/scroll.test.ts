import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { page } from 'vitest/browser'
import {
  observeScroll,
  type ScrollMemory,
  type ScrollOptions,
  type ScrollReport,
} from '../../src/triggers/scroll.ts'
import { scrollTo } from '../support/scroll-to.ts'

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
  for (const element of added.splice(0)) element.remove()
  document.documentElement.removeAttribute('style')
  document.body.removeAttribute('style')
  Reflect.deleteProperty(document, 'visibilityState')
})

const root = document.documentElement
const stops: (() => void)[] = []

function observe(given: ScrollOptions = {}, element: Element = root, memory: ScrollMemory = {}) {
  const reports: ScrollReport[] = []
  const unclear: Element[] = []
  const stop = observeScroll(
    element,
    () => given,
    (fact) => reports.push(fact),
    memory,
    (scroller) => unclear.push(scroller),
  )
  stops.push(stop)
  return { stop, reports, unclear, told: () => reports.map(({ payload }) => payload.percent_scrolled) }
}

/** An element of the given style, with content of the given height in it. */
function add(style: string, contentPx = 0, tag = 'div', parent: Element = document.body) {
  const element = document.createElement(tag)
  element.style.cssText = style
  const inside = document.createElement('div')
  inside.style.height = `${contentPx}px`
  element.append(inside)
  parent.append(element)
  added.push(element)
  return element
}
const added: Element[] = []

/** Always a new gesture: wheels that follow each other within 50 ms are one. */
const act = () => document.dispatchEvent(new Event('pointerdown'))
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

describe('a gesture', () => {
  const wheel = (init: WheelEventInit = {}) => document.dispatchEvent(new WheelEvent('wheel', init))
  const key = (init: KeyboardEventInit) => document.dispatchEvent(new KeyboardEvent('keydown', init))

  it.each([
    ['a wheel that goes on', wheel, wheel],
    ['a key that is held', () => key({ key: 'PageDown' }), () => key({ key: 'PageDown', repeat: true })],
    [
      'a touch',
      () => document.dispatchEvent(new Event('touchstart')),
      () => document.dispatchEvent(new Event('touchmove')),
    ],
  ])('belongs to the page on which it began, its inertia too: %s', async (_, begin, goOn) => {
    const before = observe()
    begin()
    before.stop()
    // Another page without an observer may be in between.
    await undefined
    goOn()
    await undefined
    const after = observe()
    goOn()
    await scrollTo(1700)
    expect(after.told()).toEqual([])
    document.dispatchEvent(new Event('pointerdown'))
    await scrollTo(2700)
    expect(after.told()).toEqual([50, 75])
  })

  it('belongs to the page on which a touch began, however seldom the browser tells that it moves', async () => {
    const touch = (type: string, atMs: number) => {
      const event = new Event(type)
      // Chrome on Android fires `touchmove` every 200 ms while the page scrolls.
      Object.defineProperty(event, 'timeStamp', { value: atMs })
      document.dispatchEvent(event)
    }
    const before = observe()
    touch('touchstart', 0)
    touch('touchmove', 200)
    before.stop()
    const after = observe()
    touch('touchmove', 400)
    await scrollTo(1700)
    expect(after.told()).toEqual([])
    touch('touchstart', 600)
    touch('touchmove', 800)
    await scrollTo(2700)
    expect(after.told()).toEqual([50, 75])
  })

  it('counts nothing while the page is where the page before was left', async () => {
    const before = observe()
    act()
    await scrollTo(3600)
    before.stop()
    const after = observe()
    document.dispatchEvent(new Event('pointerdown'))
    act()
    await scrollTo(3500)
    await scrollTo(0)
    expect(after.told()).toEqual([])
    await scrollTo(600)
    expect(after.told()).toEqual([25])
  })

  it('counts from there where no router moves the page', async () => {
    await scrollTo(1600)
    const { told } = observe()
    document.dispatchEvent(new Event('pointerdown'))
    await scrollTo(1700)
    expect(told()).toEqual([])
    pass(1_001)
    await scrollTo(2700)
    expect(told()).toEqual([50, 75])
  })
})

describe('an app shell', () => {
  const shellStyle = 'height: 100%; margin: 0; overflow: auto'
  beforeEach(() => {
    content.remove()
    document.documentElement.style.cssText = 'height: 100%; overflow: hidden'
    document.body.style.cssText = 'height: 100%; margin: 0'
  })

  it('may scroll its body', async () => {
    document.body.style.cssText = shellStyle
    add('', 4_000)
    const { told } = observe()
    act()
    await scrollTo(1_700, document.body)
    await scrollTo(3_600, document.body)
    expect(told()).toEqual([25, 50, 75, 90])
  })

  it.each(['is', 'contains', 'is inside'])('scrolls what %s <main>, once the user does', async (how) => {
    const outer = add('height: 100%', 0, how === 'is inside' ? 'main' : 'div')
    const scroller = add('height: 200px; overflow: auto', 4_000, how === 'is' ? 'main' : 'div', outer)
    if (how === 'contains') add('', 10, 'main', scroller)
    const beside = add('height: 100px; overflow: auto', 4_000, 'nav')
    const { told, unclear } = observe()
    await scrollTo(2_000, scroller)
    await scrollTo(0, scroller)
    act()
    await scrollTo(4_000, beside)
    expect([told(), unclear]).toEqual([[], []])
    await scrollTo(9_999, scroller)
    expect(told()).toEqual([25, 50, 75, 90])
  })

  it('does not scroll what only a program can', async () => {
    const main = add('height: 300px; overflow: hidden', 4_000, 'main')
    const { told, unclear } = observe()
    act()
    await scrollTo(3_600, main)
    expect([told(), unclear]).toEqual([[], []])
  })

  it('without <main> scrolls what covers most of the viewport, and asks about what does not', async () => {
    const small = add('height: 100px; overflow: auto', 4_000)
    const large = add('height: 300px; overflow: auto', 4_000)
    const { told, unclear } = observe()
    act()
    await scrollTo(4_000, small)
    expect([told(), unclear]).toEqual([[], [small]])
    await scrollTo(2_000, large)
    expect(told()).toEqual([25, 50])
  })

  it.each([
    ['pre', {}],
    ['textarea', {}],
    ['dialog', { open: '' }],
    ['div', { popover: 'manual' }],
    ['div', { role: 'dialog' }],
    ['ul', { role: 'listbox' }],
  ])('is never a %s %j', async (tag, attributes) => {
    const main = add('height: 100%', 0, 'main')
    const box = add('height: 400px; overflow: auto', 4_000, tag, main)
    for (const [name, value] of Object.entries(attributes)) box.setAttribute(name, value)
    if (box instanceof HTMLTextAreaElement) box.value = '\n'.repeat(1_000)
    if (box.popover) box.showPopover()
    const { told, unclear } = observe()
    act()
    await scrollTo(3_600, box)
    expect(box.scrollTop).toBeGreaterThan(1_000)
    expect([told(), unclear]).toEqual([[], []])
  })

  it('is no place for a document that scrolls', async () => {
    document.documentElement.removeAttribute('style')
    document.body.style.cssText = 'margin: 0'
    const main = add('', 4_000, 'main')
    const inner = add('height: 300px; overflow: auto', 4_000, 'div', main)
    const { told } = observe()
    act()
    await scrollTo(3_600, inner)
    expect(told()).toEqual([])
    await scrollTo(1_000)
    expect(told()).toEqual([25])
  })

  it('goes on from its top on the next page', async () => {
    const main = add('height: 100%; overflow: auto', 4_000, 'main')
    const before = observe()
    act()
    await scrollTo(3_600, main)
    before.stop()
    const after = observe()
    document.dispatchEvent(new Event('pointerdown'))
    await scrollTo(3_500, main)
    await scrollTo(0, main)
    expect(after.told()).toEqual([])
    await scrollTo(600, main)
    expect(after.told()).toEqual([25])
  })
})

it('a document that is locked at its top is the page, not the fixed modal over it', async () => {
  content.remove()
  add('', 4_000)
  document.body.style.overflow = 'hidden'
  const { told, unclear } = observe()
  const modal = add('position: fixed; inset: 0; overflow: auto', 1_000)
  act()
  await scrollTo(600, modal)
  modal.remove()
  document.body.style.overflow = ''
  await scrollTo(700)
  expect(told()).toEqual([25])
  expect(unclear).toEqual([])
})

it('a document that the user has scrolled is the page while a modal without a role locks it', async () => {
  content.remove()
  add('', 4_000)
  const { told, unclear } = observe()
  act()
  await scrollTo(700)
  document.body.style.overflow = 'hidden'
  const modal = add('position: fixed; inset: 0; overflow: auto', 1_000)
  act()
  await scrollTo(600, modal)
  modal.remove()
  document.body.style.overflow = ''
  expect(told()).toEqual([25])
  expect(unclear).toEqual([])
  await scrollTo(1_700)
  expect(told()).toEqual([25, 50])
})

describe('content that does not scroll itself', () => {
  it('has a depth in the document', async () => {
    content.style.height = '1000px'
    const article = add('', 2_000, 'article')
    add('', 2_000)
    const { told } = observe({ name: 'article' }, article)
    act()
    await scrollTo(600)
    expect(told()).toEqual([])
    await scrollTo(1_100)
    expect(told()).toEqual([25])
    await scrollTo(3_000)
    expect(told()).toEqual([25, 50, 75, 90])
  })

  it('has a depth in the element that scrolls it, which the page around it does not touch', async () => {
    const box = add('height: 200px; overflow: auto', 300)
    const article = add('', 1_000, 'article', box)
    add('', 2_000, 'div', box)
    const { told } = observe({}, article)
    act()
    await scrollTo(4_000)
    await scrollTo(100, box)
    expect(told()).toEqual([])
    await scrollTo(350, box)
    expect(told()).toEqual([25])
    await scrollTo(1_300, box)
    expect(told()).toEqual([25, 50, 75, 90])
  })
})

describe('content in another tree', () => {
  it.each(['the document', 'an element', 'its own tree'])(
    'has a depth in what scrolls its shadow tree: %s',
    async (where) => {
      const style = 'height: 400px; overflow: auto'
      const outer = add(where === 'an element' ? style : '', 0)
      const shadow = add('', 0, 'div', outer).attachShadow({ mode: 'open' })
      const inner = add(where === 'its own tree' ? style : '', 0, 'div', shadow as unknown as Element)
      const article = add('height: 2000px', 0, 'article', inner)
      add('height: 2000px', 0, 'div', inner)
      content.style.height = '0'
      const { told } = observe({}, article)
      act()
      await scrollTo(600, where === 'the document' ? root : where === 'an element' ? outer : inner)
      expect(told()).toEqual([25, 50])
    },
  )

  it('has a depth in the document of its frame', async () => {
    const frame = add('width: 300px; height: 200px', 0, 'iframe') as HTMLIFrameElement
    const inner = frame.contentDocument as Document
    inner.body.innerHTML = '<main style="height: 2000px"></main>'
    const { told } = observe({}, inner.documentElement)
    const ofMain = observe({}, inner.querySelector('main') as Element)
    inner.dispatchEvent(new Event('pointerdown'))
    await scrollTo(900, inner.scrollingElement as Element)
    expect([told(), ofMain.told()]).toEqual([
      [25, 50],
      [25, 50],
    ])
  })
})

describe('content in the slot of a shadow tree that scrolls', () => {
  const style = 'height: 400px; overflow: auto'
  /** As Ionic's `ion-content` does. */
  function addShell(tag = 'div', parent: Element = document.body) {
    const host = add('', 0, 'div', parent)
    const light = add('height: 2000px', 0, tag, host)
    const show = () => {
      const scroller = add(style, 0, 'div', host.attachShadow({ mode: 'open' }) as unknown as Element)
      scroller.append(document.createElement('slot'))
      return scroller
    }
    return { host, light, show }
  }
  const actOn = (element: Element) =>
    element.dispatchEvent(new Event('pointerdown', { bubbles: true, composed: true }))
  beforeEach(() => {
    content.remove()
    document.documentElement.style.cssText = 'height: 100%; overflow: hidden'
    document.body.style.cssText = 'height: 100%; margin: 0'
  })

  it('has a depth there, also by keys in the body', async () => {
    const { light, show } = addShell('article')
    const scroller = show()
    const { told } = observe({}, light)
    act()
    await scrollTo(600, scroller)
    expect(told()).toEqual([25, 50])
  })

  it('has a depth in a component that loads later', async () => {
    const { light, show } = addShell('article')
    const { told } = observe({}, light)
    const scroller = show()
    actOn(light)
    await scrollTo(600, scroller)
    expect(told()).toEqual([25, 50])
  })

  it.each(['main', 'div'])('is the page: <%s> in the slot', async (tag) => {
    const { light, show } = addShell(tag)
    const scroller = show()
    const memory: ScrollMemory = {}
    const { told, stop } = observe({}, root, memory)
    actOn(light)
    await scrollTo(600, scroller)
    expect(told()).toEqual([25, 50])
    stop()
    const next = observe({}, root, memory)
    await scrollTo(1_100, scroller)
    expect(next.told()).toEqual([75])
  })

  it('is the page around which <main> is', async () => {
    const { light, show } = addShell('div', add('', 0, 'main'))
    const scroller = show()
    scroller.style.height = '100px'
    const { told } = observe()
    actOn(light)
    await scrollTo(600, scroller)
    expect(told()).toEqual([25])
  })

  it('is not the page in a dialog', async () => {
    const dialog = add('', 0)
    dialog.role = 'dialog'
    const { light, show } = addShell('div', dialog)
    const scroller = show()
    const { told, unclear } = observe()
    actOn(light)
    await scrollTo(600, scroller)
    expect([told(), unclear]).toEqual([[], []])
  })

  it('listens in no shadow tree once it has stopped', async () => {
    const { light, show } = addShell('main')
    const scroller = show()
    const { told, stop } = observe()
    actOn(light)
    stop()
    await scrollTo(600, scroller)
    expect(told()).toEqual([])
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
