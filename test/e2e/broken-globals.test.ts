import { build } from 'esbuild'
import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { publicEntries } from '../../scripts/entries.mjs'
import type { Used } from '../support/broken-globals-page.ts'
import { type CollectingServer, collectingServer } from '../support/collecting-server.ts'
import { launch } from '../support/launch.ts'

/** Each question that the library asks of the page: a global, or a member of one. */
const questions = [
  'Intl',
  'Intl.DateTimeFormat',
  'matchMedia',
  'crypto',
  'crypto.getRandomValues',
  'crypto.subtle',
  'localStorage',
  'sessionStorage',
  'indexedDB',
  'indexedDB.open',
  'navigator',
  'navigator.language',
  'navigator.languages',
  'navigator.userAgent',
  'navigator.webdriver',
  'navigator.onLine',
  'navigator.sendBeacon',
  'navigator.locks',
  'navigator.globalPrivacyControl',
  'navigator.doNotTrack',
  'navigator.storage',
  'navigator.userActivation',
  'screen',
  'innerWidth',
  'history',
  'performance',
  'console',
  'fetch',
  'AbortController',
  'AbortSignal',
  'TextEncoder',
  'TextDecoder',
  'Blob',
  'URL',
  'URLSearchParams',
  'queueMicrotask',
  'structuredClone',
  'setTimeout',
  'clearTimeout',
  'requestIdleCallback',
  'MessageChannel',
  'BroadcastChannel',
  'WeakRef',
  'FinalizationRegistry',
  'IDBKeyRange',
  'addEventListener',
  'document.addEventListener',
  'document.visibilityState',
  'document.prerendering',
  'document.title',
  'document.referrer',
  'document.cookie',
  'String.prototype.toWellFormed',
  'Symbol(react-microconversions)',
]

type Way = 'missing' | 'throws' | 'answers nothing'

/** The first script of a frame: breaks what the query names. */
function breakGlobal(): void {
  const [path, way] = decodeURIComponent(location.search.slice(1)).split('=') as [string, Way]
  const parts = path.startsWith('Symbol') ? [Symbol.for('react-microconversions')] : path.split('.')
  const last = parts.pop() as PropertyKey
  const holder = parts.reduce<object>(
    (at, part) => (at as Record<PropertyKey, object>)[part as PropertyKey] as object,
    globalThis,
  )
  const broken = (): never => {
    throw new Error(`${path} is broken`)
  }
  const descriptors = {
    missing: { value: undefined, writable: true },
    throws: { get: broken, set: () => {} },
    // A call gives undefined, and a property of the answer throws.
    'answers nothing': { value: () => undefined, writable: true },
  }
  Object.defineProperty(holder, last, { configurable: true, ...descriptors[way] })
}

/** Runs one case in a frame of the page. Resolves to what came of it, and to what was thrown into the page. */
function inFrame(
  this: void,
  id: string,
): Promise<{ readonly used: Used; readonly thrown: readonly string[] }> {
  const frame = document.createElement('iframe')
  frame.id = id.replace(/\W/g, '-')
  frame.src = `/frame?${encodeURIComponent(id)}`
  const thrown: string[] = []
  return new Promise((resolve) => {
    Object.assign(globalThis, {
      tellThrown: (message: string) => thrown.push(message),
      tellUsed: (used: Used) => {
        // What was begun ends in tasks of its own, and may still throw.
        setTimeout(() => {
          frame.remove()
          resolve({ used, thrown })
        }, 50)
      },
    })
    document.body.append(frame)
  })
}

const framed = `<!doctype html><script>
  window.tellUsed = parent.tellUsed
  const { tellThrown } = parent
  addEventListener('error', (event) => tellThrown(event.message))
  addEventListener('unhandledrejection', (event) => tellThrown(String(event.reason)))
  ;(${breakGlobal})()
</script><script type="module" src="/page.js"></script>`

let browser: Browser
let server: CollectingServer
let page: Page
beforeAll(async () => {
  const { outputFiles } = await build({
    entryPoints: ['test/support/broken-globals-page.ts'],
    bundle: true,
    format: 'esm',
    write: false,
    alias: Object.fromEntries(publicEntries().map(({ name, source }) => [name, source])),
    define: { 'process.env.NODE_ENV': '"development"' },
  })
  server = await collectingServer({
    '/': '<!doctype html><link rel="icon" href="data:,"><title>Broken globals</title><body>',
    '/frame': framed,
    '/page.js': outputFiles[0]?.text ?? '',
  })
  browser = await launch()
  page = await browser.newPage()
  await page.goto(server.url)
})
afterAll(async () => {
  await browser?.close()
  await server?.[Symbol.asyncDispose]()
})

describe.each(questions)('a page whose %s', (path) => {
  test.each<Way>(['missing', 'throws', 'answers nothing'])('%s', async (way) => {
    expect(await page.evaluate(inFrame, `${path}=${way}`)).toEqual({
      used: {
        outcomes: ['held', 'fired', 'dropped', 'dropped'],
        names: ['step_taken', 'page_view', 'demo_booked'],
      },
      thrown: [],
    })
  })
})
