import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { attempt } from '../../support/attempt.ts'

export interface SourceFile {
  /** Path relative to the folder that the command runs in. */
  readonly shown: string
  readonly text: string
}

const program = /\.(?:[cm]?[jt]sx?|mdx|vue|svelte|astro)$/
/** Excluded files: an event that only a test or a story mentions counts as unused. */
const aside =
  /\.d\.[cm]?ts$|\.(?:test|spec|stories)\.|(?:^|\/)(?:__tests__|__mocks__|tests?|e2e|node_modules)\//
/** Maximum size: longer files are generated or bundled. */
const MAX_BYTES = 1_000_000

/** Reads the application's source files at these paths, without tests, stories and declarations. */
export function sourceFiles(root: string, cwd: string, paths: readonly string[]): readonly SourceFile[] {
  return listed(root, paths)
    .filter((path) => program.test(path) && !aside.test(path))
    .sort()
    .flatMap((path) => {
      const file = join(root, path)
      const size = attempt(() => statSync(file).size)
      if (size === undefined || size > MAX_BYTES) return []
      const shown = relative(cwd, file).replaceAll('\\', '/')
      return [{ shown, text: readFileSync(file, 'utf8') }]
    })
}

/** Lists the files that git does not ignore; without git, all files except those in `node_modules`, `dist` and hidden folders. */
function listed(root: string, paths: readonly string[]): readonly string[] {
  const args = ['ls-files', '-co', '--exclude-standard', '-z', '--', ...paths]
  const known = attempt(() =>
    execFileSync('git', args, { cwd: root, maxBuffer: 2 ** 28, stdio: ['ignore', 'pipe', 'ignore'] }),
  )
  if (known) return [...new Set(known.toString('utf8').split('\0').filter(Boolean))]
  return (paths.length ? paths : ['.']).flatMap((path) => inFolder(root, path))
}

function inFolder(root: string, path: string): readonly string[] {
  const stat = attempt(() => statSync(join(root, path)))
  if (!stat) return []
  if (stat.isFile()) return [path]
  return readdirSync(join(root, path)).flatMap((name) =>
    name === 'node_modules' || name === 'dist' || name.startsWith('.')
      ? []
      : inFolder(root, path === '.' ? name : `${path}/${name}`),
  )
}
