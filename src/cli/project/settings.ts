import { didYouMean } from '../../support/nearest.ts'
import { Failure } from '../failure.ts'

export type Level = 'error' | 'warning' | 'advice'

export const ruleNames = [
  'unplanned',
  'unused',
  'no-macro',
  'goal',
  'goal-is-macro',
  'owner',
  'description',
  'schema',
  'count',
  'per-goal',
  'per-stage',
] as const

export type RuleName = (typeof ruleNames)[number]

/** The content of `package.json#microconversions`. */
export interface Settings {
  readonly plans?: readonly string[]
  /** Folders or files that `check` searches for events; `src` in package.json. Default: all source files. */
  readonly sources?: readonly string[]
  readonly rules?: Readonly<Partial<Record<RuleName, Level | 'off'>>>
}

const levels: readonly string[] = ['error', 'warning', 'advice', 'off']
const keys = ['plan', 'src', 'rules']

type Json = Readonly<Record<string, unknown>>

/** Reads the settings in the text of a package.json. Throws a `Failure` for invalid settings. */
export function settingsIn(packageJson: string): Settings {
  let all: unknown
  try {
    all = JSON.parse(packageJson)
  } catch {
    throw new Failure('package.json is not JSON.')
  }
  const given = isRecord(all) ? all['microconversions'] : undefined
  if (given === undefined) return {}
  if (!isRecord(given)) throw wrong('is not an object')
  for (const key of Object.keys(given))
    if (!keys.includes(key)) throw wrong(`has the unknown key "${key}".${didYouMean(key, keys)}`)
  const plans = textsIn(given, 'plan')
  const sources = textsIn(given, 'src')
  const rules = rulesIn(given['rules'])
  return { ...(plans && { plans }), ...(sources && { sources }), ...(rules && { rules }) }
}

function textsIn(given: Json, key: string): readonly string[] | undefined {
  const value = given[key]
  if (value === undefined) return undefined
  const list = Array.isArray(value) ? value : [value]
  if (!list.every((each) => typeof each === 'string'))
    throw wrong(`has a "${key}" that is neither a path nor a list of paths`)
  return list
}

function rulesIn(value: unknown): Settings['rules'] {
  if (value === undefined) return undefined
  if (!isRecord(value)) throw wrong('has "rules" that are no object')
  for (const [name, level] of Object.entries(value)) {
    if (!(ruleNames as readonly string[]).includes(name))
      throw wrong(`has the unknown rule "${name}".${didYouMean(name, ruleNames)}`)
    if (typeof level !== 'string' || !levels.includes(level))
      throw wrong(`sets the rule "${name}" to ${JSON.stringify(level)}; use ${levels.join(', ')}`)
  }
  return value as Settings['rules']
}

function wrong(what: string): Failure {
  return new Failure(`package.json#microconversions ${what}${/[?."]$/.test(what) ? '' : '.'}`)
}

function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
