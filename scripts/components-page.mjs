import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { argv, exit, stderr } from 'node:process'
import ts from 'typescript-5.4'
import { root } from './entries.mjs'
import { typeProgram } from './type-program.mjs'

/**
 * Writes `docs/components.md`: component or hook, its facts, their default events and properties, from the types and the
 * docstrings of `src/plan/facts.ts`. `--check` says whether the page is as it would be written.
 *
 * @typedef {{ name: string, type: string, isOptional: boolean, text: string }} Property
 * @typedef {{ name: string, event: string | undefined, text: string, properties: readonly Property[] }} Fact
 * @typedef {{ name: string, facts: readonly Fact[] }} FactGroup
 * @typedef {{ name: string, group: string, facts: readonly string[] }} Reporter
 */

const page = join(root, 'docs/components.md')
const source = (/** @type {string} */ path) => join(root, 'src', path)

/** Report facts that their types do not name. */
const groupsOfOthers = { usePage: 'PageFacts', experimentViewed: 'ExperimentFacts' }

/** Facts that become events of another group. */
const eventsOfOthers = { "SchedulerFacts['open']": 'form_calendar', "SchedulerFacts['slot']": 'form_slot' }

const titles = {
  FormFacts: 'Forms',
  VideoFacts: 'Video and audio',
  VisibilityFacts: 'Visibility',
  ScrollFacts: 'Scroll depth',
  AttentionFacts: 'Attention',
  PageFacts: 'Pages',
  LinkFacts: 'Links',
  SearchFacts: 'Search',
  ChecklistFacts: 'Checklists',
  VisitFacts: 'Return visits',
  SchedulerFacts: 'Schedulers',
  ChatFacts: 'Chats',
  ExperimentFacts: 'Experiments',
}

const entries = ['index.ts', 'embeds.ts', 'experiments.ts']
const program = typeProgram(entries.map(source))
const checker = program.getTypeChecker()

function sourceFile(/** @type {string} */ path) {
  const file = program.getSourceFile(source(path))
  if (!file) throw new Error(`src/${path} is not in the program.`)
  return file
}

const docstringOf = (/** @type {ts.Symbol} */ symbol) =>
  ts
    .displayPartsToString(symbol.getDocumentationComment(checker))
    .replaceAll(/\s*\n\s*/g, ' ')
    .trim()

/** @returns {Property} */
function propertyOf(/** @type {ts.Symbol} */ symbol) {
  const type = checker.getTypeOfSymbol(symbol)
  const isOptional = Boolean(symbol.flags & ts.SymbolFlags.Optional)
  const text = checker.typeToString(isOptional ? checker.getNonNullableType(type) : type)
  return { name: symbol.name, type: text, isOptional, text: docstringOf(symbol) }
}

const isEvent = (/** @type {ts.Expression} */ value) =>
  ts.isCallExpression(value) && value.expression.getText() === 'event'

/** The names of `standardEvents`, by the fact that each takes: `typed<FormFacts['start']>()`. */
function readDefaultEvents() {
  /** @type {Map<string, string>} */
  const events = new Map(Object.entries(eventsOfOthers))
  const visit = (/** @type {ts.Node} */ node, /** @type {string} */ event) => {
    if (ts.isIndexedAccessTypeNode(node)) events.set(node.getText().replaceAll(/\s/g, ''), event)
    const name = ts.isPropertyAssignment(node) && isEvent(node.initializer) ? node.name.getText() : event
    ts.forEachChild(node, (child) => visit(child, name))
  }
  visit(sourceFile('plan/standard-events.ts'), '')
  return events
}

/** @returns {FactGroup[]} */
function readFacts() {
  const events = readDefaultEvents()
  const groups = sourceFile('plan/facts.ts').statements.filter(ts.isInterfaceDeclaration)
  return groups
    .filter(({ name }) => name.text.endsWith('Facts'))
    .map(({ name: { text: name }, name: node }) => ({
      name,
      facts: checker
        .getTypeAtLocation(node)
        .getProperties()
        .map((fact) => ({
          name: fact.name,
          event: events.get(`${name}['${fact.name}']`),
          text: docstringOf(fact),
          properties: checker.getTypeOfSymbol(fact).getProperties().map(propertyOf),
        })),
    }))
}

/**
 * The facts that a component or hook reports: the keys of its type parameter `Events`.
 * @returns {ts.Symbol[]}
 */
function factsOf(/** @type {ts.Symbol} */ symbol) {
  const signatures = checker.getTypeOfSymbol(symbol).getCallSignatures()
  const parameters = signatures.flatMap((signature) => signature.getTypeParameters() ?? [])
  const bound = parameters.find((parameter) => parameter.symbol.name === 'Events')?.getConstraint()
  return bound?.getProperties() ?? []
}

/** The interface that declares a fact, also where the type has picked it. */
function groupOf(/** @type {ts.Symbol} */ fact) {
  const parent = fact.declarations?.[0]?.parent
  return parent && ts.isInterfaceDeclaration(parent) ? parent.name.text : ''
}

