import type { BrowserContext, Locator, Page } from 'playwright'
import { describe, expect, test } from 'vitest'
import { builtStorybook } from '../support/built-storybook.ts'

const storybook = builtStorybook()
const desktop = { viewport: { width: 1280, height: 800 } }
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }

/** A page of the demo, on which a user looked at pricing twice and a delivery was lost, with the overlay open. */
async function visited(device: typeof desktop | typeof phone) {
  const context = await storybook.newContext({
    ...device,
    permissions: ['clipboard-read', 'clipboard-write'],
  })
  const page = await context.newPage()
  await storybook.openDemo(page)
  const pricing = page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Pricing' })
  await page.locator('.site').getByRole('button', { name: 'Both' }).dispatchEvent('click')
  await pricing.dispatchEvent('click')
  await pricing.dispatchEvent('click')
  const panel = page.getByRole('region', { name: 'Microconversions' })
  const row = (text: string) => panel.getByRole('option').filter({ hasText: text }).first()
  await row('once per session').waitFor()
  await row('Fired').waitFor()
  // The collector has these, and refuses what follows.
  await row('queued').waitFor({ state: 'detached' })
  await page.getByRole('radio', { name: 'refuses' }).dispatchEvent('click')
  await page.getByRole('link', { name: 'Home' }).dispatchEvent('click')
  await row('not delivered').waitFor()
  await panel.getByRole('button', { name: /^Visit 1/ }).waitFor()
  return { ...tester(context, page), row }
}

/** Counts what the tester does with pointer or keys. */
function tester(context: BrowserContext, page: Page) {
  const panel = page.getByRole('region', { name: 'Microconversions' })
  let acts = 0
  return {
    page,
    panel,
    view: panel.getByRole('tabpanel'),
    detail: panel.getByRole('article'),
    clipboard: () => page.evaluate(() => navigator.clipboard.readText()),
    async click(target: Locator) {
      acts++
      await target.click()
    },
    async choose(target: Locator, option: string) {
      acts++
      await target.selectOption(option)
    },
    async key(...names: readonly string[]) {
      acts += names.length
      for (const name of names) await page.keyboard.press(name)
    },
    /** Words in the palette, with the keys that open and close it. */
    async command(words: string) {
      acts += 2
      await page.keyboard.press('Control+k')
      await page.getByRole('combobox', { name: 'Command' }).pressSequentially(words)
      await page.keyboard.press('Enter')
    },
    /** One row of the table: a task takes exactly this many clicks or keys. */
    async task(name: string, count: number, run: () => Promise<void>) {
      acts = 0
      await run()
      expect(`${name}: ${acts}`).toBe(`${name}: ${count}`)
    },
    [Symbol.asyncDispose]: () => context.close(),
  }
}

const devices = [
  ['on a desktop', desktop],
  ['on a phone', phone],
] as const

describe.each(devices)('%s, by pointer', (_, device) => {
  test('what fired: 0 clicks; why: 1; a failing case as a test, or shared: 2', async () => {
    await using my = await visited(device)
    const open = () => my.click(my.row('once per session'))
    const close = () => my.page.keyboard.press('Escape')
    await my.task('what fired', 0, async () => {
      expect(await my.row('pricing_clicked').innerText()).toMatch(/Dropped\s+once per session/)
    })
    await my.task('why', 1, async () => {
      await open()
      await expect.poll(() => my.detail.innerText()).toMatch(/Not counted again: once per session/)
    })
    await close()
    await my.task('shared', 2, async () => {
      await open()
      await my.click(my.detail.getByRole('button', { name: 'Ticket' }))
      await expect.poll(my.clipboard).toMatch(/^\*\*pricing\\_clicked\*\*, attempt \d+: Not counted again/)
    })
    await close()
    await my.task('a failing case as a test', 2, async () => {
      await open()
      await my.click(my.detail.getByRole('button', { name: 'Test', exact: true }))
      await expect.poll(my.clipboard).toMatch(/^import .*'react-microconversions\/testing\/playwright'/m)
      expect(await my.clipboard()).toContain('pricing_clicked')
    })
  })

  test('only problems: 1; consent seen: 0, changed: 1', async () => {
    await using my = await visited(device)
    const consent = my.panel.getByRole('group', { name: 'Consent' })
    await my.task('consent seen', 0, async () => {
      expect(await consent.innerText()).toMatch(/analytics\s+granted\s+marketing\s+granted/)
    })
    await my.task('consent changed', 1, async () => {
      await my.click(consent.getByRole('button', { name: /^marketing/ }))
      await consent.getByRole('button', { name: 'marketing denied' }).waitFor()
    })
    await my.task('only problems', 1, async () => {
      await my.click(my.panel.getByRole('button', { name: /^Problems [1-9]/ }))
      await my.row('once per session').waitFor({ state: 'detached' })
      expect(await my.row('not delivered').isVisible()).toBe(true)
    })
  })

  test('why X never fired: 2; which payload a destination got: 2; once-per-session reset: 2', async () => {
    await using my = await visited(device)
    await my.task('which payload a destination got', 2, async () => {
      await my.click(my.row('Fired'))
      await my.click(my.detail.getByRole('button', { name: 'http', exact: true }))
      await expect.poll(() => my.view.innerText()).toMatch(/captured[\s\S]*mapped/i)
    })
    await my.task('why X never fired', 2, async () => {
      await my.click(my.panel.getByRole('tab', { name: 'Why not?' }))
      await my.choose(my.panel.getByRole('combobox', { name: 'Event' }), 'demo_booked')
      await expect.poll(() => my.view.innerText()).toMatch(/Not fired yet/)
    })
    await my.task('once-per-session reset', 2, async () => {
      await my.click(my.panel.getByRole('tab', { name: 'User' }))
      await my.click(my.panel.getByRole('button', { name: 'New session' }))
      await my.panel.getByText('A new session has begun.').waitFor()
    })
    await my.panel.getByRole('tab', { name: 'Why not?' }).click()
    await my.panel.getByRole('combobox', { name: 'Event' }).selectOption('pricing_clicked')
    await expect.poll(() => my.view.innerText()).toMatch(/Nothing prevents it/)
  })
})

