import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults, RunOptions } from 'axe-core'
import type { Page } from 'playwright'
import { describe, expect, test } from 'vitest'
import { vendorBrowser } from '../support/vendor-browser.ts'

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const tabs = ['Timeline', 'Why not?', 'Network', 'Plan', 'Journey', 'Health', 'User', 'Session']
const chord = 'Alt+Shift+M'

const scene = vendorBrowser('test/support/neighbour-page.tsx')

async function violations(page: Page): Promise<readonly string[]> {
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run: (on: Document, options: RunOptions) => Promise<AxeResults> }
    }
    const { violations: found } = await axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    })
    return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join('\n')}`)
  })
}

describe.each(['plain', 'picture-in-picture'] as const)('in a %s window', (kind) => {
  /** The page, and the window that the panel is in. */
  async function openWindow() {
    const context = await scene.browser.newContext({ viewport: { width: 1280, height: 800 } })
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    if (kind === 'plain') {
      await context.addInitScript(() => Reflect.deleteProperty(window, 'documentPictureInPicture'))
    }
    const page = await context.newPage()
    await page.goto(scene.server.url)
    const opened = context.waitForEvent('page')
    await page.getByRole('button', { name: 'Open in a window' }).click()
    const popout = await opened
    await popout.getByRole('option').first().waitFor()
    return { context, page, popout, [Symbol.asyncDispose]: () => context.close() }
  }

  test('axe has nothing to say of any tab', async () => {
    await using opened = await openWindow()
    const { popout } = opened
    await popout.evaluate(axeSource)
    for (const name of [...tabs, 'Settings']) {
      const isSettings = name === 'Settings'
      await popout.getByRole(isSettings ? 'button' : 'tab', { name }).click()
      // The view before stays until this one is loaded.
      const view = isSettings ? popout.locator('[id$=-settings]') : popout.getByRole('tabpanel', { name })
      await view.locator('> *').first().waitFor()
      expect([name, ...(await violations(popout))]).toEqual([name])
    }
  })

  test('what is copied is written by that window: the page has no focus', async () => {
    await using opened = await openWindow()
    const { page, popout } = opened
    await page.evaluate(() => {
      navigator.clipboard.writeText = () => Promise.reject(new DOMException('No focus', 'NotAllowedError'))
    })
    await popout.getByRole('option').first().click()
    await popout.getByRole('button', { name: 'JSON', exact: true }).click()
    await popout.getByRole('button', { name: 'Copied' }).waitFor()
    const copied = await popout.evaluate(() => navigator.clipboard.readText())
    expect(JSON.parse(copied)).toMatchObject({ event: 'page_view', outcome: 'fired' })

    await popout.getByRole('tab', { name: 'Session' }).click()
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      popout.getByRole('button', { name: 'Save' }).click(),
    ])
    expect(file.suggestedFilename()).toMatch(/\.session\.json$/)
  })

  test('the shortcut gives the panel back, wherever its focus is; styles come along', async () => {
    await using opened = await openWindow()
    const { page, popout } = opened
    const sheets = () =>
      popout.evaluate(() => document.querySelector('rmc-devtools')?.shadowRoot?.adoptedStyleSheets.length)
    const before = await sheets()
    await popout.getByRole('tab', { name: 'User' }).click()
    await popout.getByRole('group', { name: 'analytics' }).waitFor()
    expect(await sheets()).toBeGreaterThan(before ?? 0)
    await popout.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
    const closed = popout.waitForEvent('close')
    // The window has gone before the keys are up.
    await Promise.allSettled([popout.keyboard.press(chord)])
    await closed
    await page.getByRole('tab', { name: 'User', selected: true }).waitFor()
    const focused = () =>
      page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.getAttribute('aria-label'))
    await expect.poll(focused).toBe('Microconversions')
    await page.keyboard.press(chord)
    await page.getByRole('button', { name: 'Open microconversions' }).waitFor()
  })

  test('it stays live while the page behind it draws nothing, and goes with the page', async () => {
    await using opened = await openWindow()
    const { page, popout } = opened
    // As the browser does to a page that is covered.
    await page.evaluate(() => {
      globalThis.requestAnimationFrame = () => 0
    })
    await page.evaluate(() => void tracker.track('click', {} as never))
    await popout.getByRole('option').filter({ hasText: 'click' }).first().waitFor()
    const closed = popout.waitForEvent('close')
    await page.close()
    await closed
  })
})
