import { describe, expect, test } from 'vitest'
import { http } from '../../../src/destinations/http/http.ts'
import { definePlan } from '../../../src/plan/define-plan.ts'
import { event } from '../../../src/plan/event.ts'
import type { Platform } from '../../../src/platform/platform.ts'
import { createManualPlatform, type ManualPlatform } from '../../../src/testing/manual-platform.ts'
import type { TestTracker } from '../../../src/testing/test-tracker.ts'
import { gated } from '../../support/gated.ts'
import { scriptedNetwork } from '../../support/scripted-network.ts'
import { drain, listenToAdvice, openTracker } from '../../support/tracking.ts'

const plan = definePlan({
  name: 'acme',
  version: '1',
  events: {
    step_taken: event({}),
    demo_booked: event({ frequency: 'once-per-user' }),
    pricing_clicked: event({ frequency: 'once-per-session' }),
  },
})

/** A page whose database does not open, and whose server is down. */
function openStuckPage(platform: ManualPlatform) {
  const net = scriptedNetwork({ later: platform.later })
  net.always('fail')
  net.leaveBeaconsRoom(0)
  const openDatabase: Platform['openDatabase'] = () => new Promise(() => {})
  const tracking = openTracker(plan, {
    platform: { ...platform, openDatabase } as ManualPlatform,
    destinations: [http({ url: '/collect', network: net.network })],
  })
  return { ...tracking, net }
}

describe('a page that is left while its database is still opening', () => {
  test.each([0, 100, 499, 501, 999, 1_001])(
    'after %i ms leaves its events to the next page',
    async (elapsedMs) => {
      const platform = createManualPlatform()
      const { tracker } = openStuckPage(platform)
      tracker.track('step_taken')
      tracker.track('demo_booked')
      tracker.track('pricing_clicked')
      await drain()
      platform.advance(elapsedMs)
      await drain()
      platform.leave()
      await drain()
      const next = platform.reload()
      const net = scriptedNetwork({ later: next.later })
      const later = openTracker(plan, {
        platform: next,
        destinations: [http({ url: '/collect', network: net.network })],
      })
      await drain()
      await later.tracker.flush()
      next.advance(60_000)
      await drain()
      expect(new Set(net.arrived).size).toBe(3)
      expect(later.tracker.track('demo_booked').reason).toBe('frequency')
    },
  )
})

test('a page that is left again before its database has answered sends nothing without it', async () => {
  const { platform, stop, go } = gated()
  const net = scriptedNetwork({ later: platform.later })
  // As when a link is followed: no `visibilitychange` comes before `pagehide`.
  const onHidden: Platform['lifecycle']['onHidden'] = (listener) =>
    platform.lifecycle.onHidden((last) => last && listener(true))
  const { tracker } = openTracker(plan, {
    platform: { ...platform, lifecycle: { ...platform.lifecycle, onHidden } },
    destinations: [http({ url: '/collect', network: net.network })],
  })
  await drain()
  net.script('fail')
  tracker.track('step_taken')
  platform.leave()
  await drain()
  expect([net.requests.length, net.beacons.length]).toEqual([1, 1])
  stop()
  platform.restore()
  platform.leave()
  go()
  await drain()
  platform.advance(5_000)
  await drain()
  expect([net.requests.length, net.beacons.length]).toEqual([1, 1])
})

