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

export interface ManualPlatformOptions {
  /** Epoch ms. Default 2026-01-01T00:00:00Z. */
  readonly now?: number | undefined
  /** May have a query. Default `/`. */
  readonly path?: string | undefined
  readonly title?: string | undefined
  /** The page is prerendered until `activate()`. Default false. */
  readonly prerendering?: boolean | undefined
  /** `blocked`: neither storage nor database, as with cookies off. Default `works`. */
  readonly storage?: 'works' | 'blocked' | undefined
  /** Default false. */
  readonly globalPrivacyControl?: boolean | undefined
  /** Default false. */
  readonly doNotTrack?: boolean | undefined
  /** What differs from a desktop browser of English, in UTC. */
  readonly surroundings?: Partial<Surroundings> | undefined
  /** Where the visitor came from. Default none. */
  readonly referrer?: string | undefined
  /** What other tabs write to `local` is seen only after `sync()`, as between processes. Default false. */
  readonly staleReads?: boolean | undefined
  /** Awaited before each step of the database: lets a test choose the order between tabs. */
  readonly turn?: (() => Promise<void>) | undefined
  /** False: a browser or a page without `navigator.locks`. Default true. */
  readonly locks?: boolean | undefined
}

/** A platform moved by hand: time, storage, tabs and the life of the page. */
export interface ManualPlatform extends Platform {
  /** Moves the clock of all tabs and runs what is due. */
  readonly advance: (ms: number) => void
  /** Lets everything asynchronous that is not waiting for the clock happen. Works under fake timers too. */
  readonly settle: () => Promise<void>
  /** Another tab of the same browser: same clock and storage. */
  readonly openTab: () => ManualPlatform
  /** Another tab with a copy of this one's storage, as by “Duplicate tab” and `window.open`. */
  readonly duplicate: () => ManualPlatform
  /** The same tab after a full page load. */
  readonly reload: () => ManualPlatform
  readonly navigate: (path: string, title?: string) => void
  readonly hide: () => void
  /** `pagehide`. */
  readonly leave: () => void
  /** Back from the back/forward cache. */
  readonly restore: () => void
  /** A prerendered page is looked at. */
  readonly activate: () => void
  /** The visitor moves, types or scrolls. */
  readonly act: () => void
  /** The browser stops the page in the background. */
  readonly freeze: () => void
  /** The browser goes on with a frozen page. */
  readonly resume: () => void
  /** The page calls `localStorage.clear()`. */
  readonly clearLocal: () => void
  /** The site's data is cleared in the browser's settings: databases close, and everything stored is gone. */
  readonly clearSiteData: () => void
  /** Sees what other tabs have written; only needed with `staleReads`. */
  readonly sync: () => void
  /** Everything stored, as the browser would keep it: local, tab and database keys with their texts. */
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

/** What the tabs of one browser share. */
interface Browser {
  now: number
  timers: { due: number; run: () => void }[]
  ids: number
  readonly disk: Map<string, string>
  readonly databases: Map<string, Map<string, Row>>
  readonly tabs: Set<(key: string | undefined, value: string | undefined) => void>
  /** The last that has asked for each lock. */
  readonly locks: Map<string, Promise<void>>
  readonly onCleared: Set<() => void>
}

export function createManualPlatform(options: ManualPlatformOptions = {}): ManualPlatform {
  const browser: Browser = {
    now: options.now ?? Date.UTC(2026, 0, 1),
    timers: [],
    ids: 0,
    disk: new Map(),
    databases: new Map(),
    tabs: new Set(),
    locks: new Map(),
    onCleared: new Set(),
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
  const end = () => browser.tabs.delete(hear)

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
      browser.onCleared.add(() => {
        database.close()
        onLost(false)
      })
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
      browser.databases.get(name)?.clear()
      browser.databases.delete(name)
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
      for (const rows of browser.databases.values()) rows.clear()
      browser.databases.clear()
      for (const key of tab.keys()) tab.remove(key)
      for (const tellOne of [...browser.onCleared]) tellOne()
      browser.onCleared.clear()
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

/** As IndexedDB does it: what one connection asks for happens in that order; between connections `turn` decides. */
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
  /** Number of times that the page was left. */
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

/** The fake timers of Vitest and Jest mark what they replace; a message is a task that they do not hold up. */
const timersAreFake = () => 'clock' in setTimeout

async function nextTask(): Promise<void> {
  if (!timersAreFake()) return new Promise((resolve) => setTimeout(resolve, 0))
  if (typeof MessageChannel === 'undefined') {
    // jsdom under Jest has none: promises go on in microtasks.
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
