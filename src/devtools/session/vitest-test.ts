import type { Decision, Reason } from '../../engine/record/decision.ts'
import { literal, quoted } from './code.ts'
import {
  answersOf,
  hidesValues,
  lines,
  matcherFor,
  origin,
  returned,
  type TestOptions,
  titleOf,
  type Verdict,
} from './generated-test.ts'
import { inOneLine } from './requests.ts'
import type { Session } from './session-file.ts'

/**
 * Generates a Vitest test that repeats the attempts on a test tracker, with their times, pages and consent. Each
 * attempt must have the same result; with `missing`, that event must fire.
 */
export function vitestTest(
  session: Session,
  attempts: readonly number[],
  { missing, planModule = './plan' }: TestOptions = {},
): string {
  const wanted = session.decisions.filter(({ number }) => attempts.includes(number))
  const found = withCauses(session.decisions, wanted)
  const left = found.flatMap((decision) => {
    const why = whyNotRepeated(decision, found)
    return why ? [`${decision.event}, attempt ${decision.number}: ${why}`] : []
  })
  // The page view is recorded after the attempts of the page's first commit, but with the time at which the page began.
  const kept = found
    .filter((decision) => !whyNotRepeated(decision, found))
    .sort(
      (a, b) =>
        a.time - b.time || a.page.number - b.page.number || Number(isPageView(b)) - Number(isPageView(a)),
    )
  const answers = answersOf(kept)
  const options = ['platform', ...(answers[0] === 'granted' ? [] : [`consent: '${answers[0]}'`])]
  const inShadow = missing === undefined && kept.some((decision) => returned(decision).outcome === 'shadowed')
  const asserted = kept.flatMap((decision, index) => [
    '',
    ...untilThen(decision, kept[index - 1]),
    ...(index === 0 || answers[index] === answers[index - 1]
      ? []
      : [`  tracker.consent.update('${answers[index]}')`]),
    ...attempt(decision, kept[index - 1], missing === undefined),
  ])
  return lines([
    `import { createManualPlatform, createTestTracker } from 'react-microconversions/testing'`,
    ...(kept.length > 0 || missing !== undefined
      ? [`import { expectTracking } from 'react-microconversions/testing/matchers'`]
      : []),
    `import { ${inShadow ? 'expect, ' : ''}test } from 'vitest'`,
    `import { plan } from ${quoted(planModule)}`,
    '',
    ...origin(session, kept),
    `test(${titleOf(kept, missing, returned)}, () => {`,
    `  const platform = createManualPlatform({ path: ${quoted(kept[0]?.page.path || '/')} })`,
    `  const tracking = createTestTracker(plan, { ${options.join(', ')} })`,
    ...(kept.length ? ['  const { tracker } = tracking'] : []),
    ...asserted,
    ...(missing === undefined ? [] : ['', `  expectTracking(tracking).toHaveFired(${quoted(missing)})`]),
    `  ${kept.length ? 'tracker' : 'tracking.tracker'}.dispose()`,
    '})',
    ...left.map((line) => `// Left out: ${inOneLine(line)}.`),
  ])
}

const isPageView = ({ trigger }: Decision) => trigger.component === 'page'
const pathOf = ({ page }: Decision) => quoted(page.path || '/')
const movedSince = ({ page }: Decision, before: Decision | undefined) =>
  before !== undefined && before.page.number !== page.number

/**
 * Returns a call of `tracker.page()`. Adds a key if the previous page has the same path template, because the record
 * does not have what distinguishes them.
 */
function pageCall(decision: Decision, before: Decision | undefined): string {
  const { number, path } = decision.page
  const key = movedSince(decision, before) && before?.page.path === path ? `, key: '${number}'` : ''
  return `tracker.page({ path: ${pathOf(decision)}${key} })`
}

