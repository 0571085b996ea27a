import type { After } from '../../plan/after.ts'
import { type JsonSchema, UNKNOWN } from '../../plan/json-schema.ts'
import type { Manifest, ManifestEvent } from '../../plan/manifest.ts'
import { isStep } from '../../plan/review.ts'
import { afterInWords, spanInWords } from '../../plan/words/after-in-words.ts'
import { rulesInWords } from '../../plan/words/frequency-in-words.ts'
import type { Duration } from '../../support/duration.ts'

export interface Table {
  readonly heading: string
  readonly columns: readonly string[]
  readonly rows: readonly (readonly Cell[])[]
}

export interface Cell {
  readonly text: string
  /** True for a name from the plan, shown as code. Default false. */
  readonly code?: boolean
}

export interface PlanPage {
  /** Title of the document; in Storybook, its path in the sidebar. */
  readonly title: string
  readonly heading: string
  readonly note: string
  readonly tables: readonly Table[]
}

type Entry = readonly [name: string, event: ManifestEvent]

/** Groups the plan into tables: macro conversions, the steps to each goal, events without a goal, navigation, and funnels. */
export function planPage(
  { plan, version, events, funnels }: Manifest,
  source: string,
  title = `Plans/${plan}`,
): PlanPage {
  const entries = Object.entries(events)
  const macros = entries.filter(([, { macro }]) => macro)
  const goals = [...new Set(entries.flatMap(([, { goal }]) => goal ?? []))]
  const rest = entries.filter(([, { goal, macro }]) => !goal && !macro)
  const loose = rest.filter(([, event]) => isStep(event))
  const others = rest.filter((entry) => !loose.includes(entry))
  const tables = [
    tableOf('Macro conversions', macros),
    ...goals.map((goal) =>
      tableOf(
        `Steps to ${goal}`,
        entries.filter(([, event]) => event.goal === goal && !event.macro),
      ),
    ),
    tableOf('Events without a goal', loose),
    tableOf('Navigation', others),
    funnelTable(funnels),
  ]
  return {
    title,
    heading: `Plan ${plan}, version ${version}`,
    note: `Made from ${source} by \`microconversions docs\`: do not edit.`,
    tables: tables.filter(({ rows }) => rows.length > 0),
  }
}

const columns = [
  'event',
  'what the user does',
  'stage',
  'intent',
  'priority',
  'counts',
  'properties',
  'owner',
]

function tableOf(heading: string, entries: readonly Entry[]): Table {
  return { heading, ...withoutEmpty(columns, entries.map(rowOf)) }
}

function rowOf([name, event]: Entry): readonly Cell[] {
  const {
    description = '',
    stage = '',
    intent = '',
    priority = '',
    owner = '',
    frequency,
    status,
    after,
  } = event
  const state = status === undefined || status === 'live' ? '' : ` (${status})`
  return [
    { text: name, code: true },
    { text: `${description}${state}` },
    { text: stage },
    { text: intent },
    { text: priority },
    { text: after ? afterInWords(after as unknown as After<object, string>) : rulesInWords(frequency ?? []) },
    { text: propertiesInWords(event.properties) },
    { text: owner },
  ]
}

/** Leaves out columns whose cells are all empty. */
function withoutEmpty(
  names: readonly string[],
  rows: readonly (readonly Cell[])[],
): Pick<Table, 'columns' | 'rows'> {
  const told = names.map((_, index) => rows.some((row) => row[index]?.text))
  return {
    columns: names.filter((_, index) => told[index]),
    rows: rows.map((row) => row.filter((_, index) => told[index])),
  }
}

/** Maximum number of properties in a row; `microconversions schema` lists all of them. */
const MAX_PROPERTIES = 6

function propertiesInWords(schema: JsonSchema): string {
  if (UNKNOWN in schema) return 'not described'
  const { properties = {}, required = [] } = schema as {
    readonly properties?: Readonly<Record<string, JsonSchema>>
    readonly required?: readonly string[]
  }
  const names = Object.entries(properties).map(
    ([name, property]) => `${name}${required.includes(name) ? '' : '?'}${valuesInWords(property)}`,
  )
  const more = names.length - MAX_PROPERTIES
  return names.slice(0, MAX_PROPERTIES).join(', ') + (more > 0 ? ` and ${more} more` : '')
}

function valuesInWords({ enum: values }: JsonSchema): string {
  return Array.isArray(values) ? ` (${values.join(' | ')})` : ''
}

function funnelTable(funnels: Manifest['funnels']): Table {
  const rows = Object.entries(funnels).map(([name, { steps, within }]) => [
    { text: name, code: true },
    { text: steps.join(' → ') },
    { text: within === undefined ? '' : spanInWords(within as Duration) },
  ])
  return { heading: 'Funnels', ...withoutEmpty(['funnel', 'steps', 'within'], rows) }
}
