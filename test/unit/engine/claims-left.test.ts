import { describe, expect, test } from 'vitest'
import { definePlan } from '../../../src/plan/define-plan.ts'
import { event } from '../../../src/plan/event.ts'
import type { Platform } from '../../../src/platform/platform.ts'
import { createManualPlatform } from '../../../src/testing/manual-platform.ts'
import type { TestTracker } from '../../../src/testing/test-tracker.ts'
import { gated } from '../../support/gated.ts'
import { stalling } from '../../support/stalling.ts'
import { drain, listenToAdvice, openTracker } from '../../support/tracking.ts'

const plan = definePlan({
  name: 'acme',
  version: '1',
  events: { step_taken: event({}), pricing_clicked: event({ frequency: 'once-per-session' }) },
})
type Page = TestTracker<typeof plan>
const endsOf = ({ decisions }: Page) => decisions().map(({ outcome, reason }) => `${outcome} ${reason}`)

/** Its answers stall in one way or the other; its mirror is the other's. */
const openStalling = async (
  platform: ReturnType<typeof createManualPlatform>,
  when: 'before' | 'after',
): Promise<Page & Pick<ReturnType<typeof stalling>, 'stop' | 'go'>> => {
  const { stop, go, ...stalled } = stalling(platform, when)
  const page = openTracker(plan, { platform: stalled.platform })
  await drain()
  return { ...page, stop, go }
}

describe('a page that is left before its database has read', () => {
  test('comes back with its database, and its claim stays spent', async () => {
    const { platform, stop, go } = gated()
    const page = openTracker(plan, { platform })
    await drain()
    stop()
    page.tracker.track('pricing_clicked')
    await drain()
    platform.leave()
    go()
    await drain()
    platform.restore()
    await drain()
    page.tracker.track('pricing_clicked')
    await drain()
    expect(endsOf(page)).toEqual(['fired admitted', 'dropped frequency'])
    expect(page.destination.events).toHaveLength(1)
    expect(page.tracker.record.get().storage).toBe('persistent')
  })

  test('while it opens, is in the session of the other tabs when it comes back', async () => {
    listenToAdvice()
    const { platform, stop, go } = gated()
    stop()
    const page = openTracker(plan, { platform })
    platform.leave()
    go()
    await drain()
    platform.restore()
    await drain()
    const other = openTracker(plan, { platform: platform.openTab() })
    await drain()
    for (const { tracker } of [page, other]) tracker.track('step_taken')
    await drain()
    const [mine, theirs] = [page, other].map(({ destination }) => destination.events[0])
    expect([mine?.sessionId, mine?.anonymousId]).toEqual([theirs?.sessionId, theirs?.anonymousId])
    expect(mine?.context.storage).toBe('persistent')
  })

  test('lets no other tab win: its claim is in the mirror, though not in the database', async () => {
    listenToAdvice()
    const { platform, stop, go } = gated()
    const openDatabase: Platform['openDatabase'] = async (name) => ({
      ...(await platform.openDatabase(name)),
      put: () => {}, // WebKit may lose what a page writes as its last
    })
    const page = openTracker(plan, { platform: { ...platform, openDatabase } })
    const other = openTracker(plan, { platform: platform.openTab() })
    await drain()
    stop()
    page.tracker.track('pricing_clicked')
    other.tracker.track('pricing_clicked')
    await drain()
    platform.leave()
    go()
    await drain()
    expect([endsOf(page), endsOf(other)]).toEqual([['fired admitted'], ['dropped superseded']])
    expect([page, other].map(({ destination }) => destination.events.length)).toEqual([1, 0])
  })

  test('keeps a reset that was under way', async () => {
    const { platform, stop, go } = gated()
    const page = openTracker(plan, { platform })
    await drain()
    page.tracker.track('step_taken')
    await drain()
    stop()
    page.tracker.reset()
    await drain()
    platform.leave()
    go()
    await drain()
    for (const key of platform.local.keys()) if (!key.endsWith('epoch')) platform.local.remove(key)
    const next = openTracker(plan, { platform: platform.reload() })
    await drain()
    next.tracker.track('step_taken')
    await drain()
    expect(next.destination.events[0]?.anonymousId).not.toBe(page.destination.events[0]?.anonymousId)
  })
})

