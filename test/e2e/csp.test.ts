import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import type { Browser } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { publicEntries, root } from '../../scripts/entries.mjs'
import { launch } from '../support/launch.ts'

const policy = "default-src 'self'; require-trusted-types-for 'script'"

const app = `
import { createElement } from 'react'
import { createRoot } from 'react-dom/client'
import { createTracker, definePlan, event } from 'react-microconversions/core'
import { MicroconversionDevtools } from 'react-microconversions/devtools'

const plan = definePlan({ name: 'csp', version: '1', events: { link_followed: event({}), page_read: event({ frequency: 'once-per-page' }) } })
const tracker = createTracker({ plan, consent: 'granted' })
tracker.track('page_read')
tracker.track('page_read')
tracker.track('link_followed')
Object.assign(globalThis, { tracker })
const extensions = {
  tabs: [{ id: 'costs', title: 'Costs', View: () => createElement('p', { className: 'cost' }, 'Twelve cents') }],
  styles: '.cost { color: rgb(1, 2, 3) }',
}
createRoot(document.querySelector('main')).render(createElement(MicroconversionDevtools, { tracker, extensions }))
`

/** Listens from a file of its own, because the policy refuses an inline script. */
const watch = `
globalThis.violations = []
document.addEventListener('securitypolicyviolation', (event) => {
  violations.push(event.effectiveDirective + ' ' + event.blockedURI + ' ' + event.sample)
})
`

const html = `<!doctype html><html lang="en"><head><title>App</title><link rel="icon" href="/none.svg">
<script src="/watch.js"></script><script type="module" src="/app.js"></script></head><body><main></main></body></html>`

let folder: string
let server: Server
let browser: Browser
let origin: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rmc-csp-'))
  await build({
    stdin: { contents: app, resolveDir: root, sourcefile: 'app.js' },
    outdir: folder,
    entryNames: 'app',
    bundle: true,
    splitting: true,
    format: 'esm',
    jsx: 'automatic',
    alias: Object.fromEntries(publicEntries().map(({ name, source }) => [name, source])),
    define: { 'process.env.NODE_ENV': '"development"' },
    logLevel: 'error',
  })
  writeFileSync(join(folder, 'watch.js'), watch)
  server = createServer((request, response) => {
    const path = request.url ?? '/'
    response.setHeader('Content-Security-Policy', policy)
    if (/^\/[\w-]+\.js$/.test(path)) {
      response.setHeader('Content-Type', 'text/javascript')
      response.end(readFileSync(join(folder, path)))
      return
    }
    response.statusCode = path === '/' ? 200 : 404
    response.setHeader('Content-Type', 'text/html')
    response.end(path === '/' ? html : '')
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  browser = await launch()
})

afterAll(async () => {
  await browser?.close()
  server?.close()
  rmSync(folder, { recursive: true, force: true })
})

