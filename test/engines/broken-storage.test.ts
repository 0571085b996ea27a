import type { Browser, BrowserContext, Page } from 'playwright'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { BrokenStoragePage, Visit } from '../support/broken-storage-page.ts'
import { bundle } from '../support/bundle.ts'
import { type CollectingServer, collectingServer } from '../support/collecting-server.ts'
import { engines, launchEngine } from '../support/engines/launch-engine.ts'

declare global {
  var storage: BrokenStoragePage
  /** What a frame has posted. */
  var told: Visit | undefined
}

const DATABASE = 'rmc1:broken-storage'

/** As where the user blocks cookies: to ask is an error. */
function refuse(this: void, ...names: readonly string[]): void {
  for (const name of names)
    Object.defineProperty(globalThis, name, {
      get: () => {
        throw new DOMException('The operation is insecure.', 'SecurityError')
      },
    })
}

/** Each call of the method throws, as where the browser has lost its connection to the database. */
function failCalls(this: void, holder: string, method: string): void {
  const { prototype } = (globalThis as unknown as Record<string, { prototype: object }>)[holder] ?? {}
  Object.assign(prototype ?? {}, {
    [method]: () => {
      throw new DOMException('Connection to Indexed Database server lost.', 'UnknownError')
    },
  })
}

/** As of pages that store objects and do not want to parse them. */
function parseAnswers(this: void): void {
  const { getItem } = Storage.prototype
  Storage.prototype.getItem = function (key) {
    const text = getItem.call(this, key)
    try {
      return JSON.parse(text ?? 'null') as string
    } catch {
      return text
    }
  }
}

/** As extensions do that protect from tracking. */
function ignoreCalls(this: void, method: 'getItem' | 'setItem'): void {
  Storage.prototype[method] = () => null
}

/** To the last byte that the engine grants. */
function fillLocalStorage(this: void): void {
  let key = 0
  for (let size = 4_000_000; size >= 1; size = Math.floor(size / 2)) {
    try {
      for (;;) localStorage.setItem(`full ${key++}`, 'x'.repeat(size))
    } catch {}
  }
}

/** The database is there, and is none of ours. */
function makeDatabase(this: void, name: string, version: number): void {
  globalThis.broken = new Promise((resolve) => {
    const opening = indexedDB.open(name, version)
    opening.onsuccess = () => {
      opening.result.close()
      resolve()
    }
  })
}

/** A connection that does not close keeps the deletion waiting, and the deletion whoever wants to open. */
function blockOpening(this: void, name: string): void {
  globalThis.broken = new Promise((resolve) => {
    const opening = indexedDB.open(name, 1)
    opening.onsuccess = () => {
      // WebKit collects, and so closes, a connection that nothing holds.
      Object.assign(globalThis, { kept: opening.result })
      indexedDB.deleteDatabase(name).onblocked = () => resolve()
    }
  })
}

/** A transaction of another connection that never ends: other transactions wait for it. */
function lockRows(this: void, name: string): Promise<void> {
  return new Promise((resolve) => {
    const opening = indexedDB.open(name, 1)
    opening.onupgradeneeded = () => opening.result.createObjectStore('rows')
    opening.onsuccess = () => {
      const rows = opening.result.transaction('rows', 'readwrite').objectStore('rows')
      const hold = () => {
        rows.get('none').onsuccess = hold
        resolve()
      }
      hold()
    }
  })
}

/** As where the disk is full. */
function abortTransactions(this: void): void {
  const { transaction } = IDBDatabase.prototype
  IDBDatabase.prototype.transaction = function (this: IDBDatabase, ...given) {
    const begun = transaction.apply(this, given)
    queueMicrotask(() => {
      try {
        begun.abort()
      } catch {
        // The library was first.
      }
    })
    return begun
  }
}

function deleteDatabase(this: void, name: string): Promise<void> {
  return new Promise((resolve) => {
    const deleting = indexedDB.deleteDatabase(name)
    deleting.onsuccess = () => resolve()
    deleting.onblocked = () => resolve()
  })
}

/** A call of a function, as the text of a script. */
const call = (run: (...given: never[]) => unknown, ...given: readonly (string | number)[]) =>
  `(${run})(${given.map((each) => JSON.stringify(each))})`
const late = (script: string) => `globalThis.breakLate = () => ${script}`

