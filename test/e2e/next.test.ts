import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ensureBuilt } from '../../scripts/dist.mjs'
import { root } from '../../scripts/entries.mjs'
import { launch } from '../support/launch.ts'

// Next and its compiler are larger than all else together: they are installed beside, when this test first runs.
const app = join(root, 'node_modules/.cache/next-app')
const modules = join(app, 'node_modules')
const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
const own = Object.entries(dependencies).map(([name, version]) => `${name}@${version}`)
const wanted = ['next@16', 'react@19', 'react-dom@19', ...own]
const env = { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' } as const

function installed(): boolean {
  mkdirSync(app, { recursive: true })
  for (const part of ['app', 'pages', '.next']) rmSync(join(app, part), { recursive: true, force: true })
  cpSync(join(root, 'test/e2e/next-app'), app, { recursive: true })
  if (!existsSync(join(modules, 'next/package.json'))) {
    const install = ['install', '--no-audit', '--no-fund', '--no-save', ...wanted]
    const { status, stderr } = spawnSync('npm', install, { cwd: app, encoding: 'utf8', timeout: 600_000 })
    if (status !== 0) {
      if (process.env['CI']) throw new Error(stderr)
      console.warn(`NOT TESTED WITH NEXT: it could not be installed.\n${stderr}`)
      return false
    }
  }
  const ours = join(modules, 'react-microconversions')
  rmSync(ours, { recursive: true, force: true })
  mkdirSync(ours)
  for (const part of ['dist', 'package.json']) cpSync(join(root, part), join(ours, part), { recursive: true })
  return true
}

ensureBuilt()
const ready = installed()
const withNext = test.skipIf(!ready)
let server: ChildProcess | undefined
let browser: Browser
let origin: string

const next = (...given: readonly string[]) => [join(modules, 'next/dist/bin/next'), ...given]

beforeAll(async () => {
  if (!ready) return
  const built = spawnSync(process.execPath, next('build'), { cwd: app, env, encoding: 'utf8' })
  if (built.status !== 0) throw new Error(built.stdout + built.stderr)
  const running = spawn(process.execPath, next('start', '-H', '127.0.0.1', '-p', '0'), { cwd: app, env })
  server = running
  origin = await new Promise((resolve, reject) => {
    let said = ''
    running.stdout.on('data', (text) => {
      said += text
      const [address] = /http:\/\/127\.0\.0\.1:\d+/.exec(said) ?? []
      if (address && /ready/i.test(said)) resolve(address)
    })
    running.on('exit', () => reject(new Error(said)))
  })
  browser = await launch()
})

afterAll(async () => {
  await browser?.close()
  server?.kill()
})

const sent = (page: Page) =>
  page.evaluate(async () => {
    const app = globalThis as unknown as { flush: () => Promise<void>; sent?: string[] }
    await app.flush()
    return app.sent ?? []
  })

async function tour(expected: readonly string[], start: string, ...links: readonly string[]): Promise<void> {
  const page = await browser.newPage()
  const broken: string[] = []
  page.on('console', (message) => message.type() === 'error' && broken.push(message.text()))
  await page.route('**/favicon.ico', (route) => route.fulfill({ status: 204 }))
  await page.goto(origin + start)
  for (const name of links) {
    // Next has fetched what the links lead to: a redirect waits for no server.
    await page.waitForLoadState('networkidle')
    const before = page.url()
    await page.getByRole('link', { name }).click()
    await page.waitForURL((url) => url.href !== before)
  }
  await page.waitForLoadState('networkidle')
  // The address changes before React has rendered the page.
  await expect.poll(() => sent(page)).toEqual(expected)
  await page.waitForLoadState('networkidle')
  expect(await sent(page)).toEqual(expected)
  await page.close()
  expect(broken).toEqual([])
}

withNext('App Router: templates, each page once, a redirect of the configuration is none', async () => {
  await tour(
    ['page_view /', 'link_followed /', 'page_view /pricing', 'page_view /blog/:slug'],
    '/',
    'Pricing',
    'Blog',
  )
  await tour(['page_view /blog/:slug', 'page_view /'], '/blog/hats', 'Old')
  await tour(['page_view /'], '/old')
  await tour(
    ['page_view /blog/:slug', 'page_view /blog/:slug'],
    '/blog/first?utm=1',
    'Second',
    'Sorted',
    'Second',
  )
})

withNext('App Router: a page that redirects is none, before the first one and later', async () => {
  await tour(['page_view /pricing'], '/guarded')
  await tour(['page_view /blog/:slug', 'page_view /pricing'], '/blog/first', 'Guarded')
})

withNext('Pages Router: its templates, and each product a visit', async () => {
  await tour(
    ['page_view /shop', 'page_view /shop/[id]', 'page_view /shop/[id]'],
    '/shop?from=mail',
    'Boots',
    'Hat',
    'Large',
  )
  await tour(['page_view /shop/[id]', 'page_view /shop/[id]'], '/shop/boots?from=mail', 'Hat')
})

withNext('of the overlay in its layout the build has not a byte', () => {
  const folder = join(app, '.next/static')
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.js'),
  )
  const code = files.map((file) => readFileSync(join(folder, file), 'utf8')).join('\n')
  expect(code).toContain('link_followed')
  expect(code).not.toContain('rmc-devtools')
})
