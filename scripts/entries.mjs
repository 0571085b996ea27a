import { readFileSync } from 'node:fs'
import { basename, join, posix, resolve } from 'node:path'

export const root = resolve(import.meta.dirname, '..')

/** What package.json exports: the public name, the built file's stem, and the source behind it. */
export function publicEntries() {
  const { name, exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  return Object.entries(exports).flatMap(([path, target]) => {
    if (typeof target === 'string') return []
    const file = basename(target.default, '.js')
    return [{ name: posix.join(name, path), file, source: join(root, 'src', `${file}.ts`) }]
  })
}

/** The sources that the build starts from, by the stem of the built file: one for each condition of each entry. */
export function builtSources() {
  const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const targets = Object.values(exports).flatMap((target) =>
    typeof target === 'string' ? [] : [target.require, target.default],
  )
  const files = targets.flatMap((target) => (target ? [basename(target, '.js')] : []))
  return Object.fromEntries(files.map((file) => [file, join(root, 'src', `${file}.ts`)]))
}
