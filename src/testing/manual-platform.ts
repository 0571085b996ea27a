import { memoryStore } from '../platform/memory-store.ts'
import type { Database, KeyValue, PageLocation, Platform, Row } from '../platform/platform.ts'

export interface ManualPlatformOptions {
  /** Epoch ms. Default 2026-01-01T00:00:00Z. */
  readonly now?: number | undefined
  readonly path?: string | undefined
  readonly title?: string | undefined
  /** The page is prerendered until `activate()`. Default false. */
  readonly prerendering?: boolean | undefined
  /** `blocked`: neither storage nor database, as with cookies off. Default `works`. */
  readonly storage?: 'works' | 'blocked' | undefined
  /** `navigator.globalPrivacyControl`. Default false. */
  readonly globalPrivacyControl?: boolean | undefined
  /** What other tabs write to `local` is seen only after `sync()`, as between processes. Default false. */
  readonly staleReads?: boolean | undefined
  /** Awaited before each step of the database: lets a test choose the order between tabs. */
  readonly turn?: (() => Promise<void>) | undefined
}

/** A platform moved by hand: time, storage, tabs and the life of the page. */
export interface ManualPlatform extends Platform {
  /** Moves the clock of all tabs and runs what is due. */
  readonly advance: (ms: number) => void
  /** Lets everything asynchronous that is not waiting for the clock happen. */
  readonly settle: () => Promise<void>
  /** Another tab of the same browser: same clock and storage. */
  readonly openTab: () => ManualPlatform
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
  /** Sees what other tabs have written; only needed with `staleReads`. */
  readonly sync: () => void
  /** Everything stored, as the browser would keep it: local, tab and database keys with their texts. */
  readonly stored: () => Readonly<Record<string, string>>
}

/** What the tabs of one browser share. */
interface Browser {
  now: number
  timers: { due: number; run: () => void }[]
  ids: number
  readonly disk: Map<string, string>
  readonly databases: Map<string, Map<string, Row>>
  readonly tabs: Set<(key: string) => void>
}

export function createManualPlatform(options: ManualPlatformOptions = {}): ManualPlatform {
  const browser: Browser = {
    now: options.now ?? Date.UTC(2026, 0, 1),
    timers: [],
    ids: 0,
    disk: new Map(),
    databases: new Map(),
    tabs: new Set(),
  }
  return tabOf(browser, options, memoryStore())
}

function tabOf(browser: Browser, options: ManualPlatformOptions, tab: KeyValue): ManualPlatform {
  const blocked = options.storage === 'blocked'
  const hidden = signal<boolean>()
  const restored = signal<void>()
  const activated = signal<void>()
  const activity = signal<void>()
  const storage = signal<string | undefined>()
  let prerendering = options.prerendering ?? false
  let location: PageLocation = at(options.path ?? '/', options.title ?? 'Test', '')
  const view = new Map(browser.disk)
  const news: string[] = []

  const deliver = (key: string) => {
    const value = browser.disk.get(key)
    if (value === undefined) view.delete(key)
    else view.set(key, value)
    storage.emit(key)
  }
  const hear = (key: string) => {
    if (options.staleReads) news.push(key)
    else deliver(key)
  }
  browser.tabs.add(hear)
  const tell = (key: string) => {
    for (const other of browser.tabs) if (other !== hear) other(key)
  }

  const local: KeyValue = {
    get: (key) => view.get(key),
    set: (key, value) => {
      const before = browser.disk.get(key)
      view.set(key, value)
      browser.disk.set(key, value)
      if (value !== before) tell(key)
    },
    remove: (key) => {
      view.delete(key)
      if (browser.disk.delete(key)) tell(key)
    },
    keys: () => [...view.keys()],
  }
  const turn = options.turn ?? (() => Promise.resolve())
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
    openDatabase: async (name) => {
      await turn()
      if (blocked) throw new Error('storage is blocked')
      const rows = browser.databases.get(name) ?? new Map<string, Row>()
      browser.databases.set(name, rows)
      return databaseOver(rows, turn)
    },
    lifecycle: {
      prerendering: () => prerendering,
      onActivated: activated.on,
      onHidden: hidden.on,
      onRestored: restored.on,
      onActivity: activity.on,
      onStorage: storage.on,
    },
    location: () => location,
    privacySignal: () => options.globalPrivacyControl ?? false,

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
      for (let step = 0; step < 50; step++) await new Promise((resolve) => setTimeout(resolve, 0))
    },
    openTab: () => tabOf(browser, options, memoryStore()),
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
    sync: () => {
      for (const key of news.splice(0)) deliver(key)
    },
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
  const write = (key: string, row: Row) => rows.set(key, structuredClone(row))
  let last: Promise<unknown> = Promise.resolve()
  let closed = false
  const inOrder = <T>(run: () => T): Promise<T> => {
    if (closed) return Promise.reject(new Error('the connection is closed'))
    const answer = last.then(turn).then(run)
    last = answer.catch(() => {})
    return answer
  }
  return {
    update: async (keys, change) => {
      const answer = await inOrder(() => {
        const before = keys.map((key) => rows.get(key))
        const next = change(before)
        next?.forEach((row, index) => write(keys[index] as string, row))
        return { written: next !== undefined, rows: next ?? before }
      })
      await turn()
      return answer
    },
    put: (entries) => {
      if (!closed) last = last.then(() => entries.forEach((row, key) => write(key, row)))
    },
    readAll: (prefix) => inOrder(() => new Map(startingWith(prefix))),
    clear: (prefix) => inOrder(() => startingWith(prefix).forEach(([key]) => rows.delete(key))),
    close: () => {
      closed = true
    },
  }
}

function at(path: string, title: string, referrer: string): PageLocation {
  return { url: `https://example.test${path}`, path, title, referrer }
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
