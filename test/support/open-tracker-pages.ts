import { build } from 'esbuild'
import type { Browser, BrowserContext, Page } from 'playwright'
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest'
import { publicEntries } from '../../scripts/entries.mjs'
import { launch } from './launch.ts'
import { serve } from './serve.ts'
import type { TrackerPage } from './tracker-page.ts'

const PREPARE = '/prepare.js'

const html = (title: string, body = '') =>
  `<!doctype html><html lang="en"><head><title>${title}</title><link rel="icon" href="data:,"><script src="${PREPARE}"></script></head><body>${body}</body></html>`

async function serveTrackerPage() {
  const bundled = await build({
    entryPoints: ['test/support/tracker-page.ts'],
    bundle: true,
    format: 'esm',
    write: false,
    alias: Object.fromEntries(publicEntries().map(({ name, source }) => [name, source])),
    define: { 'process.env.NODE_ENV': '"development"' },
  })
  const script = '<script type="module" src="/page.js"></script>'
  const files: Record<string, string> = {
    '/': html('Tracked', script),
    '/other': html('Other'),
    '/frames': html('Frames', '<iframe src="/"></iframe><iframe src="/"></iframe>'),
    '/page.js': bundled.outputFiles[0]?.text ?? '',
    [PREPARE]: '',
  }
  return {
    ...(await serve(files)),
    /** Served before the other scripts of each page: WebKit's driver cannot put it there. */
    prepare: (source: string) => {
      files[PREPARE] = source
    },
  }
}

export async function openPage(context: BrowserContext, url: string): Promise<Page> {
  const page = await context.newPage()
  await page.goto(url)
  return page
}

/** For the tests around: pages with a tracker, in a browser profile of its own for each test. */
export function trackerPages(launchBrowser: () => Promise<Browser> = launch) {
  let server: Awaited<ReturnType<typeof serveTrackerPage>>
  let browser: Browser
  let context: BrowserContext
  beforeAll(async () => {
    server = await serveTrackerPage()
    browser = await launchBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    await server?.[Symbol.asyncDispose]()
  })
  beforeEach(async () => {
    server.prepare('')
    context = await browser.newContext()
  })
  afterEach(() => context.close())

  const address = (path = '') => server.url + path
  const open = (path?: string) => openPage(context, address(path))
  return {
    address,
    open,
    openTabs: (path: string, count: number): Promise<readonly Page[]> =>
      Promise.all(Array.from({ length: count }, () => open(path))),
    cookies: () => context.cookies(),
    /** Runs in each page that is opened from now on, before its own scripts. */
    prepare: <A extends object>(script: (given: A) => void, given: A) =>
      server.prepare(`(${script})(${JSON.stringify(given)})`),
  }
}

declare global {
  var rmc: TrackerPage
  /** Of another copy of the library in the same document. */
  var first: TrackerPage
}

export interface Arrival {
  readonly id: string
  readonly name: string
  readonly round: string
  readonly sessionId: string
  readonly anonymousId: string
  readonly storage: string
}

/** What reached the destination of a page. */
export function arrivals(page: Page): Promise<readonly Arrival[]> {
  return page.evaluate(async () => {
    await rmc.tracker.flush()
    return rmc.destination.events.map(({ id, name, properties, sessionId, anonymousId, context }) => ({
      id,
      name,
      round: String(properties['round'] ?? ''),
      sessionId,
      anonymousId,
      storage: context.storage,
    }))
  })
}

export interface End {
  readonly round: string
  readonly end: string
}

/** What became of each attempt of a page. */
export function ends(page: Page): Promise<readonly End[]> {
  return page.evaluate(() =>
    rmc.tracker.record.get().decisions.map(({ outcome, reason, properties }) => ({
      round: String(properties?.['round'] ?? ''),
      end: `${outcome} ${reason}`,
    })),
  )
}
