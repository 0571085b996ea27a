import { expect, test } from 'vitest'
import { definePlan } from '../../../src/plan/define-plan.ts'
import { event } from '../../../src/plan/event.ts'
import { createManualPlatform } from '../../../src/testing/manual-platform.ts'
import { drain, HOUR_MS, MINUTE_MS, openTracker, SECOND_MS } from '../../support/tracking.ts'

const plan = definePlan({
  name: 'acme',
  version: '1',
  events: { step_taken: event({}), demo_booked: event({ frequency: 'once-per-user' }) },
})
const open = (consent: 'granted' | 'pending' | 'denied' = 'granted') =>
  openTracker(plan, { consent, platform: createManualPlatform({ prerendering: true }) })

test('what occurs is held, and nothing is touched (L1)', async () => {
  const { tracker, platform, destination } = open()
  expect(tracker.track('demo_booked')).toMatchObject({ outcome: 'held', reason: 'prerendering' })
  tracker.page()
  tracker.identify('ada')
  platform.advance(MINUTE_MS)
  platform.act()
  tracker.consent.update({ marketing: 'granted' })
  await tracker.flush()
  await drain()
  expect(platform.stored()).toEqual({})
  expect(destination.events).toEqual([])
})

test('at the activation it is decided, in order, with that time: nobody saw it before (L1)', async () => {
  const { tracker, platform, destination, decisions } = open()
  tracker.track('step_taken')
  platform.advance(SECOND_MS)
  tracker.track('demo_booked')
  platform.advance(SECOND_MS)
  platform.activate()
  await drain()
  expect(destination.events.map(({ name, time }) => [name, time])).toEqual([
    ['step_taken', platform.now()],
    ['demo_booked', platform.now()],
  ])
  expect(decisions()).toMatchObject([
    { outcome: 'fired', first: { outcome: 'held', reason: 'prerendering' }, time: platform.now() },
    { outcome: 'fired' },
  ])
})

test('rules are asked only then: the second of two once-per-user is refused at the activation', async () => {
  const { tracker, platform, decisions } = open()
  tracker.track('demo_booked')
  expect(tracker.track('demo_booked').reason).toBe('prerendering')
  platform.activate()
  expect(decisions().map(({ reason }) => reason)).toEqual(['admitted', 'frequency'])
})

test('under pending consent it is held on, with the time of the activation', async () => {
  const { tracker, platform, destination, decisions } = open('pending')
  tracker.track('step_taken')
  platform.advance(HOUR_MS)
  platform.activate()
  const activated = platform.now()
  expect(decisions()[0]).toMatchObject({ outcome: 'held', reason: 'consent-pending' })
  platform.advance(29 * MINUTE_MS)
  tracker.consent.update('granted')
  await drain()
  expect(destination.events[0]?.time).toBe(activated)
  expect(decisions()[0]).toMatchObject({ outcome: 'fired', first: { reason: 'prerendering' } })
})

test('a consent that is denied meanwhile denies it', () => {
  const { tracker, platform, decisions } = open()
  tracker.track('step_taken')
  tracker.consent.update('denied')
  platform.activate()
  expect(decisions()[0]?.reason).toBe('consent-denied')
})

test('a consent that is granted meanwhile is used from the activation on', async () => {
  const { tracker, platform, destination } = open('pending')
  tracker.track('step_taken')
  tracker.consent.update('granted')
  await drain()
  expect(platform.stored()).toEqual({})
  platform.activate()
  await drain()
  expect(destination.events).toHaveLength(1)
  expect(tracker.record.get().storage).toBe('persistent')
})

test('a thousand occurrences wait, and no more', () => {
  const { tracker } = open()
  for (let count = 0; count < 1_000; count++) tracker.track('step_taken')
  expect(tracker.track('step_taken')).toMatchObject({ outcome: 'dropped', reason: 'queue-full' })
})

test('the session begins with the activation', async () => {
  const { tracker, platform, destination } = open()
  platform.advance(23 * HOUR_MS)
  platform.activate()
  tracker.track('step_taken')
  await drain()
  for (let quarter = 0; quarter < 8; quarter++) {
    platform.advance(15 * MINUTE_MS)
    platform.act()
  }
  tracker.track('step_taken')
  await drain()
  expect(destination.events[1]?.sessionId).toBe(destination.events[0]?.sessionId)
})

test('what an earlier page of the tab holds stays with it until the activation: no event comes twice', async () => {
  const platform = createManualPlatform()
  const shown = openTracker(plan, { platform, hold: 'tab', consent: 'pending' })
  shown.tracker.track('step_taken')
  const before = platform.stored()
  const next = createManualPlatform({ prerendering: true })
  for (const key of platform.tab.keys()) next.tab.set(key, platform.tab.get(key) ?? '')
  const { tracker, decisions, destination } = openTracker(plan, {
    platform: next,
    hold: 'tab',
    consent: 'pending',
  })
  tracker.consent.update('granted')
  await drain()
  expect([decisions(), destination.events]).toEqual([[], []])
  expect(next.stored()).toEqual(before)
  next.activate()
  await drain()
  expect(destination.events).toMatchObject([{ name: 'step_taken' }])
})

test('a tracker that is disposed before the activation ends what is held', () => {
  const { tracker, platform, decisions } = open()
  tracker.track('step_taken')
  tracker.dispose()
  expect(decisions()).toMatchObject([{ outcome: 'dropped', reason: 'disabled', first: { outcome: 'held' } }])
  platform.activate()
  expect(decisions()).toHaveLength(1)
})
