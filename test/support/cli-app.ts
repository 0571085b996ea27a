import { execFileSync } from 'node:child_process'
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { onTestFinished } from 'vitest'
import { run } from '../../src/cli/run.ts'

const root = resolve(import.meta.dirname, '../..')
const modules = createRequire(import.meta.url).cache

/** The library as the project's own `tsconfig.json` finds it: its source, which needs no build. */
const paths = {
  'react-microconversions': [join(root, 'src/index.ts')],
  'react-microconversions/*': [join(root, 'src/*.ts')],
}
export const tsconfigWith = (more: object = {}) =>
  JSON.stringify({ compilerOptions: { jsx: 'react-jsx', paths: { ...paths, ...more } } })

export interface CliApp {
  readonly folder: string
  readonly write: (path: string, content: string) => void
  readonly read: (path: string) => string
  readonly git: (...args: readonly string[]) => string
  /** Every file below the folder, but those of git and of packages that are links. */
  readonly files: () => readonly string[]
  readonly run: (...args: readonly string[]) => Promise<{ code: number; out: string; err: string }>
}

/** A folder with these files, in which the command runs in this process. Packages of the project are installed. */
export function cliApp(files: Readonly<Record<string, string>>): CliApp {
  const folder = mkdtempSync(join(tmpdir(), 'rmc-cli-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const write = (path: string, content: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), content)
    // Each run of the command is a process; here they share the modules that were loaded.
    delete modules[join(folder, path)]
  }
  mkdirSync(join(folder, 'node_modules'))
  for (const name of ['react', 'react-dom', 'zod', 'valibot', 'zustand'])
    symlinkSync(join(root, 'node_modules', name), join(folder, 'node_modules', name))
  for (const [path, content] of Object.entries({
    'package.json': '{ "private": true }',
    'tsconfig.json': tsconfigWith(),
    '.gitignore': 'node_modules\n',
    ...files,
  }))
    write(path, content)
  return {
    folder,
    write,
    read: (path) => readFileSync(join(folder, path), 'utf8'),
    git: (...args) =>
      execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.test', ...args], {
        cwd: folder,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'pipe'],
      }).trim(),
    files: () => filesIn(folder),
    async run(...args) {
      let [out, err] = ['', '']
      const code = await run(args, {
        cwd: folder,
        out: (text) => {
          out += text
        },
        err: (text) => {
          err += text
        },
      })
      return { code, out, err }
    },
  }
}

function filesIn(folder: string, prefix = ''): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.name === '.git') return []
    const path = `${prefix}${entry.name}`
    return entry.isDirectory() ? [`${path}/`, ...filesIn(join(folder, entry.name), `${path}/`)] : [path]
  })
}

/** A plan module: what is between the braces of `events`, and more options. */
export const planModule = (events: string, more = '') => `
  import { definePlan, event, standardEvents, typed } from 'react-microconversions/core'
  import * as z from 'zod'
  export const plan = definePlan({ name: 'acme', version: '3', ${more} events: {
    ${events}
  } })`
