import type { Page } from 'playwright'
import type { SegmentClient } from 'react-microconversions/destinations'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { NeighbourPage } from '../support/neighbour-page.tsx'
import { vendorBrowser } from '../support/vendor-browser.ts'

declare global {
  var tracker: NeighbourPage
  var heard: string[]
  /** What the scripts of the vendors leave on the page. */
  var posthog: { readonly capture: (name: string) => void }
  var analytics: SegmentClient
  var snowplow: (method: string, event: object) => void
}

const scene = vendorBrowser('test/support/neighbour-page.tsx')
let page: Page

beforeEach(async () => {
  scene.server.forget()
  const context = await scene.browser.newContext({ hasTouch: true, viewport: { width: 1280, height: 800 } })
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  page = await context.newPage()
})
afterEach(() => page.context().close())

const overlay = () => page.getByRole('region', { name: 'Microconversions' })
const panelTab = (name: string) => overlay().getByRole('tab', { name })
const centre = async (of: ReturnType<typeof overlay>) => {
  const box = await of.boundingBox()
  if (!box) throw new Error('It is not on the page.')
  return [box.x + box.width / 2, box.y + box.height / 2] as const
}

async function open(query = '') {
  await page.goto(`${scene.server.url}?${query}`)
  await panelTab('Timeline').waitFor()
  await overlay().getByRole('option').first().waitFor()
}

/** What somebody does in an overlay: pointer, keys, wheel, touch, selection, clipboard, drag and drop. */
async function useOverlay() {
  const search = overlay().getByRole('searchbox')
  await overlay().getByRole('option').first().click()
  await overlay().getByRole('group', { name: 'Share' }).getByRole('button', { name: 'JSON' }).click()
  await overlay().getByRole('textbox', { name: 'Note' }).fill('Seen')
  await overlay().getByRole('heading', { level: 3 }).first().dblclick()
  await page.keyboard.press('ControlOrMeta+c')
  await search.click({ clickCount: 3, delay: 20 })
  await page.keyboard.type('page')
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.press('ControlOrMeta+x')
  await page.keyboard.press('ControlOrMeta+v')
  await search.click({ button: 'right' })
  await search.click({ button: 'middle' })
  await search.press('Shift+Tab')
  await page.mouse.wheel(0, 300)
  await panelTab('User').tap()
  await overlay().getByRole('radio', { name: 'Denied' }).click({ force: true })
  await overlay().getByRole('radio', { name: 'Granted' }).click({ force: true })
  await panelTab('Timeline').click()
  await overlay().getByRole('button', { name: 'Filters' }).click()
  await overlay().getByLabel('Reason').selectOption('admitted')
  await overlay().getByText('Filter syntax').click()
  await search.fill('')
  for (const type of ['dragenter', 'dragover', 'drop']) await search.dispatchEvent(type)
  await page.mouse.move(...(await centre(overlay().getByTitle('Plan and version'))))
  await page.mouse.down()
  await page.mouse.move(200, 150, { steps: 3 })
  await page.mouse.up()
  await panelTab('Session').click()
  await overlay().getByText('Preview').click()
  await panelTab('Timeline').click()
}

test('no event of the overlay is heard in the app, neither captured nor bubbling', async () => {
  await open()
  await page.evaluate(() => {
    globalThis.heard = []
    const names = [window, document, HTMLElement.prototype].flatMap((each) => {
      const all: string[] = []
      for (const name in each) if (name.startsWith('on')) all.push(name.slice(2))
      return all
    })
    const more = ['focusin', 'focusout', 'compositionstart', 'compositionend', 'textInput', 'DOMActivate']
    // A listener for these makes the browser send more of them, or keeps the page out of its cache.
    const costly = /^(pointer|mouse)(enter|leave)$|rawupdate$|unload$/
    for (const type of new Set([...names, ...more])) {
      if (costly.test(type)) continue
      const hear = (event: Event) => {
        const path = event.composedPath()
        if (path.some((node) => node instanceof Element && node.localName === 'rmc-devtools')) {
          heard.push(`${event.eventPhase === 3 ? 'bubbling' : 'captured'} ${type}`)
        }
      }
      for (const target of [window, document, document.body]) {
        target.addEventListener(type, hear)
        target.addEventListener(type, hear, true)
      }
    }
    // A press that began in the overlay and ended in the app is a click of neither.
    document.addEventListener('click', ({ target }) => heard.push(`click on ${(target as Node).nodeName}`))
  })
  await useOverlay()
  expect([...new Set(await page.evaluate(() => heard))]).toEqual([])
  expect(await page.evaluate(() => scrollY)).toBe(0)

  await page.getByRole('button', { name: 'Act' }).click()
  expect(await page.evaluate(() => heard)).toEqual(['click on BUTTON'])
})

