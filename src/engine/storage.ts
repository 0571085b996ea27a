import type { Database, KeyValue, Platform } from '../platform/platform.ts'
import { createHolders } from './database-holders.ts'
import { type Epoch, endEpoch, enterEpoch, isRenewed } from './epoch.ts'
import type { Identity } from './identity.ts'
import type { Ledger } from './ledger.ts'
import type { StorageKind } from './types.ts'

/** The major version is part of the name: databases are never upgraded in place (O2). */
const PREFIX = 'rmc1:'
/** A database that does not open must not keep events from leaving. */
const LONGEST_OPENING_MS = 1_000
const WITHDRAWN = 'withdrawn'

/** Keys of one plan. */
export function storesOf({ local, tab }: Pick<Platform, 'local' | 'tab'>, plan: string) {
  const prefix = `${PREFIX}${plan}:`
  const prefixed = (store: KeyValue): KeyValue => ({
    get: (key) => store.get(prefix + key),
    set: (key, value) => store.set(prefix + key, value),
    remove: (key) => store.remove(prefix + key),
    keys: () => store.keys().flatMap((key) => (key.startsWith(prefix) ? [key.slice(prefix.length)] : [])),
  })
  return { prefix, local: prefixed(local), tab: prefixed(tab) }
}

const refuse = () => Promise.reject(new Error('the database is not open yet'))
const unopened: Database = { update: refuse, readAll: refuse, clear: refuse, put: () => {}, close: () => {} }

interface StorageOptions {
  readonly platform: Pick<Platform, 'openDatabase' | 'eraseDatabase' | 'later' | 'newId' | 'now'>
  readonly stores: ReturnType<typeof storesOf>
  readonly identity: Identity
  readonly ledger: Ledger
  readonly onKind: (kind: StorageKind) => void
  /** It was opened, or taken away. */
  readonly onChange: () => void
  /** Withdrawn in another tab at `time`; without categories, whatever permits storage. */
  readonly onWithdrawn: (categories?: readonly string[], time?: number) => void
}

