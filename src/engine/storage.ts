import type { Database, KeyValue, Platform } from '../platform/platform.ts'
import type { Identity } from './identity.ts'
import type { Ledger } from './ledger.ts'
import type { StorageKind } from './types.ts'

/** The major version is part of the name: databases are never upgraded in place (O2). */
const PREFIX = 'rmc1:'
/** A database that does not open must not keep events from leaving. */
const LONGEST_OPENING_MS = 1_000

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
  let opening: Promise<void> | undefined
  let kind: StorageKind = 'memory'
  const setKind = (next: StorageKind) => {
    kind = next
    onKind(next)
  }

  async function open(): Promise<void> {
    try {
      const opened = await platform.openDatabase(prefix.slice(0, -1))
      if (!opening) return opened.close() // withdrawn meanwhile
      database = opened
      await identity.attach({ local, database })
      await ledger.attach(database)
      setKind('persistent')
    } catch {
      // Without a database nothing can decide between tabs: this tab's memory serves, and the record says so.
      if (opening) ledger.detach()
    }
  }

  return {
    kind: () => kind,
    permitted: () => opening !== undefined,
    permit(): void {
      if (opening) return
      identity.adopt(local)
      ledger.mirror({ local, tab })
      opening = Promise.resolve() // so that `open` can tell a withdrawal
      const opened = open()
      opening = new Promise((resolve) => {
        const cancel = platform.later(LONGEST_OPENING_MS, resolve)
        void opened.then(() => {
          cancel()
          resolve()
        })
      })
    },
    /** Resolves at once while storage is not permitted. */
    ready: (): Promise<void> => opening ?? Promise.resolve(),
    /** Leaves no byte of this plan behind. */
    withdraw(): void {
      if (!opening) return
      opening = undefined
      identity.detach()
      ledger.detach()
      for (const store of [local, tab]) for (const key of store.keys()) store.remove(key)
      const closing = database
      database = undefined
      closing
        ?.clear('')
        .catch(() => {})
        .finally(closing.close)
      setKind('memory')
    },
    /** News from another tab. */
    onStorage(key: string | undefined): void {
      if (opening && key?.startsWith(prefix)) identity.onStorage(key.slice(prefix.length))
    },
    close: () => database?.close(),
  }
}
