import type { Database, KeyValue, Row } from '../platform/platform.ts'

const EPOCH = 'epoch'

/** One consent epoch, as a tab that entered it may use it. */
export interface Epoch {
  readonly id: string
  readonly database: Database
  readonly local: KeyValue
}

/** The epoch of a random id, in a row of its own: it is gone with every other byte at a withdrawal. */
const idOf = (row: Row | undefined) => (typeof row?.['id'] === 'string' ? row['id'] : undefined)

/**
 * Each transaction that writes reads the epoch first, so that a tab that was frozen, or slow to hear, cannot write after
 * the visitor has withdrawn in another one (C7).
 */
export async function enterEpoch(
  database: Database,
  local: KeyValue,
  newId: () => string,
  /** False: it was withdrawn in this tab. */
  stands: () => boolean,
  onOver: () => void,
): Promise<Epoch> {
  const { rows } = await database.update([EPOCH], ([row]) =>
    idOf(row) !== undefined || !stands() ? undefined : new Map<string, Row>([[EPOCH, { id: newId() }]]),
  )
  const id = String(idOf(rows[0]))
  if (stands()) local.set(EPOCH, id)
  // It may not read the database at once: what localStorage knows must do.
  const lasts = () => local.get(EPOCH) === id
  return {
    id,
    local: { ...local, set: (key, value) => void (lasts() && local.set(key, value)) },
    database: {
      ...database,
      async update(keys, change) {
        let over = false
        const answer = await database.update([EPOCH, ...keys], ([row, ...rest]) => {
          over = idOf(row) !== id
          return over || !stands() ? undefined : change(rest)
        })
        if (over && stands()) onOver()
        if (over || !stands()) throw new Error('consent was withdrawn')
        return { written: answer.written, rows: answer.rows.slice(1) }
      },
      put: (writes) => {
        if (lasts()) database.put(writes)
      },
    },
  }
}

/** Another tab has begun one that is not `mine`. */
export function isRenewed(local: KeyValue, mine: string | undefined): boolean {
  const present = local.get(EPOCH)
  return present !== undefined && present !== mine
}

/** Clears the database, unless another tab has begun an epoch in it that is not `mine`. */
export async function endEpoch(database: Database, mine: string | undefined): Promise<void> {
  const keys = [...(await database.readAll('')).keys()]
  await database.update([EPOCH], ([row]) =>
    [undefined, mine].includes(idOf(row)) ? new Map(keys.map((key) => [key, null])) : undefined,
  )
}
