import type { Database, KeyValue, Platform } from '../../platform/platform.ts'
import type { Mirrors } from '../counts/claimant.ts'
import type { ScopeIds } from '../counts/scopes.ts'
import { readCounts, type StoredCounts } from '../counts/shared-counts.ts'
import { type Asking, findWho, type UpdateOfWho } from '../who/find-who.ts'
import type { Identity } from '../who/identity.ts'
import { createHolders } from './database-holders.ts'
import { type EntryOptions, EPOCH, type Epoch, endEpoch, enterEpoch } from './epoch.ts'
import type { StorageState } from './storage-state.ts'

/** Functions of the storage that the opening of its database uses. */
interface OpeningPort {
  readonly state: StorageState
  readonly platform: Pick<Platform, 'eraseDatabase' | 'exclusively' | 'newId' | 'now'>
  /** Name of the database. */
  readonly name: string
  readonly local: KeyValue
  readonly tab: KeyValue
  readonly identity: Pick<Identity, 'again' | 'attach' | 'current' | 'remember'>
  readonly ledger: {
    readonly mirror: (mirrors: Mirrors) => void
    readonly attach: (
      database: Database,
      reading: Promise<StoredCounts>,
      present: Pick<ScopeIds, 'session' | 'user'>,
      since: number,
    ) => Promise<void>
  }
  /** Notifies listeners that the database was opened or taken away. */
  readonly tell: () => void
  readonly open: (turn: number) => Promise<void>
  readonly wait: (step: Promise<unknown>) => void
  readonly goWithout: () => void
  readonly withdrawnElsewhere: () => void
}

/** Creates the steps of a storage that need its database. */
export function createOpening(port: OpeningPort) {
  const { state, platform, name, local, identity, tell } = port
  const holders = createHolders(local, platform.now, platform.newId)

  function attachLedger({ database }: Epoch, reading = readCounts(database)): Promise<void> {
    const { user, session } = identity.current()
    return port.ledger.attach(database, reading, { session: session.id, user: user.id }, session.startedAt)
  }

  /** Fills local storage again from the database, after the page called `localStorage.clear()`. */
  function fillAgain(): void {
    holders.enter()
    identity.remember()
    if (state.epoch && state.kind === 'persistent') attachLedger(state.epoch).then(tell, () => {})
  }

  /**
   * Reacts to a deleted database, which only a withdrawal deletes. If that was an earlier withdrawal, which another tab
   * noticed late, the mirror still has the epoch, and the database is opened again. Waits until writes of other tabs to
   * the mirror are visible.
   */
  function openAgain(mine: number): void {
    state.opening = state.opening
      .then(() => platform.exclusively(`${name}:`, () => {}))
      .then(() => {
        if (mine !== state.turn) return undefined
        if (state.found === undefined || local.get(EPOCH) === state.found) return port.open(mine)
        return port.withdrawnElsewhere()
      })
    port.wait(state.opening)
  }

  return {
    holders,
    /** Reads user, session and counts from the database: at first, and when the page is back. */
    async enter(connection: Database, stands: () => boolean): Promise<void> {
      holders.enter()
      const { newId } = platform
      const onOver = port.withdrawnElsewhere
      const options = { database: connection, local, newId, stands, onOver, onCleared: fillAgain }
      const who =
        state.kind === 'persistent'
          ? identity.again()
          : identity.attach((asking) => enterAndFind(state, options, asking))
      // Not once the answer about user and session is here: each answer takes a round trip.
      const reading = readCounts(connection)
      await who
      const { epoch } = state
      if (!stands() || !epoch) return
      state.doubted = false
      state.returned = false
      state.missing = false
      port.ledger.mirror({ local: epoch.local, tab: port.tab })
      await attachLedger(epoch, reading)
      if (!stands() || state.kind === 'persistent') return
      state.kind = 'persistent'
      tell()
    },
    /**
     * Handles the loss of the database. `deleted`: a page deleted it, maybe another tab of this plan. Otherwise the
     * user has cleared the site's data, and nothing is stored again.
     */
    lose(mine: number, deleted: boolean): void {
      if (state.closed || mine !== state.turn || !state.opened) return
      state.turn++
      state.found = state.epoch?.id ?? state.found
      state.opened = undefined
      state.epoch = undefined
      state.kind = 'memory'
      if (deleted && !state.reopened) {
        state.reopened = true
        openAgain(state.turn)
      } else {
        state.lost = true
        port.goWithout()
      }
      tell()
    },
    /**
     * Clears the database. Then deletes it, unless another page has it open: a page in the back/forward cache would be
     * evicted. A tab that notices a withdrawal late deletes nothing from a newer epoch.
     */
    async empty(from: Database, refused: boolean): Promise<void> {
      const { elsewhere, epoch } = state
      // Read before local storage is erased here; if another tab has erased it, read at the end.
      const kept = !refused || (!elsewhere && holders.others())
      const emptied = elsewhere ? endEpoch(from, epoch?.id) : from.clear('').then(() => true)
      const unused = await emptied.catch(() => false).finally(from.close)
      if (unused && !kept && !state.left && !holders.others()) await platform.eraseDatabase(name)
    },
  }
}

/** Enters the epoch, and finds user and session, in one transaction: each takes a round trip. */
async function enterAndFind(state: StorageState, options: EntryOptions, asking: Asking) {
  let { epoch } = state
  const enter: UpdateOfWho = async (keys, change) => {
    const entered = await enterEpoch(options, keys, change)
    epoch = entered.epoch
    return entered
  }
  const found = await findWho(epoch?.database.update ?? enter, asking)
  if (!options.stands() || !epoch) return undefined
  state.epoch = epoch
  return { stores: { ...epoch, findWho }, found }
}

export type Opening = ReturnType<typeof createOpening>
