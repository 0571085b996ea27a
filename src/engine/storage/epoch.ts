import type { Database, KeyValue, Row, Writes } from '../../platform/platform.ts'
import type { EPOCH as EpochKey } from './epoch-key.ts'

// Repeated, because an import would make bundlers split the first chunk.
export const EPOCH: typeof EpochKey = 'epoch'

/** One consent epoch, from a grant of consent to its withdrawal, for a tab that has entered it. */
export interface Epoch {
  readonly id: string
  readonly database: Database
  readonly local: KeyValue
  /** Asks the database whether the epoch still exists, if it is missing in local storage. */
  readonly check: () => void
  /** Writes the epoch to local storage again without asking: the page has cleared it, not a withdrawal. */
  readonly restore: () => void
  /**
   * Calls `run` when the page is left. Writes of `run` go into one transaction, after pending ones were aborted; a tab
   * that enters in between finds the mirror.
   */
  readonly leave: (run: () => void) => void
}

/** Returns the random id of the epoch. It has a row of its own, which a withdrawal deletes with all others. */
const idOf = (row: Row | undefined) => (typeof row?.['id'] === 'string' ? row['id'] : undefined)

export interface EntryOptions {
  readonly database: Database
  readonly local: KeyValue
  readonly newId: () => string
  /** Returns false if consent was withdrawn in this tab. */
  readonly stands: () => boolean
  readonly onOver: () => void
  /** Called if local storage was cleared, but not by a withdrawal: it may be filled again. */
  readonly onCleared: () => void
}

/**
 * Enters the present epoch, or begins one, and makes the first update in it in the same transaction. Each later
 * transaction that writes reads the epoch first, so that a tab that was frozen or slow cannot write after the user has
 * withdrawn consent in another tab.
 */
export async function enterEpoch(options: EntryOptions, ...[keys, change]: Parameters<Database['update']>) {
  const { database, local, newId, stands } = options
  const { rows } = await database.update([EPOCH, ...keys], ([row, ...rest]) => {
    if (!stands()) return undefined
    const writes = change(rest)
    return idOf(row) === undefined ? new Map([[EPOCH, { id: newId() }], ...(writes ?? [])]) : writes
  })
  const id = String(idOf(rows[0]))
  if (stands()) local.set(EPOCH, id)
  return { epoch: epochOf(id, options), rows: rows.slice(1) }
}

function epochOf(id: string, { database, local, stands, onOver, onCleared }: EntryOptions): Epoch {
  // `put` may not read the database, so that local storage decides.
  const lasts = () => local.get(EPOCH) === id
  const isMissing = () => stands() && local.get(EPOCH) === undefined
  let isOver = false
  let checking = false
  /** Writes that only read the epoch. The page may be left before their transaction begins. */
  const blind = new Set<() => Writes | undefined>()
  let last: Map<string, Row | null> | undefined

  const update: Database['update'] = async (keys, change) => {
    let over = false
    const write = () => change([])
    if (keys.length === 0) blind.add(write)
    let answer: Awaited<ReturnType<Database['update']>>
    try {
      answer = await database.update([EPOCH, ...keys], ([row, ...rest]) => {
        blind.delete(write)
        over = idOf(row) !== id
        return over || !stands() ? undefined : change(rest)
      })
    } finally {
      if (blind.delete(write) && stands()) put(write())
    }
    if (over && !isOver && stands()) {
      isOver = true
      onOver()
    }
    if (over || !stands()) throw new Error('consent was withdrawn')
    return { written: answer.written, rows: answer.rows.slice(1) }
  }

  function restore(): void {
    if (isMissing()) local.set(EPOCH, id)
  }

  function put(writes: Writes | undefined): void {
    if (!writes?.size || !lasts()) return
    if (last) for (const [key, row] of writes) last.set(key, row)
    else database.put(writes)
  }

  function leave(run: () => void): void {
    last = new Map()
    for (const write of stands() ? blind : []) put(write())
    blind.clear()
    run()
    const rows = last
    last = undefined
    database.leave()
    put(rows)
  }

  function check(): void {
    if (checking || !isMissing()) return
    checking = true
    const recover = () => {
      if (!isMissing()) return
      restore()
      onCleared()
    }
    update([], () => undefined)
      .then(recover, () => {})
      .finally(() => {
        checking = false
      })
  }

  return {
    id,
    check,
    restore,
    leave,
    local: {
      ...local,
      set: (key, value) => {
        if (lasts()) return local.set(key, value)
        check()
        return false
      },
    },
    database: {
      ...database,
      update,
      put,
    },
  }
}

/** Clears the database. Resolves to false, and clears nothing, if another tab has begun an epoch that is not `mine`. */
export async function endEpoch(database: Database, mine: string | undefined): Promise<boolean> {
  const keys = [...(await database.readAll('')).keys()]
  const { written } = await database.update([EPOCH], ([row]) =>
    [undefined, mine].includes(idOf(row)) ? new Map(keys.map((key) => [key, null])) : undefined,
  )
  return written
}
