import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import { type Browser, chromium } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { browserArgs, ensureBrowser } from '../../scripts/browser.mjs'
import { publicEntries, root } from '../../scripts/entries.mjs'

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
createRoot(document.querySelector('main')).render(createElement(MicroconversionDevtools, { tracker }))
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
  browser = await chromium.launch({ executablePath: ensureBrowser(), args: browserArgs })
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
  await page.getByRole('searchbox').fill('link')
  await page.getByRole('option').first().press('Escape')
  await page.getByRole('tab', { name: 'Plan' }).click()
  await page.getByRole('button', { name: 'link_followed' }).click()
  await page.getByRole('tab', { name: 'Visitor' }).click()
  // The switch shows what the tracker says, a frame later: a click, and then its answer.
  await page.getByRole('radio', { name: 'Denied' }).click({ force: true })
  await page.getByRole('radio', { name: 'Denied', checked: true }).waitFor({ state: 'attached' })
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
