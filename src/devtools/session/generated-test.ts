import type { Decision, Reason } from '../../engine/types.ts'
import { isHidden } from '../parts/shape.ts'
import { plural } from '../parts/time-words.ts'
import { literal, quoted } from './code.ts'
import { inOneLine } from './requests.ts'
import type { Session } from './session-file.ts'
import { isoTime } from './tables.ts'

export interface TestOptions {
  /** An event that should have fired: the test fails until it does. Default: it passes while the same happens again. */
  readonly missing?: string | undefined
  /** What exports the plan as `plan`, for Vitest. Default `'./plan'`. */
  readonly planModule?: string | undefined
}

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
  const kept = found.filter((decision) => !whyNotRepeated(decision, found))
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
      ...attempt(decision, missing === undefined),
    ]),
    ...(missing === undefined ? [] : ['', `  expectFired(tracking, ${quoted(missing)})`]),
    `  ${kept.length ? 'tracker' : 'tracking.tracker'}.dispose()`,
    '})',
    ...left.map((line) => `// Left out: ${inOneLine(line)}.`),
  ])
}

/**
 * A Playwright file: opens the page, leaves a marked place for what the visitor does, and asks the overlay on the page what
 * became of it.
 */
export function playwrightTest(
  session: Session,
  attempts: readonly number[],
  { missing }: TestOptions = {},
): string {
  const found = session.decisions.filter(({ number }) => attempts.includes(number))
  return lines([
    `import { expect, type Page, test } from '@playwright/test'`,
    `import type {} from 'react-microconversions/devtools' // types window.__microconversions__`,
    '',
    ...origin(session, []),
    `test(${titleOf(found, missing, (decision) => decision)}, async ({ page }) => {`,
    `  await page.goto(${quoted(addressOf(found[0]))})`,
    '',
    ...placeFor(found, `await page.getByRole('link', { name: 'Pricing' }).click()`),
    '',
    ...(missing === undefined
      ? verdictsOf(found).map(
          ([name, all]) => `  await expectVerdicts(page, ${quoted(name)}, ${literal(all)})`,
        )
      : [
          `  await expect.poll(() => verdicts(page, ${quoted(missing)}), ${quoted(`${missing} should fire`)}).toContain('fired: admitted')`,
        ]),
    '})',
    '',
    ...(missing === undefined
      ? [
          'async function expectVerdicts(page: Page, event: string, wanted: readonly string[]) {',
          `  await expect.poll(() => verdicts(page, event), 'what became of ' + event).toEqual(wanted)`,
          '}',
          '',
        ]
      : []),
    verdictsDoc,
    'function verdicts(page: Page, event: string): Promise<readonly string[]> {',
    '  return page.evaluate(async (name) => {',
    ...verdictsBody.map((line) => `    ${line}`),
    '  }, event)',
    '}',
  ])
}

/**
 * A `play` function for a story that shows the overlay: leaves a marked place for what the visitor does, and asks the
 * overlay what became of it.
 */
export function storybookPlay(
  session: Session,
  attempts: readonly number[],
  { missing }: TestOptions = {},
): string {
  const found = session.decisions.filter(({ number }) => attempts.includes(number))
  const step = (title: string, assertion: string) => [
    `  await context.step(${quoted(title)}, () =>`,
    `    waitFor(async () => ${assertion}, patient),`,
    '  )',
  ]
  return lines([
    `import type { StoryContext } from '@storybook/react-vite' // or your framework`,
    `import type {} from 'react-microconversions/devtools' // types window.__microconversions__`,
    `import { expect, waitFor } from 'storybook/test'`,
    '',
    ...origin(session, []),
    '/** Until the overlay is loaded. */',
    'const patient = { timeout: 10_000 }',
    '',
    '/** For a story that shows the overlay: `meta.story({ play })`. */',
    'export async function play(context: StoryContext) {',
    ...placeFor(
      found,
      `await context.userEvent.click(context.canvas.getByRole('link', { name: 'Pricing' }))`,
    ),
    '',
    ...(missing === undefined
      ? verdictsOf(found).flatMap(([name, all]) =>
          step(`what became of ${name}`, `expect(await verdicts(${quoted(name)})).toEqual(${literal(all)})`),
        )
      : step(
          `${missing} should fire`,
          `expect(await verdicts(${quoted(missing)}), ${quoted(`${missing} should fire`)}).toContain('fired: admitted')`,
        )),
    '}',
    '',
    verdictsDoc,
    'async function verdicts(name: string): Promise<readonly string[]> {',
    ...verdictsBody.map((line) => `  ${line}`),
    '}',
  ])
}

