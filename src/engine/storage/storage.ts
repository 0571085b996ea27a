import type { Database, KeyValue, Platform } from '../../platform/platform.ts'
import { createListeners } from '../../support/listeners.ts'
import type { Ledger } from '../counts/ledger.ts'
import type { Advice } from '../decision/advice.ts'
import type { Identity } from '../who/identity.ts'
import { EPOCH } from './epoch-key.ts'
import { loadLatePart } from './load-late-part.ts'
import { loadedLatePart } from './loaded-late-part.ts'
import type { Opening } from './opening.ts'
import type { StorageState } from './storage-state.ts'

/**
 * The major version is part of the name. Databases are never upgraded in place, because an open page would block that.
 */
const PREFIX = 'rmc1:'
const WITHDRAWN = 'withdrawn'
/** Matches keys of versions up to 0.2, after the plan's prefix. */
const EARLIER_KEY = /^(?:(?:visitor|session|epoch|landing)$|(?:user|session|tab|journey|out|held):)/

/** Returns the stores of one plan. Colons in its name are escaped, so that no prefix begins with another one. */
export function storesOf({ local, tab }: Pick<Platform, 'local' | 'tab'>, plan: string) {
  const escaped = plan.replace(/:|%(?=25|3A)/g, encodeURIComponent)
  const prefix = `${PREFIX}${escaped}:`
  /** Prefix of version 0.2, if it differs. */
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

/** Returns true if another tab has begun an epoch that is not `mine`. */
function isRenewed(local: KeyValue, mine: string | undefined): boolean {
  const present = local.get(EPOCH)
  return present !== undefined && present !== mine
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

/** Withdrawn categories: those that permit storage, or `everything` if this page has missed which. */
type Withdrawn = readonly string[] | 'storage' | 'everything'

interface StorageOptions {
  readonly platform: Pick<
    Platform,
    'openDatabase' | 'eraseDatabase' | 'exclusively' | 'newId' | 'now' | 'lifecycle'
  >
  readonly stores: ReturnType<typeof storesOf>
  readonly identity: Identity
  readonly ledger: Ledger
  readonly advice: Pick<Advice, 'notStored'> | undefined
}

/** Provides storage to identity and ledger when it is permitted, and erases all of it when it no longer is. */
export function createStorage(options: StorageOptions) {
  const { platform, identity, ledger, advice } = options
  const changes = createListeners()
  const withdrawals = createListeners<[what: Withdrawn, time: number | undefined]>()
  const { prefix, earlier, eraseEarlier, local, tab } = options.stores
  const name = prefix.slice(0, -1)
  const state: StorageState = {
    kind: 'memory',
    isReady: false,
    missing: false,
    lost: false,
    reopened: false,
    left: false,
    returned: false,
    doubted: false,
    elsewhere: false,
    closed: false,
    turn: 0,
    opening: Promise.resolve(),
  }
  let late: Opening | undefined

  function withdrawnElsewhere(categories?: readonly string[], time?: number): void {
    state.elsewhere = true
    withdrawals.tell(categories ?? (state.returned ? 'everything' : 'storage'), time)
    state.elsewhere = false
  }

  async function open(mine: number): Promise<void> {
    // The tracker may be disposed while the database opens.
    const stands = () => mine === state.turn && !state.closed
    if (!stands()) return
    try {
      const loading = loadLatePart()
      loading.catch(nothing)
      const connection = state.opened ?? (await connect(mine))
      if (!connection || !stands()) return
      state.opened = connection
      late ??= (loadedLatePart() ?? (await loading)).createOpening(port)
      if (stands()) await late.enter(connection, stands)
    } catch (error) {
      if (stands() && !state.left && state.kind !== 'persistent') goWithout(error)
    }
  }

  async function connect(mine: number): Promise<Database | undefined> {
    const connection = await platform.openDatabase(name, (deleted) => late?.lose(mine, deleted))
    if (state.left) connection.leave()
    if (!state.closed && mine === state.turn) return connection
    connection.close()
    return undefined
  }

  /** Goes on without a database, from this tab's memory. Nothing decides between tabs then, and the record says so. */
  function goWithout(why?: unknown): void {
    state.missing = true
    advice?.notStored(why)
    if (!late) {
      state.opened?.close()
      state.opened = undefined
    }
    identity.detach()
    ledger.unmirror()
  }

  /** Opens after all earlier steps, so that a withdrawal does not erase what the next permit has written. */
  function openNext(): void {
    const mine = state.turn
    state.opening = state.opening.then(() => open(mine))
    wait(state.opening)
  }

  /** Erases all data of this plan, also of earlier visits; after a refusal also the empty database. */
  function erase(refused: boolean): void {
    // Without storage there is no earlier visit: user, session and landing stay.
    if (state.ready) {
      identity.forget()
      ledger.detach()
    }
    state.ready = undefined
    state.turn++
    const emptied = eraseDatabase(refused)
    const stores = state.elsewhere && isRenewed(local, state.epoch?.id ?? state.found) ? [tab] : [local, tab]
    for (const store of stores) for (const key of store.keys()) store.remove(key)
    eraseEarlier()
    if (earlier) void platform.eraseDatabase(earlier.slice(0, -1))
    state.opened = undefined
    state.epoch = undefined
    state.opening = state.opening.then(() => emptied)
    state.kind = 'memory'
    changes.tell()
  }

  function eraseDatabase(refused: boolean): Promise<void> | undefined {
    if (state.opened && late) return late.empty(state.opened, refused)
    state.opened?.close()
    return state.elsewhere ? undefined : platform.eraseDatabase(name)
  }

  /**
   * Returns whether the database is being opened. The page may be left before: then unsent events go into local
   * storage.
   */
  const isOpening = () => state.ready !== undefined && state.kind === 'memory' && !state.missing

  /** Sets `ready` to the end of a step, or to the longest wait for it. */
  function wait(step: Promise<unknown>): void {
    state.isReady = false
    const present = identity.judged(step).then(() => {
      if (state.ready === present) state.isReady = true
    })
    state.ready = present
  }

  /**
   * Notifies other trackers of this document or of another copy of the library, since the browser only notifies other
   * tabs.
   */
  function tell(key: string, value?: string): void {
    telling = true
    platform.lifecycle.tellStorage(prefix + key, value)
    telling = false
  }
  let telling = false

  const port = {
    state,
    platform,
    name,
    local,
    tab,
    identity,
    ledger,
    open,
    wait,
    goWithout,
    withdrawnElsewhere,
    tell: changes.tell,
  }

  return {
    /** Calls when the database was opened or taken away. */
    onChange: changes.add,
    /** Calls on a withdrawal in another tab, or one that this page has missed. */
    onWithdrawn: withdrawals.add,
    kind: () => state.kind,
    /** Returns the storage that tabs share. Undefined while it is not permitted or not available. */
    shared: () =>
      state.kind === 'persistent' ? state.epoch : isOpening() ? { database: unopened, local } : undefined,
    permit(): void {
      if (state.ready) return
      state.turn++
      state.missing = false
      state.lost = false
      state.reopened = false
      state.found = local.get(EPOCH)
      identity.adopt(local)
      ledger.mirror({ local, tab })
      openNext()
    },
    /**
     * Checks the epoch after the page was away, because it may have missed a withdrawal: nothing leaves before the
     * database has answered.
     */
    recheck(): void {
      state.returned ||= state.left
      state.left = false
      state.opened?.back()
      if (!state.ready || state.lost) return
      state.found ??= local.get(EPOCH)
      if (!state.missing) openNext()
    },
    /** Notes that the page is frozen, and will notice changes late. */
    doubt(): void {
      state.doubted = true
    },
    /** Resolves when storage is open, not available, or takes too long. Resolves at once while it is not permitted. */
    ready: (): Promise<void> => state.ready ?? Promise.resolve(),
    isReady: () => !state.ready || state.isReady,
    /** Calls `run` when the page is being left. Its writes go into local storage and the database. */
    leave(run: () => void): void {
      state.left = true
      if (state.ready && !state.lost) {
        // The database cannot answer any more. If no other tab has removed the epoch, the page itself did.
        if (state.isReady && !state.doubted) state.epoch?.restore()
        identity.leave(state.epoch?.local ?? local)
        late?.holders.leave()
      }
      if (state.epoch) state.epoch.leave(run)
      else run()
      state.opened?.leave()
    },
    /** Erases storage that is no longer permitted, or was never permitted: an earlier visit may have left data. */
    erase,
    isPermitted: () => state.ready !== undefined,
    /**
     * Announces a withdrawal to other tabs, if storage is still permitted, and to other trackers of this document.
     * Leaves no data.
     */
    announce(categories: readonly string[]): void {
      const news = [platform.now(), ...categories].join()
      if (state.ready) {
        local.set(WITHDRAWN, news)
        local.remove(WITHDRAWN)
      }
      tell(WITHDRAWN, news)
    },
    tell,
    /** Handles a change by another tab. */
    onStorage(key: string | undefined, value: string | undefined): void {
      if (telling) return
      if (key === undefined) state.epoch?.check()
      else if (!key.startsWith(prefix)) return
      const name = key?.slice(prefix.length)
      if (name === WITHDRAWN && value) {
        const [time, ...categories] = value.split(',')
        withdrawnElsewhere(categories, Number(time))
      } else if (name === EPOCH && value === undefined) state.doubted = true
      else if (state.ready) {
        identity.onStorage(name)
        ledger.hear(name, value)
      }
    },
    close(): void {
      state.closed = true
      late?.holders.end()
      state.opened?.close()
    },
  }
}

export type Storage = ReturnType<typeof createStorage>
