import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Manifest } from '../../plan/manifest.ts'

/** The files of a folder that `ndjson()` writes. */
export interface EventFiles {
  /** Files of appended rows: `<dir>/<day received>/<process>.ndjson`. */
  readonly lines: readonly string[]
  /** Compacted days: `<dir>/day=<day>.parquet`. */
  readonly parquet: readonly string[]
}

export const dayFolder = /^\d{4}-\d\d-\d\d$/
export const parquetFile = /^day=(\d{4}-\d\d-\d\d)\.parquet$/

/** Lists event files by path. Both lists are empty if the folder does not exist. */
export async function eventFiles(dir: string): Promise<EventFiles> {
  const folders = (await namesIn(dir)).filter((name) => dayFolder.test(name))
  const lines: string[] = []
  for (const folder of folders)
    for (const name of await namesIn(join(dir, folder)))
      if (name.endsWith('.ndjson')) lines.push(join(dir, folder, name))
  // Listed last: `compact` writes a day's Parquet file before it deletes the lines, so that no row is missed in both.
  const parquet = (await namesIn(dir)).filter((name) => parquetFile.test(name))
  return { lines, parquet: parquet.map((name) => join(dir, name)) }
}

/** Reads the manifests of the plans in a folder; one that is not JSON is left out. */
export async function manifestsIn(dir: string): Promise<readonly Manifest[]> {
  const names = (await namesIn(join(dir, 'plans'))).filter((name) => name.endsWith('.json'))
  const found: Manifest[] = []
  for (const name of names) {
    const manifest = parsed(await readFile(join(dir, 'plans', name), 'utf8'))
    if (manifest) found.push(manifest)
  }
  return found
}

function parsed(text: string): Manifest | undefined {
  try {
    const value = JSON.parse(text) as Manifest | null
    return value?.schema === 'react-microconversions/plan/1' ? value : undefined
  } catch {
    return undefined
  }
}

async function namesIn(dir: string): Promise<readonly string[]> {
  try {
    return (await readdir(dir)).sort()
  } catch (error) {
    const { code } = error as { readonly code?: string }
    if (code === 'ENOENT' || code === 'ENOTDIR') return []
    throw error
  }
}
