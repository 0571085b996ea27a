import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Used } from '../support/broken-globals-page.ts'
import { bundle } from '../support/bundle.ts'
import { type CollectingServer, collectingServer } from '../support/collecting-server.ts'
import { engines, launchEngine } from '../support/engines/launch-engine.ts'

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

const ways = ['missing', 'throws', 'answers nothing'] as const
type Way = (typeof ways)[number]

const caseOf = (path: string, way: Way) => `${path}=${way}`
const cases = questions.flatMap((path) => ways.map((way) => caseOf(path, way)))

/** What came of a case, and what was thrown into its page. */
interface Result {
  readonly used: Used
  readonly thrown: readonly string[]
}

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

/** Runs each case in a frame of the page, six at a time. */
async function inFrames(this: void, ids: readonly string[]): Promise<Readonly<Record<string, Result>>> {
  const results: Record<string, Result> = {}
  const run = (id: string) =>
    new Promise<Result>((resolve) => {
      const frame = document.createElement('iframe')
      const thrown: string[] = []
      Object.assign(frame, {
        id: id.replace(/\W/g, '-'),
        src: `/frame?${encodeURIComponent(id)}`,
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
  const rest = [...ids]
  const lane = async () => {
    for (let id = rest.shift(); id; id = rest.shift()) results[id] = await run(id)
  }
  await Promise.all(Array.from({ length: 6 }, lane))
  return results
}

const framed = `<!doctype html><script>
  const { tellThrown, tellUsed } = frameElement
  addEventListener('error', (event) => tellThrown(event.message))
  addEventListener('unhandledrejection', (event) => tellThrown(String(event.reason)))
  ;(${breakGlobal})()
</script><script type="module" src="/page.js"></script>`

let server: CollectingServer
beforeAll(async () => {
  server = await collectingServer({
    '/': '<!doctype html><link rel="icon" href="data:,"><title>Broken globals</title><body>',
    '/frame': framed,
    '/page.js': await bundle('test/support/broken-globals-page.ts', 'development'),
  })
})
afterAll(() => server?.[Symbol.asyncDispose]())

describe.each(engines)('%s', (engine) => {
  let results: Readonly<Record<string, Result>>
  beforeAll(async () => {
    const browser = await launchEngine(engine)
    try {
      const page = await (await browser.newContext()).newPage()
      await page.goto(server.url)
      results = await page.evaluate(inFrames, cases)
    } finally {
      await browser.close()
    }
  })

  describe.each(questions)('a page whose %s', (path) => {
    test.each(ways)('%s', (way) => {
      expect(results[caseOf(path, way)]).toEqual({
        used: {
          outcomes: ['held', 'fired', 'dropped', 'dropped'],
          names: ['step_taken', 'page_view', 'demo_booked'],
        },
        thrown: [],
      })
    })
  })
})
