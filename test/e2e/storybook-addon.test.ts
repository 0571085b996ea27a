import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import axe, { type AxeResults } from 'axe-core'
import type { Browser, Locator, Page } from 'playwright'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { ensureBuilt } from '../../scripts/dist.mjs'
import { root } from '../../scripts/entries.mjs'
import { ensureStorybook, serveStorybook } from '../../scripts/storybook.mjs'
import { launch } from '../support/launch.ts'
import { freePort } from '../support/serve.ts'

const run = promisify(execFile)

/** The part of the report of Vitest's reporter `json` that the tests read. */
interface VitestReport {
  readonly testResults: readonly {
    readonly assertionResults: readonly {
      readonly title: string
      readonly status: string
      readonly failureMessages: readonly string[]
    }[]
  }[]
}

/** A Storybook of its own, in CSF 3, with the addon as a user names it: from the built package. */
let folder: string
/** Its static build: the dev server sends each module by itself, which takes about 10 s for each page that opens. */
let built: Awaited<ReturnType<typeof serveStorybook>>
let server: ChildProcess
let devOrigin: string
let browser: Browser

/** Starts a command of Storybook in its folder. */
function storybook(command: string, mode: 'development' | 'production', ...options: string[]): ChildProcess {
  return spawn(
    process.execPath,
    [join(root, 'node_modules/storybook/dist/bin/dispatcher.js'), command, ...options],
    {
      cwd: folder,
      env: { ...process.env, NODE_ENV: mode, VITEST: undefined, STORYBOOK_DISABLE_TELEMETRY: '1' },
      stdio: 'ignore',
    },
  )
}

beforeAll(async () => {
  ensureBuilt()
  const generated = join(root, 'test/.generated')
  mkdirSync(generated, { recursive: true })
  folder = mkdtempSync(join(generated, 'storybook-'))
  cpSync(join(root, 'test/e2e/storybook-app'), folder, { recursive: true })
  // Without it, the name of the package would mean this project itself.
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }')
  // A copy: Vite treats a link to a folder outside of `node_modules` as source of the application.
  const installed = join(folder, 'node_modules/react-microconversions')
  for (const path of ['package.json', 'dist'])
    cpSync(join(root, path), join(installed, path), { recursive: true })
  const [status] = await once(storybook('build', 'production', '--output-dir', 'built'), 'exit')
  expect(status).toBe(0)
  built = await serveStorybook(join(folder, 'built'))
  const port = await freePort()
  devOrigin = `http://127.0.0.1:${port}`
  server = storybook('dev', 'development', '--ci', '--host', '127.0.0.1', '--port', `${port}`, '--exact-port')
  browser = await launch()
})

afterAll(async () => {
  await browser?.close()
  await built?.close()
  server?.kill()
  rmSync(folder, { recursive: true, force: true })
})

const panelOf = (story: string) => `/?path=/story/${story}&addonPanel=react-microconversions/panel`

async function open(story: string, origin = built.origin): Promise<Page> {
  const page = await browser.newPage()
  await page.goto(origin + panelOf(story))
  return page
}

afterEach(async () => {
  for (const context of browser.contexts()) await context.close()
})

const results = (page: Page) => page.getByRole('list', { name: 'Expectations' }).getByRole('listitem')
const badge = (page: Page) => page.getByRole('tab', { name: /^Microconversions/ })
const frameOf = (page: Page) => page.frameLocator('#storybook-preview-iframe')

const failure = '✖ "demo_booked" did not fire.\nIt was never attempted.\nAttempted were: pricing_clicked.'

test.each([
  ['passing', ['✓ pricing_clicked fired'], 'Test status: Success'],
  ['failing', [failure], 'Test status: Error'],
  ['todo', [failure], 'Test status: Warning'],
] as const)('a story is %s, in the panel and in the sidebar', async (name, texts, status) => {
  const page = await open(`link--${name}`)
  await expect.poll(() => results(page).allInnerTexts()).toEqual(texts)
  expect(await badge(page).innerText()).toMatch(/1$/)
  await page.getByRole('button', { name: status }).first().waitFor()
})