/** Returns the lines that advance the time and change the page before an attempt. */
function untilThen(decision: Decision, before: Decision | undefined): readonly string[] {
  const { event, trigger, time, number } = decision
  const passed = before ? time - before.time : 0
  const moved = movedSince(decision, before)
  return [
    `  // ${inOneLine(`${number}. ${event}, of ${trigger.component} (${trigger.fact})`)}`,
    ...(passed > 0 ? [`  platform.advance(${Math.round(passed)})`] : []),
    ...(moved ? [`  platform.navigate(${pathOf(decision)})`] : []),
    ...(moved && !isPageView(decision) ? [`  ${pageCall(decision, before)}`] : []),
  ]
}

function attempt(decision: Decision, before: Decision | undefined, asserting: boolean): readonly string[] {
  const verdict = returned(decision)
  const call = isPageView(decision) ? pageCall(decision, before) : `tracker.track(${argumentsOf(decision)})`
  return [
    ...(verdict.reason === 'unknown-event' ? ['  // @ts-expect-error The plan has no such event.'] : []),
    asserting ? `  ${assertion(call, decision.event, verdict)}` : `  ${call}`,
  ]
}

function assertion(call: string, event: string, verdict: Verdict): string {
  const matcher = matcherFor(event, verdict)
  return matcher
    ? `expectTracking([${call}]).${matcher}`
    : `expect(${call}.outcome).toBe('${verdict.outcome}')`
}

function argumentsOf({ event, properties = {} }: Decision): string {
  return Object.keys(properties).length ? `${quoted(event)}, ${literal(properties)}` : quoted(event)
}

/** Adds earlier attempts of the same event, because they may have closed a frequency rule. */
function withCauses(all: readonly Decision[], wanted: readonly Decision[]): readonly Decision[] {
  const isCause = (candidate: Decision) =>
    takesPlace(candidate) &&
    wanted.some(
      ({ event, number, frequency }) =>
        frequency.length > 0 && event === candidate.event && number > candidate.number,
    )
  return all.filter((decision) => wanted.includes(decision) || isCause(decision))
}

/** Returns whether an attempt counts for the frequency rules of its event. */
const takesPlace = (decision: Decision) => ['fired', 'held'].includes(returned(decision).outcome)

const needsMore: Readonly<Partial<Record<Reason, string>>> = {
  prerendering: 'the page was prepared in advance',
  'not-in-browser': 'it ran outside a browser',
  'not-in-rollout': 'the draw depends on the user',
  'sampled-out': 'the draw depends on the user',
  repeated: 'a component reported it when it mounted again',
  'suspected-bot': 'the browser looked like a robot',
  'code-threw': 'it depends on code of the application',
  'before-send': 'it depends on beforeSend of the application',
  'queue-full': 'it depends on all that waited',
  'no-destination': 'it depends on the destinations of the application',
  disabled: 'the tracker had ended',
}

/** Explains why a test tracker cannot reproduce the attempt; undefined if it can. */
function whyNotRepeated(decision: Decision, found: readonly Decision[]): string | undefined {
  const { outcome, reason } = returned(decision)
  const more = needsMore[reason]
  if (more) return more
  if (reason === 'consent-pending' && outcome === 'dropped') return 'its tracker holds nothing'
  const needsValues =
    reason === 'not-counted' || reason === 'invalid-properties' || reason === 'personal-data'
  const keyed = decision.frequency.some(({ rule }) => rule.key !== undefined)
  if ((needsValues || keyed) && (hidesValues(decision) || decision.properties === undefined))
    return 'it depends on property values, which were not saved'
  if (reason === 'invalid-properties' || reason === 'personal-data')
    return 'it depends on the options of the tracker'
  if (decision.frequency.some(({ rule }) => rule.key === 'fact'))
    return 'its rule counts facts apart, and only a component has those'
  const causes = found.filter((each) => each.event === decision.event && each.number < decision.number)
  const most = Math.max(0, ...decision.frequency.map(({ count }) => count))
  return most > causes.filter(takesPlace).length
    ? 'earlier attempts that count are not in the session'
    : undefined
}
