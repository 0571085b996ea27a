import { attempt } from '../support/attempt.ts'
import { hexOf, uuidOf } from '../support/hex.ts'
import { exclusively } from './exclusively.ts'
import { eraseIndexedDb, openIndexedDb } from './indexed-db.ts'
import { browserLifecycle } from './lifecycle.ts'
import { memoryStore } from './memory-store.ts'
import type { KeyValue, PageLocation, Platform, PrivacySignals, Surroundings } from './platform.ts'
import { sha256 } from './sha256.ts'

/** Undefined on a server. Touches no storage until it is asked. */
export function browserPlatform(): Platform | undefined {
  if (typeof window === 'undefined' || typeof document === 'undefined') return undefined
  return {
    now,
    later,
    newId,
    local: safeStore(() => window.localStorage),
    tab: safeStore(() => window.sessionStorage),
    openDatabase: openIndexedDb,
    exclusively,
    lifecycle: browserLifecycle(),
    location,
    privacySignals,
    surroundings,
    eraseDatabase: eraseIndexedDb,
    sha256,
  }
}

/** Pages replace, remove and break globals: `otherwise` where the answer is missing, thrown, or of another type. */
function ask<T extends string | number | boolean>(question: () => unknown, otherwise: T): T {
  const answer = attempt(question)
  return typeof answer === typeof otherwise ? (answer as T) : otherwise
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
    timeZone: ask(() => Intl.DateTimeFormat().resolvedOptions().timeZone, ''),
    userAgent: ask(() => navigator.userAgent, ''),
    automated: ask(() => navigator.webdriver, false),
  }
}

/** UUID version 7 (RFC 9562). `crypto.randomUUID` would need a secure context. */
export function newId(): string {
  const time = now().toString(16).padStart(12, '0')
  const random = attempt(() => crypto.getRandomValues(new Uint8Array(10)))
  return uuidOf(time + hexOf(random ?? Uint8Array.from({ length: 10 }, () => Math.random() * 256)), 7)
}

function location(): PageLocation {
  return {
    url: ask(() => window.location.href, ''),
    path: ask(() => window.location.pathname, '/'),
    title: ask(() => document.title, ''),
    referrer: ask(() => document.referrer, ''),
    fromOwnPage: ask(fromOwnPage, false) || undefined,
  }
}

/** https://developer.mozilla.org/en-US/docs/Web/API/NavigationActivation: no `from` where another origin led here. */
function fromOwnPage(): boolean {
  const { navigation } = window as {
    navigation?: { activation?: { from?: unknown; navigationType?: string } }
  }
  const { from, navigationType } = navigation?.activation ?? {}
  return !!from && (navigationType === 'push' || navigationType === 'replace')
}

/** The getter itself throws where cookies are blocked; writing throws when full. Then this document's memory serves. */
function safeStore(open: () => Storage): KeyValue {
  const memory = memoryStore()
  const inStorage = <T>(run: (storage: Storage) => T, otherwise: () => T): T => {
    try {
      return run(open())
    } catch {
      return otherwise()
    }
  }
  return {
    get: (key) =>
      memory.get(key) ??
      inStorage(
        (storage) => storage.getItem(key) ?? undefined,
        () => undefined,
      ),
    set: (key, value) => {
      memory.remove(key)
      return inStorage(
        (storage) => {
          storage.setItem(key, value)
          return true
        },
        () => !memory.set(key, value),
      )
    },
    remove: (key) => {
      memory.remove(key)
      inStorage(
        (storage) => storage.removeItem(key),
        () => {},
      )
    },
    keys: () => [
      ...new Set([
        ...memory.keys(),
        ...inStorage(
          (storage) => Object.keys(storage),
          () => [],
        ),
      ]),
    ],
  }
}
