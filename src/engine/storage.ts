import type { Database, KeyValue, Platform } from '../platform/platform.ts'
import type { Identity } from './identity.ts'
import type { Ledger } from './ledger.ts'
import type { StorageKind } from './types.ts'

/** The major version is part of the name: databases are never upgraded in place (O2). */
const PREFIX = 'rmc1:'
/** A database that does not open must not keep events from leaving. */
const LONGEST_OPENING_MS = 1_000
const WITHDRAWN = 'withdrawn'

/** Keys of one plan. */
function prefixed(store: KeyValue, prefix: string): KeyValue {
  return {
    get: (key) => store.get(prefix + key),
    set: (key, value) => store.set(prefix + key, value),
    remove: (key) => store.remove(prefix + key),
    keys: () => store.keys().flatMap((key) => (key.startsWith(prefix) ? [key.slice(prefix.length)] : [])),
  }
}

interface StorageOptions {
  readonly platform: Pick<Platform, 'local' | 'tab' | 'openDatabase' | 'later'>
  readonly plan: string
  readonly identity: Identity
  readonly ledger: Ledger
  readonly onKind: (kind: StorageKind) => void
}

/** Gives identity and ledger their storage when it is permitted, and takes every byte back when it no longer is. */
export function createStorage({ platform, plan, identity, ledger, onKind }: StorageOptions) {
  const prefix = `${PREFIX}${plan}:`
  const local = prefixed(platform.local, prefix)
  const tab = prefixed(platform.tab, prefix)
  let database: Database | undefined
  let kind: StorageKind = 'memory'
  let ready: Promise<void> | undefined
  let isReady = false
  /** Counts permits and withdrawals: what was begun under an earlier one is void. */
  let turn = 0
  let opening: Promise<void> = Promise.resolve()
  let closed = false
  const setKind = (next: StorageKind) => {
    kind = next
    onKind(next)
  }

  async function open(mine: number): Promise<void> {
    try {
      const opened = await platform.openDatabase(prefix.slice(0, -1))
      if (closed) return opened.close()
      if (mine !== turn) return await empty(opened) // withdrawn meanwhile
      database = opened
      await identity.attach({ local, database: opened })
      if (mine !== turn) return
      const { visitor, session } = identity.current()
      await ledger.attach(opened, { session: session.id, user: visitor.id }, session.startedAt)
      if (mine === turn) setKind('persistent')
    } catch {
      // Without a database nothing can decide between tabs: this tab's memory serves, and the record says so.
      if (mine !== turn) return
      identity.detach()
      ledger.unmirror()
    }
  }

  const empty = (from: Database) =>
    from
      .clear('')
      .catch(() => {})
      .finally(from.close)

  /** Leaves no byte of this plan behind. */
  function erase(): void {
    ready = undefined
    turn++
    identity.forget()
    ledger.detach()
    for (const store of [local, tab]) for (const key of store.keys()) store.remove(key)
    const emptied = database && empty(database)
    database = undefined
    opening = opening.then(() => emptied)
    setKind('memory')
  }

  return {
    kind: () => kind,
    permit(): void {
      if (ready) return
      const mine = ++turn
      isReady = false
      identity.adopt(local)
      ledger.mirror({ local, tab })
      // One after the other: what a withdrawal erases must not be what the next permit has written.
      opening = opening.then(() => open(mine))
      ready = new Promise((resolve) => {
        const done = () => {
          if (mine === turn) isReady = true
          resolve()
        }
        const cancel = platform.later(LONGEST_OPENING_MS, done)
        void opening.then(cancel).then(done)
      })
    },
    /** Storage is open, or there is none, or it takes too long. Resolves at once while it is not permitted. */
    ready: (): Promise<void> => ready ?? Promise.resolve(),
    isReady: () => !ready || isReady,
    /** The page is being left. */
    leave(): void {
      if (ready) identity.leave(local)
    },
    withdraw(): void {
      if (!ready) return
      erase()
      // Tells the other tabs, and leaves nothing.
      local.set(WITHDRAWN, '1')
      local.remove(WITHDRAWN)
    },
    /** News from another tab. */
    onStorage(key: string | undefined): void {
      if (!ready || !key?.startsWith(prefix)) return
      const name = key.slice(prefix.length)
      // Consent was withdrawn there: what this tab still knows, or has just written, goes with it (C7).
      if (name === WITHDRAWN && local.get('visitor') === undefined) erase()
      else identity.onStorage(name)
    },
    close(): void {
      closed = true
      database?.close()
    },
  }
}
