import { existsSync, mkdirSync, readdirSync, rmdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { nearest } from './project.ts'

/**
 * Writes files to a folder below `node_modules`, so that their imports resolve, and removes them when `use` ends, also after an
 * error or Ctrl-C.
 */
export async function checkedOut<T>(
  root: string,
  name: string,
  files: ReadonlyMap<string, Buffer>,
  use: (folder: string) => Promise<T>,
): Promise<T> {
  const above = nearest(root, 'node_modules')
  const cache = join(above ? join(above, 'node_modules') : tmpdir(), '.cache', 'react-microconversions')
  const folder = join(cache, `${name.slice(0, 12)}-${process.pid}`)
  const remove = () => {
    rmSync(folder, { recursive: true, force: true })
    for (const path of [cache, dirname(cache)])
      if (existsSync(path) && readdirSync(path).length === 0) rmdirSync(path)
  }
  const interrupted = () => {
    remove()
    process.exit(130)
  }
  process.once('SIGINT', interrupted)
  process.once('SIGTERM', interrupted)
  try {
    for (const [path, content] of files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), content)
    }
    return await use(folder)
  } finally {
    process.off('SIGINT', interrupted)
    process.off('SIGTERM', interrupted)
    remove()
  }
}
