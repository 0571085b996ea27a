import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { attempt } from '../../support/attempt.ts'
import type { Call, ExitCode, World } from '../command.ts'
import { Failure, sentenceOf } from '../failure.ts'

/**
 * Prints a document, writes it to the file `--output`, or, with `--check`, compares it with that file. Returns 1 if the file
 * differs.
 */
export function deliver(call: Call, verb: string, content: string): ExitCode {
  const { world } = call
  const path = call.text('output')
  if (path === undefined) {
    if (call.flag('check')) throw new Failure(`${verb} --check needs the file: --output <file>.`)
    world.out(content)
    return 0
  }
  const file = resolve(world.cwd, path)
  if (isFolder(file)) throw new Failure(`${path} is a folder: name a file.`)
  if (call.flag('check'))
    return compared(call, path, existsSync(file) ? readFileSync(file, 'utf8') : undefined, content)
  writeOutput(world, path, content)
  world.err(`Wrote ${path}.\n`)
  return 0
}

export const isFolder = (path: string): boolean => attempt(() => statSync(path).isDirectory()) ?? false

/** Writes a file and the folders above it. Throws a `Failure` that says why that is not possible. */
export function writeOutput({ cwd }: World, path: string, content: string): void {
  const file = resolve(cwd, path)
  try {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, content)
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException
    throw new Failure(`${path} cannot be written: ${reasons[code] ?? sentenceOf(error)}.`)
  }
}

const reasons: Readonly<Record<string, string>> = {
  EISDIR: 'it is a folder',
  EEXIST: 'a part of its path is a file',
  ENOTDIR: 'a part of its path is a file',
  EACCES: 'permission was denied',
  EROFS: 'the disk is read-only',
}

function compared({ world }: Call, path: string, found: string | undefined, wanted: string): ExitCode {
  // A checkout on Windows may have changed line endings.
  if (found?.replaceAll('\r\n', '\n') === wanted) return 0
  const what = found === undefined ? 'does not exist' : 'is not what the plan says'
  world.out(`${path} ${what}: run the same command without --check.\n`)
  return 1
}

/** Options of the commands that write a document. */
export const documentOptions = {
  output: { type: 'string', short: 'o' },
  check: { type: 'boolean' },
} as const

export const documentUsage = [
  '-o, --output <file>  where to write it; default: standard output',
  '--check            compare the file with the plan instead, and exit with 1 if it differs',
]
