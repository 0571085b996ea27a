import { readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { createJiti, type Jiti } from 'jiti'
import type { AnyPlan, PlannedEvent } from '../../plan/define-plan.ts'
import { attempt } from '../../support/attempt.ts'
import { didYouMean } from '../../support/nearest.ts'
import { Failure, messageOf, sentenceOf } from '../failure.ts'

export interface LoadedPlan {
  readonly plan: AnyPlan
  /** Absolute path. */
  readonly file: string
  /** The path as messages show it. */
  readonly shown: string
  readonly source: string
  /** Returns the name of the standard event that an event is spread from; undefined if there is none. */
  readonly standardName: (event: PlannedEvent) => string | undefined
  /** Imports a module as the plan would; undefined if the import fails. */
  readonly importOptional: (name: string) => Promise<object | undefined>
}

export interface LoadOptions {
  readonly file: string
  readonly shown: string
  /** Folder that the command runs in. */
  readonly cwd: string
  readonly exportName?: string | undefined
  /** Keeps compiled modules in `node_modules/.cache` for the next run. Default true. */
  readonly cached?: boolean
}

/** Imports a plan module in TypeScript or JavaScript, and finds the plan among its exports. */
export async function loadPlan({
  file,
  shown,
  cwd,
  exportName,
  cached = true,
}: LoadOptions): Promise<LoadedPlan> {
  const jiti = createJiti(file, {
    jsx: { runtime: 'automatic' },
    tsconfigPaths: true,
    fsCache: cached,
    // Loaded by Node itself, so that the plan and `standardName` share one copy.
    nativeModules: ['react-microconversions'],
  })
  const exports = await jiti.import<object>(file).catch((error: unknown) => {
    throw whyNotLoaded(error, shown, cwd)
  })
  const plan = withVersion(planAmong(exports, shown, exportName), shown)
  const names = await standardNames(jiti)
  return {
    plan,
    file,
    shown,
    source: readFileSync(file, 'utf8'),
    standardName: ({ properties }) => properties && names.get(properties),
    importOptional: (name) => jiti.import<object>(name).catch(() => undefined),
  }
}

/** Maps schemas to names of standard events: an event that is spread from a standard event keeps its schema. */
async function standardNames(jiti: Jiti): Promise<ReadonlyMap<object, string>> {
  const library = await jiti.import<object>('react-microconversions/core').catch(() => ({}))
  const { standardEvents = {} } = library as { readonly standardEvents?: Readonly<Record<string, object>> }
  const events = Object.values(standardEvents).flatMap((group) => Object.entries(group))
  return new Map(events.map(([name, { properties }]) => [properties, name]))
}

function planAmong(exports: object, shown: string, wanted: string | undefined): AnyPlan {
  const found = new Map(
    Object.entries(exports).flatMap(([name, value]) => (isPlan(value) ? [[name, value]] : [])),
  )
  if (wanted !== undefined) {
    const plan = found.get(wanted)
    if (plan) return plan
    const names = [...found.keys()]
    throw new Failure(
      `${shown} exports no plan "${wanted}".${didYouMean(wanted, names) || ` It exports ${names.join(', ') || 'none'}.`}`,
    )
  }
  const [first, second] = new Set(found.values())
  if (!first) throw new Failure(`${shown} exports no plan: export what definePlan returns.`)
  if (second) {
    const names = [...found.keys()]
    throw new Failure(
      `${shown} exports several plans: ${names.join(', ')}. Name one: --export ${found.has('plan') ? 'plan' : names[0]}.`,
    )
  }
  return first
}

function isPlan(value: unknown): value is AnyPlan {
  const { name, version, events, funnels } = (attempt(() => ({ ...(value as AnyPlan) })) ??
    {}) as Partial<AnyPlan>
  const declared = typeof name === 'string' && version !== undefined
  return declared && typeof funnels === 'object' && typeof events?.entries === 'function'
}

/** The compiler requires a text; in JavaScript, or without a type check, the version may be a number. */
function withVersion(plan: AnyPlan, shown: string): AnyPlan {
  if (typeof plan.version === 'string') return plan
  throw new Failure(
    `${shown}: the version of the plan "${plan.name}" is no text. Write version: '${plan.version}'.`,
  )
}

const browserNames =
  'window|document|navigator|location|localStorage|sessionStorage|indexedDB|self|HTMLElement'

/** Explains in a sentence why a plan could not be loaded. */
function whyNotLoaded(error: unknown, shown: string, cwd: string): Failure {
  const message = sentenceOf(error)
  if ((error as { name?: unknown } | undefined)?.name === 'MicroconversionError') return new Failure(message)
  if (new RegExp(`^(?:${browserNames}) is not defined`).test(message))
    return new Failure(
      `${shown} needs a browser: ${message}. Keep the plan in a module of its own, which imports react-microconversions/core alone.`,
    )
  const missing = /^Cannot find (?:module|package) '([^']+)'/.exec(messageOf(error))
  if (missing) return new Failure(`${shown} imports "${missing[1]}", which was not found.`)
  if (error instanceof SyntaxError || /^ParseError/.test(message))
    return new Failure(`${shown} cannot be read: ${syntaxError(message, cwd)}`)
  return new Failure(`${shown} threw while it was loaded: ${message.replace(/\.?$/, '.')}`)
}

/** Returns a syntax error with its place: `Unexpected token at src/plan.ts:2:1.` Babel counts columns from 0. */
function syntaxError(message: string, cwd: string): string {
  const text = message.replace(/^ParseError:\s*/, '').replace(/\.$/, '')
  const [, what, file, line, column] = /^(.*?)\.? (\S+):(\d+):(\d+)$/.exec(text) ?? []
  if (what === undefined || file === undefined) return `${text}.`
  return `${what} at ${shownPath(cwd, file)}:${line}:${Number(column) + 1}.`
}

/** Returns the path relative to the folder that the command runs in, such as `src/plan.ts`. */
export function shownPath(cwd: string, file: string): string {
  return relative(cwd, file).replaceAll('\\', '/') || file
}
