import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { fromCallback } from '../../../src/consent/from-callback.ts'
import type { ConsentControl } from '../../../src/engine/permission/consent-types.ts'
import { definePlan } from '../../../src/plan/define-plan.ts'
import { event } from '../../../src/plan/event.ts'
import { createTestTracker } from '../../../src/testing/test-tracker.ts'

const plan = definePlan({ name: 'acme', version: '1', events: { pricing_viewed: event({}) } })

beforeEach(() => void vi.spyOn(console, 'error').mockImplementation(() => {}))
afterEach(() => void vi.restoreAllMocks())

/** A banner with one listener. */
function banner() {
  let listener: ConsentControl['update'] | undefined
  return {
    answer: ((...answer) => listener?.(...answer)) as ConsentControl['update'],
    connected: () => listener !== undefined,
    connect(report: ConsentControl['update']) {
      listener = report
      return () => {
        listener = undefined
      }
    },
  }
}

test('what waited is released by the answer, once, however often it is repeated', async () => {
  const { tracker, destination } = createTestTracker(plan, { consent: 'pending' })
  const { connect, answer } = banner()
  fromCallback(tracker, connect)
  tracker.track('pricing_viewed')
  answer({ analytics: 'granted' })
  answer({ analytics: 'granted' })
  await tracker.flush()
  expect(destination.events).toHaveLength(1)
})

test('after the stop nothing is heard, and the banner is let go', () => {
  const { tracker } = createTestTracker(plan, { consent: 'pending' })
  const { connect, answer, connected } = banner()
  let late: ConsentControl['update'] | undefined
  const stop = fromCallback(tracker, (report) => {
    late = report
    return connect(report)
  })
  expect(connected()).toBe(true)
  stop()
  stop()
  expect(connected()).toBe(false)
  answer('granted')
  late?.('granted')
  expect(tracker.consent.get()['analytics']).toBe('pending')
})

test('its errors do not reach the page', () => {
  const { tracker } = createTestTracker(plan, { consent: 'pending' })
  const stop = fromCallback(tracker, (report) => {
    report('denied')
    throw new Error('broken')
  })
  const stopThatThrows = fromCallback(tracker, () => () => {
    throw new Error('broken too')
  })
  stop()
  stopThatThrows()
  expect(tracker.consent.get()['analytics']).toBe('denied')
  expect(vi.mocked(console.error).mock.calls.map(([message]) => String(message).slice(0, 8))).toEqual([
    '[RMC112]',
    '[RMC112]',
  ])
})

test('an override of the browser’s signal is passed on', () => {
  const update = vi.fn<ConsentControl['update']>()
  fromCallback({ consent: { update } }, (report) => report({ marketing: 'granted' }, { overrideGpc: true }))
  expect(update.mock.calls).toEqual([[{ marketing: 'granted' }, { overrideGpc: true }]])
})
