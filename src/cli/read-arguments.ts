import { parseArgs } from 'node:util'
import { didYouMean } from '../support/nearest.ts'
import type { Call, Command, OptionTypes, World } from './command.ts'
import { Failure, messageOf } from './failure.ts'

const common: OptionTypes = {
  plan: { type: 'string', multiple: true },
  export: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
}

/** Parses the arguments after the command's name, `verb`. Throws a `Failure` for an unknown option, with the nearest known one. */
export function readArguments(
  verb: string,
  { options: own, formats, takes }: Command,
  args: readonly string[],
  world: World,
): Call {
  const options = { ...common, ...(formats && formatOption), ...own }
  const { values, positionals } = parsed(verb, args, options)
  if (positionals.length > takes) throw new Failure(`unexpected argument "${positionals[takes]}".`)
  const text = (name: string) => values[name] as string | undefined
  const texts = (name: string) => (values[name] ?? []) as readonly string[]
  return {
    world,
    positionals,
    text,
    texts,
    flag: (name) => values[name] === true,
    plans: texts('plan'),
    exportName: text('export'),
    format: formats ? oneOf('format', text('format') ?? formats[0], formats) : 'text',
  }
}

const formatOption: OptionTypes = { format: { type: 'string' } }

/** Returns the value of an option. Throws a `Failure` if it is not one of `known`. */
export function oneOf<T extends string>(option: string, given: string, known: readonly T[]): T {
  const found = known.find((each) => each === given)
  if (found !== undefined) return found
  const others = known.length > 1 ? `${known.slice(0, -1).join(', ')} or ` : ''
  throw new Failure(
    `--${option} "${given}" is unknown; use ${others}${known.at(-1)}.${didYouMean(given, known)}`,
  )
}

function parsed(verb: string, args: readonly string[], options: OptionTypes) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true })
  } catch (error) {
    const unknown = /^Unknown option '(-+)([^']+)'/.exec(messageOf(error))
    if (!unknown) throw new Failure(lowered(messageOf(error)))
    const [, dashes = '--', name = ''] = unknown
    const nearest = didYouMean(name, Object.keys(options)).replace('"', '"--')
    const help = ` \`microconversions ${verb} --help\` lists the options.`
    throw new Failure(`unknown option "${dashes}${name}".${nearest || help}`)
  }
}

const lowered = (text: string) => `${text.charAt(0).toLowerCase()}${text.slice(1).replace(/\.?$/, '.')}`
