import type { Database, KeyValue, Platform } from '../platform/platform.ts'
import { createHolders } from './database-holders.ts'
import { EPOCH, type Epoch, endEpoch, enterEpoch, isRenewed } from './epoch.ts'
import type { Identity } from './identity.ts'
import type { Ledger } from './ledger.ts'
import type { StorageKind } from './types.ts'

/** The major version is part of the name: databases are never upgraded in place, because an open page blocks that. */
const PREFIX = 'rmc1:'
const WITHDRAWN = 'withdrawn'
/** Start of a key after its plan, until 0.2. */
const EARLIER_KEY = /^(?:(?:visitor|session|epoch|landing)$|(?:user|session|tab|journey|out|held):)/

/** Keys of one plan. Colons in its name are escaped: no prefix begins another. */
export function storesOf({ local, tab }: Pick<Platform, 'local' | 'tab'>, plan: string) {
  const escaped = plan.replace(/:|%(?=25|3A)/g, encodeURIComponent)
  const prefix = `${PREFIX}${escaped}:`
  /** Under which 0.2 has stored, where it differs. */
  const earlier = plan.includes(':') ? `${PREFIX}${plan}:` : undefined
  const prefixed = (store: KeyValue): KeyValue => ({
    get: (key) => store.get(prefix + key),
    set: (key, value) => store.set(prefix + key, value),
    remove: (key) => store.remove(prefix + key),
    keys: () => store.keys().flatMap((key) => (key.startsWith(prefix) ? [key.slice(prefix.length)] : [])),
  })
  const eraseEarlier = () => {
    for (const store of earlier ? [local, tab] : [])
      for (const key of store.keys())
        if (key.startsWith(earlier as string) && EARLIER_KEY.test(key.slice(earlier?.length)))
          store.remove(key)
  }
  return { prefix, earlier, eraseEarlier, local: prefixed(local), tab: prefixed(tab) }
}

const refuse = () => Promise.reject(new Error('the database is not open yet'))
const nothing = () => {}
const unopened: Database = {
  update: refuse,
  readAll: refuse,
  clear: refuse,
  put: nothing,
  leave: nothing,
  back: nothing,
  close: nothing,
}

interface StorageOptions {
  readonly platform: Pick<Platform, 'openDatabase' | 'eraseDatabase' | 'newId' | 'now' | 'lifecycle'>
  readonly stores: ReturnType<typeof storesOf>
  readonly identity: Identity
  readonly ledger: Ledger
  readonly onKind: (kind: StorageKind) => void
  /** It was opened, or taken away. */
  readonly onChange: () => void
  /** Withdrawn in another tab at `time`: what permits storage, or `everything`, where this page has missed the news. */
  readonly onWithdrawn: (categories: readonly string[] | 'storage' | 'everything', time?: number) => void
}

