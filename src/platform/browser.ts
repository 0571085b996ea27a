import { hexOf, uuidOf } from '../support/hex.ts'
import { eraseIndexedDb, openIndexedDb } from './indexed-db.ts'
import { browserLifecycle } from './lifecycle.ts'
import { memoryStore } from './memory-store.ts'
import type { KeyValue, PageLocation, Platform, PrivacySignals, Surroundings } from './platform.ts'
import { sha256 } from './sha256.ts'

/** Undefined on a server. Touches no storage until it is asked. */
export function browserPlatform(): Platform | undefined {
  if (typeof window === 'undefined' || typeof document === 'undefined') return undefined
  return {
    now: () => Date.now(),
    later: (delayMs, run) => {
      const timer = setTimeout(run, delayMs)
      return () => clearTimeout(timer)
    },
    newId,
    local: safeStore(() => window.localStorage),
    tab: safeStore(() => window.sessionStorage),
    openDatabase: openIndexedDb,
    lifecycle: browserLifecycle(),
    location,
    privacySignals,
    surroundings,
    eraseDatabase: eraseIndexedDb,
    sha256,
  }
}

function privacySignals(): PrivacySignals {
  const { globalPrivacyControl, doNotTrack } = navigator as {
    globalPrivacyControl?: boolean
    doNotTrack?: string | null
  }
  return { gpc: globalPrivacyControl === true, dnt: doNotTrack === '1' }
}

function surroundings(): Surroundings {
  return {
    viewport: { width: window.innerWidth, height: window.innerHeight },
    screenMin: Math.min(screen.width, screen.height),
    // Absent where a page is only imitated, as by jsdom.
    coarsePointer: window.matchMedia?.('(pointer: coarse)').matches === true,
    language: navigator.language,
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    userAgent: navigator.userAgent,
    automated: navigator.webdriver === true,
  }
}

/** UUID version 7 (RFC 9562). `crypto.randomUUID` would need a secure context. */
export function newId(): string {
  const time = Date.now().toString(16).padStart(12, '0')
  return uuidOf(time + hexOf(crypto.getRandomValues(new Uint8Array(10))), 7)
}

function location(): PageLocation {
  return {
    url: window.location.href,
    path: window.location.pathname,
    title: document.title,
    referrer: document.referrer,
  }
}

/** The getter itself throws where cookies are blocked; writing throws when full. Then this document's memory serves. */
function safeStore(open: () => Storage): KeyValue {
  const memory = memoryStore()
  const attempt = <T>(run: (storage: Storage) => T, otherwise: () => T): T => {
    try {
      return run(open())
    } catch {
      return otherwise()
    }
  }
  return {
    get: (key) =>
      memory.get(key) ??
      attempt(
        (storage) => storage.getItem(key) ?? undefined,
        () => undefined,
      ),
    set: (key, value) => {
      memory.remove(key)
      attempt(
        (storage) => storage.setItem(key, value),
        () => memory.set(key, value),
      )
    },
    remove: (key) => {
      memory.remove(key)
      attempt(
        (storage) => storage.removeItem(key),
        () => {},
      )
    },
    keys: () => [
      ...new Set([
        ...memory.keys(),
        ...attempt(
          (storage) => Object.keys(storage),
          () => [],
        ),
      ]),
    ],
  }
}
