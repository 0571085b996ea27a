import { describe, expect, test } from 'vitest'
import { http } from '../../../src/destinations/http/http.ts'
import { definePlan } from '../../../src/plan/define-plan.ts'
import { event } from '../../../src/plan/event.ts'
import { typed } from '../../../src/plan/standard-schema.ts'
import { createManualPlatform, type ManualPlatform } from '../../../src/testing/manual-platform.ts'
import { scriptedNetwork } from '../../support/scripted-network.ts'
import { drain, MINUTE_MS, openTracker } from '../../support/tracking.ts'

const plan = definePlan({
  name: 'acme',
  version: '1',
  events: {
    step_taken: event({ properties: typed<{ number: number }>() }),
    demo_booked: event({ frequency: 'once-per-user' }),
    pricing_clicked: event({ frequency: 'once-per-session' }),
  },
})

const localKeys = (platform: ManualPlatform) =>
  Object.keys(platform.stored()).filter((key) => key.startsWith('local '))

async function open(platform = createManualPlatform()) {
  const tracking = openTracker(plan, { platform })
  await drain()
  return tracking
}

async function stepOf({ tracker, destination }: Awaited<ReturnType<typeof open>>) {
  tracker.track('step_taken', { number: 1 })
  await drain()
  return destination.events.at(-1)
}

describe('localStorage.clear() by the page', () => {
  test('is recovered from: the tab goes on to write, and the next page knows user, session and counts', async () => {
    const tab = await open()
    const { tracker, platform } = tab
    tracker.track('demo_booked')
    const before = await stepOf(tab)
    platform.clearLocal()
    for (let minute = 0; minute < 40; minute++) {
      platform.advance(MINUTE_MS)
      platform.act()
      await drain()
    }
    expect(localKeys(platform).join()).toMatch(/epoch.*demo_booked|demo_booked.*epoch/)
    tracker.dispose()
    const next = await open(platform.reload())
    expect(await stepOf(next)).toMatchObject({
      sessionId: before?.sessionId,
      anonymousId: before?.anonymousId,
      context: { user: { visit: 1 } },
    })
    expect(next.tracker.track('demo_booked').reason).toBe('frequency')
  })

  test('by another tab is recovered from, without any activity', async () => {
    const { platform } = await open()
    const before = localKeys(platform)
    platform.openTab().clearLocal()
    await drain()
    expect(localKeys(platform).toSorted()).toEqual(before.toSorted())
  })

  test('just before the page is left loses neither the session nor what is born at its end', async () => {
    const platform = createManualPlatform()
    const { network, always } = scriptedNetwork({ later: platform.later })
    always('fail')
    const tab = openTracker(plan, {
      platform,
      destinations: [http({ url: 'https://collect.test/', network })],
    })
    await drain()
    platform.lifecycle.onHidden((leaving) => {
      if (leaving) tab.tracker.track('step_taken', { number: 7 })
    })
    platform.advance(5 * MINUTE_MS)
    platform.act()
    await drain()
    platform.clearLocal()
    platform.leave()
    expect(localKeys(platform).join()).toMatch(/session/)
    expect(JSON.stringify(platform.stored())).toContain('step_taken')
  })

  test('of single keys is recovered from as well', async () => {
    for (const name of ['visitor', 'session', 'epoch']) {
      const tab = await open()
      const { platform, tracker } = tab
      const before = await stepOf(tab)
      platform.local.remove(`rmc1:acme:${name}`)
      platform.advance(10 * MINUTE_MS)
      platform.act()
      await drain()
      platform.leave()
      tracker.dispose()
      expect(localKeys(platform)).toContain(`local rmc1:acme:${name}`)
      const next = await open(platform.reload())
      expect((await stepOf(next))?.sessionId).toBe(before?.sessionId)
    }
  })

  test('is told apart from a withdrawal in another tab, which leaves nothing behind', async () => {
    const platform = createManualPlatform()
    const [one, other] = [await open(platform), await open(platform.openTab())]
    other.tracker.consent.update('denied')
    one.platform.act()
    one.platform.leave()
    await drain()
    expect(platform.stored()).toEqual({})
    expect((await stepOf(one))?.name).toBeUndefined()
  })

  test('is not assumed by a page that was frozen: it asks the database, and leaves nothing', async () => {
    const platform = createManualPlatform({ staleReads: true })
    const frozen = await open(platform)
    const other = await open(platform.openTab())
    frozen.platform.freeze()
    other.platform.sync()
    other.tracker.consent.update('denied')
    await drain()
    // Closed while it is frozen: it has seen that the keys are gone, and has not heard why.
    const { local } = frozen.platform
    for (const key of local.keys()) local.remove(key)
    frozen.platform.leave()
    await drain()
    expect(platform.stored()).toEqual({})
  })

  test('a page that is resumed asks before anything leaves', async () => {
    const platform = createManualPlatform({ staleReads: true })
    const frozen = await open(platform)
    const other = await open(platform.openTab())
    frozen.platform.freeze()
    other.platform.sync()
    other.tracker.consent.update('denied')
    await drain()
    frozen.platform.resume()
    frozen.tracker.track('step_taken', { number: 2 })
    await drain()
    expect(frozen.destination.events).toEqual([])
    expect(platform.stored()).toEqual({})
  })
})

test('sessionStorage.clear() loses nothing that is held: the next page finds it', async () => {
  const platform = createManualPlatform()
  const { tracker } = openTracker(plan, { platform, hold: 'tab', consent: 'pending' })
  tracker.track('pricing_clicked')
  for (const key of platform.tab.keys()) platform.tab.remove(key)
  platform.leave()
  const next = openTracker(plan, { platform: platform.reload(), hold: 'tab', consent: 'pending' })
  next.tracker.consent.update('granted')
  await drain()
  expect(next.destination.events.map(({ name }) => name)).toEqual(['pricing_clicked'])
})

test('cleared site data leave the memory of this page: events flow, the record says so, nothing is stored again', async () => {
  const tab = await open()
  const { tracker, platform } = tab
  const before = await stepOf(tab)
  platform.clearSiteData()
  expect(tracker.record.get().storage).toBe('memory')
  const after = await stepOf(tab)
  expect(after).toMatchObject({ sessionId: before?.sessionId, context: { storage: 'memory' } })
  platform.act()
  platform.leave()
  await drain()
  expect(platform.stored()).toEqual({})
})

test.each(['restore', 'resume'] as const)('nor when the page goes on with %s', async (goOn) => {
  const { platform } = await open()
  platform.clearSiteData()
  platform.freeze()
  if (goOn === 'restore') platform.leave()
  platform[goOn]()
  await drain()
  expect(platform.stored()).toEqual({})
})
