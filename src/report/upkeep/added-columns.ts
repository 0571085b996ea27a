import { open } from 'node:fs/promises'
import { columns } from '../store/columns.ts'

const types: Readonly<Record<string, string>> = { number: 'DOUBLE', boolean: 'BOOLEAN' }
/** A first line is longer only if it is no row. */
const MAX_LINE = 1_000_000

/** Returns the columns that `enrich` of the collector has added, with their types, as the first line of each file has them. */
export async function addedColumns(files: readonly string[]): Promise<Readonly<Record<string, string>>> {
  const added: Record<string, string> = {}
  for (const file of files) {
    for (const [name, cell] of Object.entries(await firstRow(file))) {
      if (Object.hasOwn(columns, name)) continue
      const type = types[typeof cell] ?? 'VARCHAR'
      // Null says nothing of a type, and two types have only text in common.
      if (cell !== null || !added[name]) added[name] = added[name] && added[name] !== type ? 'VARCHAR' : type
    }
  }
  return added
}

async function firstRow(file: string): Promise<Readonly<Record<string, unknown>>> {
  const handle = await open(file, 'r')
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(MAX_LINE), 0, MAX_LINE, 0)
    const [line = ''] = buffer.toString('utf8', 0, bytesRead).split('\n', 1)
    return JSON.parse(line) as Readonly<Record<string, unknown>>
  } catch {
    return {}
  } finally {
    await handle.close()
  }
}
