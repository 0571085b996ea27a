import { describe, expect, test } from 'vitest'
import { definePlan } from '../../../src/plan/define-plan.ts'
import { event } from '../../../src/plan/event.ts'
import { createManualPlatform } from '../../../src/testing/manual-platform.ts'
import { stalling } from '../../support/stalling.ts'
import { drain, HOUR_MS, MINUTE_MS, openTabs, openTracker, SECOND_MS } from '../../support/tracking.ts'

const plan = definePlan({
  name: 'acme',
  version: '1',
  events: { step_taken: event({}), pricing_clicked: event({ frequency: 'once-per-session' }) },
})

async function open() {
  const tracking = openTracker(plan)
  await drain()
  return {
    ...tracking,
    sessionNow: async () => {
      tracking.tracker.track('step_taken')
      await drain()
      return tracking.destination.events.at(-1)?.sessionId
    },
  }
}

describe('a session', () => {
  test('ends after 30 minutes without activity, to the millisecond', async () => {
    const { platform, sessionNow } = await open()
    const first = await sessionNow()
    platform.advance(30 * MINUTE_MS - 1)
    expect(await sessionNow()).toBe(first)
    platform.advance(1)
    expect(await sessionNow()).not.toBe(first)
  })

  test('is extended by activity, not by what is tracked (S1)', async () => {
    const { platform, sessionNow } = await open()
    const first = await sessionNow()
    for (let quarter = 0; quarter < 4; quarter++) {
      platform.advance(15 * MINUTE_MS)
      platform.act()
    }
    expect(await sessionNow()).toBe(first)
    platform.advance(15 * MINUTE_MS)
    await sessionNow()
    platform.advance(15 * MINUTE_MS)
    expect(await sessionNow()).not.toBe(first)
  })

  test('is cut after 24 hours, whatever the activity', async () => {
    const { platform, sessionNow } = await open()
    const first = await sessionNow()
    for (let hour = 0; hour < 24 * 4 - 1; hour++) {
      platform.advance(15 * MINUTE_MS)
      platform.act()
    }
    expect(await sessionNow()).toBe(first)
    platform.advance(15 * MINUTE_MS)
    expect(await sessionNow()).not.toBe(first)
  })

  test('keeps its own limits when the tracker names others', async () => {
    const { tracker, destination, platform } = openTracker(plan, { session: { idle: '5min', max: '1h' } })
    const sessions: (string | undefined)[] = []
    for (const advance of [0, 5 * MINUTE_MS - 1, 1]) {
      platform.advance(advance)
      tracker.track('step_taken')
      await drain()
      sessions.push(destination.events.at(-1)?.sessionId)
    }
    expect(sessions[1]).toBe(sessions[0])
    expect(sessions[2]).not.toBe(sessions[0])
  })

  test('is not rotated by a timer: nothing happens until something occurs', async () => {
    const { platform, sessionNow } = await open()
    await sessionNow()
    const stored = platform.stored()
    platform.advance(3 * HOUR_MS)
    await drain()
    expect(platform.stored()).toEqual(stored)
  })

  test('goes on over a page load, with its counts', async () => {
    const { tracker, destination, platform, sessionNow } = await open()
    const first = await sessionNow()
    tracker.track('pricing_clicked')
    await drain()
    tracker.dispose()
    platform.advance(MINUTE_MS)
    const next = openTracker(plan, { platform: platform.reload() })
    expect(next.tracker.track('pricing_clicked').reason).toBe('frequency')
    next.tracker.track('step_taken')
    await drain()
    expect(next.destination.events[0]).toMatchObject({
      sessionId: first,
      anonymousId: destination.events[0]?.anonymousId,
    })
  })

  test('that ended takes its counts with it: nothing of it stays stored', async () => {
    const { tracker, platform } = await open()
    tracker.track('pricing_clicked')
    await drain()
    expect(Object.keys(platform.stored()).join()).toContain('pricing_clicked')
    platform.advance(31 * MINUTE_MS)
    tracker.track('step_taken')
    await drain()
    expect(Object.keys(platform.stored()).join()).not.toContain('pricing_clicked')
    expect(tracker.track('pricing_clicked').outcome).toBe('fired')
  })

  test('that ended while no page was open leaves nothing stored either', async () => {
    const { tracker, platform } = await open()
    tracker.track('pricing_clicked')
    await drain()
    tracker.dispose()
    platform.advance(31 * MINUTE_MS)
    openTracker(plan, { platform: platform.reload() })
    await drain()
    expect(Object.keys(platform.stored()).join()).not.toContain('pricing_clicked')
  })

  test('survives a clock that is set back', async () => {
    const { platform, sessionNow } = await open()
    const first = await sessionNow()
    platform.advance(-5 * MINUTE_MS)
    expect(await sessionNow()).toBe(first)
  })
})