/** @returns {Reporter[]} */
function readReporters(/** @type {readonly FactGroup[]} */ groups) {
  const exported = entries.flatMap((entry) => {
    const module = checker.getSymbolAtLocation(sourceFile(entry))
    return module ? checker.getExportsOfModule(module) : []
  })
  return exported.flatMap((symbol) => {
    const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol
    if (!(target.flags & ts.SymbolFlags.Value)) return []
    const facts = factsOf(target)
    const name = /** @type {keyof typeof groupsOfOthers} */ (symbol.name)
    const group = groups.find((one) => one.name === (facts[0] ? groupOf(facts[0]) : groupsOfOthers[name]))
    if (!group) return []
    const names = facts[0] ? facts.map((fact) => fact.name) : factsOfOthers(group)
    const inOrder = group.facts.map((fact) => fact.name).filter((fact) => names.includes(fact))
    return [{ name: symbol.name, group: group.name, facts: inOrder }]
  })
}

/** `useVideoSummary` reports the summary. */
const factsOfOthers = (/** @type {FactGroup} */ { facts }) =>
  facts.map(({ name }) => name).filter((name) => name !== 'summary')

const code = (/** @type {string} */ text) => `\`${text.replaceAll('|', '\\|')}\``
const list = (/** @type {readonly string[]} */ names) => names.map(code).join(', ')
const nameOf = (/** @type {Reporter} */ { name }) => (/^[a-z]/.test(name) ? code(name) : code(`<${name}>`))
const row = (/** @type {readonly string[]} */ ...cells) => `| ${cells.join(' | ')} |`

/** In which facts a property is. */
function factsWith(/** @type {FactGroup} */ { facts }, /** @type {string} */ property) {
  const [have, lack] = [true, false].map((wanted) =>
    facts
      .filter(({ properties }) => properties.some(({ name }) => name === property) === wanted)
      .map(({ name }) => name),
  )
  if (!lack?.length) return 'all'
  return have && have.length > lack.length ? `all but ${list(lack)}` : list(have ?? [])
}

/** Every property once, as the first fact that has it describes it. */
function propertiesIn(/** @type {FactGroup} */ { facts }) {
  /** @type {Map<string, Property>} */
  const properties = new Map()
  for (const property of facts.flatMap((fact) => fact.properties)) {
    const known = properties.get(property.name)
    if (!known?.text) properties.set(property.name, property)
  }
  return [...properties.values()]
}

const titleOf = (/** @type {string} */ group) => titles[/** @type {keyof typeof titles} */ (group)] ?? group

/**
 * @param {FactGroup} group
 * @param {readonly Reporter[]} reporters
 */
function sectionOf(group, reporters) {
  const own = reporters.filter((reporter) => reporter.group === group.name)
  return [
    `## ${titleOf(group.name)}`,
    '',
    `Reported by ${own.map(nameOf).join(', ')}.`,
    '',
    row('fact', 'default event', 'when'),
    '| --- | --- | --- |',
    ...group.facts.map(({ name, event, text }) => row(code(name), event ? code(event) : 'none', text)),
    '',
    row('property', 'type', 'in', 'meaning'),
    '| --- | --- | --- | --- |',
    ...propertiesIn(group).map(({ name, type, isOptional, text }) =>
      row(code(name), `${code(type)}${isOptional ? ', optional' : ''}`, factsWith(group, name), text),
    ),
    '',
  ]
}

/** The page that the types make. */
export function writtenPage() {
  const groups = readFacts()
  const reporters = readReporters(groups)
  return [
    '# Components and hooks',
    '',
    'Which facts does each component and hook report, and as which events?',
    '',
    'A component or hook reports **facts**, such as `start` and `success` of a form. Each fact has properties, and becomes an event of your plan.',
    '',
    '`<PricingLink>` and `<TrackedButton>` report one event, which you name in `event`, and you give its properties. `useTrack` returns a function',
    'for everything that no component observes.',
    '',
    '## Choose the events',
    '',
    '- Without `events`, each fact becomes its default event, if the plan has that event. `standardEvents` declares all default events.',
    "- With `events={{ success: 'demo_booked' }}`, only the facts that it names are reported. If the plan has the default event of another fact,",
    '  development says once that it is left out ([RMC208](../ERRORS.md#rmc208)). If you do that on purpose, add `submit: undefined`.',
    "- If an event requires more properties than the fact has, write `success: { event: 'demo_booked', properties: { team: 'sales' } }`.",
    '- `properties` adds properties of your own to every event of the component.',
    '',
    '## Overview',
    '',
    row('component or hook', 'facts', 'default events and properties'),
    '| --- | --- | --- |',
    ...reporters.map((reporter) => {
      const title = titleOf(reporter.group)
      return row(
        nameOf(reporter),
        list(reporter.facts),
        `[${title}](#${title.toLowerCase().replaceAll(' ', '-')})`,
      )
    }),
    '',
    ...groups.filter(({ facts }) => facts.length > 0).flatMap((group) => sectionOf(group, reporters)),
    '*Written by `npm run components` from the types.*',
    '',
  ].join('\n')
}

export const readPage = () => readFileSync(page, 'utf8')

if (import.meta.filename === argv[1]) {
  if (!argv.includes('--check')) writeFileSync(page, writtenPage())
  else if (readPage() !== writtenPage()) {
    stderr.write('docs/components.md is not what the types say: run `npm run components`.\n')
    exit(1)
  }
}
