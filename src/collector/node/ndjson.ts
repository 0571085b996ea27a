import { randomUUID } from 'node:crypto'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pid } from 'node:process'
import type { Sink } from '../sinks/sink.ts'
import { createDayFile, type DayFile } from './day-file.ts'

/** Options of `ndjson`. */
export interface NdjsonOptions {
  /** Folder for the event files; created if it does not exist. */
  readonly dir: string
  /** Forces rows to disk before the response. With false, a machine failure may lose the newest rows. Default true. */
  readonly fsync?: boolean | undefined
}

/** Rows that wait for the next write, with a promise for the requests that wait for it. */
interface Group {
  readonly lines: string[]
  readonly written: Promise<void>
  readonly settle: (error?: unknown) => void
}

/**
 * Appends rows to `<dir>/<day received>/<pid>-<random>.ndjson`: one file per process and day (UTC), so that no process waits for
 * another. All waiting requests share one write and one sync. Writes the plans' manifests to `<dir>/plans/`.
 *
 * @example
 * createCollector({ plan, sink: ndjson({ dir: 'events' }) })
 */
export function ndjson({ dir, fsync = true }: NdjsonOptions): Sink {
  const name = `${pid}-${randomUUID().slice(0, 8)}`
  let file: DayFile | undefined
  let waiting: Group | undefined
  let writing: Promise<void> | undefined

  async function fileOfToday(): Promise<DayFile> {
    const day = new Date().toISOString().slice(0, 10)
    if (file?.day === day && (await file.usable())) return file
    await closeFile()
    file = await createDayFile({ dir, day, name, fsync })
    return file
  }

  /** Clears `file` first, so that a file that fails to close is not used again. */
  async function closeFile(): Promise<void> {
    const closing = file
    file = undefined
    await closing?.close()
  }

  async function writeGroups(): Promise<void> {
    for (let group = waiting; group; group = waiting) {
      waiting = undefined
      try {
        await (await fileOfToday()).append(group.lines.join(''))
        group.settle()
      } catch (error) {
        group.settle(error)
      }
    }
    writing = undefined
  }

  return {
    append(rows) {
      waiting ??= newGroup()
      const group = waiting
      // One at a time, because a call takes only some 100,000 arguments.
      for (const row of rows) group.lines.push(`${JSON.stringify(row)}\n`)
      writing ??= writeGroups()
      return group.written
    },
    async describe(manifest) {
      const path = join(dir, 'plans', `${fileName(manifest.plan)}-${fileName(manifest.version)}.json`)
      await mkdir(dirname(path), { recursive: true })
      // Written under another name first: a reader never sees half a file.
      const draft = `${path}.${name}`
      await writeFile(draft, `${JSON.stringify(manifest, null, 2)}\n`)
      await rename(draft, path)
    },
    async close() {
      await writing
      await closeFile()
    },
  }
}

const fileName = (text: string) => encodeURIComponent(text).replace(/^\./, '%2E')

function newGroup(): Group {
  let settle: Group['settle'] = () => {}
  const written = new Promise<void>((resolve, reject) => {
    settle = (error) => (error === undefined ? resolve() : reject(error))
  })
  return { lines: [], written, settle }
}
