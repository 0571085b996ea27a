/**
 * The tracker's only access to its environment: time, storage, ids and the lifecycle of the page. `./testing` has a
 * platform that a test controls.
 */
export interface Platform {
  /** Returns the time in epoch ms. */
  readonly now: () => number
  /** Calls `run` once after `delayMs`. Returns a function that cancels it. */
  readonly later: (delayMs: number, run: () => void) => () => void
  /** Returns a random UUID version 7. */
  readonly newId: () => string
  /**
   * Storage that the tabs of this origin share. Never throws: if storage is blocked or full, values stay in this
   * document's memory.
   */
  readonly local: KeyValue
  /** Storage of this tab. */
  readonly tab: KeyValue
  /**
   * Opens a database. Rejects if that is impossible. Calls `onLost` if a page has `deleted` the database, or the
   * browser has taken it away.
   */
  readonly openDatabase: (name: string, onLost?: (deleted: boolean) => void) => Promise<Database>
  /**
   * Runs `step` while no other tab runs a step of this name, and when it sees all that other tabs have written to
   * `local`. If the browser has no locks, or another page keeps the lock, runs it twice, with a pause. Never rejects.
   */
  readonly exclusively: (name: string, step: () => void) => Promise<void>
  readonly lifecycle: Lifecycle
  readonly location: () => PageLocation
  readonly privacySignals: () => PrivacySignals
  readonly surroundings: () => Surroundings
  /** Clears and deletes a database if it exists. Never rejects. */
  readonly eraseDatabase: (name: string) => Promise<void>
  /** Returns the SHA-256 hash in lower-case hexadecimal. Rejects outside a secure context. */
  readonly sha256: (text: string) => Promise<string>
}

/** Privacy signals that the user has set in the browser. */
export interface PrivacySignals {
  /** Value of `navigator.globalPrivacyControl`. */
  readonly gpc: boolean
  /** True if `navigator.doNotTrack` is `'1'`. */
  readonly dnt: boolean
}

/** Screen, language and user agent, as the browser reports them. */
export interface Surroundings {
  /** Size of the viewport in CSS pixels. */
  readonly viewport: { readonly width: number; readonly height: number }
  /** Shorter side of the screen in CSS pixels. */
  readonly screenMin: number
  /** True if the main pointer is coarse, such as a finger. */
  readonly coarsePointer: boolean
  /** Preferred language, BCP 47. */
  readonly language: string
  /** Time zone, IANA. */
  readonly timeZone: string
  readonly userAgent: string
  /** Value of `navigator.webdriver`. */
  readonly automated: boolean
}

/** A synchronous store of texts by key. */
export interface KeyValue {
  readonly get: (key: string) => string | undefined
  /** Returns false if the store is full or blocked, and only this document's memory has the value. */
  readonly set: (key: string, value: string) => boolean
  readonly remove: (key: string) => void
  readonly keys: () => readonly string[]
}

/** One stored object. */
export type Row = { readonly [field: string]: unknown }
/** Rows by key; null removes one. */
export type Writes = ReadonlyMap<string, Row | null>

/** Rows by key, with an atomic update. */
export interface Database {
  /**
   * Reads the rows, passes them to `change`, and writes what it returns, in one transaction that no other tab can
   * enter. `change` returns undefined to write nothing. Resolves to the rows of `keys` after the update, and whether
   * anything was written.
   */
  readonly update: (
    keys: readonly string[],
    change: (rows: readonly (Row | undefined)[]) => Writes | undefined,
  ) => Promise<{ readonly written: boolean; readonly rows: readonly (Row | undefined)[] }>
  /** Writes without reading, for the last task of a page, in which no result arrives any more. */
  readonly put: (rows: Writes) => void
  /**
   * Rejects all that has not been read yet, and all later calls except `put` and `clear`, until `back`: the page is
   * left.
   */
  readonly leave: () => void
  readonly back: () => void
  readonly readAll: (prefix: string) => Promise<ReadonlyMap<string, Row>>
  readonly clear: (prefix: string) => Promise<void>
  readonly close: () => void
}

/** Life of the page. Each `on…` function returns an unsubscribe function. */
export interface Lifecycle {
  readonly prerendering: () => boolean
  readonly onActivated: (listener: () => void) => () => void
  /** Calls when the page becomes hidden, or is left (`leaving`: no asynchronous result arrives any more). */
  readonly onHidden: (listener: (leaving: boolean) => void) => () => void
  /** Calls when the page comes back from the back/forward cache. */
  readonly onRestored: (listener: () => void) => () => void
  /** Calls on each pointer, key and scroll event, and while media play, in a visible tab. */
  readonly onActivity: (listener: () => void) => () => void
  /** Calls when another tab has changed `local`, with the new value; without a key when `local` was cleared. */
  readonly onStorage: (listener: (key: string | undefined, value: string | undefined) => void) => () => void
  /** Notifies listeners in this document of a change, since the browser only notifies other tabs. */
  readonly tellStorage: (key: string, value: string | undefined) => void
  /** Calls when the browser freezes the page in the background (true), and when it resumes it (false). */
  readonly onFrozen: (listener: (frozen: boolean) => void) => () => void
}

/**
 * Address and title as the browser reports them, with query and fragment. The tracker scrubs them before it uses them.
 */
export interface PageLocation {
  readonly url: string
  readonly path: string
  readonly title: string
  readonly referrer: string
  /** True if a page of this origin led here, whatever its `Referrer-Policy`. Absent if the browser cannot tell. */
  readonly fromOwnPage?: boolean | undefined
}
