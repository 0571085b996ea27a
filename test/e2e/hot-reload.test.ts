import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join, relative } from 'node:path'
import type { Browser } from 'playwright'
import type { AnyTracker } from 'react-microconversions/core'
import { createServer, type ViteDevServer } from 'vite'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { root } from '../../scripts/entries.mjs'
import { launch } from '../support/launch.ts'

declare global {
  var hotTracker: AnyTracker
}

let folder: string
let server: ViteDevServer
let browser: Browser

beforeAll(async () => {
  const generated = join(root, 'test/.generated')
  mkdirSync(generated, { recursive: true })
  folder = mkdtempSync(join(generated, 'hot-'))
  cpSync(join(root, 'test/e2e/hot-app'), folder, { recursive: true })
  for (const file of ['plan.ts', 'hot-reload.ts'])
    cpSync(join(root, 'stories/guides/examples', file), join(folder, file))
  vi.stubEnv('NODE_ENV', 'development')
  server = await createServer({
    root,
    configFile: join(root, 'vite.config.ts'),
    mode: 'development',
    // Not in the folder: what the server writes there while it starts would reload the page.
    cacheDir: join(root, 'node_modules/.cache', basename(folder)),
    logLevel: 'error',
    server: {
      host: '127.0.0.1',
      port: 0,
      watch: { usePolling: true, interval: 50, ignored: isElsewhere },
    },
    // A dependency that is found while the page is open would reload it.
    optimizeDeps: {
      noDiscovery: true,
      include: [
        'react',
        'react/jsx-dev-runtime',
        'react-dom',
        'react-dom/client',
        'zustand',
        'zustand/vanilla',
        '@jridgewell/trace-mapping',
      ],
    },
  })
  await server.listen()
  browser = await launch()
})

afterAll(async () => {
  await browser?.close()
  await server?.close()
  rmSync(folder, { recursive: true })
  rmSync(server.config.cacheDir, { recursive: true })
  vi.unstubAllEnvs()
})

/** Only the folder of the application is watched, and the ways to it: other tests write beside it. */
function isElsewhere(path: string): boolean {
  return !`${path}/`.startsWith(`${folder}/`) && !folder.startsWith(`${path}/`)
}

test('an edited plan keeps consent and timeline, and no second tracker stays behind', async () => {
  const page = await browser.newPage()
  const said: string[] = []
  page.on('console', (message) => said.push(message.text()))
  page.on('pageerror', (error) => said.push(error.message))
  await page.goto(`${server.resolvedUrls?.local[0]}${relative(root, folder)}/index.html`)
  const rows = page.getByRole('option', { name: /offer_taken/ })
  await page.getByRole('button', { name: 'Allow' }).click()
  await page.getByRole('button', { name: 'Take it' }).click()
  await rows.first().waitFor()

  for (const version of ['2', '3']) {
    const plan = join(folder, 'plan.ts')
    writeFileSync(plan, readFileSync(plan, 'utf8').replace(/version: '\d'/, `version: '${version}'`))
    await page.getByText(`Plan ${version}`).waitFor()
  }
  await page.getByRole('button', { name: 'Take it' }).click()
  const attempts = () =>
    page.evaluate(() => hotTracker.record.get().decisions.map(({ event, outcome }) => `${event} ${outcome}`))
  await expect.poll(attempts).toEqual(['offer_taken fired', 'offer_taken fired'])
  await rows.getByText('×2').waitFor()
  expect(said.filter((text) => /RMC|error/i.test(text))).toEqual([])
  await page.close()
})
