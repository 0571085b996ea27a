import type { Decision, Reason } from '../../engine/record/decision.ts'
import { isHidden } from '../../support/shape.ts'
import { plural } from '../parts/time-words.ts'
import { quoted } from './code.ts'
import { inOneLine } from './requests.ts'
import type { Session } from './session-file.ts'
import { isoTime } from './tables.ts'

export interface TestOptions {
  /**
   * Event that should have fired: the test fails until it does. Default: the test passes while the same outcomes occur
   * again.
   */
  readonly missing?: string | undefined
  /** Module that exports the plan as `plan`, for Vitest. Default `'./plan'`. */
  readonly planModule?: string | undefined
  /** Returns the element that an attempt came from, for steps on the page. Default: none is known. */
  readonly elementOf?: ((attempt: number) => Element | undefined) | undefined
}

export const lines = (all: readonly string[]) => `${all.join('\n')}\n`

/** Returns comment lines that name the source of the test. */
export function origin({ plan, made }: Session, kept: readonly Decision[]): readonly string[] {
  const samples = kept.some(hidesValues) ? ' Property values that were not saved are samples.' : ''
  return [
    `// From a session of plan ${inOneLine(`${plan.name} ${plan.version}`)}, ${isoTime(made)}.${samples}`,
  ]
}

export const hidesValues = ({ properties }: Decision) => Object.values(properties ?? {}).some(isHidden)

export type Verdict = Pick<Decision, 'outcome' | 'reason'>

/** Returns the outcome and reason that `track` returned. */
export function returned({ first, outcome, reason }: Decision): Verdict {
  return first ?? { outcome, reason }
}

/** Maximum number of events that a title names. */
const NAMED = 3

/** Returns what a test proves: `pricing_clicked fires, then is dropped (frequency); demo_booked fires`. */
export function titleOf(
  found: readonly Decision[],
  missing: string | undefined,
  verdictOf: (decision: Decision) => Verdict,
): string {
  if (missing !== undefined) return quoted(inOneLine(`${missing} fires`))
  const events = [...byEvent(found)].map(
    ([name, decisions]) => `${name} ${inWords(decisions.map(verdictOf)).join(', then ')}`,
  )
  const more = events.length > NAMED ? [`and ${plural(events.length - NAMED, 'more event')}`] : []
  return quoted(inOneLine([...events.slice(0, NAMED), ...more].join('; ') || 'nothing is attempted'))
}

/** Returns verdicts in words; equal ones in a row are one. */
function inWords(verdicts: readonly Verdict[]): readonly string[] {
  const texts = verdicts.map(wordsFor)
  const starts = texts.flatMap((text, index) => (text === texts[index - 1] ? [] : [index]))
  return starts.map((start, index) => {
    const count = (starts[index + 1] ?? texts.length) - start
    return `${texts[start]}${count === 1 ? '' : count === 2 ? ' twice' : ` ${count} times`}`
  })
}

function wordsFor({ outcome, reason }: Verdict): string {
  if (outcome === 'fired') return 'fires'
  return outcome === 'shadowed' ? 'is in shadow' : `is ${outcome} (${reason})`
}

/** Groups decisions by their event, in the order of its first attempt. */
export function byEvent(found: readonly Decision[]): ReadonlyMap<string, readonly Decision[]> {
  const events = new Map<string, Decision[]>()
  for (const decision of found) events.set(decision.event, [...(events.get(decision.event) ?? []), decision])
  return events
}

export type Answer = 'granted' | 'pending' | 'denied'
const answerTo: Readonly<Partial<Record<Reason, Answer>>> = {
  admitted: 'granted',
  'consent-pending': 'pending',
  'consent-denied': 'denied',
}

/**
 * Returns a consent answer for all categories, per attempt, with which a tracker decides the same. An attempt that does
 * not depend on consent keeps the previous answer.
 */
export function answersOf(decisions: readonly Decision[]): readonly Answer[] {
  const told = decisions.map((decision) => answerTo[returned(decision).reason])
  let current = told.find((answer) => answer !== undefined) ?? 'granted'
  return told.map((answer) => {
    current = answer ?? current
    return current
  })
}

/** Returns a matcher with its arguments for an outcome of one attempt. Undefined for shadow, which no matcher asserts. */
export function matcherFor(event: string, { outcome, reason }: Verdict): string | undefined {
  switch (outcome) {
    case 'fired':
      return `toHaveFired(${quoted(event)})`
    case 'held':
      return `toHaveBeenHeld(${quoted(event)})`
    case 'dropped':
      return `toHaveDropped(${quoted(event)}, '${reason}')`
    case 'shadowed':
      return undefined
  }
}

/** Returns matchers, with `not.` where an event did not fire, for all attempts of a page. */
export function matchersFor(found: readonly Decision[], missing: string | undefined): readonly string[] {
  if (missing !== undefined) return [`toHaveFired(${quoted(missing)})`]
  return [...byEvent(found)].flatMap(([event, decisions]) => {
    const fired = decisions.filter(({ outcome }) => outcome === 'fired').length
    const others = decisions.filter(({ outcome }) => outcome !== 'fired')
    return [
      ...new Set(others.flatMap((decision) => matcherFor(event, decision) ?? [])),
      fired > 0 ? `toHaveFiredTimes(${quoted(event)}, ${fired})` : `not.toHaveFired(${quoted(event)})`,
    ]
  })
}
