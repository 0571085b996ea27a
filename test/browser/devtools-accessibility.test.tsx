import axe from 'axe-core'
import { memory } from 'react-microconversions/destinations'
import { createTestTracker } from 'react-microconversions/testing'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { cdp, page, userEvent } from 'vitest/browser'
// Loaded here, so that no test waits for a cold server: the tab imports them lazily.
import '../../src/devtools/session/session-view.tsx'
import '../../src/devtools/session/writers.ts'
import { sessionOf, writeSession } from '../../src/devtools/session/session-file.ts'
import {
  forgetChoices,
  launcher,
  mountApp,
  option,
  plan,
  recordedTracker,
  rows,
  shadow,
  tab,
  variedDecisions,
} from '../support/overlay.tsx'

let unmount = () => {}

beforeEach(() => {
  localStorage.clear()
  document.title = 'App'
  document.documentElement.lang = 'en'
})

afterEach(async () => {
  unmount()
  forgetChoices()
  await emulate({})
})

interface Session {
  send: (method: string, parameters: object) => Promise<unknown>
}

/** Media features of the whole page. */
function emulate(features: Record<string, string>) {
  const list = Object.entries(features).map(([name, value]) => ({ name, value }))
  return (cdp() as unknown as Session).send('Emulation.setEmulatedMedia', { features: list })
}

function atRest() {
  return Promise.all(
    shadow()
      .getAnimations()
      .map(({ finished }) => finished),
  )
}

const everyRule = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
/** What differs between colour schemes. */
const colourRules = ['color-contrast', 'link-in-text-block']

