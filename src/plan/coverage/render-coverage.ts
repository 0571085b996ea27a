import type { TestCoverage, TestedEvent } from './test-coverage.ts'
import { sources, type TestSource } from './tested.ts'

export const coverageFormats = ['text', 'json', 'junit', 'markdown'] as const
/** Format of a coverage report. */
export type CoverageFormat = (typeof coverageFormats)[number]

/** Options of a report. `threshold`: the smallest percentage that passes, 0 to 100. Default 0. */
export interface ReportOptions {
  readonly threshold?: number | undefined
}

/** Returns the plans whose coverage is below the threshold. */
export function belowThreshold(
  coverage: readonly TestCoverage[],
  { threshold = 0 }: ReportOptions,
): readonly TestCoverage[] {
  return coverage.filter(({ percent }) => percent < threshold)
}

/** Writes the coverage of plans in one format. */
export function renderCoverage(
  coverage: readonly TestCoverage[],
  format: CoverageFormat,
  options: ReportOptions = {},
): string {
  switch (format) {
    case 'text':
      return coverage.map((each) => asText(each, options)).join('\n')
    case 'markdown':
      return coverage.map((each) => asMarkdown(each, options)).join('\n')
    case 'json':
      return `${JSON.stringify({ format: 'react-microconversions/coverage/1', ...options, plans: coverage }, null, 2)}\n`
    case 'junit':
      return asJUnit(coverage)
  }
}

function headline({ plan, version, covered, expected, percent }: TestCoverage): string {
  if (version === '' && expected === 0) return `No test uses the plan "${plan}"`
  return `Plan coverage of "${plan}" ${version}: ${covered} of ${expected} events in a test (${percent}%)`
}

function footing(coverage: TestCoverage, options: ReportOptions): readonly string[] {
  const { required, given } = coverage.properties
  const { expected, covered } = coverage.destinations
  return [
    ...(required > 0 ? [`Required properties of covered events: ${given} of ${required} given.`] : []),
    ...(expected > 0 ? [`Destinations of covered events: ${covered} of ${expected} took the event.`] : []),
    ...belowThreshold([coverage], options).map(
      ({ plan, percent }) => `Plan coverage of "${plan}", ${percent}%, is below ${options.threshold}%.`,
    ),
  ]
}

const isGap = ({ expected, covered }: TestedEvent) => expected && !covered

const isShown = ({ covered, expected, alsoSeen }: TestedEvent) => covered || expected || alsoSeen.length > 0

const timesText = (times: number) => (times === 0 ? '–' : String(times))

/** Returns what the last column says of an event. */
function remarks({ state, alsoSeen, neverGiven, neverTakenBy }: TestedEvent): string {
  return [
    ...(state === 'unplanned' ? ['not in the plan'] : []),
    ...(state === 'invalid' ? ['invalid properties'] : []),
    ...alsoSeen.filter((reason) => reason !== 'unknown-event'),
    ...neverGiven.map((name) => `without ${name}`),
    ...neverTakenBy.map((name) => `not at ${name}`),
  ].join(', ')
}

function asText(coverage: TestCoverage, options: ReportOptions): string {
  const shown = coverage.events.filter(isShown)
  const width = Math.max(5, ...shown.map(({ name }) => name.length)) + 2
  const cell = (text: string) => text.padStart(9)
  const row = (sign: string, name: string, cells: readonly string[], more: string) =>
    `${sign} ${name.padEnd(width)}${cells.map(cell).join('')}   ${more}`.trimEnd()
  return [
    headline(coverage),
    row(' ', 'event', sources, 'also seen'),
    ...shown.map((event) =>
      row(
        isGap(event) ? '✖' : ' ',
        event.name,
        sources.map((source) => timesText(event.times[source])),
        remarks(event),
      ),
    ),
    ...footing(coverage, options),
    '',
  ].join('\n')
}

function asMarkdown(coverage: TestCoverage, options: ReportOptions): string {
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  const lines = coverage.events
    .filter(isShown)
    .map((event) =>
      row([
        `${isGap(event) ? '✖ ' : ''}\`${event.name}\``,
        ...sources.map((source: TestSource) => timesText(event.times[source])),
        remarks(event),
      ]),
    )
  return [
    `## ${headline(coverage)}`,
    '',
    row(['event', ...sources, 'also seen']),
    row(['---', ...sources.map(() => '---:'), '---']),
    ...lines,
    '',
    ...footing(coverage, options).flatMap((line) => [line, '']),
  ].join('\n')
}

/** Writes a test suite for each plan, with a test case for each expected event: a CI server shows gaps as failed tests. */
function asJUnit(coverage: readonly TestCoverage[]): string {
  const suites = coverage.flatMap(({ plan, events, covered, expected }) => [
    `  <testsuite name="${inXml(plan)}" tests="${expected}" failures="${expected - covered}">`,
    ...events.filter((event) => event.expected).map((event) => caseOf(plan, event)),
    '  </testsuite>',
  ])
  return ['<?xml version="1.0" encoding="UTF-8"?>', '<testsuites>', ...suites, '</testsuites>', ''].join('\n')
}

function caseOf(plan: string, event: TestedEvent): string {
  const start = `    <testcase classname="${inXml(plan)}" name="${inXml(event.name)}"`
  if (event.covered) return `${start}/>`
  const seen = event.alsoSeen.length > 0 ? ` Also seen: ${event.alsoSeen.join(', ')}.` : ''
  return `${start}><failure message="${inXml(`No test fires this event.${seen}`)}"/></testcase>`
}

const inXml = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
