import { attempt } from '../support/attempt.ts'
import { hexOf, uuidOf } from '../support/hex.ts'
import { loaded } from '../support/loaded.ts'
import { exclusively } from './exclusively.ts'
import { browserLifecycle } from './lifecycle.ts'
import { memoryStore } from './memory-store.ts'
import type { KeyValue, PageLocation, Platform, PrivacySignals, Surroundings } from './platform.ts'
import { sha256 } from './sha256.ts'

/** Creates the browser's platform. Returns undefined on a server. Does not access storage until it is used. */
export function browserPlatform(): Platform | undefined {
  if (typeof window === 'undefined' || typeof document === 'undefined') return undefined
  return {
    now,
    later,
    newId,
    local: safeStore(() => window.localStorage),
    tab: safeStore(() => window.sessionStorage),
    openDatabase: async (...given) => (await loadIndexedDb()).openIndexedDb(...given),
    exclusively,
    lifecycle: browserLifecycle(),
    location: () => shown,
    privacySignals,
    surroundings,
    eraseDatabase,
    sha256,
  }
}

/** Loads on demand, because a first event does not need it. */
async function loadIndexedDb() {
  if (!attempt(() => indexedDB)) throw new Error('no IndexedDB')
  return loaded(import('./indexed-db.ts'))
}

/**
 * Erases a database. If the chunk does not load, deletes it without clearing it first, so that no data stays behind.
 */
function eraseDatabase(name: string): Promise<void> {
  return loadIndexedDb().then(
    ({ eraseIndexedDb }) => eraseIndexedDb(name),
    () => void attempt(() => indexedDB.deleteDatabase(name)),
  )
}

/**
 * Returns the answer, or `otherwise` if it is missing, thrown or of another type: pages replace, remove and break
 * globals.
 */
function ask<T extends string | number | boolean>(question: () => unknown, otherwise: T): T {
  const answer = attempt(question)
  return typeof answer === typeof otherwise && !Number.isNaN(answer) ? (answer as T) : otherwise
}

const now = () => ask(() => Date.now(), 0)

function later(delayMs: number, run: () => void): () => void {
  const timer = attempt(() => setTimeout(run, delayMs))
  return () => void attempt(() => clearTimeout(timer))
}

function privacySignals(): PrivacySignals {
  const ours = () => navigator as { globalPrivacyControl?: boolean; doNotTrack?: string | null }
  return {
    gpc: ask(() => ours().globalPrivacyControl, false),
    dnt: ask<string>(() => ours().doNotTrack, '') === '1',
  }
}

function surroundings(): Surroundings {
  return {
    viewport: { width: ask(() => window.innerWidth, 0), height: ask(() => window.innerHeight, 0) },
    screenMin: ask(() => Math.min(screen.width, screen.height), 0),
    coarsePointer: ask(() => window.matchMedia('(pointer: coarse)').matches, false),
    language: ask(() => navigator.language, ''),
    get timeZone() {
      return timeZone()
    },
    userAgent: ask(() => navigator.userAgent, ''),
    automated: ask(() => navigator.webdriver, false),
  }
}

let zone = ''
/**
 * Returns the time zone, which it reads once: the first call of `Intl` takes 20 ms in Chromium, `Temporal` less than
 * one.
 */
function timeZone(): string {
  zone ||= ask(() => (globalThis as { Temporal?: TemporalNow }).Temporal?.Now.timeZoneId(), '')
  zone ||= ask(() => Intl.DateTimeFormat().resolvedOptions().timeZone, '')
  return zone
}
interface TemporalNow {
  readonly Now: { readonly timeZoneId: () => string }
}

/** Returns a UUID version 7 (RFC 9562). `crypto.randomUUID` would need a secure context. */
export function newId(): string {
  return uuidOf(now().toString(16).padStart(12, '0') + randomDigits(), 7)
}

/** Number of random hexadecimal digits in an id, after the time. */
const RANDOM_DIGITS = 20
/** Number of random bytes requested at once, enough for 32 ids: one request costs more than to make the ids. */
const RANDOM_BYTES = 320
let unused = ''

function randomDigits(): string {
  if (!unused) {
    const bytes = new Uint8Array(RANDOM_BYTES)
    attempt(() => crypto.getRandomValues(bytes))
    // A page or a test may have replaced it by a function that fills nothing.
    unused = hexOf(bytes.some(Boolean) ? bytes : bytes.map(() => Math.random() * 256))
  }
  const digits = unused.slice(-RANDOM_DIGITS)
  unused = unused.slice(0, -RANDOM_DIGITS)
  return digits
}

/** Has getters, because each event reads the path and the title alone. */
const shown: PageLocation = {
  get url() {
    return ask(() => window.location.href, '')
  },
  get path() {
    return ask(() => window.location.pathname, '/')
  },
  get title() {
    return ask(() => document.title, '')
  },
  get referrer() {
    return ask(() => document.referrer, '')
  },
  get fromOwnPage() {
    return ask(fromOwnPage, false) || undefined
  },
}

/**
 * Returns true if a page of this origin led here. After a navigation from another origin there is no `from`
 * (https://developer.mozilla.org/en-US/docs/Web/API/NavigationActivation).
 */
function fromOwnPage(): boolean {
  const { navigation } = window as {
    navigation?: { activation?: { from?: unknown; navigationType?: string } }
  }
  const { from, navigationType } = navigation?.activation ?? {}
  return !!from && (navigationType === 'push' || navigationType === 'replace')
}

/**
 * Creates a store that never throws. The browser's getter throws if cookies are blocked, and a write throws if the
 * storage is full; a page or an extension may replace a method by one that does nothing. Then values stay in this
 * document's memory.
 */
function safeStore(open: () => Storage): KeyValue {
  const memory = memoryStore()
  return {
    get: (key) => memory.get(key) ?? attempt(() => textOf(open().getItem(key))),
    set: (key, value) => {
      memory.remove(key)
      const store = () => {
        open().setItem(key, value)
        return textOf(open().getItem(key)) === value || undefined
      }
      return attempt(store) ?? !memory.set(key, value)
    },
    remove: (key) => {
      memory.remove(key)
      attempt(() => open().removeItem(key))
    },
    keys: () => [...new Set([...memory.keys(), ...(attempt(() => Object.keys(open())) ?? [])])],
  }
}

/** Returns the stored text, also on pages that replace `getItem` by one that parses JSON. */
const textOf = (found: unknown): string | undefined =>
  typeof found === 'string' ? found : JSON.stringify(found ?? undefined)