describe('a tab whose database does not open', () => {
  const names = ['demo_booked', 'pricing_clicked'] as const
  const trackAll = ({ tracker }: TestTracker<typeof plan>) => {
    for (const name of names) tracker.track(name)
  }
  const openTab = (platform: ManualPlatform, openDatabase = platform.openDatabase) => {
    listenToAdvice()
    return openTracker(plan, { platform: { ...platform, openDatabase } })
  }
  const openStuckTab = (platform: ManualPlatform) => openTab(platform, () => new Promise(() => {}))
  const sentBy = (...tabs: readonly TestTracker<typeof plan>[]) =>
    tabs.flatMap(({ destination }) => destination.events.map(({ name }) => name))

  test.each([
    { first: 'stuck', tracks: 'before' },
    { first: 'stuck', tracks: 'after' },
    { first: 'open', tracks: 'before' },
    { first: 'open', tracks: 'after' },
  ])(
    'is the user of another tab that was left: what both count is sent once (first $first, second tracks $tracks)',
    async ({ first, tracks }) => {
      const platform = createManualPlatform()
      const one = (first === 'stuck' ? openStuckTab : openTab)(platform)
      const other = openStuckTab(platform.openTab())
      await drain()
      trackAll(one)
      if (tracks === 'before') trackAll(other)
      one.platform.leave()
      if (tracks === 'after') trackAll(other)
      other.platform.leave()
      await drain()
      expect(sentBy(one, other)).toEqual(names)
    },
  )

  test.each([
    { first: 'stuck', opens: 'before' },
    { first: 'open', opens: 'before' },
    { first: 'open', opens: 'after' },
  ])(
    'knows what others have sent though local storage is cleared (first $first, second opens $opens)',
    async ({ first, opens }) => {
      const platform = createManualPlatform()
      const one = (first === 'stuck' ? openStuckTab : openTab)(platform)
      const early = opens === 'before' && openStuckTab(platform.openTab())
      await drain()
      trackAll(one)
      await drain()
      one.platform.leave()
      const other = early || openStuckTab(platform.openTab())
      one.tracker.dispose()
      platform.openTab().clearLocal()
      trackAll(other)
      other.platform.leave()
      await drain()
      expect(sentBy(one, other)).toEqual(names)
      const third = openStuckTab(platform.openTab())
      trackAll(third)
      third.platform.leave()
      expect(sentBy(third)).toEqual([])
    },
  )

  test('proposes its user again when local storage is cleared', async () => {
    const platform = createManualPlatform()
    const one = openStuckTab(platform)
    platform.advance(1_000)
    await drain()
    platform.openTab().clearLocal()
    const other = openStuckTab(platform.openTab())
    for (const { tracker } of [one, other]) tracker.track('step_taken')
    for (const { platform } of [one, other]) platform.leave()
    const users = [one, other].map(({ destination }) => destination.events[0]?.anonymousId)
    expect(users[1]).toBe(users[0])
  })
})

type Update = Awaited<ReturnType<Platform['openDatabase']>>['update']

/** Opens a tracker whose updates of the database are made by `update`. */
function openOver(platform: ManualPlatform, update: (update: Update) => Update) {
  const openDatabase: Platform['openDatabase'] = async (...given) => {
    const database = await platform.openDatabase(...given)
    return { ...database, update: update(database.update) }
  }
  return openTracker(plan, { platform: { ...platform, openDatabase } })
}

test.each([
  { act: 'identify', userId: 'jane' },
  { act: 'reset', userId: undefined },
] as const)('$act between the first transaction and its answer changes the stored user', async (row) => {
  const platform = createManualPlatform()
  let answer = () => {}
  const answered = new Promise<void>((resolve) => {
    answer = resolve
  })
  const { tracker } = openOver(platform, (update) => async (...asked) => {
    const made = await update(...asked)
    await answered
    return made
  })
  await drain()
  if (row.act === 'identify') tracker.identify('jane')
  else tracker.reset()
  await drain()
  answer()
  await drain()
  await tracker.flush()
  const { rows } = await (await platform.openDatabase('rmc1:acme')).update(
    ['visitor', 'session'],
    () => undefined,
  )
  const { anonymousId, userId, sessionId } = tracker.context() ?? {}
  expect(userId).toBe(row.userId)
  expect(rows.map((stored) => stored?.['id'])).toEqual([anonymousId, sessionId])
  expect(rows[0]?.['userId']).toBe(row.userId)
})

test('opening waits for the database once', async () => {
  const platform = createManualPlatform()
  let waiting: (() => void)[] = []
  const answered = () => new Promise<void>((resolve) => waiting.push(resolve))
  const openDatabase: Platform['openDatabase'] = async (...given) => {
    const database = await platform.openDatabase(...given)
    return {
      ...database,
      update: (...asked) => answered().then(() => database.update(...asked)),
      readAll: (...asked) => answered().then(() => database.readAll(...asked)),
    }
  }
  const { tracker } = openTracker(plan, { platform: { ...platform, openDatabase } as ManualPlatform })
  const asked: number[] = []
  for (await drain(); waiting.length > 0; await drain()) {
    const now = waiting
    waiting = []
    asked.push(now.length)
    for (const answer of now) answer()
  }
  await tracker.flush()
  expect(asked).toEqual([3])
})
