import type { Decision } from '../../engine/record/decision.ts'
import { quoted } from './code.ts'
import type { ElementHandle } from './element-handle.ts'
import { answersOf, lines, matchersFor, origin, type TestOptions, titleOf } from './generated-test.ts'
import { stepsOf } from './page-steps.ts'
import type { Session } from './session-file.ts'

const selected = ({ decisions }: Session, attempts: readonly number[]) =>
  decisions.filter(({ number }) => attempts.includes(number))

/**
 * Generates a Playwright test that opens the page, does what the user did, and asserts with the project's fixture, which reads
 * production builds too.
 */
export function playwrightTest(
  session: Session,
  attempts: readonly number[],
  options: TestOptions = {},
): string {
  const { missing } = options
  const found = selected(session, attempts)
  const [consent = 'granted'] = answersOf(found)
  return lines([
    `import { expect, test } from 'react-microconversions/testing/playwright'`,
    '',
    ...origin(session, []),
    ...(consent === 'pending'
      ? []
      : [`test.use({ microconversionsOptions: { consent: '${consent}' } })`, '']),
    `test(${titleOf(found, missing, (decision) => decision)}, async ({ page, microconversions }) => {`,
    `  await page.goto(${quoted(addressOf(found[0]))})`,
    '',
    ...stepsOf(found, options, clickInPlaywright),
    '',
    ...matchersFor(found, missing).map((matcher) => `  await expect(microconversions).${matcher}`),
    '})',
  ])
}

function clickInPlaywright({ role, name, nth }: ElementHandle): string {
  const place = nth === undefined ? '' : `.nth(${nth})`
  return `await page.getByRole('${role}', { name: ${quoted(name)}, exact: true })${place}.click()`
}

/**
 * Generates a `play` function for a story that shows the overlay: it does what the user did, and asserts on the session of the
 * overlay.
 */
export function storybookPlay(
  session: Session,
  attempts: readonly number[],
  options: TestOptions = {},
): string {
  const found = selected(session, attempts)
  const title = titleOf(found, options.missing, (decision) => decision)
  return lines([
    `import type { StoryContext } from '@storybook/react-vite' // or your framework`,
    `import type {} from 'react-microconversions/devtools' // types window.__microconversions__`,
    `import { expectTracking } from 'react-microconversions/testing/matchers'`,
    `import { waitFor } from 'storybook/test'`,
    '',
    ...origin(session, []),
    '/** For a story that shows the overlay: `meta.story({ play })`. */',
    'export async function play(context: StoryContext) {',
    ...stepsOf(found, options, clickInStory),
    '',
    `  await context.step(${title}, () =>`,
    '    waitFor(',
    '      async () => {',
    '        const session = await window.__microconversions__?.session()',
    ...matchersFor(found, options.missing).map((matcher) => `        expectTracking(session).${matcher}`),
    '      },',
    '      { timeout: 10_000 }, // until the overlay is loaded',
    '    ),',
    '  )',
    '}',
  ])
}

function clickInStory({ role, name, nth }: ElementHandle): string {
  const query = nth === undefined ? 'getByRole' : 'getAllByRole'
  const place = nth === undefined ? '' : `[${nth}]!`
  return `await context.userEvent.click(context.canvas.${query}('${role}', { name: ${quoted(name)} })${place})`
}

/** Returns the path without the origin, which comes from Playwright's `baseURL`. */
function addressOf(decision: Decision | undefined): string {
  try {
    return new URL(decision?.page.url ?? '').pathname
  } catch {
    return decision?.page.path || '/'
  }
}
