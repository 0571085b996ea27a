import type { Database, KeyValue, Row } from '../platform/platform.ts'

const EPOCH = 'epoch'

/**
 * The database of one consent epoch: a random id in a row of its own, gone with every other byte at a withdrawal. Each
 * transaction that writes reads it first, so that a tab that was frozen, or slow to hear, cannot write after the visitor
 * has withdrawn in another one (C7).
 */
export async function enterEpoch(
  database: Database,
  local: KeyValue,
  newId: () => string,
  /** False: it was withdrawn while the database opened. */
  stands: () => boolean,
  onOver: () => void,
): Promise<Database> {
  const { rows } = await database.update([EPOCH], ([row]) =>
    typeof row?.['id'] === 'string' ? undefined : new Map<string, Row>([[EPOCH, { id: newId() }]]),
  )
  const epoch = String(rows[0]?.['id'])
  if (stands()) local.set(EPOCH, epoch)
  return {
    ...database,
    async update(keys, change) {
      let over = false
      const answer = await database.update([EPOCH, ...keys], ([row, ...rest]) => {
        over = row?.['id'] !== epoch
        return over ? undefined : change(rest)
      })
      if (over) {
        if (stands()) onOver()
        throw new Error('consent was withdrawn in another tab')
      }
      return { written: answer.written, rows: answer.rows.slice(1) }
    },
    // It may not read: what localStorage knows must do.
    put: (rows) => {
      if (local.get(EPOCH) === epoch) database.put(rows)
    },
  }
}
