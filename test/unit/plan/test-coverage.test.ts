import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { memory } from '../../../src/destinations/memory.ts'
import type { AnyDestination, Destination } from '../../../src/engine/delivery/destination.ts'
import { readTested } from '../../../src/plan/coverage/read-tested.ts'
import { belowThreshold, renderCoverage } from '../../../src/plan/coverage/render-coverage.ts'
import { testCoverage } from '../../../src/plan/coverage/test-coverage.ts'
import {
  outlineOf,
  TESTED_FORMAT,
  type TestedFile,
  type TestSource,
} from '../../../src/plan/coverage/tested.ts'
import { definePlan } from '../../../src/plan/define-plan.ts'
import { event } from '../../../src/plan/event.ts'
import { testedBy } from '../../../src/testing/coverage/collect.ts'
import { createTestTracker, type TestTracker } from '../../../src/testing/test-tracker.ts'
import { listenToAdvice } from '../../support/tracking.ts'

const plan = definePlan({
  name: 'shop',
  version: '2',
  events: {
    pricing_clicked: event({
      frequency: 'once-per-session',
      properties: z.object({ tier: z.enum(['pro', 'scale']), seats: z.number().optional() }),
      destinations: { ga4: false, meta: undefined },
    }),
    guide_read: event({
      properties: z.object({ guide: z.string(), pages: z.number() }),
      destinations: { ga4: { name: 'read' } },
    }),
    demo_booked: event({ macro: true }),
    tour_tried: event({ status: 'shadow' }),
    chat_opened: event({ status: 'draft' }),
  },
})

const http = memory({ name: 'http' })

/** What a test of this kind leaves, after JSON. */
function tested(
  source: TestSource,
  act: (tracking: TestTracker<typeof plan>) => void,
  destinations: readonly AnyDestination[] = [],
): TestedFile {
  listenToAdvice()
  const tracking = createTestTracker(plan, { strict: false, destinations })
  act(tracking)
  return written(source, tracking)
}

function written(source: TestSource, { tracker }: TestTracker<typeof plan>): TestedFile {
  const found = testedBy([[plan, tracker.record.get()]])
  const file = readTested(JSON.stringify({ format: TESTED_FORMAT, source, ...found }))
  if (!file) throw new Error('not read')
  return file
}

const files = () => [
  tested('unit', ({ tracker }) => {
    tracker.track('pricing_clicked', { tier: 'pro' })
    tracker.track('pricing_clicked', { tier: 'pro' })
    tracker.track('tour_tried')
  }),
  tested('stories', ({ tracker }) => {
    tracker.track('pricing_clicked', { tier: 'scale' })
    tracker.consent.update('denied')
    tracker.track('demo_booked')
    tracker.track('chat_opend' as 'chat_opened')
  }),
  {
    ...tested('e2e', ({ tracker }) => void tracker.track('guide_read', { guide: 'a' } as never), [http]),
    plans: [],
  },
]

const table = [
  'Plan coverage of "shop" 2: 3 of 4 events in a test (75%)',
  '  event                 unit  stories      e2e   also seen',
  '  pricing_clicked          1        1        –   frequency, not at http',
  '  guide_read               –        –        1   invalid properties, without pages, not at ga4',
  '✖ demo_booked              –        –        –   consent-denied',
  '  tour_tried               1        –        –',
  '  chat_opend               –        –        –   not in the plan',
  'Required properties of covered events: 2 of 3 given.',
  'Destinations of covered events: 1 of 3 took the event.',
  'Plan coverage of "shop", 75%, is below 80%.',
  '',
].join('\n')

describe('the coverage of a plan by tests', () => {
  test('merges unit tests, stories and end-to-end tests under one threshold', () => {
    const coverage = testCoverage(files())
    expect(renderCoverage(coverage, 'text', { threshold: 80 })).toBe(table)
    expect(belowThreshold(coverage, { threshold: 80 })).toEqual(coverage)
    expect(belowThreshold(coverage, { threshold: 75 })).toEqual([])
  })

  test('is the same by the plan itself and by what the tests say of it', () => {
    expect(testCoverage(files(), [plan])).toEqual(testCoverage(files()))
    expect(JSON.parse(JSON.stringify(outlineOf(plan)))).toEqual(outlineOf(plan))
  })

  test('counts a destination only if it took the event, and none that the plan leaves out', async () => {
    const denied = memory({ name: 'meta', consent: 'marketing' })
    const wrong: Destination = {
      name: 'ga4',
      map: () => {
        throw new Error('no such name')
      },
      send: () => {},
    }
    const tracking = createTestTracker(plan, { destinations: [http, denied, wrong] })
    const { tracker } = tracking
    tracker.consent.update({ analytics: 'granted', marketing: 'denied' })
    tracker.track('pricing_clicked', { tier: 'pro' })
    tracker.track('demo_booked')
    await tracker.flush()
    const [coverage] = testCoverage([written('unit', tracking)])
    const byEvent = coverage?.events.map(({ name, takenBy, neverTakenBy }) => [name, takenBy, neverTakenBy])
    expect(byEvent?.slice(0, 3)).toEqual([
      ['pricing_clicked', ['http'], ['meta']],
      ['guide_read', [], []],
      ['demo_booked', ['http'], ['ga4', 'meta']],
    ])
    expect(coverage?.destinations).toEqual({ expected: 5, covered: 2 })
  })

  test('holds no value of a property', () => {
    expect(JSON.stringify(files())).not.toMatch(/"(?:pro|scale|a)"/)
  })

  test('of a plan that no test used is 0 %', () => {
    const [coverage] = testCoverage(files(), ['shopp'])
    expect(coverage).toMatchObject({ percent: 0, covered: 0 })
    expect(renderCoverage([coverage!], 'text')).toMatch(/^No test uses the plan "shopp"\n/)
  })

  test('is a Markdown table', () => {
    const page = renderCoverage(testCoverage(files()), 'markdown', { threshold: 80 })
    expect(page).toContain(
      '| event | unit | stories | e2e | also seen |\n| --- | ---: | ---: | ---: | --- |\n',
    )
    expect(page).toContain('| ✖ `demo_booked` | – | – | – | consent-denied |\n')
  })

  test('is a JUnit report, in which a gap is a failure', () => {
    expect(renderCoverage(testCoverage(files()), 'junit').split('\n')).toEqual([
      '<?xml version="1.0" encoding="UTF-8"?>',
      '<testsuites>',
      '  <testsuite name="shop" tests="4" failures="1">',
      '    <testcase classname="shop" name="pricing_clicked"/>',
      '    <testcase classname="shop" name="guide_read"/>',
      '    <testcase classname="shop" name="demo_booked"><failure message="No test fires this event. Also seen: consent-denied."/></testcase>',
      '    <testcase classname="shop" name="tour_tried"/>',
      '  </testsuite>',
      '</testsuites>',
      '',
    ])
  })

  test('is JSON', () => {
    const coverage = testCoverage(files())
    expect(JSON.parse(renderCoverage(coverage, 'json', { threshold: 80 }))).toEqual({
      format: 'react-microconversions/coverage/1',
      threshold: 80,
      plans: coverage,
    })
  })
})

test.each(['{', '{}', '[]', '{"format":"react-microconversions/tested/1","source":"else"}'])(
  'reads no %s',
  (text) => {
    expect(readTested(text)).toBeUndefined()
  },
)