test('by keyboard: opened, the list has the focus; each task takes at most three keys and the words', async () => {
  await using my = await visited(desktop)
  await my.panel.getByRole('button', { name: 'Close' }).click()
  await my.page.getByRole('heading', { level: 1 }).click()
  await my.task('why', 3, async () => {
    await my.key('Alt+Shift+M', 'j', 'Enter')
    await expect.poll(() => my.detail.count()).toBe(1)
  })
  await my.page.keyboard.press('Escape')
  await my.task('a failing case as a test', 2, async () => {
    await my.command('copy test')
    await expect.poll(my.clipboard).toMatch(/testing\/playwright/)
  })
  await my.page.keyboard.press('Escape')
  await my.task('shared', 2, async () => {
    await my.command('copy ticket')
    await expect.poll(my.clipboard).toMatch(/^\*\*/)
  })
  await my.page.keyboard.press('Escape')
  await my.task('which payload a destination got', 2, async () => {
    await my.command('payload http')
    await expect.poll(() => my.view.innerText()).toMatch(/captured/i)
  })
  await my.task('only problems', 2, async () => {
    await my.command('only problems')
    await my.row('once per session').waitFor({ state: 'detached' })
    expect(await my.row('not delivered').isVisible()).toBe(true)
  })
  await my.task('why X does not fire again', 2, async () => {
    await my.command('why not pricing')
    await expect.poll(() => my.view.innerText()).toMatch(/It does not fire: Frequency/)
  })
  await my.task('once-per-session reset', 2, async () => {
    await my.command('begin session')
    await expect.poll(() => my.view.innerText()).toMatch(/Nothing prevents it/)
  })
  await my.task('why X never fired', 2, async () => {
    await my.command('why not demo_booked')
    await expect.poll(() => my.view.innerText()).toMatch(/Not fired yet/)
  })
  await my.task('consent changed', 2, async () => {
    await my.command('deny marketing')
    await my.panel.getByRole('button', { name: 'marketing denied' }).waitFor()
  })
  await my.task('what waits at a destination', 2, async () => {
    await my.command('deliveries http')
    await my.panel.getByRole('article', { name: 'http' }).waitFor()
  })
  await my.task('paused', 2, async () => {
    await my.key('1', 'p')
    await my.panel.getByRole('button', { name: /^Resume/ }).waitFor()
  })
})

test('on a phone every target of the panel is at least 44 px high, and the counts are in sight', async () => {
  await using my = await visited(phone)
  const small = () =>
    my.panel.evaluate((panel) =>
      [...panel.querySelectorAll('button, select, input, summary')].flatMap((element) => {
        // A finger meets their label or their button.
        const target =
          (element.matches('[type=checkbox], [type=file]') && element.closest('label, .opener')) || element
        const { width, height } = target.getBoundingClientRect()
        return width === 0 || height >= 43.5 ? [] : [`${element.textContent}: ${height}`]
      }),
    )
  expect(await small()).toEqual([])
  for (const name of [/^Fired \d/, /^Dropped \d/, /^Problems \d/]) {
    const box = await my.panel.getByRole('button', { name }).boundingBox()
    expect(box && box.x + box.width).toBeLessThanOrEqual(390)
  }
  await my.row('once per session').tap()
  await my.detail.waitFor()
  expect(await small()).toEqual([])
  // The link in its second line keeps the distance of the lines.
  expect((await my.detail.locator('.share-hint').boundingBox())?.height).toBeLessThan(60)
  for (const name of ['Why not?', 'Network', 'Plan', 'Journey', /^Health/, 'User', 'Session', 'Checklist']) {
    await my.panel.getByRole('tab', { name }).tap()
    await my.panel.locator('[role=tabpanel] :is(button, select, input, summary)').first().waitFor()
    expect(await small(), `${name}`).toEqual([])
  }
  await my.panel.getByRole('button', { name: 'Settings' }).tap()
  await my.panel.getByRole('combobox', { name: 'Button position' }).waitFor()
  expect(await small()).toEqual([])
})
