import { describe, expect, test } from 'vitest'
import { http } from '../../../src/destinations/http.ts'
import { definePlan } from '../../../src/plan/define-plan.ts'
import { event } from '../../../src/plan/event.ts'
import type { Platform } from '../../../src/platform/platform.ts'
import { createManualPlatform, type ManualPlatform } from '../../../src/testing/manual-platform.ts'
import { gated } from '../../support/gated.ts'
import { scriptedNetwork } from '../../support/scripted-network.ts'
import { drain, openTracker } from '../../support/tracking.ts'

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