test('the overlay works under a strict policy with Trusted Types, without a nonce', async () => {
  const page = await browser.newPage()
  const errors: string[] = []
  page.on('pageerror', ({ message }) => errors.push(message))
  const violations = () => page.evaluate(() => (globalThis as unknown as { violations: string[] }).violations)
  await page.goto(origin)

  await page.getByRole('button', { name: 'Open microconversions' }).click()
  await page.getByRole('option').filter({ hasText: 'once per page' }).click()
  await page
    .getByRole('article')
    .getByText('opens again on the next page', { exact: false })
    .first()
    .waitFor()
  await page.getByRole('textbox', { name: 'Note' }).fill('Once is enough')
  await page.getByRole('button', { name: 'View' }).click()
  await page.getByLabel('Mark decisions in the Performance panel').click()
  await page.getByLabel('Keep over reloads').click()
  await page.getByRole('button', { name: 'Filters' }).click()
  await page.getByLabel('Reason').selectOption('frequency')
  await page.getByRole('searchbox').fill('link')
  await page.getByRole('option').first().press('Escape')
  await page.getByRole('tab', { name: 'Plan' }).click()
  await page.getByRole('button', { name: 'link_followed' }).click()
  await page.getByRole('tab', { name: 'Visitor' }).click()
  // The switch shows what the tracker says, a frame later: a click, and then its answer.
  await page.getByRole('radio', { name: 'Denied' }).click({ force: true })
  await page.getByRole('radio', { name: 'Denied', checked: true }).waitFor({ state: 'attached' })
  await page.getByRole('tab', { name: 'Session' }).click()
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save' }).click(),
  ])
  expect(file.suggestedFilename()).toMatch(/^csp-1-.*\.session\.json$/)
  await page.getByLabel('Choose files').setInputFiles(await file.path())
  await page.getByRole('button', { name: /^Replay/ }).click()
  await page.getByRole('button', { name: 'To the end' }).click()
  await page.getByText('3 of 3 attempts').waitFor()
  const { background, analytics } = await page.evaluate(() => {
    const section = document.querySelector('rmc-devtools')?.shadowRoot?.querySelector('section')
    const { tracker } = globalThis as unknown as {
      tracker: { consent: { get: () => Record<string, string> } }
    }
    return {
      background: section && getComputedStyle(section).backgroundColor,
      analytics: tracker.consent.get()['analytics'],
    }
  })
  // Styled, so that the silence below is not for want of a style.
  expect(background).toBe('rgb(255, 255, 255)')
  expect(analytics).toBe('denied')
  await page.getByRole('button', { name: 'Settings' }).click()
  for (const place of ['Bottom', 'Left', 'Right']) {
    await page
      .getByRole('group', { name: 'Panel' })
      .getByRole('radio', { name: place })
      .click({ force: true })
    await page.locator(`section[data-stand=${place.toLowerCase()}]`).waitFor()
  }
  // Docked, so that a sheet is adopted by the page too.
  expect(await page.evaluate(() => getComputedStyle(document.documentElement).paddingRight)).toBe('480px')
  await page.getByRole('button', { name: 'Close', exact: true }).press('Shift+Tab')
  expect(await violations()).toEqual([])
  expect(errors).toEqual([])

  // And the policy is in force: what the overlay avoids is refused.
  await page.evaluate(() => {
    document.body.append(document.createElement('style'))
    const style = document.querySelector('body > style') as HTMLStyleElement
    style.append('body { color: red }')
    try {
      document.body.insertAdjacentHTML('beforeend', '<p></p>')
    } catch {}
  })
  const directives = async () => (await violations()).map((violation) => violation.split(' ')[0])
  await expect
    .poll(directives)
    .toEqual(expect.arrayContaining(['style-src-elem', 'require-trusted-types-for']))
  await page.close()
})

test('a reload keeps the attempts and notes of a tester who asked for it', async () => {
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.goto(origin)
  const kept = () => page.evaluate(() => Object.keys(sessionStorage))
  await page.getByRole('button', { name: 'Open microconversions' }).click()
  await page.getByRole('option').filter({ hasText: 'once per page' }).click()
  await page.getByRole('textbox', { name: 'Note' }).fill('Once is enough')
  await page.reload()
  await page.getByText('3 attempts').waitFor()
  expect(await kept()).toEqual([])

  await page.getByRole('button', { name: 'View' }).click()
  await page.getByLabel('Keep over reloads').click()
  await page.getByRole('option').filter({ hasText: 'once per page' }).click()
  await page.getByRole('textbox', { name: 'Note' }).fill('Once is enough')
  await page.reload()
  await page.getByText('6 attempts, 3 from before the reload').waitFor()
  await page.getByRole('option').filter({ hasText: 'Once is enough' }).waitFor()
  await page.getByRole('button', { name: 'View' }).click()
  await page.getByLabel('Keep over reloads').click()
  expect(await kept()).toEqual([])
  await context.close()
})