test('files dragged over it do not make the browser leave the page; a drop zone still takes them', async () => {
  await open()
  const refused = (selector: string) =>
    page.evaluate((inside) => {
      const dataTransfer = new DataTransfer()
      dataTransfer.items.add(new File(['{}'], 'any.json'))
      const event = new DragEvent('dragover', {
        bubbles: true,
        cancelable: true,
        composed: true,
        dataTransfer,
      })
      document.querySelector('rmc-devtools')?.shadowRoot?.querySelector(inside)?.dispatchEvent(event)
      return [event.defaultPrevented, dataTransfer.dropEffect]
    }, selector)
  expect(await refused('.panel')).toEqual([true, 'none'])
  await panelTab('Session').click()
  await overlay().getByText('or drop sessions here').waitFor()
  await page.evaluate(() => document.addEventListener('dragover', () => heard.push('dragover')))
  expect((await refused('.drop'))[0]).toBe(true)
})

/** As it came: a name, and whatever else the vendor wrote. */
const arrivedNames = () => scene.server.arrived.map(({ name }) => name)
/** Until what was sent before has surely arrived: the vendors keep their order. */
const marked = (name: string) => expect.poll(arrivedNames).toContain(name)

test('autocapture, heatmaps and rage clicks of PostHog do not see the overlay', async () => {
  await open('watch&script=posthog')
  const capture = (name: string) => page.evaluate((marker) => posthog.capture(marker), name)
  await capture('begun')
  await marked('begun')
  await useOverlay()
  await panelTab('Timeline').click({ clickCount: 6 })
  await capture('overlay_used')
  await marked('overlay_used')
  expect(arrivedNames()).toEqual(['begun', 'overlay_used'])

  // Three clicks within a second are one of rage: a busy machine may need more of them.
  const afterManyClicks = async () => {
    await page.getByRole('button', { name: 'Act' }).click({ clickCount: 6 })
    return arrivedNames()
  }
  await expect.poll(afterManyClicks).toEqual(expect.arrayContaining(['$autocapture', '$rageclick']))
})

test('a click listener of Segment and the page pings of Snowplow do not see it', async () => {
  await page.clock.install()
  await open('watch&script=segment&script=snowplow')
  await expect.poll(arrivedNames).toContain('pv')
  // The page view is activity too.
  await page.clock.runFor(3_000)
  scene.server.forget()
  await useOverlay()
  for (let beat = 0; beat < 6; beat++) {
    await overlay().getByRole('searchbox').press('a')
    await page.clock.runFor(500)
  }
  await page.evaluate(() => {
    analytics.track('segment_marked', {}, {} as never)
    snowplow('trackStructEvent', { category: 'test', action: 'snowplow_marked' })
  })
  await marked('segment_marked')
  await marked('snowplow_marked')
  expect(arrivedNames().toSorted()).toEqual(['segment_marked', 'snowplow_marked'])

  const afterOneMoreClick = async () => {
    await page.getByRole('button', { name: 'Act' }).click()
    await page.clock.runFor(500)
    return arrivedNames()
  }
  await expect.poll(afterOneMoreClick).toEqual(expect.arrayContaining(['body_clicked', 'pp']))
})

test('nor do our own triggers: attention, scroll depth, links', async () => {
  await page.clock.install()
  await open()
  const decided = () =>
    page.evaluate(() =>
      tracker.record
        .get()
        .decisions.map(({ event }) => event)
        .filter((name) => name !== 'page_view'),
    )
  const actOn = async () => {
    await page.keyboard.press('a')
    await page.mouse.wheel(0, 600)
    await page.clock.runFor(1_000)
    return decided()
  }
  await overlay().getByRole('searchbox').click()
  for (let second = 0; second < 20; second++) await actOn()
  await overlay().getByRole('searchbox').fill('')
  await useOverlay()
  expect(await decided()).toEqual([])

  // Not into a field: each letter would scroll back to it.
  await page.getByRole('link', { name: 'Elsewhere' }).click()
  await expect.poll(actOn).toEqual(expect.arrayContaining(['attention_reached', 'scroll', 'click']))
})
