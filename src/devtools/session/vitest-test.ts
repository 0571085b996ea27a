import type { Decision, Reason } from '../../engine/types.ts'
import { literal, quoted } from './code.ts'
import { hidesValues, lines, origin, returned, type TestOptions, titleOf } from './generated-test.ts'
import { inOneLine } from './requests.ts'
import type { Session } from './session-file.ts'

/**
 * A Vitest file: the attempts once more on a test tracker, with their times, pages and answers. Each has to end as it did;
 * with `missing`, that event has to fire.
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
  // A page is reported after what its first commit has reported, with the time at which it began.
  const kept = found
    .filter((decision) => !whyNotRepeated(decision, found))
    .sort(
      (a, b) =>
        a.time - b.time || a.page.number - b.page.number || Number(isPageView(b)) - Number(isPageView(a)),
    )
  const answers = answersOf(kept)
  const options = ['platform', ...(answers[0] === 'granted' ? [] : [`consent: '${answers[0]}'`])]
  return lines([
    `import { createManualPlatform, createTestTracker${missing === undefined ? '' : ', expectFired'} } from 'react-microconversions/testing'`,
    `import { ${missing === undefined ? 'expect, ' : ''}test } from 'vitest'`,
    `import { plan } from ${quoted(planModule)}`,
    '',
    ...origin(session, kept),
    `test(${titleOf(kept, missing, returned)}, () => {`,
    `  const platform = createManualPlatform({ path: ${quoted(kept[0]?.page.path || '/')} })`,
    `  const tracking = createTestTracker(plan, { ${options.join(', ')} })`,
    ...(kept.length ? ['  const { tracker } = tracking'] : []),
    ...kept.flatMap((decision, index) => [
      '',
      ...untilThen(decision, kept[index - 1]),
      ...(index === 0 || answers[index] === answers[index - 1]
        ? []
        : [`  tracker.consent.update('${answers[index]}')`]),
      ...attempt(decision, kept[index - 1], missing === undefined),
    ]),
    ...(missing === undefined ? [] : ['', `  expectFired(tracking, ${quoted(missing)})`]),
    `  ${kept.length ? 'tracker' : 'tracking.tracker'}.dispose()`,
    '})',
    ...left.map((line) => `// Left out: ${inOneLine(line)}.`),
  ])
}

const isPageView = ({ trigger }: Decision) => trigger.component === 'page'
const pathOf = ({ page }: Decision) => quoted(page.path || '/')
const movedSince = ({ page }: Decision, before: Decision | undefined) =>
  before !== undefined && before.page.number !== page.number

/** Two pages may have one template: what told them apart is not in the record. */
function pageCall(decision: Decision, before: Decision | undefined): string {
  const { number, path } = decision.page
  const key = movedSince(decision, before) && before?.page.path === path ? `, key: '${number}'` : ''
  return `tracker.page({ path: ${pathOf(decision)}${key} })`
}

/** The time and the page between an attempt and the one before. */
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
  const { outcome, reason } = returned(decision)
  const call = isPageView(decision) ? pageCall(decision, before) : `tracker.track(${argumentsOf(decision)})`
  return [
    ...(reason === 'unknown-event' ? ['  // @ts-expect-error The plan has no such event.'] : []),
    asserting
      ? `  expect(${call}).toMatchObject({ outcome: '${outcome}', reason: '${reason}' })`
      : `  ${call}`,
  ]
}

function argumentsOf({ event, properties = {} }: Decision): string {
  return Object.keys(properties).length ? `${quoted(event)}, ${literal(properties)}` : quoted(event)
}

type Answer = 'granted' | 'pending' | 'denied'
const answerTo: Readonly<Partial<Record<Reason, Answer>>> = {
  admitted: 'granted',
  'consent-pending': 'pending',
  'consent-denied': 'denied',
}

/** For all categories: under which the test tracker says the same. What consent had no part in keeps the one before. */
function answersOf(decisions: readonly Decision[]): readonly Answer[] {
  const told = decisions.map((decision) => answerTo[returned(decision).reason])
  let current = told.find((answer) => answer !== undefined) ?? 'granted'
  return told.map((answer) => {
    current = answer ?? current
    return current
  })
}

/** An earlier attempt of the same event may be why a rule was closed: it has to happen again too. */
function withCauses(all: readonly Decision[], wanted: readonly Decision[]): readonly Decision[] {
  const isCause = (candidate: Decision) =>
    takesPlace(candidate) &&
    wanted.some(
      ({ event, number, frequency }) =>
        frequency.length > 0 && event === candidate.event && number > candidate.number,
    )
  return all.filter((decision) => wanted.includes(decision) || isCause(decision))
}

/** Counts for the rules of its event. */
const takesPlace = (decision: Decision) => ['fired', 'held'].includes(returned(decision).outcome)

const needsMore: Readonly<Partial<Record<Reason, string>>> = {
  prerendering: 'the page was prepared in advance',
  'not-in-browser': 'it ran outside a browser',
  'not-in-rollout': 'the draw depends on the visitor',
  'sampled-out': 'the draw depends on the visitor',
  repeated: 'a component reported it when it mounted again',
  'suspected-bot': 'the browser looked like a robot',
  'code-threw': 'it depends on code of the application',
  'before-send': 'it depends on beforeSend of the application',
  'queue-full': 'it depends on all that waited',
  'no-destination': 'it depends on the destinations of the application',
  disabled: 'the tracker had ended',
}

/** Why a test tracker would not come to the same by itself. */
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
