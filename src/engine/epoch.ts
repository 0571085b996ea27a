import type { Database, KeyValue, Row, Writes } from '../platform/platform.ts'

/** The key of the epoch, in the database and in its mirror. */
export const EPOCH = 'epoch'

/** One consent epoch, as a tab that entered it may use it. */
export interface Epoch {
  readonly id: string
  readonly database: Database
  readonly local: KeyValue
  /** Asks the database whether it lasts, if local storage no longer says so. */
  readonly check: () => void
  /** Local storage was cleared by the page, not by a withdrawal: says so without asking. */
  readonly restore: () => void
  /**
   * The page is left: `run` mirrors and puts. What it puts goes after what is pending was given up, in one transaction:
   * a tab that gets in between finds the mirror.
   */
  readonly leave: (run: () => void) => void
}

/** The epoch of a random id, in a row of its own: it is gone with every other byte at a withdrawal. */
const idOf = (row: Row | undefined) => (typeof row?.['id'] === 'string' ? row['id'] : undefined)

/**
 * Each transaction that writes reads the epoch first, so that a tab that was frozen, or slow to hear, cannot write after
 * the visitor has withdrawn in another one.
 */
export async function enterEpoch(
  database: Database,
  local: KeyValue,
  newId: () => string,
  /** False: it was withdrawn in this tab. */
  stands: () => boolean,
  onOver: () => void,
  /** Local storage was cleared, but not by a withdrawal: it may be filled again. */
  onCleared: () => void = () => {},
): Promise<Epoch> {
  const { rows } = await database.update([EPOCH], ([row]) =>
    idOf(row) !== undefined || !stands() ? undefined : new Map<string, Row>([[EPOCH, { id: newId() }]]),
  )
  const id = String(idOf(rows[0]))
  if (stands()) local.set(EPOCH, id)
  // It may not read the database at once: what localStorage knows must do.
  const lasts = () => local.get(EPOCH) === id
  const isMissing = () => stands() && local.get(EPOCH) === undefined
  let isOver = false
  let checking = false
  /** Writes that ask for nothing but the epoch: the page may be left before they are allowed. */
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

/** Another tab has begun one that is not `mine`. */
export function isRenewed(local: KeyValue, mine: string | undefined): boolean {
  const present = local.get(EPOCH)
  return present !== undefined && present !== mine
}

/** Clears the database, unless another tab has begun an epoch in it that is not `mine`: resolves to false then. */
export async function endEpoch(database: Database, mine: string | undefined): Promise<boolean> {
  const keys = [...(await database.readAll('')).keys()]
  const { written } = await database.update([EPOCH], ([row]) =>
    [undefined, mine].includes(idOf(row)) ? new Map(keys.map((key) => [key, null])) : undefined,
  )
  return written
}
