import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { globalPackages } from 'storybook/internal/manager/globals'
import { expect, onTestFinished, test } from 'vitest'
import * as z from 'zod'
import { buildManager } from '../../../scripts/build-manager.mjs'
import { coverageOf } from '../../../src/plan/coverage/coverage.ts'
import { definePlan } from '../../../src/plan/define-plan.ts'
import { event } from '../../../src/plan/event.ts'
import { planFromManifest } from '../../../src/plan/from-manifest.ts'
import { manifestOf } from '../../../src/plan/manifest.ts'
import { needsMount } from '../../../src/storybook/manager/mount-again.ts'
import { createReplica } from '../../../src/storybook/manager/replica.ts'
import { joinedRecord } from '../../../src/storybook/preview/joined-record.ts'
import { plain } from '../../../src/storybook/preview/publish.ts'
import { createTestTracker } from '../../../src/testing/test-tracker.ts'

const plan = definePlan({
  name: 'shop',
  version: '1',
  events: {
    pricing_clicked: event({
      description: 'Opens pricing',
      owner: 'growth',
      frequency: { minGap: '5s' },
      properties: z.object({ tier: z.string(), seats: z.number().optional() }),
    }),
    demo_booked: event({ macro: true, frequency: 'once-per-user' }),
  },
})

test('the bundle of the manager imports what the manager shares, and nothing else', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'rmc-manager-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'manager.js')
  await buildManager(file)
  const code = readFileSync(file, 'utf8')
  const imported = [...code.matchAll(/(?:from|import)"([a-z@][^"]*)"/g)].map(([, name = '']) => name)
  expect(imported).toContain('react')
  const shared: readonly string[] = globalPackages
  expect(imported.filter((name) => !shared.includes(name))).toEqual([])
  expect(code).not.toContain('react/jsx-runtime')
})

test('a plan from its manifest says what the plan says', () => {
  const copy = planFromManifest(JSON.parse(JSON.stringify(manifestOf(plan))))
  expect(copy.events.get('pricing_clicked')).toMatchObject({ description: 'Opens pricing', owner: 'growth' })
  expect([...copy.events].map(([name, { rules }]) => [name, rules])).toEqual(
    [...plan.events].map(([name, { rules }]) => [name, rules]),
  )
  const { tracker } = createTestTracker(plan)
  tracker.track('pricing_clicked', { tier: 'pro' })
  const record = tracker.record.get()
  const states = (of: typeof copy) =>
    coverageOf({ plan: of, record }).events.map(({ name, state, drift }) => [name, state, drift])
  expect(states(copy)).toEqual(states(plan))
})

test('the records of several trackers are one, numbered by time', () => {
  const first = createTestTracker(plan)
  const second = createTestTracker(plan)
  first.tracker.track('pricing_clicked', { tier: 'pro' })
  second.platform.advance(1_000)
  second.tracker.track('demo_booked')
  second.tracker.track('demo_booked')
  const record = joinedRecord([second.tracker.record.get(), first.tracker.record.get()])
  expect(record.decisions.map(({ number, event: name }) => [number, name])).toEqual([
    [1, 'pricing_clicked'],
    [2, 'demo_booked'],
    [3, 'demo_booked'],
  ])
  expect(record.counts['demo_booked']).toEqual({ fired: 1, dropped: 1, held: 0, shadowed: 0 })
  expect(joinedRecord([]).decisions).toEqual([])
})

test('what goes over the channel is plain JSON', () => {
  expect(plain({ max: Number.POSITIVE_INFINITY, key: () => '', id: 1n })).toEqual({
    max: 'unlimited',
    key: 'function',
    id: '1n',
  })
})

test('the replica hides cleared attempts until the story mounts again', () => {
  const { tracker } = createTestTracker(plan)
  tracker.track('demo_booked')
  const replica = createReplica(manifestOf(plan))
  const shown = () => replica.tracker.record.get().decisions.map(({ number }) => number)
  replica.show(tracker.record.get(), 1)
  expect(shown()).toEqual([1])
  replica.tracker.record.clear()
  expect(shown()).toEqual([])
  tracker.track('demo_booked')
  replica.show(tracker.record.get(), 1)
  expect(shown()).toEqual([2])
  replica.show(tracker.record.get(), 2)
  expect(shown()).toEqual([1, 2])
})

test.each([
  [{}, { microconversionsConsent: 'pending' }, true],
  [{ microconversionsConsent: 'pending' }, {}, true],
  [{}, { microconversionsGpc: 'on' }, true],
  [{}, { microconversionsDestination: 'fails' }, true],
  [{}, { microconversionsClock: '1d' }, false],
  [{ microconversionsClock: '1d' }, { microconversionsClock: '1min' }, true],
  [{}, {}, false],
] as const)('from %j to %j the story mounts again: %s', (before, after, expected) => {
  expect(needsMount(before, after)).toBe(expected)
})
