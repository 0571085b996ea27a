import type { PlannedEvent } from '../plan/define-plan.ts'
import { attempt } from '../support/attempt.ts'
import { copyOf } from '../support/copy-of.ts'
import type { InvalidPolicy, Properties } from './types.ts'

/**
 * Properties that give the worth of a conversion or identify it, under any name: `value`, `currency`, `id`,
 * `item_id`, `orderId`, `orderID`, and what is in them.
 */
const ESSENTIAL = /(?:^|\.)(?:value|currency(?:_?[cC]ode)?|(?:\w*_)?ids?|I[dD]s?|\w*[a-z]I[dD]s?)(?:\.|$)/

/**
 * The invalid paths for which a destination must not get the event. Essential are values, currencies and ids, what the
 * event's own `value`, `id` and frequency keys are made of, and an issue of all properties.
 */
export function obstaclesTo(
  policy: InvalidPolicy,
  invalid: readonly string[],
  planned: PlannedEvent,
  properties: Properties,
): readonly string[] {
  if (policy === 'flag') return []
  if (policy === 'drop') return invalid
  const { value, id, rules } = planned
  const read = pathsRead(properties, [value, id, ...rules.map(({ key }) => key)])
  return invalid.filter((path) => path === '' || ESSENTIAL.test(path) || read.has(path))
}

/** The paths that functions of the plan look at. */
export function pathsRead(properties: Properties, readers: readonly unknown[]): ReadonlySet<string> {
  const paths = new Set<string>()
  const watched = <Value extends object>(value: Value, prefix: string): Value =>
    new Proxy(value, {
      get(target, name) {
        const inner: unknown = Reflect.get(target, name)
        if (typeof name === 'symbol') return inner
        paths.add(prefix + name)
        return typeof inner === 'object' && inner !== null ? watched(inner, `${prefix}${name}.`) : inner
      },
    })
  for (const reader of readers)
    if (typeof reader === 'function') attempt(() => reader(watched(copyOf(properties), '')))
  return paths
}

/** Without what is at these paths. */
export function stripped<Value>(value: Value, invalid: readonly string[], prefix = ''): Value {
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).flatMap(([name, inner]) =>
    invalid.includes(prefix + name) ? [] : [[name, stripped(inner, invalid, `${prefix}${name}.`)] as const],
  )
  return (Array.isArray(value) ? entries.map(([, inner]) => inner) : Object.fromEntries(entries)) as Value
}

/** Paths as a developer reads them. */
export const pathsInWords = (paths: readonly string[]): string =>
  paths.map((path) => path || 'properties').join(', ')

/** Why a destination does not get an event. */
export const whyRefused = (paths: readonly string[]): string => `not sent: invalid ${pathsInWords(paths)}`
