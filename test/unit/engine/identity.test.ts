import fc, { type Scheduler } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { definePlan } from '../../../src/plan/define-plan.ts'
import { event } from '../../../src/plan/event.ts'
import type { Platform } from '../../../src/platform/platform.ts'
import { createManualPlatform, type ManualPlatform } from '../../../src/testing/manual-platform.ts'
import { drain, HOUR_MS, MINUTE_MS, openTabs, openTracker, SECOND_MS } from '../../support/tracking.ts'

const plan = definePlan({
  name: 'acme',
  version: '1',
  events: {
    step_taken: event({}),
    demo_booked: event({ frequency: 'once-per-user' }),
    pricing_clicked: event({ frequency: 'once-per-session' }),
  },
})
type Tab = ReturnType<typeof openTracker<typeof plan>>

/** The database opens after `ms` on the platform's clock. */
function slow(platform: ManualPlatform, ms: number): ManualPlatform {
  const openDatabase: Platform['openDatabase'] = async (name, onLost) => {
    await new Promise<void>((resolve) => {
      platform.later(ms, resolve)
    })
    return platform.openDatabase(name, onLost)
  }
  // A timer is a task of its own: it sees what other processes have written before.
  const later: Platform['later'] = (delayMs, run) =>
    platform.later(delayMs, () => {
      platform.sync()
      run()
    })
  return { ...platform, openDatabase, later }
}

const openSlowTabs = (first: ManualPlatform, count: number, ms = 2_500) =>
  Array.from({ length: count }, (_, index) =>
    openTracker(plan, { platform: slow(index ? first.openTab() : first, ms) }),
  )

const arrived = (tabs: readonly Tab[], name: string) =>
  tabs.flatMap(({ destination }) => destination.events.filter((each) => each.name === name))
const different = <T>(values: readonly T[]) => new Set(values).size

async function pass(platform: ManualPlatform, ms: number, stepMs = 100): Promise<void> {
  for (let past = 0; past < ms; past += stepMs) {
    platform.advance(stepMs)
    await drain()
  }
}

describe('a first visit whose database opens late', () => {
  test.each([
    { locks: true, staleReads: false },
    { locks: true, staleReads: true },
    { locks: false, staleReads: false },
    { locks: false, staleReads: true },
  ])('in three tabs is one user in one session, with one id of a once-event: %o', async (options) => {
    const first = createManualPlatform(options)
    const tabs = openSlowTabs(first, 3)
    for (const { tracker } of tabs) {
      tracker.track('demo_booked')
      tracker.track('pricing_clicked')
      tracker.track('step_taken')
    }
    await pass(first, 3_000)
    for (const { platform } of tabs) platform.sync()
    for (const { tracker } of tabs) tracker.track('step_taken')
    await drain()
    const all = tabs.flatMap(({ destination }) => destination.events)
    expect(arrived(tabs, 'step_taken')).toHaveLength(6)
    expect(different(all.map(({ anonymousId }) => anonymousId))).toBe(1)
    expect(different(all.map(({ sessionId }) => sessionId))).toBe(1)
    expect(different(arrived(tabs, 'demo_booked').map(({ id }) => id))).toBe(1)
    expect(different(arrived(tabs, 'pricing_clicked').map(({ id }) => id))).toBe(1)
    const stored = JSON.stringify(first.stored())
    expect(stored).toContain(all[0]?.anonymousId)
    expect(tabs.flatMap(({ decisions }) => decisions().filter(({ unsettled }) => unsettled))).toEqual([])
  })

  test.each([1_000, 2_500, 3_000])('is one user also where %i ms pass at once', async (ms) => {
    const first = createManualPlatform()
    const tabs = openSlowTabs(first, 3)
    for (const { tracker } of tabs) tracker.track('demo_booked')
    await drain()
    first.advance(ms)
    await drain(1_000)
    first.advance(3_000)
    await drain(1_000)
    for (const { tracker } of tabs) tracker.track('step_taken')
    await drain(1_000)
    const all = tabs.flatMap(({ destination }) => destination.events)
    expect(different(all.map(({ anonymousId }) => anonymousId))).toBe(1)
    expect(different(arrived(tabs, 'demo_booked').map(({ id }) => id))).toBe(1)
  })

  test('is the user that the next page finds, though the first one closed before it opened', async () => {
    const first = createManualPlatform()
    const [one] = openSlowTabs(first, 1)
    one?.tracker.track('demo_booked')
    await pass(first, SECOND_MS)
    one?.platform.leave()
    one?.tracker.dispose()
    const next = openTracker(plan, { platform: first.reload() })
    next.tracker.track('step_taken')
    await drain()
    expect(next.destination.events[0]?.anonymousId).toBe(one?.destination.events[0]?.anonymousId)
    expect(next.tracker.track('demo_booked').reason).toBe('frequency')
  })

  test('leaves no proposal behind once the database has said who is here', async () => {
    const first = createManualPlatform()
    openSlowTabs(first, 1)
    const keys = () => Object.keys(first.stored()).filter((key) => key.endsWith(':proposal'))
    await pass(first, SECOND_MS)
    expect(keys()).toHaveLength(1)
    await pass(first, 2 * SECOND_MS)
    expect(keys()).toEqual([])
  })

  test('at page hide lets events leave, and the record says that their ids were not settled', async () => {
    const first = createManualPlatform()
    const [one] = openSlowTabs(first, 1)
    one?.tracker.track('demo_booked')
    await drain()
    one?.platform.leave()
    expect(one?.destination.events).toHaveLength(1)
    expect(one?.decisions()[0]).toMatchObject({ outcome: 'fired', unsettled: true })
  })

  test('stores nothing once consent is withdrawn while the tabs agree', async () => {
    const first = createManualPlatform()
    const tabs = openSlowTabs(first, 3)
    for (const { tracker } of tabs) tracker.track('demo_booked')
    await drain()
    first.advance(500)
    tabs[1]?.tracker.consent.update('denied')
    await pass(first, 4_000)
    expect(first.stored()).toEqual({})
    expect(arrived(tabs.slice(1, 2), 'demo_booked')).toEqual([])
  })
})