/** Gives identity and ledger their storage when it is permitted, and takes every byte back when it no longer is. */
export function createStorage(options: StorageOptions) {
  const { platform, identity, ledger, onKind, onChange } = options
  const { prefix, local, tab } = options.stores
  const name = prefix.slice(0, -1)
  const holders = createHolders(local, platform.now)
  /** As it was opened: nothing is written there that the epoch does not allow. */
  let opened: Database | undefined
  let epoch: Epoch | undefined
  let kind: StorageKind = 'memory'
  let ready: Promise<void> | undefined
  let isReady = false
  /** There is no database to be had. */
  let missing = false
  /** Counts permits and withdrawals: what was begun under an earlier one is void. */
  let turn = 0
  let opening: Promise<void> = Promise.resolve()
  let closed = false
  const setKind = (next: StorageKind) => {
    kind = next
    onKind(next)
  }

  /** Another tab has withdrawn, and erased what there was: what came after that is not for this tab to erase. */
  let elsewhere = false
  function withdrawnElsewhere(categories?: readonly string[], time?: number): void {
    elsewhere = true
    options.onWithdrawn(categories, time)
    elsewhere = false
  }

  async function open(mine: number): Promise<void> {
    const stands = () => mine === turn
    if (!stands()) return
    try {
      const connection = await platform.openDatabase(name)
      if (closed || !stands()) return connection.close()
      opened = connection
      const entered = await enterEpoch(connection, local, platform.newId, stands, withdrawnElsewhere)
      if (!stands()) return
      epoch = entered
      await identity.attach(entered)
      if (!stands()) return
      const { visitor, session } = identity.current()
      ledger.mirror({ local: entered.local, tab })
      await ledger.attach(entered.database, { session: session.id, user: visitor.id }, session.startedAt)
      if (!stands()) return
      setKind('persistent')
      onChange()
    } catch {
      // Without a database nothing can decide between tabs: this tab's memory serves, and the record says so.
      if (!stands()) return
      missing = true
      identity.detach()
      ledger.unmirror()
    }
  }

  /** The last page that has the database open deletes it: before that, those in the back/forward cache would be dropped. */
  async function empty(from: Database, held: boolean): Promise<void> {
    await (elsewhere ? endEpoch(from, epoch?.id) : from.clear('')).catch(() => {}).finally(from.close)
    if (!held && !holders.others()) await platform.eraseDatabase(name)
  }

  /** Leaves no byte of this plan behind, also of earlier visits. */
  function erase(): void {
    // What was never stored is nobody's earlier visit: who is here stays, and so does how they came.
    if (ready) {
      identity.forget()
      ledger.detach()
    }
    ready = undefined
    turn++
    // Asked before it is erased here; where another tab has erased it, at the end.
    const held = !elsewhere && holders.others()
    holders.end()
    const stores = elsewhere && isRenewed(local, epoch?.id) ? [tab] : [local, tab]
    for (const store of stores) for (const key of store.keys()) store.remove(key)
    const emptied = opened ? empty(opened, held) : elsewhere ? undefined : platform.eraseDatabase(name)
    opened = undefined
    epoch = undefined
    opening = opening.then(() => emptied)
    setKind('memory')
    onChange()
  }

  /** A page may be left before its database is open: what it cannot send goes into local storage then. */
  const isOpening = () => ready !== undefined && kind === 'memory' && !missing

  /** Resolves also where the database takes too long. */
  function wait(step: Promise<unknown>): void {
    const mine = turn
    isReady = false
    ready = new Promise((resolve) => {
      const done = () => {
        if (mine === turn) isReady = true
        resolve()
      }
      const cancel = platform.later(LONGEST_OPENING_MS, done)
      void step.then(cancel, cancel).then(done)
    })
  }

  return {
    kind: () => kind,
    /** What the tabs share; undefined while it is not permitted, or not to be had. */
    shared: () => (kind === 'persistent' ? epoch : isOpening() ? { database: unopened, local } : undefined),
    permit(): void {
      if (ready) return
      const mine = ++turn
      missing = false
      identity.adopt(local)
      holders.enter()
      ledger.mirror({ local, tab })
      // One after the other: what a withdrawal erases must not be what the next permit has written.
      opening = opening.then(() => open(mine))
      wait(opening)
    },
    /** The page was away, and may have missed a withdrawal: nothing leaves before the database has been asked. */
    recheck(): void {
      if (ready) holders.enter()
      if (ready && epoch) wait(epoch.database.update([], () => undefined))
    },
    /** Storage is open, or there is none, or it takes too long. Resolves at once while it is not permitted. */
    ready: (): Promise<void> => ready ?? Promise.resolve(),
    isReady: () => !ready || isReady,
    /** The page is being left. */
    leave(): void {
      if (!ready) return
      identity.leave(epoch?.local ?? local)
      holders.leave()
    },
    /** Not permitted any more, or not permitted from the start: then it is an earlier visit that may have left something. */
    erase,
    isPermitted: () => ready !== undefined,
    /** Tells the other tabs, and leaves nothing. Said while storage is still permitted. */
    announce(categories: readonly string[]): void {
      if (!ready) return
      local.set(WITHDRAWN, [platform.now(), ...categories].join())
      local.remove(WITHDRAWN)
    },
    /** News from another tab. */
    onStorage(key: string | undefined, value: string | undefined): void {
      if (!key?.startsWith(prefix)) return
      const name = key.slice(prefix.length)
      if (name === WITHDRAWN && value) {
        const [time, ...categories] = value.split(',')
        withdrawnElsewhere(categories, Number(time))
      } else if (ready) identity.onStorage(name)
    },
    close(): void {
      closed = true
      holders.end()
      opened?.close()
    },
  }
}

export type Storage = ReturnType<typeof createStorage>