const verdictsDoc =
  '/** `fired: admitted`, `dropped: frequency`: of each attempt, by the overlay on the page. */'
/** Of the event `name`. */
const verdictsBody = [
  'const session = await window.__microconversions__?.session()',
  `if (!session) return ['no overlay on this page']`,
  'return session.decisions',
  '  .filter((decision) => decision.event === name)',
  `  .map(({ outcome, reason }) => outcome + ': ' + reason)`,
]

/** By event, what became of each attempt. */
function verdictsOf(found: readonly Decision[]): readonly (readonly [string, readonly string[]])[] {
  const events = [...new Set(found.map(({ event }) => event))]
  return events.map((name) => [
    name,
    found.filter(({ event }) => event === name).map(({ outcome, reason }) => `${outcome}: ${reason}`),
  ])
}

/** Where somebody has to write what the visitor does. */
function placeFor(found: readonly Decision[], example: string): readonly string[] {
  return [
    '  // --- What the visitor does. In the session it led to:',
    ...found.map(
      ({ number, event, trigger }) =>
        `  //     ${number}. ${inOneLine(`${event}, of ${trigger.component} (${trigger.fact})`)}`,
    ),
    `  // For example: ${example}`,
    '  // ---',
  ]
}

const lines = (all: readonly string[]) => `${all.join('\n')}\n`

function origin({ plan, made }: Session, kept: readonly Decision[]): readonly string[] {
  const samples = kept.some(hidesValues) ? ' Property values that were not saved are samples.' : ''
  return [
    `// From a session of plan ${inOneLine(`${plan.name} ${plan.version}`)}, ${isoTime(made)}.${samples}`,
  ]
}

function titleOf(
  [first, ...rest]: readonly Decision[],
  missing: string | undefined,
  verdictOf: (decision: Decision) => Verdict,
): string {
  if (missing !== undefined) return quoted(inOneLine(`${missing} fires`))
  const begin = first ? `${first.event} is ${verdictOf(first).outcome}` : 'nothing is attempted'
  return quoted(inOneLine(`${begin}${rest.length ? `, and ${plural(rest.length, 'more attempt')}` : ''}`))
}

const isPageView = ({ trigger }: Decision) => trigger.component === 'page'
const pathOf = ({ page }: Decision) => quoted(page.path || '/')

/** The time and the page between an attempt and the one before. */
function untilThen(decision: Decision, before: Decision | undefined): readonly string[] {
  const { event, page, trigger, time, number } = decision
  const passed = before ? time - before.time : 0
  const moved = before !== undefined && before.page.number !== page.number
  return [
    `  // ${inOneLine(`${number}. ${event}, of ${trigger.component} (${trigger.fact})`)}`,
    ...(passed > 0 ? [`  platform.advance(${Math.round(passed)})`] : []),
    ...(moved ? [`  platform.navigate(${pathOf(decision)})`] : []),
    ...(moved && !isPageView(decision) ? [`  tracker.page({ path: ${pathOf(decision)} })`] : []),
  ]
}

function attempt(decision: Decision, asserting: boolean): readonly string[] {
  const { outcome, reason } = returned(decision)
  const call = isPageView(decision)
    ? `tracker.page({ path: ${pathOf(decision)} })`
    : `tracker.track(${argumentsOf(decision)})`
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

type Verdict = Pick<Decision, 'outcome' | 'reason'>

/** What `track` answered. */
function returned({ first, outcome, reason }: Decision): Verdict {
  return first ?? { outcome, reason }
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

const hidesValues = ({ properties }: Decision) => Object.values(properties ?? {}).some(isHidden)

const needsMore: Readonly<Partial<Record<Reason, string>>> = {
  prerendering: 'the page was prepared in advance',
  'not-in-browser': 'it ran outside a browser',
  'not-in-rollout': 'the draw depends on the visitor',
  'sampled-out': 'the draw depends on the visitor',
  repeated: 'a component reported it when it mounted again',
  'suspected-bot': 'the browser looked like a robot',
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

/** Without origin: Playwright's `baseURL` has that. */
function addressOf(decision: Decision | undefined): string {
  try {
    return new URL(decision?.page.url ?? '').pathname
  } catch {
    return decision?.page.path || '/'
  }
}
