/**
 * The one door to the world. Everything below the triggers asks it for time, storage, ids and the life of the page;
 * `./testing` has one that is driven by hand.
 */
export interface Platform {
  /** Epoch ms. */
  readonly now: () => number
  /** Runs once after `delayMs`; returns a cancel. */
  readonly later: (delayMs: number, run: () => void) => () => void
  /** A random id, UUID version 7. */
  readonly newId: () => string
  /** Shared by the tabs of this origin. Never throws: where storage is blocked or full, this document's memory serves. */
  readonly local: KeyValue
  /** Of this tab. */
  readonly tab: KeyValue
  /** Rejects where no database is to be had. `onLost`: it was `deleted` by a page, or the browser has taken it away. */
  readonly openDatabase: (name: string, onLost?: (deleted: boolean) => void) => Promise<Database>
  /**
   * Runs `step` while no other tab runs one of this name, and with all that others have written to `local` in sight. Where
   * the browser has no locks, or another page does not give the name back, it runs twice, with time between. Never rejects.
   */
  readonly exclusively: (name: string, step: () => void) => Promise<void>
  readonly lifecycle: Lifecycle
  readonly location: () => PageLocation
  readonly privacySignals: () => PrivacySignals
  readonly surroundings: () => Surroundings
  /** Clears and deletes a database if there is one; makes none. Never rejects. */
  readonly eraseDatabase: (name: string) => Promise<void>
  /** Lower-case hexadecimal. Rejects outside of a secure context. */
  readonly sha256: (text: string) => Promise<string>
}

/** What the visitor has told the browser. */
export interface PrivacySignals {
  /** `navigator.globalPrivacyControl`. */
  readonly gpc: boolean
  /** `navigator.doNotTrack`. */
  readonly dnt: boolean
}

/** As the browser tells it. */
export interface Surroundings {
  /** CSS pixels. */
  readonly viewport: { readonly width: number; readonly height: number }
  /** The shorter side of the screen, CSS pixels. */
  readonly screenMin: number
  /** The main pointer is a finger. */
  readonly coarsePointer: boolean
  /** BCP 47. */
  readonly language: string
  /** IANA. */
  readonly timeZone: string
  readonly userAgent: string
  /** `navigator.webdriver`. */
  readonly automated: boolean
}

export interface KeyValue {
  readonly get: (key: string) => string | undefined
  /** False: the store is full or blocked, and only this document's memory has the value. */
  readonly set: (key: string, value: string) => boolean
  readonly remove: (key: string) => void
  readonly keys: () => readonly string[]
}

export type Row = { readonly [field: string]: unknown }
/** Rows by key; null removes one. */
export type Writes = ReadonlyMap<string, Row | null>

/** Rows by key, with one atomic step. */
export interface Database {
  /**
   * Reads the rows, gives them to `change`, and writes what it returns, in one transaction that no other tab can enter.
   * `change` returns undefined to write nothing. Resolves to the rows of `keys` that stand afterwards, and whether
   * anything was written.
   */
  readonly update: (
    keys: readonly string[],
    change: (rows: readonly (Row | undefined)[]) => Writes | undefined,
  ) => Promise<{ readonly written: boolean; readonly rows: readonly (Row | undefined)[] }>
  /** Writes without reading, for the last task of a page, in which no answer arrives any more. */
  readonly put: (rows: Writes) => void
  /** The page is left: rejects what has not read yet, and all that comes later but `put` and `clear`, until `back`. */
  readonly leave: () => void
  readonly back: () => void
  readonly readAll: (prefix: string) => Promise<ReadonlyMap<string, Row>>
  readonly clear: (prefix: string) => Promise<void>
  readonly close: () => void
}

/** Each `on…` returns a stop. */
export interface Lifecycle {
  readonly prerendering: () => boolean
  readonly onActivated: (listener: () => void) => () => void
  /** The page turned hidden, or is being left (`leaving`: nothing asynchronous comes back any more). */
  readonly onHidden: (listener: (leaving: boolean) => void) => () => void
  /** The page came back from the back/forward cache. */
  readonly onRestored: (listener: () => void) => () => void
  /** Pointer, key, scroll, playing media, in a visible tab. */
  readonly onActivity: (listener: () => void) => () => void
  /** Another tab changed `local`, to what; no key: all of it. */
  readonly onStorage: (listener: (key: string | undefined, value: string | undefined) => void) => () => void
  /** Tells listeners of this document what the browser tells other tabs alone. */
  readonly tellStorage: (key: string, value: string | undefined) => void
  /** The browser stops the page in the background (true), or goes on with it. */
  readonly onFrozen: (listener: (frozen: boolean) => void) => () => void
}

/** As the browser has it, with query and fragment: nothing goes on from here unscrubbed. */
export interface PageLocation {
  readonly url: string
  readonly path: string
  readonly title: string
  readonly referrer: string
  /** A page of this origin led here, whatever its `Referrer-Policy` says of it; absent where the browser cannot tell. */
  readonly fromOwnPage?: boolean | undefined
}
