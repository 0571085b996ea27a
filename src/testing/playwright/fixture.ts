import {
  type BrowserContext,
  test as base,
  expect as baseExpect,
  type Expect,
  type Frame,
  type PlaywrightTestArgs,
  type PlaywrightTestOptions,
  type PlaywrightWorkerArgs,
  type PlaywrightWorkerOptions,
  type TestType,
} from '@playwright/test'
import type { EventRow } from '../../collector/rows/row.ts'
import { judgePlan } from '../../engine/expectation/judge-plan.ts'
import type { ConsentUpdate } from '../../engine/permission/consent-types.ts'
import type { Decision } from '../../engine/record/decision.ts'
import { TESTED_FOLDER } from '../../plan/coverage/tested.ts'
import { receiveBeacons } from './beacons.ts'
import { createHeard, type Heard } from './heard.ts'
import { type ListenOptions, listen, type News } from './listen.ts'
import { receivedBy } from './received.ts'
import { waitingMatchers } from './waiting-matchers.ts'
import { writeTested } from './write-tested.ts'

/** The fixture `microconversions`: the decisions of all trackers in the test's browser context. */
export interface MicroconversionsFixture {
  /** Returns the decisions of all tabs and pages of the test, oldest first. */
  readonly decisions: () => readonly Decision[]
  /** Removes all decisions so far. */
  readonly clear: () => void
  /** Returns the URLs of pages that were left before their last decisions arrived. */
  readonly cutOff: () => readonly string[]
  /**
   * Returns what the collector has stored of this test's events, as its rows, oldest first. It asks by event id, so that tests may
   * share a collector. It does not wait: poll it. Throws RMC680 without the option `collector`, RMC681 without an answer.
   *
   * @example
   * await expect.poll(microconversions.received).toContainEqual(expect.objectContaining({ name: 'form_abandon' }))
   */
  readonly received: () => Promise<readonly EventRow[]>
}

/** Options of the fixture, for `test.use({ microconversionsOptions })`. */
export interface MicroconversionsOptions {
  /** Fails the test at its end if an event is not in the plan or has invalid properties. Default false. */
  readonly strict?: boolean | undefined
  /** Address of a collector that `npx microconversions collect --memory` started, for `received()`. Default: none. */
  readonly collector?: string | undefined
  /** Answer about consent that each tracker receives when it is created, as from a banner. Default: the page asks the user itself. */
  readonly consent?: 'granted' | 'denied' | ConsentUpdate | undefined
  /**
   * Way of decisions that are made while a page is left. `'beacon'` sends them to the fixture, and stores them for the next page
   * of the same origin too. `'storage'` only stores them: no request of the fixture meets a Content-Security-Policy. Default
   * `'beacon'`.
   */
  readonly leaving?: 'beacon' | 'storage' | undefined
  /**
   * Writes what each passed test attempted into a folder, for `microconversions coverage`: `true` for `.microconversions`, or a path.
   * Default false.
   */
  readonly coverage?: boolean | string | undefined
}

const BINDING = '__microconversionsNews__'

// The types are named here: inferred ones would be written with the name of a package inside Playwright's own.
interface Fixtures {
  readonly microconversions: MicroconversionsFixture
  readonly microconversionsOptions: MicroconversionsOptions
}

/** Follows all documents of the context, and which document each frame shows. */
async function listenIn(
  context: BrowserContext,
  heard: Heard,
  given: Pick<ListenOptions, 'beacon' | 'consent'>,
): Promise<void> {
  const shown = new Map<Frame, string>()
  await context.exposeBinding(BINDING, ({ frame, page }, text: string) => {
    const { document, leaving } = JSON.parse(text) as News
    if (!leaving) shown.set(frame, document)
    heard.hear(text, (id) => !page.isClosed() && shown.get(frame) === id)
  })
  await context.addInitScript(listen, { binding: BINDING, storage: 'microconversions.test', ...given })
}

/**
 * Playwright's `test` with the fixture `microconversions`, which collects the decisions of all trackers: across navigations and
 * tabs, during `pagehide`, and in production builds too.
 *
 * @example
 * test('a click counts', async ({ page, microconversions }) => {
 *   await page.goto('/')
 *   await page.getByRole('link', { name: 'See pricing' }).click()
 *   await expect(microconversions).toHaveFired('pricing_clicked')
 * })
 */
export const test: TestType<
  PlaywrightTestArgs & PlaywrightTestOptions & Fixtures,
  PlaywrightWorkerArgs & PlaywrightWorkerOptions
> = base.extend<Fixtures>({
  microconversionsOptions: [{}, { option: true }],
  microconversions: async ({ context, microconversionsOptions }, use, info) => {
    const heard = createHeard()
    const beacons = await receiveBeacons((text) => heard.hear(text))
    const { strict, collector, consent, leaving, coverage = false } = microconversionsOptions
    await listenIn(context, heard, { consent, beacon: leaving === 'storage' ? undefined : beacons.url })
    const { decisions, clear, cutOff } = heard
    await use({ decisions, clear, cutOff, received: () => receivedBy(collector, decisions()) })
    beacons.close()
    const body = JSON.stringify(decisions(), null, 2)
    await info.attach('microconversions', { body, contentType: 'application/json' })
    const { pass, message } = judgePlan(decisions())
    if (strict && !pass) throw new Error(message)
    if (coverage && info.status === 'passed')
      writeTested(coverage === true ? TESTED_FOLDER : coverage, info.testId, heard.tested())
  },
})

/**
 * Playwright's `expect` with the tracking matchers. They retry until they pass or the assertion times out, like matchers for
 * locators; with `not` they check once.
 */
export const expect: Expect<typeof waitingMatchers> = baseExpect.extend(waitingMatchers)