/** Gives identity and ledger their storage when it is permitted, and takes every byte back when it no longer is. */
export function createStorage(options: StorageOptions) {
  const { platform, identity, ledger, onKind, onChange } = options
  const { prefix, earlier, eraseEarlier, local, tab } = options.stores
  const name = prefix.slice(0, -1)
  const holders = createHolders(local, platform.now, platform.newId)
  /** As it was opened: nothing is written there that the epoch does not allow. */
  let opened: Database | undefined
  let epoch: Epoch | undefined
  /** The epoch that local storage knew before this tab entered one. */
  let found: string | undefined
  let kind: StorageKind = 'memory'
  let ready: Promise<void> | undefined
  let isReady = false
  /** There is no database to be had, */
  let missing = false
  /** or the browser has taken it away, with all that was stored. */
  let lost = false
  /** It was deleted, and opened anew: another tab may hear of a withdrawal after this one has been granted again. */
  let reopened = false
  /** The page was left: what is not answered is neither done nor refused, and is asked again when it is back. */
  let left = false
  /** It is back, and the database has not said what happened meanwhile. */
  let returned = false
  /** This tab may have missed a withdrawal: it was frozen, or has heard that the epoch was erased. */
  let doubted = false
  /** Counts permits, withdrawals and losses: what was begun under an earlier one is void. */
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
    options.onWithdrawn(categories ?? (returned ? 'everything' : 'storage'), time)
    elsewhere = false
  }

  async function open(mine: number): Promise<void> {
    const stands = () => mine === turn
    if (!stands()) return
    try {
      const connection = opened ?? (await connect(mine))
      if (!connection || !stands()) return
      opened = connection
      const { newId } = platform
      const entered =
        epoch ?? (await enterEpoch(connection, local, newId, stands, withdrawnElsewhere, fillAgain))
      if (!stands()) return
      epoch = entered
      await settle(entered, stands)
    } catch {
      if (stands() && !left && kind !== 'persistent') goWithout()
    }
  }

  async function connect(mine: number): Promise<Database | undefined> {
    const connection = await platform.openDatabase(name, (deleted) => lose(mine, deleted))
    if (left) connection.leave()
    if (!closed && mine === turn) return connection
    connection.close()
    return undefined
  }

  /** Finds who is here and what was counted: at first, and when the page is back. */
  async function settle(entered: Epoch, stands: () => boolean): Promise<void> {
    await (kind === 'persistent' ? identity.again() : identity.attach(entered))
    if (!stands()) return
    doubted = false
    returned = false
    missing = false
    ledger.mirror({ local: entered.local, tab })
    await attachLedger(entered)
    if (!stands() || kind === 'persistent') return
    setKind('persistent')
    onChange()
  }

  function attachLedger({ database }: Epoch): Promise<void> {
    const { visitor, session } = identity.current()
    return ledger.attach(database, { session: session.id, user: visitor.id }, session.startedAt)
  }

  /** Without a database nothing can decide between tabs: this tab's memory serves, and the record says so. */
  function goWithout(): void {
    missing = true
    identity.detach()
    ledger.unmirror()
  }

  /** `deleted` by a page, maybe by another tab of ours; if not, the visitor has cleared the site's data: nothing is stored again. */
  function lose(mine: number, deleted: boolean): void {
    if (closed || mine !== turn || !opened) return
    turn++
    opened = undefined
    epoch = undefined
    setKind('memory')
    if (deleted && !reopened) {
      reopened = true
      openNext()
    } else {
      lost = true
      goWithout()
    }
    onChange()
  }

  /** One after the other: what a withdrawal erases must not be what the next permit has written. */
  function openNext(): void {
    const mine = turn
    opening = opening.then(() => open(mine))
    wait(opening)
  }

  /** The page has called `localStorage.clear()`: the database knows the rest. */
  function fillAgain(): void {
    holders.enter()
    identity.remember()
    if (epoch && kind === 'persistent') attachLedger(epoch).then(onChange, () => {})
  }

  /**
   * The empty database goes too, unless another page has it open: one in the back/forward cache would be dropped. A tab that hears
   * of a withdrawal late deletes nothing that was begun since.
   */
  async function empty(from: Database, kept: boolean): Promise<void> {
    const emptied = elsewhere ? endEpoch(from, epoch?.id) : from.clear('').then(() => true)
    const unused = await emptied.catch(() => false).finally(from.close)
    if (unused && !kept && !left && !holders.others()) await platform.eraseDatabase(name)
  }

  /** Leaves no byte of this plan behind, also of earlier visits; after a refusal no empty database either. */
  function erase(refused: boolean): void {
    // What was never stored is nobody's earlier visit: who is here stays, and so does how they came.
    if (ready) {
      identity.forget()
      ledger.detach()
    }
    ready = undefined
    turn++
    // Asked before it is erased here; where another tab has erased it, at the end.
    const kept = !refused || (!elsewhere && holders.others())
    const stores = elsewhere && isRenewed(local, epoch?.id ?? found) ? [tab] : [local, tab]
    for (const store of stores) for (const key of store.keys()) store.remove(key)
    eraseEarlier()
    if (earlier) void platform.eraseDatabase(earlier.slice(0, -1))
    const emptied = opened ? empty(opened, kept) : elsewhere ? undefined : platform.eraseDatabase(name)
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
    isReady = false
    const present = identity.judged(step).then(() => {
      if (ready === present) isReady = true
    })
    ready = present
  }

  /** The browser tells other tabs alone: another tracker of this document, or of another copy, hears it so. */
  function tell(key: string, value?: string): void {
    telling = true
    platform.lifecycle.tellStorage(prefix + key, value)
    telling = false
  }
  let telling = false

  return {
    kind: () => kind,
    /** What the tabs share; undefined while it is not permitted, or not to be had. */
    shared: () => (kind === 'persistent' ? epoch : isOpening() ? { database: unopened, local } : undefined),
    permit(): void {
      if (ready) return
      turn++
      missing = false
      lost = false
      reopened = false
      found = local.get(EPOCH)
      identity.adopt(local)
      holders.enter()
      ledger.mirror({ local, tab })
      openNext()
    },
    /** The page was away, and may have missed a withdrawal: nothing leaves before the database has been asked. */
    recheck(): void {
      returned ||= left
      left = false
      opened?.back()
      if (!ready || lost) return
      found ??= local.get(EPOCH)
      holders.enter()
      if (!missing) openNext()
    },
    /** The page is frozen: what happens meanwhile is heard late. */
    doubt(): void {
      doubted = true
    },
    /** Storage is open, or there is none, or it takes too long. Resolves at once while it is not permitted. */
    ready: (): Promise<void> => ready ?? Promise.resolve(),
    isReady: () => !ready || isReady,
    /** The page is being left, and `run` with it: it mirrors what is under way, and puts it. */
    leave(run: () => void): void {
      left = true
      if (ready && !lost) {
        // Nothing can be asked any more. What no other tab has removed, the page itself has.
        if (isReady && !doubted) epoch?.restore()
        identity.leave(epoch?.local ?? local)
        holders.leave()
      }
      if (epoch) epoch.leave(run)
      else run()
      opened?.leave()
    },
    /** Not permitted any more, or not permitted from the start: then it is an earlier visit that may have left something. */
    erase,
    isPermitted: () => ready !== undefined,
    /** Tells the other tabs, where storage is still permitted, and other trackers of this document; leaves nothing. */
    announce(categories: readonly string[]): void {
      const news = [platform.now(), ...categories].join()
      if (ready) {
        local.set(WITHDRAWN, news)
        local.remove(WITHDRAWN)
      }
      tell(WITHDRAWN, news)
    },
    tell,
    /** News from another tab. */
    onStorage(key: string | undefined, value: string | undefined): void {
      if (telling) return
      if (key === undefined) epoch?.check()
      if (!key?.startsWith(prefix)) return
      const name = key.slice(prefix.length)
      if (name === WITHDRAWN && value) {
        const [time, ...categories] = value.split(',')
        withdrawnElsewhere(categories, Number(time))
      } else if (name === EPOCH && value === undefined) doubted = true
      else if (ready) identity.onStorage(name)
    },
    close(): void {
      closed = true
      holders.end()
      opened?.close()
    },
  }
}

export type Storage = ReturnType<typeof createStorage>
