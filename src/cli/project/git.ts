import { execFileSync } from 'node:child_process'
import { attempt } from '../../support/attempt.ts'
import { Failure } from '../failure.ts'

/** The git repository that contains a folder. */
export interface Git {
  readonly root: string
  /** Returns the hash of a branch, tag or commit. Throws a `Failure` if there is none. */
  readonly commitOf: (ref: string) => string
  /** Returns the merge base of `HEAD` and the default branch. */
  readonly base: () => string
  /** Returns the contents of a commit's modules and JSON files, by path. */
  readonly filesOf: (commit: string) => ReadonlyMap<string, Buffer>
}

const MAX_OUTPUT = 2 ** 30
const defaults = ['origin/HEAD', 'origin/main', 'origin/master', 'main', 'master']

export function openGit(folder: string): Git {
  const run = (args: readonly string[], input = '') =>
    execFileSync('git', args, {
      cwd: folder,
      input,
      maxBuffer: MAX_OUTPUT,
      stdio: ['pipe', 'pipe', 'ignore'],
    })
  const line = (...args: readonly string[]) => attempt(() => run(args).toString('utf8').trim())
  const root = line('rev-parse', '--show-toplevel')
  if (!root) throw new Failure('this folder is in no git repository: name two files to compare.')
  const commit = (ref: string) =>
    line('rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`)
  const shallow = () =>
    line('rev-parse', '--is-shallow-repository') === 'true'
      ? ' This clone is shallow: fetch the base first (actions/checkout with fetch-depth: 0).'
      : ''
  return {
    root,
    commitOf(ref) {
      const found = commit(ref)
      if (found) return found
      throw new Failure(`"${ref}" is neither a file nor a commit.${shallow()}`)
    },
    base() {
      const branch = defaults.find((name) => commit(name))
      if (!branch) throw new Failure(`no default branch found: name what to compare with.${shallow()}`)
      const base = line('merge-base', 'HEAD', branch)
      if (base) return base
      throw new Failure(`HEAD and ${branch} have no common commit.${shallow()}`)
    },
    filesOf: (commit) => readFiles(commit, (args, input) => attempt(() => run(['-C', root, ...args], input))),
  }
}

/** Modules, and JSON files such as package.json and tsconfig.json, which determine how modules load. */
const wanted = /\.(?:[cm]?[jt]sx?|json)$/
const MAX_BYTES = 1_000_000

function readFiles(
  commit: string,
  run: (args: readonly string[], input?: string) => Buffer | undefined,
): ReadonlyMap<string, Buffer> {
  const tree = run(['ls-tree', '-r', '-z', '-l', '--full-tree', commit])?.toString('utf8') ?? ''
  const entries = tree.split('\0').flatMap((entry) => {
    // Regular files only: no symbolic links, no submodules.
    const [, id = '', size = '', path = ''] = /^100\d{3} blob (\w+) +(\d+)\t([\s\S]+)$/.exec(entry) ?? []
    return wanted.test(path) && Number(size) <= MAX_BYTES ? [{ id, path }] : []
  })
  const blobs = run(['cat-file', '--batch'], entries.map(({ id }) => `${id}\n`).join(''))
  if (!blobs) throw new Failure(`the files of ${commit} could not be read.`)
  const files = new Map<string, Buffer>()
  let at = 0
  for (const { path } of entries) {
    const end = blobs.indexOf('\n', at)
    const size = Number(blobs.subarray(at, end).toString('utf8').split(' ')[2])
    files.set(path, blobs.subarray(end + 1, end + 1 + size))
    at = end + size + 2
  }
  return files
}
