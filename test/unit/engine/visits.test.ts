import { describe, expect, test } from 'vitest'
import type { UserContext } from '../../../src/engine/who/visit.ts'
import { definePlan } from '../../../src/plan/define-plan.ts'
import { event } from '../../../src/plan/event.ts'
import { createManualPlatform } from '../../../src/testing/manual-platform.ts'
import { drain, HOUR_MS, listenToAdvice, openTabs, openTracker } from '../../support/tracking.ts'

const DAY_MS = 24 * HOUR_MS
const plan = definePlan({ name: 'acme', version: '1', events: { step_taken: event({}) } })

describe('days since the visit before', () => {
  test('count from beginning to beginning, agree in all tabs, and stay over page loads', async () => {
    const [one, other] = openTabs(plan, 2)
    const users = async () => {
      for (const tab of [one, other]) tab?.tracker.track('step_taken')
      await drain()
      return [one, other].map((tab) => tab?.destination.events.at(-1)?.context.user)
    }
    await drain()
    const first = { visit: 1, returning: false, daysSinceLast: undefined }
    expect(await users()).toEqual([first, first])
    one?.platform.advance(5 * DAY_MS + HOUR_MS)
    const second = { visit: 2, returning: true, daysSinceLast: 5 }
    expect(await users()).toEqual([second, second])
    one?.platform.advance(10_000)
    expect(await users()).toEqual([second, second])
    const next = openTracker(plan, { platform: one?.platform.reload() })
    next.tracker.track('step_taken')
    await drain()
    expect(next.destination.events[0]?.context.user).toEqual(second)
    one?.platform.advance(2 * DAY_MS)
    expect((await users())[1]).toEqual({ visit: 3, returning: true, daysSinceLast: 2 })
  })

  test('are known at a grant that comes after a visit began in memory', async () => {
    const { tracker, destination, platform } = openTracker(plan, { consent: 'pending' })
    tracker.track('step_taken')
    platform.advance(DAY_MS)
    tracker.track('step_taken')
    tracker.consent.update('granted')
    await drain()
    expect(destination.events.at(-1)?.context.user).toMatchObject({ visit: 2, daysSinceLast: 1 })
  })
})

describe('onVisit()', () => {
  function listen(tracker: ReturnType<typeof openTracker<typeof plan>>['tracker']) {
    const heard: UserContext[] = []
    return { heard, stop: tracker.onVisit((user) => heard.push(user)) }
  }

  test('calls when storage has answered, once for each visit, and at once for who comes later', async () => {
    const { tracker, platform } = openTracker(plan)
    const { heard, stop } = listen(tracker)
    expect(heard).toEqual([])
    await drain()
    tracker.track('step_taken')
    await drain()
    expect(heard).toMatchObject([{ visit: 1 }])
    platform.advance(DAY_MS)
    tracker.track('step_taken')
    await drain()
    expect(heard).toMatchObject([{ visit: 1 }, { visit: 2, daysSinceLast: 1 }])
    expect(listen(tracker).heard).toMatchObject([{ visit: 2 }])
    stop()
    platform.advance(DAY_MS)
    tracker.track('step_taken')
    await drain()
    expect(heard).toHaveLength(2)
  })

  test('calls for whoever comes after a reset, and never where nothing is stored', async () => {
    const { tracker } = openTracker(plan)
    const { heard } = listen(tracker)
    await drain()
    tracker.reset()
    await drain()
    expect(heard).toMatchObject([{ visit: 1 }, { visit: 1 }])
    for (const options of [
      { consent: 'pending' as const },
      { platform: createManualPlatform({ storage: 'blocked' }) },
    ]) {
      const silent = openTracker(plan, options)
      const { heard } = listen(silent.tracker)
      silent.tracker.track('step_taken')
      await drain()
      expect(heard).toEqual([])
    }
  })
})

test('onReset() calls after a reset, also after that of another user, until it is stopped', () => {
  listenToAdvice()
  const { tracker } = openTracker(plan)
  let resets = 0
  const stop = tracker.onReset(() => resets++)
  tracker.identify('ada')
  expect(resets).toBe(0)
  tracker.identify('grace')
  expect(resets).toBe(1)
  tracker.reset()
  expect(resets).toBe(2)
  stop()
  tracker.reset()
  expect(resets).toBe(2)
})
