import { expect, test } from 'vitest'
import { memory } from '../../../src/destinations/memory.ts'
import { definePlan } from '../../../src/plan/define-plan.ts'
import { event } from '../../../src/plan/event.ts'
import { createManualPlatform } from '../../../src/testing/manual-platform.ts'
import { drain, openTracker } from '../../support/tracking.ts'

const planOf = (name: string) =>
  definePlan({
    name,
    version: '1',
    events: { step_taken: event({}), demo_booked: event({ frequency: 'once-per-user' }) },
  })

test('a withdrawal at one tracker is heard by another one of its plan, and nothing leaves after it', async () => {
  const platform = createManualPlatform()
  const plan = planOf('acme')
  const [one, other] = [openTracker(plan, { platform }), openTracker(plan, { platform })]
  await drain()
  one.tracker.consent.update('denied')
  for (let count = 0; count < 5; count++)
    expect(other.tracker.track('step_taken').reason).toBe('consent-denied')
  await drain()
  expect(other.destination.events).toEqual([])
  expect(other.tracker.consent.get()).toMatchObject({ analytics: 'denied' })
  expect(platform.stored()).toEqual({})
})

test('also where storage is not permitted, and only of the category that was withdrawn', async () => {
  const platform = createManualPlatform()
  const plan = planOf('acme')
  const open = () =>
    openTracker(plan, {
      platform,
      consent: { analytics: 'pending', marketing: 'granted' },
      destinations: [memory({ name: 'ads', consent: 'marketing' })],
    })
  const [one, other] = [open(), open()]
  one.tracker.consent.update({ marketing: 'denied' })
  expect(other.tracker.consent.get()).toEqual({ analytics: 'pending', marketing: 'denied' })
  other.tracker.consent.update({ marketing: 'granted' })
  expect(one.tracker.consent.get()).toEqual({ analytics: 'pending', marketing: 'denied' })
})

test('who is here is one for both: a log-in and a log-out are heard', async () => {
  const platform = createManualPlatform()
  const plan = planOf('acme')
  const [one, other] = [openTracker(plan, { platform }), openTracker(plan, { platform })]
  await drain()
  one.tracker.identify('ada')
  other.tracker.track('step_taken')
  await drain()
  expect(other.destination.events.at(-1)?.userId).toBe('ada')
  one.tracker.reset()
  await drain()
  for (const { tracker } of [one, other]) tracker.track('step_taken')
  await drain()
  const [mine, theirs] = [one, other].map(({ destination }) => destination.events.at(-1))
  expect(theirs).toMatchObject({ anonymousId: mine?.anonymousId, sessionId: mine?.sessionId })
  expect(theirs?.userId).toBeUndefined()
})

test('trackers of two plans answer for themselves', async () => {
  const platform = createManualPlatform()
  const one = openTracker(planOf('acme'), { platform })
  const other = openTracker(planOf('shop'), { platform })
  await drain()
  one.tracker.consent.update('denied')
  expect(other.tracker.track('step_taken').outcome).toBe('fired')
})

test.each([
  ['aaa', 'aaa:bbb'],
  ['aaa', 'aaa:visitor'],
  ['aaa', 'aaa:'],
  ['a%3Ab', 'a:b'],
  ['', ':'],
])('plan %j erases nothing of plan %j', async (name, longer) => {
  const platform = createManualPlatform()
  const one = openTracker(planOf(name), { platform })
  const other = openTracker(planOf(longer), { platform })
  for (const { tracker } of [one, other]) tracker.track('demo_booked')
  await drain()
  const before = Object.keys(platform.stored()).length
  one.tracker.consent.update('denied')
  await drain()
  expect(Object.keys(platform.stored())).toHaveLength(before / 2)
  expect(other.tracker.track('demo_booked').reason).toBe('frequency')
  expect(other.tracker.consent.get()).toMatchObject({ analytics: 'granted' })
  other.tracker.consent.update('denied')
  await drain()
  expect(platform.stored()).toEqual({})
})

test('what an earlier release stored under the plain name goes at a withdrawal, too', async () => {
  const platform = createManualPlatform()
  platform.local.set('rmc1:aaa:bbb:visitor', '{"id":"v"}')
  platform.local.set('rmc1:aaa:bbb:user:v:demo_booked', '1')
  platform.tab.set('rmc1:aaa:bbb:held:1', '{}')
  const database = await platform.openDatabase('rmc1:aaa:bbb')
  database.put(new Map([['visitor', { id: 'v' }]]))
  const { tracker } = openTracker(planOf('aaa:bbb'), { platform })
  await drain()
  tracker.consent.update('denied')
  await drain()
  expect(platform.stored()).toEqual({})
})
