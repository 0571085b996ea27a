import { afterEach, describe, expect, test, vi } from 'vitest'
import { definePlan, event } from '../../../src/core.ts'
import type { MicroconversionsParameters } from '../../../src/storybook/parameters.ts'
import { annotationsFor } from '../../../src/storybook/preview/annotations.tsx'
import type { StoryReport } from '../../../src/storybook/preview/report-story.ts'
import { createTestTracker } from '../../../src/testing.ts'
import { listenToAdvice } from '../../support/tracking.ts'

const plan = definePlan({
  name: 'shop',
  version: '1',
  events: { pricing_clicked: event({ frequency: 'once-per-session' }), demo_booked: event() },
})
const annotations = annotationsFor(plan)
let stories = 0

interface Story {
  readonly parameters?: MicroconversionsParameters
  readonly viewMode?: string
  readonly play?: () => void
}

/** Runs the hooks of a story as Storybook does. The story makes its own tracker in `play`. */
async function run({ parameters = {}, viewMode = 'story', play = () => {} }: Story) {
  const reports: StoryReport[] = []
  const context = {
    id: `story--${++stories}`,
    viewMode,
    canvasElement: undefined as unknown as HTMLElement,
    globals: {},
    parameters: { microconversions: { stayHere: false, ...parameters } },
    reporting: { addReport: (report: StoryReport) => void reports.push(report) },
  }
  const clean = annotations.beforeEach(context)
  play()
  const thrown = await annotations.afterEach(context).then(
    () => undefined,
    (error: Error) => error.message,
  )
  return { report: reports[0], reports, thrown, clean, context }
}

const click = () => void createTestTracker(plan).tracker.track('pricing_clicked')
const failure = '"demo_booked" did not fire.\nIt was never attempted.\nAttempted were: pricing_clicked.'

afterEach(() => void vi.unstubAllGlobals())

describe('a story', () => {
  test('that meets its expectations passes: a name, and one with a reason', async () => {
    const expected = ['pricing_clicked', { event: 'pricing_clicked', times: 1 }] as const
    const { report, thrown } = await run({ parameters: { expect: expected }, play: click })
    expect(report).toMatchObject({ type: 'react-microconversions', status: 'passed' })
    expect(report?.result.results.map(({ pass }) => pass)).toEqual([true, true])
    expect(thrown).toBeUndefined()
  })

  test('that does not fails the test, and says why', async () => {
    const { report, thrown } = await run({ parameters: { expect: 'demo_booked' }, play: click })
    expect(report).toMatchObject({
      status: 'failed',
      result: { results: [{ pass: false, message: failure }] },
    })
    expect(thrown).toBe(failure)
  })

  test('that does not has a report alone in Storybook', async () => {
    vi.stubGlobal('__STORYBOOK_PREVIEW__', {})
    const { report, thrown } = await run({ parameters: { expect: 'demo_booked' }, play: click })
    expect([report?.status, thrown]).toEqual(['failed', undefined])
  })

  test('todo is a warning, and off judges nothing', async () => {
    const todo = await run({ parameters: { expect: 'demo_booked', test: 'todo' }, play: click })
    expect([todo.report?.status, todo.thrown]).toEqual(['warning', undefined])
    const off = await run({ parameters: { expect: 'demo_booked', test: 'off' }, play: click })
    expect([off.report?.status, off.report?.result.results]).toEqual(['passed', []])
  })

  test('on a docs page, or with the addon disabled, is not judged', async () => {
    expect((await run({ viewMode: 'docs', parameters: { expect: 'demo_booked' } })).reports).toEqual([])
    expect((await run({ parameters: { expect: 'demo_booked', disable: true } })).reports).toEqual([])
  })

  test('waits for what comes late', async () => {
    const play = () => void setTimeout(click, 200)
    const { report } = await run({ parameters: { expect: 'pricing_clicked' }, play })
    expect(report?.status).toBe('passed')
  })

  test('keeps its log when args change, and begins anew with a mount', async () => {
    const { context, clean } = await run({ parameters: { expect: 'pricing_clicked' }, play: click })
    const judged = async () => {
      const reports: StoryReport[] = []
      await annotations.afterEach({ ...context, reporting: { addReport: (one) => void reports.push(one) } })
      return reports[0]?.status
    }
    vi.stubGlobal('__STORYBOOK_PREVIEW__', {})
    annotations.beforeEach(context)
    expect(await judged()).toBe('passed')
    clean()
    annotations.beforeEach(context)
    expect(await judged()).toBe('failed')
  })

  test('leaves what it attempted for the plan coverage', async () => {
    listenToAdvice()
    const { report } = await run({ play: click })
    expect(report?.result.tested).toEqual({
      plans: [expect.objectContaining({ name: 'shop', version: '1' })],
      attempts: [
        { plan: 'shop', event: 'pricing_clicked', outcome: 'fired', reason: 'admitted', component: 'track' },
      ],
    })
  })
})
