import { latePart } from '../engine/storage/late-part.ts'
import { provideLatePart } from '../engine/storage/loaded-late-part.ts'
import { memoryStore } from '../platform/memory-store.ts'
import type {
  Database,
  KeyValue,
  PageLocation,
  Platform,
  Row,
  Surroundings,
  Writes,
} from '../platform/platform.ts'
import { sha256 } from '../platform/sha256.ts'

/** Options of `createManualPlatform`. */
export interface ManualPlatformOptions {
  /** Start time in epoch ms. Default 2026-01-01T00:00:00Z. */
  readonly now?: number | undefined
  /** Path of the page, with or without a query. Default `/`. */
  readonly path?: string | undefined
  /** Title of the page. Default `Test`. */
  readonly title?: string | undefined
  /** Prerenders the page until `activate()`. Default false. */
  readonly prerendering?: boolean | undefined
  /** `blocked` disables storage and database, as a browser without cookies does. Default `works`. */
  readonly storage?: 'works' | 'blocked' | undefined
  /** State of Global Privacy Control (`navigator.globalPrivacyControl`). Default false. */
  readonly globalPrivacyControl?: boolean | undefined
  /** State of Do Not Track (`navigator.doNotTrack`). Default false. */
  readonly doNotTrack?: boolean | undefined
  /** Overrides of the default device: a desktop browser, 1280 × 720 px, English, UTC. */
  readonly surroundings?: Partial<Surroundings> | undefined
  /** URL of the page before. Default: none. */
  readonly referrer?: string | undefined
  /** Shows writes of other tabs to `local` only after `sync()`, as between browser processes. Default false. */
  readonly staleReads?: boolean | undefined
  /** Awaited before each step of the database, so that a test can choose the order between tabs. Default: no wait. */
  readonly turn?: (() => Promise<void>) | undefined
  /** False simulates a browser or page without `navigator.locks`. Default true. */
  readonly locks?: boolean | undefined
}

/** A platform whose time, storage, tabs and page life a test controls. */
export interface ManualPlatform extends Platform {
  /** Advances the clock of all tabs by `ms` and runs the timers that are due. */
  readonly advance: (ms: number) => void
  /** Resolves when everything asynchronous that does not wait for the clock has run. Works with fake timers too. */
  readonly settle: () => Promise<void>
  /** Opens another tab of the same browser, with the same clock and storage. */
  readonly openTab: () => ManualPlatform
  /** Opens another tab with a copy of this tab's `sessionStorage`, like “Duplicate tab” and `window.open`. */
  readonly duplicate: () => ManualPlatform
  /** Returns the same tab after a full page load. */
  readonly reload: () => ManualPlatform
  /** Changes the path, as a router does; the title stays unless you pass one. */
  readonly navigate: (path: string, title?: string) => void
  /** Hides the page, as switching tabs does. */
  readonly hide: () => void
  /** Leaves the page: it is hidden, then `pagehide` follows. */
  readonly leave: () => void
  /** Restores the page from the back/forward cache. */
  readonly restore: () => void
  /** Activates a prerendered page. */
  readonly activate: () => void
  /** Simulates input of the user: a movement, a key or scrolling. */
  readonly act: () => void
  /** Freezes the page in the background. */
  readonly freeze: () => void
  /** Resumes a frozen page. */
  readonly resume: () => void
  /** Calls `localStorage.clear()`. */
  readonly clearLocal: () => void
  /** Clears the site's data, as in the browser's settings: closes databases and removes everything stored. */
  readonly clearSiteData: () => void
  /** Applies the writes of other tabs; needed with `staleReads` only. */
  readonly sync: () => void
  /** Returns everything stored in the browser: keys of local storage, tab storage and databases, with their texts. */
  readonly stored: () => Readonly<Record<string, string>>
}

const desktop: Surroundings = {
  viewport: { width: 1280, height: 720 },
  screenMin: 720,
  coarsePointer: false,
  language: 'en',
  timeZone: 'UTC',
  userAgent:
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36',
  automated: false,
}

/** State that the tabs of one browser share. */
interface Browser {
  now: number
  timers: { due: number; run: () => void }[]
  ids: number
  readonly disk: Map<string, string>
  readonly databases: Map<string, Map<string, Row>>
  readonly tabs: Set<(key: string | undefined, value: string | undefined) => void>
  /** Newest request for each lock. */
  readonly locks: Map<string, Promise<void>>
  /** Open connections by the rows of their database, as functions that end them; `deleted`: by a page, not by the browser. */
  readonly connections: Map<Map<string, Row>, Set<(deleted: boolean) => void>>
}

/**
 * Creates a platform whose time, storage, tabs and page life a test controls. Runs in Node, without a browser.
 *
 * @example
 * const platform = createManualPlatform({ path: '/pricing' })
 * const { tracker } = createTestTracker(plan, { platform })
 * platform.advance(60_000)
 */
