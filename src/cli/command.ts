import type { ParseArgsConfig } from 'node:util'

export type OptionTypes = NonNullable<ParseArgsConfig['options']>

/** Exit code: 0 without findings, 1 with findings, 2 if the command could not run. */
export type ExitCode = 0 | 1 | 2

/** The part of the process that a command uses. */
export interface World {
  readonly cwd: string
  readonly out: (text: string) => void
  readonly err: (text: string) => void
}

/** Formats of findings. */
export const findingFormats = ['text', 'json', 'github', 'markdown'] as const
export type Format = (typeof findingFormats)[number]

/** The parsed arguments of one command: options that all commands share, and its own by name. */
export interface Call {
  readonly world: World
  readonly format: Format
  readonly plans: readonly string[]
  readonly exportName: string | undefined
  readonly positionals: readonly string[]
  readonly flag: (name: string) => boolean
  readonly text: (name: string) => string | undefined
  readonly texts: (name: string) => readonly string[]
}

export interface Command {
  /** Its line in the help. */
  readonly summary: string
  /** Lines of the help, one for each option and argument: its name, two spaces or more, and what it means. */
  readonly usage: readonly string[]
  readonly options: OptionTypes
  /** Values of `--format`, the default first. Absent: the command has no such option. */
  readonly formats?: readonly [Format, ...Format[]]
  /** Maximum number of positional arguments. */
  readonly takes: number
  readonly run: (call: Call) => Promise<ExitCode>
}
