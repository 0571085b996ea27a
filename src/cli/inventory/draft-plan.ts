import { literal } from '../source/read-source.ts'
import type { FoundEvent, Inventory } from './find-calls.ts'

/** Returns the source of a plan module with every found event as a draft. */
export function draftPlan({ events }: Inventory, plan: string): string {
  const names = uniqueNames(events)
  const odd = [...names.values()].filter((name) => !objectAction.test(name))
  const anyTyped = events.some(({ properties }) => properties.size > 0)
  const entries = events.map((event) => eventIn(event, names.get(event.name) ?? event.name))
  return `import { definePlan, event${anyTyped ? ', typed' : ''} } from 'react-microconversions/core'

/**
 * Drafted by \`microconversions inventory\`. For each event decide: does it lead to a goal, who owns it, how often does it
 * count? Then remove \`status: 'draft'\`, and report it by a component or \`track\` in place of the calls named beside it.
 */
export const plan = definePlan({
  name: ${quoted(plan)},
  version: '1',
${odd.length ? `  // Rename these to object_action, then remove this line: ${odd.join(', ')}\n  naming: false,\n` : ''}  events: {
${entries.join('')}  },
})
`
}

/** Names that follow the convention of `definePlan`, except GA4's one-word events. */
const objectAction = /^[a-z][a-z0-9]*(?:_[a-z0-9]+)+$/

function eventIn({ name, places, properties }: FoundEvent, key: string): string {
  const where = [...new Set(places.map(({ vendor, file, line }) => `${vendor}, ${file}:${line}`))]
  const fields = [...properties].map(([property, values]) => `${keyOf(property)}: ${typeOf(values)}`)
  const lines = [
    ...where.map((place) => `// ${place}`),
    `${keyOf(key)}: event({`,
    `  status: 'draft',`,
    ...(key === name ? [] : [`  wireName: ${quoted(name)},`]),
    ...(fields.length ? [`  properties: typed<{ ${fields.join('; ')} }>(),`] : []),
    '}),',
  ]
  return lines.map((line) => `    ${line}\n`).join('')
}

/** Converts `Pricing Clicked` and `pricingClicked` to `pricing_clicked`. */
function snakeCase(name: string): string {
  const words = name.replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2').match(/[A-Za-z0-9]+/g) ?? []
  return words.join('_').toLowerCase()
}

/** Maps each event to a unique name in snake case. Names that two vendors write differently get a number. */
function uniqueNames(events: readonly FoundEvent[]): ReadonlyMap<string, string> {
  const taken = new Set<string>()
  const names = new Map<string, string>()
  for (const { name } of events) {
    const wanted = snakeCase(name) || 'unnamed_event'
    let key = wanted
    for (let number = 2; taken.has(key); number++) key = `${wanted}_${number}`
    taken.add(key)
    names.set(name, key)
  }
  return names
}

function typeOf(values: readonly string[]): string {
  const types = new Set(values.map(typeOfValue))
  return types.has('unknown') ? 'unknown' : [...types].join(' | ')
}

function typeOfValue(expression: string): string {
  if (literal(expression) !== undefined || expression.startsWith('`')) return 'string'
  if (/^-?\d[\d_.]*$/.test(expression)) return 'number'
  return expression === 'true' || expression === 'false' ? 'boolean' : 'unknown'
}

const keyOf = (name: string) => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : quoted(name))
const quoted = (text: string) => `'${text.replaceAll(/[\\']/g, '\\$&')}'`