export function createManualPlatform(options: ManualPlatformOptions = {}): ManualPlatform {
  // Provided here, so that the database opens without loading a chunk first.
  provideLatePart(latePart)
  const browser: Browser = {
    now: options.now ?? Date.UTC(2026, 0, 1),
    timers: [],
    ids: 0,
    disk: new Map(),
    databases: new Map(),
    tabs: new Set(),
    locks: new Map(),
    connections: new Map(),
  }
  return tabOf(browser, options, memoryStore())
}

function tabOf(browser: Browser, options: ManualPlatformOptions, tab: KeyValue): ManualPlatform {
  const blocked = options.storage === 'blocked'
  const hidden = signal<boolean>()
  const restored = signal<void>()
  const activated = signal<void>()
  const activity = signal<void>()
  const frozen = signal<boolean>()
  const storage = signal<readonly [key: string | undefined, value: string | undefined]>()
  let prerendering = options.prerendering ?? false
  let location: PageLocation = at(options.path ?? '/', options.title ?? 'Test', options.referrer ?? '')
  const view = new Map(browser.disk)
  const news: (readonly [key: string | undefined, value: string | undefined])[] = []

  const deliver = ([key, value]: readonly [string | undefined, string | undefined]) => {
    for (const each of key === undefined ? [...view.keys()] : [key]) {
      const present = browser.disk.get(each)
      if (present === undefined) view.delete(each)
      else view.set(each, present)
    }
    storage.emit([key, value])
  }
  const hear = (key: string | undefined, value: string | undefined) => {
    if (options.staleReads) news.push([key, value])
    else deliver([key, value])
  }
  browser.tabs.add(hear)
  const tell = (key?: string, value?: string) => {
    for (const other of browser.tabs) if (other !== hear) other(key, value)
  }

  const local: KeyValue = {
    get: (key) => view.get(key),
    set: (key, value) => {
      const before = browser.disk.get(key)
      view.set(key, value)
      browser.disk.set(key, value)
      if (value !== before) tell(key, value)
      return true
    },
    remove: (key) => {
      view.delete(key)
      if (browser.disk.delete(key)) tell(key)
    },
    keys: () => [...view.keys()],
  }
  const clearLocal = () => {
    browser.disk.clear()
    view.clear()
    tell()
  }
  const turn = options.turn ?? (() => Promise.resolve())
  const sync = () => {
    for (const each of news.splice(0)) deliver(each)
  }
  /** Functions that forget the connections of this page. */
  const connected: (() => void)[] = []
  /** Ends the page: it hears nothing any more. */
  const end = () => {
    browser.tabs.delete(hear)
    for (const forget of connected) forget()
  }
  /** Ends open connections too, as browsers do when a database is deleted. */
  const remove = (name: string, deleted: boolean) => {
    const rows = browser.databases.get(name)
    if (!rows) return
    rows.clear()
    browser.databases.delete(name)
    for (const endOne of browser.connections.get(rows) ?? []) endOne(deleted)
    browser.connections.delete(rows)
  }

  return {
    now: () => browser.now,
    later: (delayMs, run) => {
      const timer = { due: browser.now + delayMs, run }
      browser.timers.push(timer)
      return () => {
        browser.timers = browser.timers.filter((other) => other !== timer)
      }
    },
    newId: () => `00000000-0000-7000-8000-${String(++browser.ids).padStart(12, '0')}`,
    local: blocked ? memoryStore() : local,
    tab: blocked ? memoryStore() : tab,
    openDatabase: async (name, onLost = () => {}) => {
      await turn()
      if (blocked) throw new Error('storage is blocked')
      const rows = browser.databases.get(name) ?? new Map<string, Row>()
      browser.databases.set(name, rows)
      const database = databaseOver(rows, turn)
      const ends = browser.connections.get(rows) ?? new Set()
      browser.connections.set(rows, ends)
      const endOne = (deleted: boolean) => {
        database.close()
        onLost(deleted)
      }
      ends.add(endOne)
      connected.push(() => ends.delete(endOne))
      return database
    },
    exclusively: async (name, step) => {
      const before = browser.locks.get(name)
      let letGo = () => {}
      browser.locks.set(
        name,
        new Promise((resolve) => {
          letGo = resolve
        }),
      )
      if (options.locks !== false) await before
      await turn()
      sync()
      step()
      if (options.locks === false) {
        await turn()
        sync()
        step()
      }
      letGo()
    },
    lifecycle: {
      prerendering: () => prerendering,
      onActivated: activated.on,
      onHidden: hidden.on,
      onRestored: restored.on,
      onActivity: activity.on,
      onStorage: (listener) => storage.on((news) => listener(...news)),
      tellStorage: (key, value) => storage.emit([key, value]),
      onFrozen: frozen.on,
    },
    location: () => location,
    privacySignals: () => ({
      gpc: options.globalPrivacyControl ?? false,
      dnt: options.doNotTrack ?? false,
    }),
    surroundings: () => ({ ...desktop, ...options.surroundings }),
    eraseDatabase: async (name) => {
      await turn()
      remove(name, true)
    },
    sha256,

    advance: (ms) => {
      const until = browser.now + ms
      for (;;) {
        const next = browser.timers.filter((timer) => timer.due <= until).sort((a, b) => a.due - b.due)[0]
        if (!next) break
        browser.timers = browser.timers.filter((timer) => timer !== next)
        browser.now = Math.max(browser.now, next.due)
        next.run()
      }
      browser.now = until
    },
    settle: async () => {
      for (let step = 0; step < 50; step++) await nextTask()
    },
    openTab: () => tabOf(browser, options, memoryStore()),
    duplicate: () => {
      const copy = memoryStore()
      for (const key of tab.keys()) copy.set(key, tab.get(key) ?? '')
      return tabOf(browser, options, copy)
    },
    reload: () => {
      end()
      return tabOf(browser, options, tab)
    },
    navigate: (path, title = location.title) => {
      location = at(path, title, location.url)
    },
    hide: () => hidden.emit(false),
    leave: () => {
      hidden.emit(false)
      hidden.emit(true)
    },
    restore: () => restored.emit(),
    activate: () => {
      prerendering = false
      activated.emit()
    },
    act: () => activity.emit(),
    freeze: () => frozen.emit(true),
    resume: () => frozen.emit(false),
    clearLocal,
    clearSiteData: () => {
      clearLocal()
      for (const key of tab.keys()) tab.remove(key)
      for (const name of [...browser.databases.keys()]) remove(name, false)
    },
    sync,
    stored: () => ({
      ...Object.fromEntries([...browser.disk].map(([key, value]) => [`local ${key}`, value])),
      ...Object.fromEntries(tab.keys().map((key) => [`tab ${key}`, tab.get(key) ?? ''])),
      ...Object.fromEntries(
        [...browser.databases].flatMap(([name, rows]) =>
          [...rows].map(([key, row]) => [`database ${name} ${key}`, JSON.stringify(row)]),
        ),
      ),
    }),
  }
}