test('a story that is not judged has no sign', async () => {
  const page = await open('link--off')
  await page.getByRole('option', { name: /pricing_clicked/ }).waitFor()
  expect(await results(page).count()).toBe(0)
})

describe('the toolbar', () => {
  /** Chooses an option in one of the addon's menus. */
  async function choose(page: Page, menu: RegExp, option: string): Promise<void> {
    await page.getByRole('button', { name: menu }).click()
    await page.getByRole('option', { name: option }).click()
  }

  const arrivals = (page: Page) =>
    frameOf(page).getByRole('list', { name: 'Arrivals' }).getByRole('listitem').allInnerTexts()
  const click = (page: Page) => frameOf(page).getByRole('link', { name: 'See pricing' }).click()

  test('changes consent, and the story plays again', async () => {
    const page = await open('link--passing')
    await expect.poll(() => results(page).allInnerTexts()).toEqual(['✓ pricing_clicked fired'])
    await choose(page, /user's consent/, 'Consent pending')
    await expect
      .poll(() => results(page).allInnerTexts())
      .toEqual([expect.stringContaining('held: consent-pending')])
  })

  test('turns Global Privacy Control on: nothing arrives at a destination for marketing', async () => {
    const page = await open('arrivals--clicked')
    await expect.poll(() => arrivals(page)).toEqual(['memory: pricing_clicked', 'ads: pricing_clicked'])
    await choose(page, /Global Privacy Control/, 'GPC on')
    await expect.poll(() => arrivals(page)).toEqual(['memory: pricing_clicked', 'ads: nothing'])
    await choose(page, /Global Privacy Control/, 'GPC of the story')
    await expect.poll(() => arrivals(page)).toEqual(['memory: pricing_clicked', 'ads: pricing_clicked'])
  })

  test('lets a destination fail: it is tried again, and the others get the event once', async () => {
    const page = await open('arrivals--clicked')
    await choose(page, /Destinations/, 'A destination fails')
    await expect
      .poll(() => arrivals(page))
      .toEqual([
        'memory: pricing_clicked',
        'ads: pricing_clicked',
        expect.stringMatching(/^failing: retrying, tried [2-9] ×$/),
      ])
  })

  test('moves the clock on: once per session counts again in the next session, without a new mount', async () => {
    const page = await open('arrivals--clicked')
    await expect.poll(() => arrivals(page)).toContain('memory: pricing_clicked')
    await click(page)
    await expect.poll(() => badge(page).innerText()).toMatch(/2$/)
    expect(await arrivals(page)).toContain('memory: pricing_clicked')
    await choose(page, /Clock of the story/, '31 minutes later (next session)')
    // The frame learns of the new time later than the manager; further clicks of the session do not count.
    await expect
      .poll(() => click(page).then(() => arrivals(page)))
      .toContain('memory: pricing_clicked, pricing_clicked')
  })
})

test('vitest run fails for the failing story alone, and says why', async () => {
  const vitest = join(root, 'node_modules/vitest/vitest.mjs')
  const env = { ...process.env, NODE_ENV: 'test', STORYBOOK_DISABLE_TELEMETRY: '1' }
  const { code } = await run(process.execPath, [vitest, 'run'], { cwd: folder, env }).then(
    () => ({ code: 0 }),
    (error: { readonly code: number }) => error,
  )
  expect(code).toBe(1)
  const { testResults }: VitestReport = JSON.parse(readFileSync(join(folder, 'results.json'), 'utf8'))
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults)
  expect(Object.fromEntries(tests.map(({ title, status }) => [title, status]))).toEqual({
    Clicked: 'passed',
    Passing: 'passed',
    Failing: 'failed',
    Todo: 'passed',
    Off: 'passed',
    Unsaved: 'passed',
  })
  const [message] = tests.flatMap(({ failureMessages }) => failureMessages)
  expect(message).toContain('"demo_booked" did not fire.\nIt was never attempted.')
})

