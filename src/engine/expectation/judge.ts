import { didYouMean } from '../../support/nearest.ts'
import { outcomeAdvice, unknownWords } from '../../support/unknown-outcome.ts'
import type { Properties } from '../pipeline/occurrence.ts'
import type { Decision, Outcome, Reason } from '../record/decision.ts'
import type { RecordState } from '../record/record-view.ts'
import { differences, shown } from './difference.ts'
import { verdictOf } from './verdict.ts'

/** An event that must be among the decisions. */
export interface Expectation<N extends string = string, Given = Properties> {
  readonly event: N
  /** Properties that the event must have at least. They may contain matchers such as `expect.any(Number)`. */
  readonly properties?: Given | undefined
  /**
   * Outcome of the attempt. Default `'fired'`, or any outcome if there is a `reason`. `'held'` includes attempts that
   * were held at first.
   */
  readonly outcome?: Outcome | undefined
  readonly reason?: Reason | undefined
  /** Exact number of matches. Default: at least one. */
  readonly times?: number | undefined
}

/** Result of judging an expectation, with a message. */
export interface Judgement {
  readonly pass: boolean
  /** Decisions that meet the expectation, oldest first. */
  readonly matches: readonly Decision[]
  /** If it passes, the matches; otherwise the closest attempt, its differences and the reason for its outcome. */
  readonly message: string
}

/** Knowledge besides the decisions: why a submitted form has no success. */
export type Known = Pick<RecordState, 'unknownOutcomes'>

const MAX_LISTED = 10

/**
 * Judges decisions, live or parsed from JSON. Attempts that a tester made in the overlay without delivery do not count.
 */
export function judge(
  decisions: readonly Decision[],
  expectation: Expectation,
  known: Known = {},
): Judgement {
  const counted = actual(decisions)
  const attempts = counted.filter(({ event }) => event === expectation.event)
  const matches = attempts.filter((attempt) => distance(attempt, expectation) === 0)
  const { times } = expectation
  const pass = times === undefined ? matches.length > 0 : matches.length === times
  if (pass) return { pass, matches, message: foundText(expectation, matches) }
  const message = [
    failure(expectation, matches.length),
    ...(attempts.length ? closestOf(attempts, expectation, matches) : neverAttempted(expectation, counted)),
    ...whyUnknown(expectation, known),
  ].join('\n')
  return { pass, matches, message }
}

/** Returns the decisions on what users did, and on a tester's attempts that were delivered. */
export const actual = (decisions: readonly Decision[]): readonly Decision[] =>
  decisions.filter(({ trigger }) => trigger.synthetic !== 'kept')

/**
 * Returns the distance of an attempt from the expectation; 0 meets it. A wrong property is closer than a wrong outcome,
 * and a held event is closer to firing than a dropped one, so that the message names the first cause instead of its
 * consequences.
 */
function distance(attempt: Decision, expectation: Expectation): number {
  const { outcome, reason, properties } = expectation
  const wanted = outcome ?? (reason ? undefined : 'fired')
  const nearly = attempt.outcome === 'held' ? 5 : 6
  return (
    2 * differences(attempt, properties).length +
    (wanted === undefined || hasEnded(attempt, wanted) ? 0 : nearly) +
    (reason === undefined || reason === attempt.reason ? 0 : 4)
  )
}

const hasEnded = ({ outcome, first }: Decision, wanted: Outcome) =>
  outcome === wanted || (wanted === 'held' && first?.outcome === 'held')

const pastOf: Readonly<Record<Outcome, string>> = {
  fired: 'fired',
  held: 'was held',
  dropped: 'was dropped',
  shadowed: 'was shadowed',
}
const negationOf: Readonly<Record<Outcome, string>> = {
  fired: 'did not fire',
  held: 'was not held',
  dropped: 'was not dropped',
  shadowed: 'was not shadowed',
}

/** Returns a text such as `fired`, `was dropped (frequency)`, `ended with the reason frequency`. */
function ending({ outcome, reason }: Expectation, words: Readonly<Record<Outcome, string>>, ended: string) {
  if (outcome) return reason ? `${words[outcome]} (${reason})` : words[outcome]
  return reason ? `${ended} with the reason ${reason}` : words.fired
}

function failure(expectation: Expectation, found: number): string {
  const { event, properties, times } = expectation
  if (times === undefined)
    return `"${event}" ${ending(expectation, negationOf, 'did not end')}${withText(properties)}.`
  return `${countText(expectation, found)}, expected ${often(times)}.`
}

/** `"pricing_clicked" fired with {"tier":"pro"} twice`. */
function countText(expectation: Expectation, count: number): string {
  const { event, properties } = expectation
  const past = `${ending(expectation, pastOf, 'ended')}${withText(properties)}`
  return `"${event}" ${count === 0 ? `never ${past}` : `${past} ${often(count)}`}`
}

function foundText(expectation: Expectation, matches: readonly Decision[]): string {
  const head = countText(expectation, matches.length)
  return matches.length ? [`${head}:`, ...listed(matches)].join('\n') : `${head}.`
}

function closestOf(
  attempts: readonly Decision[],
  expectation: Expectation,
  matches: readonly Decision[],
): readonly string[] {
  if (matches.length > 0) return ['Attempts:', ...listed(attempts)]
  // Of equally close attempts the last, which had the same history as all before it.
  const closest = attempts.reduce((best, attempt) =>
    distance(attempt, expectation) <= distance(best, expectation) ? attempt : best,
  )
  const which = attempts.length === 1 ? 'Its one attempt' : `The closest of its ${attempts.length} attempts`
  const { component, fact } = closest.trigger
  return [
    `${which}: no. ${closest.number}, of ${component} (${fact})`,
    `  ${verdictOf(closest)}`,
    ...differences(closest, expectation.properties).map(
      ({ name, found, expected }) => `  ${name}: ${found} — expected ${expected}`,
    ),
    ...(attempts.length > 1 ? ['Attempts:', ...listed(attempts)] : []),
  ]
}

/** Lists only the last attempts, because the text is part of a report. */
function listed(attempts: readonly Decision[]): readonly string[] {
  const left = attempts.length - MAX_LISTED
  const lines = attempts
    .slice(-MAX_LISTED)
    .map((attempt) => `  no. ${attempt.number} ${verdictOf(attempt)}${propertiesText(attempt.properties)}`)
  return left > 0 ? [`  (${left} before them)`, ...lines] : lines
}

function neverAttempted({ event }: Expectation, decisions: readonly Decision[]): readonly string[] {
  const names = [...new Set(decisions.map((decision) => decision.event))]
  return [
    `It was never attempted.${didYouMean(event, names)}`,
    names.length
      ? `Attempted were: ${names.join(', ')}.`
      : 'Nothing was attempted: is the component inside a MicroconversionProvider, and did the user act?',
  ]
}

/** Explains the unknown outcome of the latest form whose success is the event. */
function whyUnknown({ event }: Expectation, { unknownOutcomes = [] }: Known): readonly string[] {
  const latest = unknownOutcomes.findLast((unknown) => unknown.event === event)
  if (!latest) return []
  return [
    `The form "${latest.form}" was submitted, and its outcome is unknown: ${unknownWords[latest.why]}.`,
    outcomeAdvice,
  ]
}

function often(times: number): string {
  return ['never', 'once', 'twice'][times] ?? `${times} times`
}

const withText = (properties: Properties | undefined) => propertiesText(properties, ' with')

function propertiesText(properties: Properties = {}, before = ''): string {
  return Object.keys(properties).length ? `${before} ${shown(properties)}` : ''
}
