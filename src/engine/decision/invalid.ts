import type { PlannedEvent } from '../../plan/define-plan.ts'
import { attempt } from '../../support/attempt.ts'
import { copyOf } from '../../support/copy-of.ts'
import type { Properties } from '../pipeline/occurrence.ts'
import type { InvalidPolicy } from './issue.ts'
import { shortened } from './plain-copy.ts'

/**
 * Matches properties that contain the value of a conversion or identify it, under any name, and what is in them:
 * `value`, `currency`, `id`, `item_id`, `orderId`, `orderID`.
 */
const ESSENTIAL = /(?:^|\.)(?:value|currency(?:_?[cC]ode)?|(?:\w*_)?ids?|I[dD]s?|\w*[a-z]I[dD]s?)(?:\.|$)/

/**
 * Returns the invalid paths because of which a destination must not get the event. `strip` refuses essential ones:
 * values, currencies and ids, properties that the event's `value`, `id` or frequency keys read, and an issue of all
 * properties.
 */
export function obstaclesTo(
  policy: InvalidPolicy,
  invalid: readonly string[],
  planned: PlannedEvent,
  properties: Properties,
): readonly string[] {
  if (policy === 'flag' || invalid.length === 0) return []
  if (policy === 'drop') return invalid
  const { value, id, rules } = planned
  const read = pathsRead(properties, [value, id, ...rules.map(({ key }) => key)])
  return invalid.filter((path) => path === '' || ESSENTIAL.test(path) || read.has(path))
}

/** Returns the paths that functions of the plan read. */
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

/** Returns the value without what is at these paths. */
export function stripped<Value>(value: Value, invalid: readonly string[], prefix = ''): Value {
  if (typeof value !== 'object' || value === null) return value
  const pathTo = (name: string) => prefix + String(shortened(name))
  const entries = Object.entries(value).flatMap(([name, inner]) =>
    invalid.includes(pathTo(name)) ? [] : [[name, stripped(inner, invalid, `${pathTo(name)}.`)] as const],
  )
  return (Array.isArray(value) ? entries.map(([, inner]) => inner) : Object.fromEntries(entries)) as Value
}

/** Formats paths for a developer. */
export const pathsInWords = (paths: readonly string[]): string =>
  paths.map((path) => path || 'properties').join(', ')

/** Returns the reason why a destination does not get an event. */
export const whyRefused = (paths: readonly string[]): string => `not sent: invalid ${pathsInWords(paths)}`
