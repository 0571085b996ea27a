import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { serveCspApp } from '../support/csp-app.ts'
import { engines, launchEngine } from '../support/engines/launch-engine.ts'

/** From the first script of the page, but for the last, which axe-core adds. */
interface Watched {
  readonly violations: readonly string[]
  readonly thrown: readonly string[]
  readonly axe: { readonly run: (context: Document, options: object) => Promise<AxeResults> }
}

const require = createRequire(import.meta.url)

const tabs = [
  'Timeline',
  'Why not?',
  'Network',
  'Plan',
  'Journey',
  'Health',
  'User',
  'Session',
  'Checklist',
  'Costs',
]

let app: Awaited<ReturnType<typeof serveCspApp>>
beforeAll(async () => {
  app = await serveCspApp({ '/axe.js': readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8') })
})
afterAll(() => app?.[Symbol.asyncDispose]())

/** From outside, by a script of the page's origin, as its policy wants. */
const addAxe = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        const policies = (globalThis as { trustedTypes?: { createPolicy: (...given: unknown[]) => unknown } })
          .trustedTypes
        const own = policies?.createPolicy('axe', { createScriptURL: (url: string) => url }) as
          | { createScriptURL: (url: string) => string }
          | undefined
        const script = document.createElement('script')
        script.onload = () => resolve()
        script.src = own?.createScriptURL('/axe.js') ?? '/axe.js'
        document.head.append(script)
      }),
  )

/** What axe-core finds once nothing moves; without `preload`, which the policy refuses. */
const findings = (page: Page) =>
  page.evaluate(async () => {
    const overlay = document.querySelector('rmc-devtools')?.shadowRoot
    await Promise.all((overlay?.getAnimations() ?? []).map(({ finished }) => finished))
    const { violations, passes } = await (globalThis as unknown as Watched).axe.run(document, {
      preload: false,
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    })
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
    return { found, isLooked: passes.some(({ id }) => id === 'target-size') }
  })

const watched = (page: Page) =>
  page.evaluate(() => {
    const { violations, thrown } = globalThis as unknown as Watched
    return { violations, thrown }
  })

describe.each(engines)('%s', (engine) => {
  let browser: Browser
  let page: Page
  beforeAll(async () => {
    browser = await launchEngine(engine)
    page = await (await browser.newContext()).newPage()
  })
  afterAll(() => browser?.close())

  const tab = (name: string) => page.getByRole('tab', { name, exact: true })
  const isSelected = (name: string) => expect.poll(() => tab(name).getAttribute('aria-selected')).toBe('true')
  /** The name of the tab, and what is in it once it is loaded. */
  const shows = (name: string) =>
    expect.poll(() => page.getByRole('tabpanel').textContent(), { message: name })

  test('the overlay works in every tab, by keys and by clicks, under a strict policy with Trusted Types, without a nonce', async () => {
    await page.goto(app.url)
    await page.getByRole('button', { name: 'Open microconversions' }).click()
    await addAxe(page)
    await tab('Timeline').focus()
    for (const [index, name] of tabs.entries()) {
      if (index > 0) await page.keyboard.press('ArrowRight')
      await isSelected(name)
      await shows(name).toMatch(/\w{4}/)
      const { violations, thrown } = await watched(page)
      expect({ name, violations, thrown }).toEqual({ name, violations: [], thrown: [] })
      expect({ name, ...(await findings(page)) }).toEqual({ name, found: [], isLooked: true })
    }
    for (const name of tabs.toReversed()) {
      await tab(name).click()
      await isSelected(name)
    }
    await page.getByRole('option', { name: 'once per page' }).click()
    await expect.poll(() => page.getByRole('article').textContent()).toContain('opens again on the next page')
    expect(await watched(page)).toEqual({ violations: [], thrown: [] })
  })

  test('the policy is in force: what the overlay avoids is refused, and the overlay has its style', async () => {
    await page.evaluate(() => {
      document.body.append(document.createElement('style'))
      document.querySelector('body > style')?.append('body { color: red }')
      try {
        document.body.insertAdjacentHTML('beforeend', '<p></p>')
      } catch {}
    })
    const directives = async () => (await watched(page)).violations.map((each) => each.split(' ')[0])
    await expect
      .poll(directives)
      .toEqual(expect.arrayContaining(['style-src-elem', 'require-trusted-types-for']))
    const background = await page.evaluate(() => {
      const section = document.querySelector('rmc-devtools')?.shadowRoot?.querySelector('section')
      return section && getComputedStyle(section).backgroundColor
    })
    expect(background).toBe('rgb(255, 255, 255)')
  })
})