describe('over several tabs', () => {
  const sessionsOf = (tabs: ReturnType<typeof openTabs<typeof plan>>) =>
    new Set(tabs.flatMap(({ destination }) => destination.events.map(({ sessionId }) => sessionId)))

  test('one session, however many open at once', async () => {
    const tabs = openTabs(plan, 5)
    for (const { tracker } of tabs) tracker.track('step_taken')
    await drain(2_000)
    expect(tabs.flatMap(({ destination }) => destination.events)).toHaveLength(5)
    expect(sessionsOf(tabs).size).toBe(1)
  })

  test('one successor when two tabs wake together', async () => {
    const tabs = openTabs(plan, 2)
    for (const { tracker } of tabs) tracker.track('step_taken')
    await drain()
    const [first] = sessionsOf(tabs)
    tabs[0]?.platform.advance(HOUR_MS)
    for (const { tracker } of tabs) tracker.track('step_taken')
    await drain()
    for (const { tracker } of tabs) tracker.track('step_taken')
    await drain()
    const after = tabs.flatMap(({ destination }) =>
      destination.events.slice(1).map(({ sessionId }) => sessionId),
    )
    expect(after).toHaveLength(4)
    expect(new Set(after).size).toBe(1)
    expect(after[0]).not.toBe(first)
  })

  test('one successor also where the database stalls: the mirror says which', async () => {
    const { platform, stop } = stalling(createManualPlatform())
    const slow = openTracker(plan, { platform })
    const quick = openTracker(plan, { platform: platform.openTab() })
    await drain()
    stop()
    platform.advance(HOUR_MS)
    slow.tracker.track('step_taken')
    quick.tracker.track('step_taken')
    await drain()
    platform.advance(50)
    await drain()
    expect(slow.destination.events[0]?.sessionId).toBe(quick.destination.events[0]?.sessionId)
  })

  test('activity in one keeps the session of all alive', async () => {
    const [one, other] = openTabs(plan, 2)
    one?.tracker.track('step_taken')
    await drain()
    for (let quarter = 0; quarter < 4; quarter++) {
      one?.platform.advance(15 * MINUTE_MS)
      one?.platform.act()
    }
    other?.tracker.track('step_taken')
    await drain()
    expect(other?.destination.events[0]?.sessionId).toBe(one?.destination.events[0]?.sessionId)
  })

  test('activity counts also in a tab that was silent while another kept the session alive', async () => {
    const [one, other] = openTabs(plan, 2)
    one?.tracker.track('step_taken')
    await drain()
    one?.platform.advance(20 * MINUTE_MS)
    one?.platform.act()
    one?.platform.advance(20 * MINUTE_MS)
    other?.platform.act()
    one?.platform.advance(20 * MINUTE_MS)
    one?.tracker.track('step_taken')
    await drain()
    const [before, after] = one?.destination.events ?? []
    expect(after?.sessionId).toBe(before?.sessionId)
  })

  test('activity is written at most every five seconds', async () => {
    const { platform } = await open()
    const before = platform.stored()
    platform.advance(4 * SECOND_MS)
    platform.act()
    expect(platform.stored()).toEqual(before)
    platform.advance(SECOND_MS)
    platform.act()
    expect(platform.stored()).not.toEqual(before)
  })

  test('an activity of the old session does not bring it back over its successor', async () => {
    const [one, other] = openTabs(plan, 2, {})
    one?.tracker.track('step_taken')
    other?.tracker.track('step_taken')
    await drain()
    one?.tracker.reset()
    one?.platform.advance(10 * SECOND_MS)
    other?.platform.act()
    one?.tracker.track('step_taken')
    other?.tracker.track('step_taken')
    await drain()
    const [first] = one?.destination.events ?? []
    const latest = [one, other].map((tab) => tab?.destination.events.at(-1))
    expect(latest[0]?.sessionId).toBe(latest[1]?.sessionId)
    expect(latest[0]?.anonymousId).toBe(latest[1]?.anonymousId)
    expect(latest[0]?.sessionId).not.toBe(first?.sessionId)
  })
})