test('a link does not leave the story', async () => {
  const page = await open('link--passing')
  await results(page).first().waitFor()
  await frameOf(page).getByRole('link', { name: 'Elsewhere' }).click()
  await frameOf(page).getByRole('link', { name: 'See pricing' }).click()
  await expect.poll(() => badge(page).innerText()).toMatch(/2$/)
  expect(new URL(page.url()).pathname).toBe('/')
  await frameOf(page).getByRole('link', { name: 'Elsewhere' }).waitFor()
})

test('outlines what reports, and its menu asks the panel for the attempts of an event', async () => {
  const page = await open('link--passing')
  await page.getByRole('option', { name: /pricing_clicked/ }).waitFor()
  await page.getByRole('button', { name: 'Outline elements' }).click()
  await frameOf(page).getByRole('link', { name: 'See pricing' }).click({ force: true })
  await frameOf(page)
    .getByRole('button', { name: /pricing_clicked/ })
    .click()
  await expect
    .poll(() =>
      page
        .getByRole('combobox', { name: /Filter/ })
        .or(page.getByPlaceholder(/^Filter by/))
        .first()
        .inputValue(),
    )
    .toBe('pricing_clicked')
})

test('writes what happened into the file of the story', async () => {
  await vi.waitFor(() => fetch(`${devOrigin}/index.json`), { timeout: 120_000, interval: 200 })
  const page = await open('link--unsaved', devOrigin)
  await page.getByRole('option', { name: /pricing_clicked/ }).waitFor()
  await page.getByRole('button', { name: 'Save as expectation' }).click()
  await page.getByText('Saved in ./link.stories.tsx.').waitFor()
  expect(readFileSync(join(folder, 'link.stories.tsx'), 'utf8')).toMatch(
    /Unsaved = \{\s+parameters: \{\s+microconversions: \{\s+expect: \[\{\s+event: "pricing_clicked"\s+\}\]\s+\}\s+\}\s+\} satisfies StoryObj/,
  )
  const shown = results(page).filter({ hasText: '✓ pricing_clicked fired' })
  await shownAtLast(page, devOrigin + panelOf('link--unsaved'), shown)
  // The story may play once more: its file changed, and the list of stories after it.
  await expect.poll(() => results(page).allInnerTexts()).toEqual(['✓ pricing_clicked fired'])
  // Not its sign in the sidebar: Storybook's store of signs gives up for good where its own server is slow to answer.
}, 480_000)

/**
 * Waits for an element. On a busy machine, Storybook's server answers too late for one load of the page, which stays without it:
 * it is opened anew, after a time in which a load is over on such a machine, too.
 */
const shownAtLast = (page: Page, address: string, element: Locator) =>
  vi.waitFor(
    () =>
      element
        .waitFor({ timeout: 45_000 })
        .catch((error) => page.goto(address).then(() => Promise.reject(error))),
    { timeout: 240_000 },
  )

test.each(['light', 'dark'] as const)('the panel has no accessibility violation: %s', async (colorScheme) => {
  const page = await browser.newPage({ colorScheme })
  await page.goto(built.origin + panelOf('link--failing'))
  await results(page).first().waitFor()
  await page.getByRole('option', { name: /pricing_clicked/ }).waitFor()
  await page.evaluate(axe.source)
  const { violations } = (await page.evaluate(
    `axe.run('[role=tabpanel]:has([aria-label=Expectations])')`,
  )) as AxeResults
  expect(violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)])).toEqual([])
})

test('a static Storybook shows the panel, and copies instead of saving', async () => {
  ensureStorybook()
  const own = await serveStorybook()
  const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] })
  const page = await context.newPage()
  await page.goto(own.origin + panelOf('components-pricinglink--once-per-session'))
  await expect
    .poll(() => results(page).allInnerTexts())
    .toEqual(['✓ pricing_clicked {"tier":"pro"} fired 1 ×', '✓ pricing_clicked frequency'])
  await page.getByRole('button', { name: 'Save as expectation' }).click()
  await page.getByText('Copied, not saved: a static Storybook cannot write files.').waitFor()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('"reason": "frequency"')
  await own.close()
})
