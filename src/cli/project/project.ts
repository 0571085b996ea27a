import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { Failure } from '../failure.ts'
import { isFolder } from '../output/write-file.ts'
import { type Settings, settingsIn } from './settings.ts'

/** The package that the command runs in. */
export interface Project {
  /** Folder of the nearest package.json. */
  readonly root: string
  readonly settings: Settings
}

export function openProject(cwd: string): Project {
  const root = nearest(cwd, 'package.json') ?? cwd
  const file = join(root, 'package.json')
  if (!existsSync(file)) return { root, settings: {} }
  return { root, settings: settingsIn(readFileSync(file, 'utf8')) }
}

/** Returns the nearest folder, at or above `from`, that contains `entry`. */
export function nearest(from: string, entry: string): string | undefined {
  if (existsSync(join(from, entry))) return from
  const above = dirname(from)
  return above === from ? undefined : nearest(above, entry)
}

const folders = ['src/', '', 'src/tracking/', 'src/analytics/', 'app/']
const extensions = ['.ts', '.tsx', '.mts', '.js', '.mjs', '.jsx']
const usual = folders.flatMap((folder) => extensions.map((extension) => `${folder}plan${extension}`))

/** Returns absolute paths of the plan modules: from the arguments, else the settings, else the first usual path that exists. */
export function planFiles(
  { root, settings }: Project,
  cwd: string,
  given: readonly string[],
): readonly string[] {
  const named = given.length
    ? given.map((path) => resolve(cwd, path))
    : settings.plans?.map((path) => resolve(root, path))
  if (named) {
    for (const file of named) {
      const shown = relative(cwd, file) || '.'
      if (!existsSync(file)) throw new Failure(`${shown} does not exist.`)
      if (isFolder(file)) throw new Failure(`${shown} is a folder: name the file of the plan.`)
    }
    return named
  }
  const found = usual.map((path) => join(root, path)).find((path) => existsSync(path))
  if (found) return [found]
  throw new Failure(
    'no plan found at src/plan.ts, plan.ts, src/tracking/plan.ts, src/analytics/plan.ts or app/plan.ts. Name it: --plan path/to/plan.ts, or "microconversions": { "plan": "…" } in package.json.',
  )
}
