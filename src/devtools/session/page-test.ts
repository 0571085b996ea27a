import type { Decision } from '../../engine/types.ts'
import { literal, quoted } from './code.ts'
import { lines, origin, type TestOptions, titleOf } from './generated-test.ts'
import { inOneLine } from './requests.ts'
import type { Session } from './session-file.ts'

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
/** Body of the generated function that returns the verdicts on the event `name`. */
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

/** Lines with a gap in which the tester writes what the visitor does. */
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

/** Without origin: Playwright's `baseURL` has that. */
function addressOf(decision: Decision | undefined): string {
  try {
    return new URL(decision?.page.url ?? '').pathname
  } catch {
    return decision?.page.path || '/'
  }
}