test('whatever the order in which tabs act, see each other and get their databases, they are one user', {
  timeout: 60_000,
}, async () => {
  const act = fc.record({
    tab: fc.nat(2),
    does: fc.constantFrom('track' as const, 'wait' as const, 'look' as const),
    ms: fc.integer({ min: 1, max: 700 }),
  })
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.boolean(),
      fc.tuple(fc.nat(3_000), fc.nat(3_000), fc.nat(3_000)),
      fc.array(act, { minLength: 1, maxLength: 12 }),
      async (scheduler: Scheduler, locks, opens, acts) => {
        const first = createManualPlatform({
          locks,
          staleReads: true,
          turn: () => scheduler.schedule(drain(1)),
        })
        const tabs = opens.map((ms, index) =>
          openTracker(plan, { platform: slow(index ? first.openTab() : first, ms) }),
        )
        for (const { tab, does, ms } of acts) {
          const one = tabs[tab] as Tab
          if (does === 'track') one.tracker.track('demo_booked')
          else if (does === 'look') one.platform.sync()
          else first.advance(ms)
          await scheduler.waitIdle()
        }
        for (let step = 0; step < 8; step++) {
          first.advance(500)
          await scheduler.waitIdle()
        }
        for (const { platform } of tabs) platform.sync()
        for (const { tracker } of tabs) tracker.track('step_taken')
        await scheduler.waitFor(Promise.all(tabs.map(({ tracker }) => tracker.flush())))
        const all = tabs.flatMap(({ destination }) => destination.events)
        for (const { tracker } of tabs) tracker.dispose()
        await scheduler.waitIdle()
        expect(different(all.map(({ anonymousId }) => anonymousId))).toBe(1)
        expect(different(arrived(tabs, 'demo_booked').map(({ id }) => id))).toBeLessThanOrEqual(1)
      },
    ),
    { numRuns: 100 },
  )
})

test('a session that ends while the database is slow has one successor in all tabs', async () => {
  const first = createManualPlatform()
  const tabs = openTabs(plan, 3, { platform: first })
  await drain()
  first.advance(HOUR_MS)
  const reopened = tabs.map(({ platform, tracker }) => {
    tracker.dispose()
    return openTracker(plan, { platform: slow(platform.reload(), 2_500) })
  })
  for (const { tracker } of reopened) tracker.track('pricing_clicked')
  await pass(first, 3_000)
  const clicks = arrived(reopened, 'pricing_clicked')
  expect(clicks.length).toBeGreaterThan(0)
  expect(different(clicks.map(({ id }) => id))).toBe(1)
  expect(different(clicks.map(({ sessionId }) => sessionId))).toBe(1)
})

describe('activity', () => {
  async function stayActive(platform: ManualPlatform, minutes: number): Promise<void> {
    for (let past = 0; past < minutes; past++) {
      platform.advance(MINUTE_MS)
      platform.act()
      await drain()
    }
  }
  async function visitOf(platform: ManualPlatform) {
    const { tracker, destination } = openTracker(plan, { platform })
    tracker.track('step_taken')
    await drain()
    const [found] = destination.events
    return { session: found?.sessionId, landing: found?.context.landing, ...found?.context.user }
  }

  test('reaches the next page: after an hour of it, a page load is the same visit', async () => {
    const platform = createManualPlatform({ path: '/?utm_source=news' })
    const before = await visitOf(platform)
    await stayActive(platform, 60)
    const next = platform.reload()
    next.navigate('/pricing')
    expect(await visitOf(next)).toEqual(before)
    expect(await visitOf(next.openTab())).toEqual(before)
  })

  test('reaches the next page where the mirror was lost', async () => {
    const platform = createManualPlatform()
    const before = await visitOf(platform)
    await stayActive(platform, 60)
    for (const key of platform.local.keys()) platform.local.remove(key)
    expect(await visitOf(platform.reload())).toEqual(before)
  })

  test('does not outlast a day', async () => {
    const platform = createManualPlatform()
    const before = await visitOf(platform)
    await stayActive(platform, 24 * 60)
    expect(await visitOf(platform.reload())).toMatchObject({ visit: 2, daysSinceLast: 1 })
    expect(before.visit).toBe(1)
  })

  test('in one tab keeps the session of one that slept, and sees stale storage when it wakes', async () => {
    const platform = createManualPlatform({ staleReads: true })
    const [active, asleep] = openTabs(plan, 2, { platform })
    await drain()
    active?.tracker.track('pricing_clicked')
    await drain()
    asleep?.platform.sync()
    await stayActive(platform, 45)
    // In its first task it has not seen what the other tab has written.
    asleep?.tracker.track('step_taken')
    asleep?.platform.sync()
    await drain()
    expect(asleep?.destination.events[0]?.sessionId).toBe(active?.destination.events[0]?.sessionId)
    expect(asleep?.tracker.track('pricing_clicked').reason).toBe('frequency')
    expect(asleep?.destination.events[0]?.context.user?.visit).toBe(1)
    await drain()
    active?.tracker.track('pricing_clicked')
    await drain()
    expect(arrived([active as Tab, asleep as Tab], 'pricing_clicked')).toHaveLength(1)
  })
})