describe('two pages that cannot wait for their claims', () => {
  test('in the same millisecond send one copy', async () => {
    listenToAdvice()
    const platform = createManualPlatform()
    const pages = await Promise.all(
      [platform, platform.openTab()].map((each) => openStalling(each, 'before')),
    )
    for (const page of pages) page.stop()
    for (const { tracker } of pages) tracker.track('pricing_clicked')
    await drain()
    platform.advance(50)
    for (const page of pages) page.go()
    await drain()
    expect(pages.map(endsOf)).toEqual([['fired admitted'], ['dropped superseded']])
    expect(pages.map(({ destination }) => destination.events.length)).toEqual([1, 0])
  })

  test('and one of which the database has decided for: that one goes, and neither record denies it', async () => {
    listenToAdvice()
    const platform = createManualPlatform()
    const late = await openStalling(platform, 'before')
    const first = await openStalling(platform.openTab(), 'after')
    for (const page of [late, first]) page.stop()
    late.tracker.track('pricing_clicked')
    platform.advance(1)
    first.tracker.track('pricing_clicked')
    await drain()
    platform.advance(50)
    for (const page of [late, first]) page.go()
    await drain()
    expect([late, first].map(endsOf)).toEqual([['dropped superseded'], ['fired admitted']])
    expect([late, first].map(({ destination }) => destination.events.length)).toEqual([0, 1])
  })
})

test('a database that another tab deletes late, after a withdrawal and a new grant, is opened once more', async () => {
  const platform = createManualPlatform()
  let lose: ((deleted: boolean) => void) | undefined
  const openDatabase: Platform['openDatabase'] = (name, onLost) => {
    lose = onLost
    return platform.openDatabase(name)
  }
  const page = openTracker(plan, { platform: { ...platform, openDatabase } })
  page.tracker.track('pricing_clicked')
  await drain()
  const deleted = async () => {
    await platform.eraseDatabase('rmc1:acme')
    lose?.(true)
    await drain()
  }
  await deleted()
  expect(page.tracker.record.get().storage).toBe('persistent')
  expect(page.tracker.track('pricing_clicked').reason).toBe('frequency')
  expect(Object.keys(platform.stored()).join()).toContain('database rmc1:acme session')
  await deleted()
  expect(page.tracker.record.get().storage).toBe('memory')
})

/** Its database is deleted by another tab `turns` after it was opened. */
async function openDeleted(turns: number): Promise<Page> {
  const platform = createManualPlatform()
  let opened = 0
  const openDatabase: Platform['openDatabase'] = async (name, onLost) => {
    const database = await platform.openDatabase(name)
    const deleteIt = async () => {
      await drain(turns)
      await platform.eraseDatabase(name)
      database.close() // what was asked for before is still done
      onLost?.(true)
    }
    if (opened++ === 0) void deleteIt()
    return database
  }
  const page = openTracker(plan, { platform: { ...platform, openDatabase } })
  await drain(turns + 300)
  return page
}

test.each(Array.from({ length: 40 }, (_, turn) => turn + 2))(
  'a database that another tab deletes %i turns after it was opened is opened once more, and decides',
  async (turns) => {
    const page = await openDeleted(turns)
    page.tracker.track('pricing_clicked')
    await drain()
    expect(page.tracker.record.get().storage).toBe('persistent')
    expect(Object.keys(page.platform.stored()).join()).toMatch(
      /database rmc1:acme session:\S+pricing_clicked/,
    )
  },
)

test('a claim whose event is withdrawn while the database decides is not spent', async () => {
  const { platform, stop, go } = gated()
  const page = openTracker(plan, {
    platform,
    storage: { consent: 'functional' },
    consent: { functional: 'granted', analytics: 'granted' },
  })
  await drain()
  stop()
  page.tracker.track('pricing_clicked')
  await drain()
  page.tracker.consent.update({ analytics: 'denied' })
  go()
  await drain()
  page.tracker.consent.update({ analytics: 'granted' })
  page.tracker.track('pricing_clicked')
  await drain()
  expect(endsOf(page)).toEqual(['dropped withdrawn', 'fired admitted'])
})

test('a claim that a withdrawal has interrupted does not bring the session before it back into storage', async () => {
  const { platform, stop, go } = gated()
  const { tracker, destination } = openTracker(plan, { platform })
  tracker.track('step_taken')
  await drain()
  stop()
  tracker.track('pricing_clicked')
  await drain()
  tracker.consent.update('denied')
  go()
  await drain()
  tracker.consent.update('granted')
  await drain()
  const { sessionId } = destination.events[0] ?? {}
  expect(sessionId).toBeTruthy()
  expect(JSON.stringify(platform.stored())).not.toContain(sessionId)
})