/** Every rule in the light scheme; in the others, where nothing but colours is new, those of colours. */
async function violations(features: Record<string, string>) {
  await atRest()
  const light = features === schemes[0]
  const { violations: found, passes } = await axe.run(document, {
    runOnly: light ? everyRule : { type: 'rule', values: colourRules },
  })
  const seen = light ? ['region', 'target-size', 'color-contrast'] : ['color-contrast']
  expect(passes.map(({ id }) => id)).toEqual(expect.arrayContaining(seen))
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join('\n')}`)
}

/** Controls that are cut off, or smaller than a finger tip needs. */
function misfits(): string[] {
  const width = document.documentElement.clientWidth
  return [...shadow().querySelectorAll('button, input, select, textarea, summary, label')].flatMap(
    (element) => {
      // More tabs than there is room for can be scrolled to.
      if (element.role === 'tab') element.scrollIntoView({ block: 'nearest', inline: 'nearest' })
      const { left, right, width: own, height } = element.getBoundingClientRect()
      const size =
        element instanceof HTMLInputElement && element.closest('label') ? 24 : Math.min(own, height)
      const fits = left >= 0 && right <= width && size >= 24
      return fits || own === 0
        ? []
        : [`${element.outerHTML.slice(0, 80)}: ${left}-${right}, ${own}x${height}`]
    },
  )
}

function expectFit(): void {
  expect(misfits()).toEqual([])
  expect(document.documentElement.scrollWidth).toBe(document.documentElement.clientWidth)
}

const schemes = [
  { 'prefers-color-scheme': 'light' },
  { 'prefers-color-scheme': 'dark' },
  { 'prefers-color-scheme': 'dark', 'forced-colors': 'active' },
]

async function mount(width: number, height: number) {
  await page.viewport(width, height)
  unmount = mountApp({ tracker: recordedTracker(variedDecisions()).tracker })
  await expect.element(launcher()).toBeVisible()
}

/** Visits everything that the overlay can show. */
async function visit(check: () => void | Promise<void>) {
  await check()
  await launcher().click()
  await expect.poll(() => rows().length).toBeGreaterThan(0)
  await check()
  for (const name of [/once per session/, /properties do not fit/, /tier/]) {
    await option(name).click()
    await expect.element(page.getByRole('article')).toBeVisible()
    await page.getByRole('button', { name: 'Mark', exact: true }).click()
    await page.getByRole('textbox', { name: 'Note' }).fill('Seen')
    await check()
    await userEvent.keyboard('{Escape}')
  }
  await page.getByRole('button', { name: /^Filters/ }).click()
  await page.getByText('Filter syntax').click()
  await check()
  await page.getByRole('button', { name: /^Dropped/ }).click()
  await check()
  await page.getByRole('button', { name: 'View' }).click()
  await check()
  await page.getByRole('button', { name: 'View' }).click()
  await page.getByRole('button', { name: 'Pause' }).click()
  await page.getByRole('searchbox').fill('/(/')
  await check()
  await page.getByRole('searchbox').fill('zzz')
  await check()
  await tab('Network').click()
  await page.getByRole('button', { name: 'http' }).click()
  await expect.element(page.getByRole('article', { name: 'http' })).toBeVisible()
  await userEvent.click(shadow().querySelector('.requests summary') as Element)
  await check()
  await expect.poll(() => shadow().querySelector('.request .link')).not.toBeNull()
  await userEvent.click(shadow().querySelector('.request .link') as Element)
  await expect.element(page.getByRole('article', { name: 'link_followed' })).toBeVisible()
  await check()
  await tab('Plan').click()
  await expect.element(page.getByText('planned events')).toBeVisible()
  await check()
  await tab('Health').click()
  await expect.element(page.getByText(/^\d+ problems?$|No problems/)).toBeVisible()
  await check()
  await tab('User').click()
  await expect.element(page.getByRole('group', { name: 'analytics' })).toBeVisible()
  await check()
  await tab('Session').click()
  await expect.element(page.getByRole('heading', { name: 'Save or copy' })).toBeVisible()
  await page.getByRole('combobox', { name: 'As', exact: true }).selectOptions('Test (Vitest)')
  await page.getByText('Preview').click()
  await check()
  await userEvent.upload(page.getByLabelText('Choose files'), [openable, new File(['{'], 'broken.json')])
  await expect.element(page.getByText('broken.json: ')).toBeVisible()
  await check()
  await page.getByRole('button', { name: /^Replay/ }).click()
  await page.getByRole('button', { name: 'Step' }).click()
  await expect.poll(() => rows().length).toBe(1)
  await check()
  await page.getByRole('button', { name: 'Settings' }).click()
  await expect.element(page.getByRole('group', { name: 'Theme' })).toBeVisible()
  await check()
}

const openable = new File(
  [
    writeSession(
      sessionOf(recordedTracker(variedDecisions().slice(2)).tracker.record.get(), plan, { made: Date.now() }),
    ),
  ],
  'earlier.session.json',
)

describe.each(schemes)('%o', (features) => {
  test.each([
    [320, 640],
    [1280, 800],
  ])('axe has nothing to say, and nothing is cut off, at %dx%d', async (width, height) => {
    await emulate(features)
    await mount(width, height)
    await visit(async () => {
      expect(await violations(features)).toEqual([])
      expectFit()
    })
  })
})

describe.each(schemes)('%o', (features) => {
  test.each([
    [768, { layout: 'floating', position: 'left' }],
    [1280, { layout: 'bottom' }],
    [768, { layout: 'right' }],
    [1280, { layout: 'left', density: 'compact' }],
    [480, { layout: 'right' }],
  ])('axe has nothing to say at %d with %o', async (width, setup) => {
    await emulate(features)
    localStorage.setItem('rmc-devtools', JSON.stringify({ ...setup, open: true }))
    await page.viewport(width, 700)
    unmount = mountApp({ tracker: recordedTracker(variedDecisions()).tracker })
    await expect.poll(() => rows().length).toBeGreaterThan(0)
    expect(await violations(features)).toEqual([])
    await option(/once per session/).click()
    await page.getByRole('button', { name: 'Settings' }).click()
    await expect.element(page.getByRole('group', { name: 'Theme' })).toBeVisible()
    expect(await violations(features)).toEqual([])
    expect(document.documentElement.scrollWidth).toBe(document.documentElement.clientWidth)
  })
})

test('at 400 % zoom nothing is cut off, and the end of every pane can be scrolled to', async () => {
  await mount(320, 256)
  await visit(async () => {
    await atRest()
    expectFit()
    for (const pane of shadow().querySelectorAll<HTMLElement>('.list, .detail, .scroll')) {
      const last = pane.lastElementChild ?? pane
      pane.scrollTop = pane.scrollHeight
      const { bottom } = pane.getBoundingClientRect()
      expect(pane.clientHeight).toBeGreaterThan(40)
      expect(bottom).toBeLessThanOrEqual(256)
      expect(last.getBoundingClientRect().bottom).toBeLessThanOrEqual(bottom + 1)
    }
  })
})

test('a page that reads from right to left changes nothing', async () => {
  document.documentElement.dir = 'rtl'
  await mount(1280, 800)
  await launcher().click()
  await expect.poll(() => rows().length).toBeGreaterThan(0)
  const section = shadow().querySelector('section') as HTMLElement
  await expect.poll(() => section.getBoundingClientRect().right).toBe(1280)
  expect(getComputedStyle(section).direction).toBe('ltr')
  expect(misfits()).toEqual([])
  document.documentElement.dir = ''
})

/** With all that only a live tracker has: user, session, what if, problems and their attempts. */
async function visitLive(check: () => Promise<void>) {
  const { tracker } = createTestTracker(plan, {
    consent: { analytics: 'granted', marketing: 'denied' },
    destinations: [memory({ name: 'ads', consent: 'marketing' })],
  })
  for (let twice = 0; twice < 2; twice++) tracker.track('link_followed', { index: 1 })
  tracker.track('demo_booked')
  unmount = mountApp({ tracker, defaultOpen: true })
  await tab('Plan').click()
  await expect.element(page.getByText(/No goal yet/)).toBeVisible()
  await check()
  await tab('Health').click()
  await expect.element(page.getByText('1 problem', { exact: true })).toBeVisible()
  await expect.element(page.getByRole('tab', { name: 'Health (1 problem)' })).toBeVisible()
  await check()
  await tab('User').click()
  await page.getByText('Event by event').click()
  await expect.element(page.getByRole('columnheader', { name: 'Only marketing' })).toBeVisible()
  await check()
  tracker.dispose()
}

describe.each(schemes)('a live tracker, %o', (features) => {
  test.each([
    [320, 640],
    [1280, 800],
  ])('axe has nothing to say, and nothing is cut off, at %dx%d', async (width, height) => {
    await emulate(features)
    await page.viewport(width, height)
    await visitLive(async () => {
      expect(await violations(features)).toEqual([])
      expectFit()
    })
  })
})

test.each([
  [640, 360],
  [768, 900],
])('nothing is cut off or too small at %dx%d', async (width, height) => {
  await mount(width, height)
  await visit(expectFit)
})

test('the colours follow the scheme', async () => {
  const background = async (scheme: string) => {
    await emulate({ 'prefers-color-scheme': scheme })
    unmount = mountApp({ tracker: recordedTracker([]).tracker })
    await expect.element(launcher()).toBeVisible()
    const colour = getComputedStyle(launcher().element()).backgroundColor
    unmount()
    return colour
  }
  expect(await background('light')).toBe('rgb(255, 255, 255)')
  expect(await background('dark')).toBe('rgb(26, 26, 29)')
})