/** Simulates IndexedDB: the steps of one connection run in order; `turn` decides the order between connections. */
function databaseOver(rows: Map<string, Row>, turn: () => Promise<void>): Database {
  const startingWith = (prefix: string) => [...rows].filter(([key]) => key.startsWith(prefix))
  const apply = (writes: Writes) => {
    for (const [key, row] of writes) {
      if (row) rows.set(key, structuredClone(row))
      else rows.delete(key)
    }
  }
  let last: Promise<unknown> = Promise.resolve()
  let closed = false
  let away = false
  const left = () => new Error('the page was left')
  /** Number of times the page was left: a read that began before does not run after. */
  let leavings = 0
  const inOrder = <T>(run: () => T, reads = false): Promise<T> => {
    if (closed) return Promise.reject(new Error('the connection is closed'))
    const mine = leavings
    const answer = last.then(turn).then(() => {
      if (reads && mine !== leavings) throw left()
      return run()
    })
    last = answer.catch(() => {})
    return answer
  }
  return {
    update: async (keys, change) => {
      if (away) throw left()
      const answer = await inOrder(() => {
        const before = keys.map((key) => rows.get(key))
        const writes = change(before)
        if (writes) apply(writes)
        return { written: writes !== undefined, rows: keys.map((key) => rows.get(key)) }
      }, keys.length > 0)
      await turn()
      return answer
    },
    put: (entries) => {
      if (!closed) last = last.then(() => apply(entries))
    },
    readAll: async (prefix) => {
      if (away) throw left()
      return inOrder(() => new Map(startingWith(prefix)))
    },
    clear: (prefix) => inOrder(() => startingWith(prefix).forEach(([key]) => rows.delete(key))),
    leave: () => {
      away = true
      leavings++
    },
    back: () => {
      away = false
    },
    close: () => {
      closed = true
    },
  }
}

/** Returns whether Vitest or Jest has replaced the timers. They do not replace `MessageChannel`, which still runs tasks. */
const timersAreFake = () => 'clock' in setTimeout

async function nextTask(): Promise<void> {
  if (!timersAreFake()) return new Promise((resolve) => setTimeout(resolve, 0))
  if (typeof MessageChannel === 'undefined') {
    // jsdom under Jest has no MessageChannel, so only microtasks run.
    for (let step = 0; step < 20; step++) await undefined
    return
  }
  const { port1, port2 } = new MessageChannel()
  return new Promise((resolve) => {
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(null)
  })
}

function at(path: string, title: string, referrer: string): PageLocation {
  return { url: `https://example.test${path}`, path: path.replace(/[?#].*$/s, ''), title, referrer }
}

function signal<T>() {
  const listeners = new Set<(value: T) => void>()
  return {
    emit: (value: T) => {
      for (const listener of [...listeners]) listener(value)
    },
    on: (listener: (value: T) => void) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
