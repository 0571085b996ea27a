import { didYouMean } from '../support/nearest.ts'
import { libraryVersion } from '../support/version.ts'
import { check } from './check/check.ts'
import { collect } from './collect/collect.ts'
import type { Command, ExitCode, World } from './command.ts'
import { coverage } from './coverage/coverage.ts'
import { demo } from './demo/demo.ts'
import { diff } from './diff/diff.ts'
import { docs } from './docs/docs.ts'
import { Failure, sentenceOf } from './failure.ts'
import { health } from './health/health.ts'
import { inventory } from './inventory/inventory.ts'
import { manifest } from './manifest/manifest.ts'
import { schema } from './manifest/schema.ts'
import { readArguments } from './read-arguments.ts'
import { report } from './report/report.ts'
import { sql } from './report/sql.ts'
import { compact } from './upkeep/compact.ts'
import { erase } from './upkeep/erase.ts'
import { exportCommand } from './upkeep/export.ts'

const commands: Readonly<Record<string, Command>> = {
  check,
  coverage,
  diff,
  docs,
  schema,
  manifest,
  inventory,
  collect,
  report,
  health,
  sql,
  compact,
  erase,
  export: exportCommand,
  demo,
}

/** Runs one command. It never throws: an error is printed as a sentence, and the exit code is 2. */
export async function run(args: readonly string[], world: World): Promise<ExitCode> {
  try {
    return await dispatch(args, world)
  } catch (error) {
    world.err(`microconversions: ${sentenceOf(error)}\n`)
    return 2
  }
}

async function dispatch(args: readonly string[], world: World): Promise<ExitCode> {
  const [verb = '', ...rest] = args
  if (verb === 'help' && rest.length > 0) return dispatch([...rest.slice(0, 1), '--help'], world)
  if (verb === '' || verb === 'help' || verb === '--help' || verb === '-h') {
    world.out(overview())
    return verb === '' ? 2 : 0
  }
  if (verb === '--version' || verb === '-v') {
    world.out(`${libraryVersion}\n`)
    return 0
  }
  const command = Object.hasOwn(commands, verb) ? commands[verb] : undefined
  if (!command) {
    const verbs = Object.keys(commands)
    const nearest = didYouMean(verb, verbs) || ` Commands are ${verbs.join(', ')}.`
    throw new Failure(`unknown command "${verb}".${nearest}`)
  }
  const call = readArguments(verb, command, rest, world)
  if (call.flag('help')) {
    world.out(helpFor(verb, command))
    return 0
  }
  return command.run(call)
}

const everywhere = [
  '--plan <file>  the plan; default: package.json#microconversions.plan, src/plan.ts, plan.ts, …',
  '--export <name>  which of the plans that the file exports',
]

function overview(): string {
  const lines = Object.entries(commands).map(([verb, { summary }]) => `  ${verb.padEnd(11)}${summary}`)
  return [
    'microconversions <command> [options]',
    '',
    ...lines,
    '',
    'Exit codes: 0 fine, 1 findings, 2 could not run. `microconversions <command> --help` lists its options.',
    '',
  ].join('\n')
}

function helpFor(verb: string, { summary, usage, formats }: Command): string {
  const format =
    formats && formats.length > 1 ? [`--format <format>  ${formats.join(', ')}; default: ${formats[0]}`] : []
  const rows = [...usage, ...everywhere, ...format].map((line) => line.split(/ {2,}/))
  const width = Math.max(...rows.map(([name = '']) => name.length)) + 2
  const lines = rows.map(([name = '', ...words]) => `  ${name.padEnd(width)}${words.join(' ')}`)
  return [`microconversions ${verb}: ${summary}`, '', ...lines, ''].join('\n')
}
