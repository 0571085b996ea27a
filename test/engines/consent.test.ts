import { build } from 'esbuild'
import type { Browser, BrowserContext, Page } from 'playwright'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { publicEntries } from '../../scripts/entries.mjs'
import { type CollectingServer, collectingServer } from '../support/collecting-server.ts'
import type { ConsentPage } from '../support/consent-page.ts'
import { engines, goBack, launchEngine } from '../support/engines/launch-engine.ts'
import { openPage } from '../support/open-tracker-pages.ts'

declare global {
  var watched: ConsentPage
}

const PREPARE = '/prepare.js'

/** One that runs before the others of the page: the driver of WebKit cannot add it. */
const prepared = (script: () => void) => ({ [PREPARE]: `(${script})()` })

/** News of what other tabs store are kept from a page between `freeze` and `resume`. */
const hearsLate = prepared(() => {
  let late: StorageEvent[] | undefined
  document.addEventListener('freeze', () => {
    late = []
  })
  document.addEventListener('resume', () => {
    const missed = late ?? []
    late = undefined
    for (const event of missed) dispatchEvent(new StorageEvent('storage', event))
  })
  addEventListener('storage', (event) => {
    if (!late) return
    event.stopImmediatePropagation()
    late.push(event)
  })
})

const isOffline = prepared(() =>
  Object.defineProperty(navigator, 'onLine', { configurable: true, get: () => false }),
)

const asksForPrivacy = prepared(() =>
  Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { get: () => true }),
)

let script: string
let files: Record<string, string>
let server: CollectingServer

beforeAll(async () => {
  const bundled = await build({
    entryPoints: ['test/support/consent-page.ts'],
    bundle: true,
    format: 'esm',
    write: false,
    alias: Object.fromEntries(publicEntries().map(({ name, source }) => [name, source])),
    define: { 'process.env.NODE_ENV': '"production"' },
  })
  script = bundled.outputFiles[0]?.text ?? ''
})
beforeEach(async () => {
  const html =
    '<!doctype html><title>Watched</title><link rel="icon" href="data:,"><script src="/prepare.js"></script>'
  files = {
    '/': `${html}<script type="module" src="/page.js"></script>`,
    '/other': html,
    '/page.js': script,
    [PREPARE]: '',
  }
  server = await collectingServer(files)
})
afterEach(() => server[Symbol.asyncDispose]())

/** Every key in the browser, as the page sees it; a database without rows is nothing. */
const stored = (page: Page) =>
  page.evaluate(async () => {
    const keys = [...Object.keys(localStorage), ...Object.keys(sessionStorage)]
    for (const { name = '' } of await indexedDB.databases()) {
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const opening = indexedDB.open(name)
        opening.onsuccess = () => resolve(opening.result)
        opening.onerror = () => reject(opening.error)
      })
      for (const store of database.objectStoreNames) {
        const found = database.transaction(store).objectStore(store).getAllKeys()
        await new Promise((resolve) => {
          found.onsuccess = resolve
        })
        keys.push(...found.result.map(String))
      }
      database.close()
    }
    return keys
  })

/** What a page has sent on its way out may arrive later than the next page. */
async function requestsAtRest(): Promise<number> {
  let count = -1
  for (let same = 0, look = 0; look < 40 && same < 3; look++) {
    same = count === server.requests() ? same + 1 : 0
    count = server.requests()
    await new Promise((resolve) => setTimeout(resolve, 300))
  }
  return count
}

const requestsSince = (page: Page, time: number) =>
  page.evaluate(
    (time) =>
      performance
        .getEntriesByType('resource')
        .flatMap(({ name, startTime }) => (startTime >= time && name.includes('/collect') ? name : [])),
    time,
  )

const databases = (page: Page) => page.evaluate(async () => (await indexedDB.databases()).length)
const answer = (page: Page, state: 'granted' | 'denied') =>
  page.evaluate((state) => watched.tracker.consent.update(state), state)
/** Tracks, and lets everything that follows from it happen. */
const step = (page: Page, number: number) =>
  page.evaluate(async (number) => {
    const { outcome, reason, time } = watched.step(number)
    await watched.tracker.flush()
    return { outcome, reason, time }
  }, number)
