import { expect, test, vi } from 'vitest'
import { callOf, watchCalls } from '../../../src/engine/pipeline/call-sites.ts'
import { createTracker } from '../../../src/engine/tracker.ts'
import { definePlan } from '../../../src/plan/define-plan.ts'
import { event } from '../../../src/plan/event.ts'
import { createManualPlatform } from '../../../src/testing/manual-platform.ts'

const plan = definePlan({ name: 'acme', version: '1', events: { demo_booked: event({}) } })
const open = () => createTracker({ plan, platform: createManualPlatform(), consent: 'granted' })

test('notes where track was called while somebody watches, and not before or after', () => {
  const tracker = open()
  const track = () => tracker.track('demo_booked').number
  expect(callOf(tracker, track())).toBeUndefined()
  const stop = watchCalls(tracker)
  expect(callOf(tracker, track())).toContain('call-sites.test.ts')
  stop()
  expect(callOf(tracker, track())).toBeUndefined()
})

test('not in production', () => {
  vi.stubEnv('NODE_ENV', 'production')
  const tracker = open()
  vi.unstubAllEnvs()
  watchCalls(tracker)
  expect(callOf(tracker, tracker.track('demo_booked').number)).toBeUndefined()
})

test('keeps the newest thousand', () => {
  const tracker = open()
  watchCalls(tracker)
  const numbers = Array.from({ length: 1_001 }, () => tracker.track('demo_booked').number)
  expect(callOf(tracker, numbers[0] ?? 0)).toBeUndefined()
  expect(callOf(tracker, numbers[1] ?? 0)).toContain('call-sites.test.ts')
})

test('no decision has it', () => {
  const tracker = open()
  watchCalls(tracker)
  const returned = tracker.track('demo_booked')
  expect(JSON.stringify([returned, tracker.record.get()])).not.toContain('call-sites')
})
