import { type FileHandle, mkdir, open } from 'node:fs/promises'
import { join } from 'node:path'

/** An open file with the rows of one day. */
export interface DayFile {
  /** Day in UTC, `YYYY-MM-DD`. */
  readonly day: string
  /**
   * Resolves to false after a failed write that could not be undone, because the next row would continue a torn line, and if the file
   * was deleted, because no reader would find the next row.
   */
  readonly usable: () => Promise<boolean>
  /**
   * Appends text, and resolves when it is written (with `fsync`: when it is on disk). If it rejects, the file is as before, or no
   * longer `usable`.
   */
  readonly append: (text: string) => Promise<void>
  readonly close: () => Promise<void>
}

interface DayFileOptions {
  readonly dir: string
  readonly day: string
  readonly name: string
  readonly fsync: boolean
}

/** Creates a new file. If the name is taken, as after a failure, it adds a number: the other file may have a torn end. */
export async function createDayFile({ dir, day, name, fsync }: DayFileOptions): Promise<DayFile> {
  const folder = join(dir, day)
  await mkdir(folder, { recursive: true })
  const handle = await openNew(folder, name)
  // The folder above has the name of the day, which may be new, too.
  if (fsync) for (const each of [folder, dir]) await syncFolder(each)
  const { nlink } = await handle.stat()
  let size = 0
  let isWhole = true

  return {
    day,
    usable: async () => isWhole && (await isLinked(handle, nlink)),
    async append(text) {
      const bytes = Buffer.from(text)
      try {
        await handle.appendFile(bytes)
        if (fsync) await handle.datasync()
        size += bytes.length
      } catch (error) {
        await handle.truncate(size).catch(() => {
          isWhole = false
        })
        throw error
      }
    },
    close: () => handle.close(),
  }
}

/** Compares with the links of the new file, because some file systems count none. */
const isLinked = (handle: FileHandle, links: number): Promise<boolean> =>
  handle.stat().then(
    ({ nlink }) => nlink >= links,
    () => false,
  )

async function openNew(folder: string, name: string): Promise<FileHandle> {
  for (let part = 0; ; part++) {
    try {
      return await open(join(folder, part ? `${name}-${part}.ndjson` : `${name}.ndjson`), 'ax')
    } catch (error) {
      if ((error as { readonly code?: string }).code !== 'EEXIST') throw error
    }
  }
}

/** Makes the file's name durable. Windows cannot sync a folder, and does not need it. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined)
  await handle?.sync().catch(() => {})
  await handle?.close()
}
