import axe from 'axe-core'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { cdp, page, userEvent } from 'vitest/browser'
import {
  launcher,
  mountApp,
  option,
  recordedTracker,
  rows,
  shadow,
  tab,
  variedDecisions,
} from '../support/overlay.tsx'

let unmount = () => {}

beforeEach(() => {
  document.title = 'App'
  document.documentElement.lang = 'en'
})

afterEach(async () => {
  unmount()
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

async function violations() {
  await Promise.all(
    shadow()
      .getAnimations()
      .map(({ finished }) => finished),
  )
  const { violations: found, passes } = await axe.run(document, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  })
  expect(passes.map(({ id }) => id)).toEqual(expect.arrayContaining(['region', 'target-size']))
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join('\n')}`)
}

/** Controls that are cut off, or smaller than a finger tip needs. */
function misfits(): string[] {
  const width = document.documentElement.clientWidth
  return [...shadow().querySelectorAll('button, input, summary, label')].flatMap((element) => {
    // More tabs than there is room for can be scrolled to.
    if (element.role === 'tab') element.scrollIntoView({ block: 'nearest', inline: 'nearest' })
    const { left, right, width: own, height } = element.getBoundingClientRect()
    const size = element instanceof HTMLInputElement && element.closest('label') ? 24 : Math.min(own, height)
    const fits = left >= 0 && right <= width && size >= 24
    return fits || own === 0 ? [] : [`${element.outerHTML.slice(0, 80)}: ${left}-${right}, ${own}x${height}`]
  })
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
    await check()
    await userEvent.keyboard('{Escape}')
  }
  await page.getByRole('button', { name: /^Dropped/ }).click()
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
  await check()
  await tab('Consent').click()
  await check()
}

describe.each(schemes)('%o', (features) => {
  test.each([
    [320, 640],
    [1280, 800],
  ])(
    'axe has nothing to say at %dx%d',
    async (width, height) => {
      await emulate(features)
      await mount(width, height)
      await visit(async () => expect(await violations()).toEqual([]))
    },
    30_000,
  )
})

test.each([
  [320, 640],
  [320, 256],
  [640, 360],
  [768, 900],
  [1280, 800],
])('nothing is cut off or too small at %dx%d', async (width, height) => {
  await mount(width, height)
  await visit(() => {
    expect(misfits()).toEqual([])
    expect(document.documentElement.scrollWidth).toBe(document.documentElement.clientWidth)
  })
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