const analytics = (page: Page) => page.evaluate(() => watched.tracker.consent.get()['analytics'])
const numbers = () => server.stored().map(({ event }) => event.properties['number'])

describe.each(engines)('%s', (engine) => {
  let browser: Browser
  let context: BrowserContext
  beforeAll(async () => {
    browser = await launchEngine(engine)
  })
  afterAll(() => browser?.close())
  beforeEach(async () => {
    context = await browser.newContext()
  })
  afterEach(() => context.close())

  const open = (consent: string) => openPage(context, `${server.url}?consent=${consent}`)

  /** A visit whose events wait in the outbox, because the collector does not take them. */
  async function openWithRows(): Promise<Page> {
    server.conduct({ status: 503 })
    const page = await open('granted')
    const rows = () =>
      expect.poll(async () => (await stored(page)).filter((key) => key.startsWith('out:')).length)
    // Of each destination: the row that came with the claim, and that of the other event. On a busy machine, where the
    // database opens late, events that wait for it together share a row.
    await page.evaluate(() => watched.book())
    await rows().toBe(2)
    await step(page, 1)
    await rows().toBe(4)
    expect(await stored(page)).toContain('visitor')
    return page
  }

  test('pending: nothing is stored and nothing sent; granted: both, in order, with the first times', async () => {
    const page = await open('pending')
    const held = [await step(page, 1), await step(page, 2), await step(page, 3)]
    await page.evaluate(() => dispatchEvent(new PageTransitionEvent('pagehide')))
    expect(held.map(({ outcome }) => outcome)).toEqual(['held', 'held', 'held'])
    expect([await stored(page), await databases(page), server.requests()]).toEqual([[], 0, 0])

    await page.goto(`${server.url}?consent=pending`)
    const again = [await step(page, 1), await step(page, 2), await step(page, 3)]
    await answer(page, 'granted')
    await page.evaluate(() => watched.tracker.flush())
    expect(await server.until(() => numbers().length === 3, 10_000)).toBe(true)
    expect(numbers()).toEqual([1, 2, 3])
    const events = server.stored().map(({ event }) => event as unknown as { readonly time: number })
    expect(events.map(({ time }) => time)).toEqual(again.map(({ time }) => time))
    expect(await stored(page)).toContain('visitor')
  })

  test('denied from the start: what an earlier visit has left is erased, and not sent', async () => {
    const page = await openWithRows()
    server.conduct('stores')
    await page.goto('about:blank')
    const before = await requestsAtRest()
    await page.goto(`${server.url}?consent=denied`)
    await expect.poll(() => stored(page)).toEqual([])
    expect((await step(page, 2)).reason).toBe('consent-denied')
    expect([await stored(page), server.requests() - before]).toEqual([[], 0])
  })

  test('withdrawal with events in the outbox: the other tab, too, leaves no byte and starts no request', async () => {
    const other = await openWithRows()
    const page = await open('granted')
    await page.evaluate(() => watched.tracker.flush())
    server.conduct('stores')
    await answer(page, 'denied')
    await expect.poll(() => analytics(other)).toBe('denied')
    const before = server.requests()
    await expect.poll(() => stored(page)).toEqual([])
    expect((await step(other, 2)).reason).toBe('consent-denied')
    await other.evaluate(() => dispatchEvent(new PageTransitionEvent('pagehide')))
    expect([await stored(other), server.requests() - before]).toEqual([[], 0])
  })

  test('withdrawal in one of two tabs: the database goes too, when both have closed it', async () => {
    const [page, other] = [await open('granted'), await open('granted')]
    for (const each of [page, other]) await each.evaluate(() => watched.tracker.flush())
    expect(await databases(page)).toBe(1)
    await answer(page, 'denied')
    await expect.poll(() => analytics(other)).toBe('denied')
    await expect.poll(() => databases(page)).toBe(0)
  })

  describe('a tab that does not hear of the withdrawal when it happens', () => {
    beforeEach(() => {
      Object.assign(files, hearsLate)
    })

    /** In another tab, which is closed before this one is back. */
    async function withdrawElsewhere(): Promise<void> {
      const page = await open('granted')
      await page.evaluate(() => watched.tracker.flush())
      await answer(page, 'denied')
      await expect.poll(() => stored(page)).toEqual([])
      await page.close()
      server.conduct('stores')
    }

    // Firefox caches no page with a request under way, so that this page has none to make when it is left.
    test('because it is in the back/forward cache: it sends and stores nothing when it is back', async () => {
      Object.assign(files, isOffline)
      const page = await openWithRows()
      await page.goto(`${server.url}other`)
      await withdrawElsewhere()
      const before = await requestsAtRest()
      await goBack(engine, page)
      await page.waitForFunction(() => globalThis.watched?.restored)
      await page.evaluate(() => {
        Object.defineProperty(navigator, 'onLine', { get: () => true })
        dispatchEvent(new Event('online'))
      })
      await step(page, 2)
      await expect.poll(() => analytics(page)).toBe('denied')
      expect([await stored(page), server.requests() - before]).toEqual([[], 0])
    })

    // Only Chromium has a driver that freezes a page, and none that is visible: news are kept from it, and its timers run on.
    // What they start before the thaw does not count.
    test.runIf(engine === 'Chromium')(
      'because it is frozen: it sends and stores nothing when it is thawed',
      async () => {
        const page = await openWithRows()
        const session = await context.newCDPSession(page)
        await session.send('Page.setWebLifecycleState', { state: 'frozen' })
        await page.evaluate(() => document.dispatchEvent(new Event('freeze')))
        await withdrawElsewhere()
        await session.send('Page.setWebLifecycleState', { state: 'active' })
        const thawed = await page.evaluate(() => {
          const time = performance.now()
          document.dispatchEvent(new Event('resume'))
          void watched.tracker.flush()
          return time
        })
        await step(page, 2)
        await expect.poll(() => analytics(page)).toBe('denied')
        await expect.poll(() => stored(page)).toEqual([])
        expect((await step(page, 3)).reason).toBe('consent-denied')
        await requestsAtRest()
        expect([await stored(page), await requestsSince(page, thawed)]).toEqual([[], []])
      },
    )

    test.runIf(engine === 'Chromium')(
      'and the user has agreed again there: its news are old, and the new visit keeps what it has',
      async () => {
        const page = await openWithRows()
        const session = await context.newCDPSession(page)
        await session.send('Page.setWebLifecycleState', { state: 'frozen' })
        await page.evaluate(() => document.dispatchEvent(new Event('freeze')))
        const other = await open('granted')
        await other.evaluate(() => watched.tracker.flush())
        await answer(other, 'denied')
        await expect.poll(() => stored(other)).toEqual([])
        await answer(other, 'granted')
        await other.evaluate(() => watched.book())
        await other.evaluate(() => watched.tracker.flush())
        const kept = (await stored(other)).filter((key) => /visitor|user:/.test(key))
        expect(kept.length).toBeGreaterThan(2)
        await session.send('Page.setWebLifecycleState', { state: 'active' })
        await page.evaluate(() => document.dispatchEvent(new Event('resume')))
        await expect.poll(() => analytics(page)).toBe('denied')
        await step(page, 2)
        expect((await step(other, 3)).outcome).toBe('fired')
        expect(await stored(other)).toEqual(expect.arrayContaining(kept))
        expect(await analytics(other)).toBe('granted')
      },
    )
  })

  test('Global Privacy Control: marketing is never sent, whatever the banner answers', async () => {
    Object.assign(files, asksForPrivacy)
    const page = await open('pending')
    await step(page, 1)
    await answer(page, 'granted')
    await step(page, 2)
    expect(await server.until(() => numbers().length === 2, 5_000)).toBe(true)
    await page.evaluate(() => dispatchEvent(new PageTransitionEvent('pagehide')))
    expect(new Set(server.queries())).toEqual(new Set(['']))
    expect((await stored(page)).filter((key) => key.startsWith('out:ads'))).toEqual([])
  })
})
