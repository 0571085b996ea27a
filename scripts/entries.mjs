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

/** Built by `build-manager.mjs`. */
const builtApart = 'storybook-manager'

/** The sources that the build starts from, by the stem of the built file: one for each condition of each entry, and the programs. */
export function builtSources() {
  const { exports, bin } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const targets = Object.values(exports).flatMap((target) =>
    typeof target === 'string' ? [] : [target.require, target.default],
  )
  const files = [...targets, ...Object.values(bin)].flatMap((target) =>
    target ? [posix.relative('dist', target).replace(/\.js$/, '')] : [],
  )
  const sources = files.map((file) => [file, join(root, 'src', `${file}.ts`)])
  return Object.fromEntries(sources.filter(([file]) => file !== builtApart))
}