/** By name: the first script of the page, and what the record says of storage afterwards. */
const faults = {
  'localStorage is full': [call(fillLocalStorage), 'persistent'],
  'localStorage becomes full': [late(call(fillLocalStorage)), 'persistent'],
  'localStorage and sessionStorage are refused': [
    call(refuse, 'localStorage', 'sessionStorage'),
    'persistent',
  ],
  'localStorage throws at each write': [call(failCalls, 'Storage', 'setItem'), 'persistent'],
  'localStorage and sessionStorage ignore each write': [call(ignoreCalls, 'setItem'), 'persistent'],
  'localStorage and sessionStorage can never be read': [call(ignoreCalls, 'getItem'), 'persistent'],
  'localStorage and sessionStorage answer with what they have parsed': [call(parseAnswers), 'persistent'],
  'everything is refused': [call(refuse, 'localStorage', 'sessionStorage', 'indexedDB'), 'memory'],
  'the database has a newer version': [call(makeDatabase, DATABASE, 99), 'memory'],
  'the database has no rows': [call(makeDatabase, DATABASE, 1), 'memory'],
  'the database never opens': [call(blockOpening, DATABASE), 'memory'],
  'the database is locked': [`globalThis.broken = ${call(lockRows, DATABASE)}`, 'memory'],
  'the database becomes locked': [late(call(lockRows, DATABASE)), 'persistent'],
  'no transaction begins': [call(failCalls, 'IDBDatabase', 'transaction'), 'memory'],
  'no transaction begins any more': [late(call(failCalls, 'IDBDatabase', 'transaction')), 'persistent'],
  'each transaction aborts': [call(abortTransactions), 'memory'],
  'each transaction aborts from now on': [late(call(abortTransactions)), 'persistent'],
  'no row can be written': [call(failCalls, 'IDBObjectStore', 'put'), 'memory'],
  'no row can be read': [call(failCalls, 'IDBObjectStore', 'get'), 'memory'],
  'no row can be written any more': [late(call(failCalls, 'IDBObjectStore', 'put')), 'persistent'],
  'no row can be read any more': [late(call(failCalls, 'IDBObjectStore', 'get')), 'persistent'],
  // It is made again, once.
  'the database is deleted': [late(call(deleteDatabase, DATABASE)), 'persistent'],
} as const

const again = { step_taken: 'fired', step_counted: 'frequency', user_counted: 'frequency' }
const visited = {
  first: { step_taken: 'fired', step_counted: 'fired', user_counted: 'fired' },
  leaving: again,
  back: again,
  denied: { step_taken: 'consent-denied', step_counted: 'consent-denied', user_counted: 'consent-denied' },
}
const sent = [
  'back step_taken',
  'first step_counted',
  'first step_taken',
  'first user_counted',
  'leaving step_taken',
]

let script: string
let files: Record<string, string>
let server: CollectingServer
beforeAll(async () => {
  script = await bundle('test/support/broken-storage-page.ts', 'development')
})
beforeEach(async () => {
  const html = '<!doctype html><html lang="en"><title>Broken storage</title><link rel="icon" href="data:,">'
  const watch = `<script>
    thrown = []
    addEventListener('error', (event) => thrown.push(event.message))
    addEventListener('unhandledrejection', (event) => thrown.push(String(event.reason)))
  </script>`
  files = {
    '/': `${html}${watch}<script src="/prepare.js"></script><script defer src="/page.js"></script>`,
    '/around': `${html}<script>onmessage = ({ data }) => { told = data }</script><iframe sandbox="allow-scripts" src="/"></iframe>`,
    '/away': html,
    '/page.js': script,
    '/prepare.js': '',
  }
  // Each has a port of its own, and so an origin with empty storage.
  server = await collectingServer(files)
})
afterEach(() => server[Symbol.asyncDispose]())

const arrived = () => server.stored().map(({ event }) => `${event.properties['step']} ${event.name}`)

describe.each(engines)('%s', (engine) => {
  let browser: Browser
  let context: BrowserContext
  beforeAll(async () => {
    browser = await launchEngine(engine)
    context = await browser.newContext()
  })
  afterAll(() => browser?.close())

  let page: Page
  beforeEach(async () => {
    page = await context.newPage()
  })
  afterEach(() => page.close())

  describe('each event arrives once, and nothing is thrown into the page, where', () => {
    test.each(Object.entries(faults))('%s', async (_, [prepare, kind]) => {
      files['/prepare.js'] = prepare
      await page.goto(server.url)
      const { fates, storage, thrown } = await page.evaluate(() => globalThis.storage.visit())
      expect({ fates, storage, thrown }).toEqual({ fates: visited, storage: kind, thrown: [] })
      await page.evaluate(() => void globalThis.storage.leave())
      await server.until(() => arrived().length > sent.length, 60_000)
      expect(arrived().toSorted()).toEqual([...sent, 'gone step_taken'].toSorted())
    })

    // WebKit's driver has no word with such a frame: it posts its result to the page around.
    test('a frame has no origin', async () => {
      await page.goto(`${server.url}around`)
      await page.waitForFunction(() => globalThis.told)
      expect(await page.evaluate(() => globalThis.told)).toEqual({
        fates: visited,
        storage: 'memory',
        thrown: [],
      })
      await server.until(() => arrived().length >= sent.length, 60_000)
      expect(arrived().toSorted()).toEqual(sent)
    })
  })
})
