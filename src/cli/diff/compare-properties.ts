import { type JsonSchema, UNKNOWN } from '../../plan/json-schema.ts'
import { type Change, changeOf } from './change.ts'
import { same, shown } from './same.ts'

interface Property {
  readonly type: string
  readonly required: boolean
  /** Possible values; undefined if the schema does not list them. */
  readonly values: readonly unknown[] | undefined
  /** Other keywords of the schema, without annotations such as the description. */
  readonly limits: JsonSchema
}

export function compareProperties(name: string, before: JsonSchema, after: JsonSchema): readonly Change[] {
  if (UNKNOWN in after)
    return UNKNOWN in before
      ? []
      : [changeOf(name, 'figures', `its properties are described no more: ${after[UNKNOWN]}.`)]
  if (UNKNOWN in before) return [changeOf(name, 'safe', 'its properties are described now.')]
  const [was, is] = [propertiesIn(before), propertiesIn(after)]
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((path) =>
    compareProperty(was.get(path), is.get(path), path).map(([level, message]) =>
      changeOf(name, level, `property \`${path}\` ${message}`),
    ),
  )
}

type Said = readonly [level: Change['level'], message: string]

function compareProperty(was: Property | undefined, is: Property | undefined, path: string): readonly Said[] {
  if (!is) return [['breaking', 'was removed.']]
  if (!was) {
    const nested = /[.[]/.test(path)
    return [
      [
        'safe',
        is.required && !nested ? 'is new (callers have to give it: the compiler says where).' : 'is new.',
      ],
    ]
  }
  if (was.type !== is.type) return [['breaking', `${was.type} → ${is.type}.`]]
  const said: Said[] = []
  if (was.required && !is.required) said.push(['breaking', 'may be missing now.'])
  if (!was.required && is.required) said.push(['safe', 'is always there now.'])
  said.push(...compareValues(was.values, is.values))
  if (!same(was.limits, is.limits)) said.push(['safe', 'has other limits.'])
  return said
}

function compareValues(was: Property['values'], is: Property['values']): readonly Said[] {
  if (!was && !is) return []
  if (!was) return [['safe', `is one of ${is?.map(shown).join(', ')} now.`]]
  if (!is) return [['figures', 'may have any value now: reports that list the values miss some.']]
  const lost = was.filter((value) => !is.some((each) => same(each, value)))
  const gained = is.filter((value) => !was.some((each) => same(each, value)))
  return [
    ...lost.map((value): Said => ['breaking', `is never ${shown(value)} any more.`]),
    ...gained.map(
      (value): Said => ['figures', `may be ${shown(value)} now: reports that list the values miss it.`],
    ),
  ]
}

/** Returns all properties by path, such as `items[].price`. */
function propertiesIn(schema: JsonSchema, prefix = ''): ReadonlyMap<string, Property> {
  const { properties = {}, required = [] } = schema as {
    readonly properties?: Readonly<Record<string, JsonSchema>>
    readonly required?: readonly string[]
  }
  const found = new Map<string, Property>()
  for (const [key, property] of Object.entries(properties)) {
    const path = `${prefix}${key}`
    found.set(path, propertyOf(property, required.includes(key)))
    const list = property['items'] as JsonSchema | undefined
    const nested = list ? propertiesIn(list, `${path}[].`) : propertiesIn(property, `${path}.`)
    for (const [inner, each] of nested) found.set(inner, each)
  }
  return found
}

/** Keywords that are compared separately, and annotations. */
const told = [
  'type',
  'enum',
  'const',
  'properties',
  'required',
  'items',
  'description',
  'title',
  'default',
  'examples',
]

function propertyOf(schema: JsonSchema, required: boolean): Property {
  const values = Array.isArray(schema['enum'])
    ? schema['enum']
    : 'const' in schema
      ? [schema['const']]
      : undefined
  const limits = Object.fromEntries(Object.entries(schema).filter(([key]) => !told.includes(key)))
  return { type: typeOf(schema), required, values, limits }
}

function typeOf(schema: JsonSchema): string {
  const {
    type,
    items,
    enum: values,
    anyOf,
    oneOf,
  } = schema as {
    readonly type?: string | readonly string[]
    readonly items?: JsonSchema
    readonly enum?: readonly unknown[]
    readonly anyOf?: readonly JsonSchema[]
    readonly oneOf?: readonly JsonSchema[]
  }
  if (type === 'array' && items) return `list of ${typeOf(items)}`
  if (typeof type === 'string') return type
  if (Array.isArray(type)) return type.join(' or ')
  const choices = anyOf ?? oneOf
  if (choices) return [...new Set(choices.map(typeOf))].join(' or ')
  const known = values ?? ('const' in schema ? [schema['const']] : [])
  return (
    [...new Set(known.map((value) => (value === null ? 'null' : typeof value)))].join(' or ') || 'anything'
  )
}