test('a recording of the Performance panel has a track of the decisions', async () => {
  const page = await browser.newPage()
  await page.goto(origin)
  await page.getByRole('button', { name: 'Open microconversions' }).click()
  await page.getByRole('button', { name: 'View' }).click()
  await page.getByLabel('Mark decisions in the Performance panel').click()
  await browser.startTracing(page, { categories: ['devtools.timeline'] })
  await page.evaluate(() => {
    const { tracker } = globalThis as unknown as { tracker: { track: (event: string) => unknown } }
    tracker.track('page_read')
  })
  await page.getByText('4 attempts').waitFor()
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as {
    traceEvents: { name: string; args: { data?: Record<string, unknown> } }[]
  }
  const stamps = traceEvents.filter(({ name }) => name === 'TimeStamp').map(({ args }) => args.data)
  expect(stamps).toContainEqual(
    expect.objectContaining({
      message: 'page_read: dropped, once per page',
      track: 'Decisions',
      trackGroup: 'Microconversions',
      color: 'tertiary-light',
    }),
  )
  await page.close()
})
const kinds = ['plain', 'picture-in-picture'] as const

test.each(kinds)('a %s window has the panel, under the same policy, and gives it back', async (kind) => {
  const context = await browser.newContext()
  // In each window, and not subject to its policy.
  await context.addInitScript((without) => {
    if (without) Reflect.deleteProperty(window, 'documentPictureInPicture')
    const own = globalThis as unknown as { violations: string[] }
    own.violations = []
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
      own.violations.push(effectiveDirective)
    })
  }, kind === 'plain')
  const page = await context.newPage()
  const errors: string[] = []
  context.on('weberror', (error) => errors.push(error.error().message))
  context.on('console', (message) => {
    // The server has no icon, and the browser asks for it at a time of its own.
    const icon = message.location().url.endsWith('/favicon.ico')
    if (message.type() === 'error' && !icon) errors.push(message.text())
  })
  await page.goto(origin)
  await page.getByRole('button', { name: 'Open microconversions' }).click()
  const opened = context.waitForEvent('page')
  await page.getByRole('button', { name: 'Open in a window' }).click()
  const popout = await opened
  await popout.getByRole('option').filter({ hasText: 'once per page' }).click()
  await popout.getByRole('article').getByText('opens again on the next page').first().waitFor()
  await popout.getByRole('button', { name: 'Settings' }).click()
  await popout.getByRole('radio', { name: 'Dark' }).click({ force: true })
  const background = () =>
    popout.evaluate(() => {
      const section = document.querySelector('rmc-devtools')?.shadowRoot?.querySelector('section')
      return section && getComputedStyle(section).backgroundColor
    })
  await expect.poll(background).toBe('rgb(26, 26, 29)')
  await popout.getByRole('tab', { name: 'Costs' }).click()
  const cost = popout.getByText('Twelve cents')
  expect(await cost.evaluate((element) => getComputedStyle(element).color)).toBe('rgb(1, 2, 3)')
  await popout.getByRole('tab', { name: 'Timeline' }).click()
  const rows = () => popout.getByRole('option').count()
  expect(await rows()).toBe(3)
  // It is the same record, seen live.
  await page.evaluate(() =>
    (globalThis as unknown as { tracker: { track: (name: string) => void } }).tracker.track('link_followed'),
  )
  await popout.getByText('×2').waitFor()
  await page.getByRole('button', { name: 'Open microconversions' }).waitFor()
  const found = () => (globalThis as unknown as { violations: string[] }).violations
  expect([...(await page.evaluate(found)), ...(await popout.evaluate(found))]).toEqual([])
  expect(errors).toEqual([])

  await popout.close()
  await page.getByRole('option').first().waitFor()
  // Once more, and closed from the page.
  const again = context.waitForEvent('page')
  await page.getByRole('button', { name: 'Open in a window' }).click()
  const second = await again
  await second.getByRole('option').first().waitFor()
  const closed = second.waitForEvent('close')
  await page.goto('about:blank')
  await closed
  await context.close()
})
