import { type FileHandle, open, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { duckdb } from '../sql/duckdb.ts'
import type { DuckDbOptions } from '../store/duckdb-options.ts'
import { eventFiles } from '../store/event-files.ts'
import { type Connection, connect } from '../store/file-store.ts'
import { withLock } from './maintenance-lock.ts'
import { parquetOf, removeDrafts, writeParquet } from './parquet.ts'

/** The person to erase: this browser profile, or a user that `identify` has named. */
export interface Person {
  readonly anonymousId?: string | undefined
  /** Id as in the rows: the one passed to `identify`, or its SHA-256. */
  readonly userId?: string | undefined
}

/** Result of `erase`. */
export interface Erased {
  readonly rows: number
  readonly files: number
}

/**
 * Removes all rows of a person from all files, also from those that a collector is writing. With `userId`, rows of the browser
 * profiles that were this user are removed, too. Rows that arrive later need another run.
 */
export async function erase(dir: string, person: Person, options: DuckDbOptions = {}): Promise<Erased> {
  return withLock(dir, async () => {
    await removeDrafts((await readdir(dir)).map((name) => join(dir, name)))
    const { connection, close } = await connect(options)
    try {
      return await eraseFrom(connection, dir, person)
    } finally {
      await close()
    }
  })
}

async function eraseFrom(connection: Connection, dir: string, person: Person): Promise<Erased> {
  const { lines, parquet } = await eventFiles(dir)
  // An empty id is that of each row without one.
  const profiles = new Set(person.anonymousId ? [person.anonymousId.toLowerCase()] : [])
  const users = new Set(person.userId ? [person.userId] : [])
  if (users.size > 0) {
    for (const file of lines)
      await eachLine(file, ({ user, profile }) => {
        if (users.has(user)) profiles.add(profile)
        return false
      })
    for (const profile of await profilesIn(connection, parquet, users)) profiles.add(profile)
    for (const none of [NO_USER, '']) profiles.delete(none)
  }
  const counts = new Map<string, number>()
  const add = (file: string, rows: number) => counts.set(file, (counts.get(file) ?? 0) + rows)
  const isUser = ({ user }: Identity) => users.has(user)
  const isProfile = (row: Identity) => profiles.has(row.profile) && !isUser(row)
  const ofUser = `coalesce(${inTexts('user_id', users)}, false)`
  const ofProfile = `coalesce(${inTexts('cast(anonymous_id as varchar)', profiles)}, false) and not ${ofUser}`
  for (const file of lines) add(file, await eachLine(file, isProfile))
  for (const file of parquet) add(file, await eraseFromParquet(connection, file, ofProfile))
  // Last, because these rows say which profiles are the user's: an interrupted run can be repeated.
  for (const file of lines) add(file, await eachLine(file, isUser))
  for (const file of parquet) add(file, await eraseFromParquet(connection, file, ofUser))
  const rows = [...counts.values()]
  return { rows: rows.reduce((sum, n) => sum + n, 0), files: rows.filter((n) => n > 0).length }
}

/** Rows without a browser, such as those of a server. */
const NO_USER = '00000000-0000-0000-0000-000000000000'

interface Identity {
  readonly user: string
  readonly profile: string
}

/**
 * Calls `isTheirs` for each row, and overwrites the lines for which it returns true with a row of kind `erased` and as many bytes: a
 * collector that appends to the file has it open, so that a new file would lose what it appends.
 */
async function eachLine(file: string, isTheirs: (row: Identity) => boolean): Promise<number> {
  const handle = await open(file, 'r+')
  let erased = 0
  try {
    for await (const { start, bytes } of linesIn(handle)) {
      const row = identityOf(bytes)
      if (!row || !isTheirs(row)) continue
      const blank = Buffer.alloc(bytes.length, ' ')
      blank.write('{"kind":"erased"}')
      await handle.write(blank, 0, blank.length, start)
      erased++
    }
    if (erased > 0) await handle.sync()
  } finally {
    await handle.close()
  }
  return erased
}

function identityOf(line: Buffer): Identity | undefined {
  try {
    const { user_id, anonymous_id } = JSON.parse(line.toString()) as Record<string, string | null>
    return { user: user_id ?? '', profile: anonymous_id ?? '' }
  } catch {
    return undefined
  }
}

const CHUNK = 1_048_576

/** Yields complete lines without their end, and where they start. */
async function* linesIn(handle: FileHandle) {
  let rest: Buffer = Buffer.alloc(0)
  let start = 0
  for (let position = 0; ; ) {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(CHUNK), 0, CHUNK, position)
    if (bytesRead === 0) break
    position += bytesRead
    rest = Buffer.concat([rest, buffer.subarray(0, bytesRead)])
    for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10)) {
      yield { start, bytes: rest.subarray(0, end) }
      rest = rest.subarray(end + 1)
      start += end + 1
    }
  }
  if (rest.length > 0) yield { start, bytes: rest }
}

const inTexts = (column: string, texts: ReadonlySet<string>): string =>
  texts.size > 0 ? `${column} in (${[...texts].map(duckdb.text).join(', ')})` : 'false'

async function profilesIn(connection: Connection, parquet: readonly string[], users: ReadonlySet<string>) {
  if (parquet.length === 0) return []
  const found = await connection.runAndReadAll(
    `select distinct cast(anonymous_id as varchar) from ${parquetOf(parquet)} where ${inTexts('user_id', users)}`,
  )
  return found.getRowsJS().map(([profile]) => String(profile))
}

async function eraseFromParquet(connection: Connection, file: string, theirs: string): Promise<number> {
  const found = await connection.runAndReadAll(`select count(*) from ${parquetOf([file])} where ${theirs}`)
  const rows = Number(found.getRowsJS()[0]?.[0] ?? 0)
  if (rows > 0)
    await writeParquet(connection, file, `select * from ${parquetOf([file])} where not (${theirs})`)
  return rows
}
