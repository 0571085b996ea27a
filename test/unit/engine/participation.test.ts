import { describe, expect, test } from 'vitest'
import { journey } from '../../../src/engine/journey/journey.ts'
import { definePlan } from '../../../src/plan/define-plan.ts'
import { draw } from '../../../src/plan/draw.ts'
import { event } from '../../../src/plan/event.ts'
import { createManualPlatform, type ManualPlatform } from '../../../src/testing/manual-platform.ts'
import { drain, openTabs, openTracker } from '../../support/tracking.ts'

const plan = definePlan({
  name: 'half',
  version: '1',
  events: {
    rolled_out: event({ rollout: 0.5 }),
    kept_by_user: event({ sampleRate: 0.5 }),
    kept_by_session: event({ sampleRate: 0.5, sampleBy: 'session' }),
    rolled_out_once: event({ rollout: 0.5, frequency: 'once-per-user' }),
    switched_off: event({ rollout: 0 }),
  },
})
const names = ['rolled_out', 'kept_by_user', 'kept_by_session', 'rolled_out_once'] as const
type Ids = { readonly anonymousId: string; readonly sessionId: string }

/** Returns the names of the events in which a user and a session take part. */
const taking = ({ anonymousId, sessionId }: Ids) =>
  names.filter((name) =>
    name.startsWith('rolled')
      ? draw('rollout', name, anonymousId) < 0.5
      : draw('sample', name, name === 'kept_by_user' ? anonymousId : sessionId) < 0.5,
  )

/** Browsers whose ids differ. */
const browsers = Array.from({ length: 40 }, (_, ids) => {
  const platform = createManualPlatform()
  for (let id = 0; id < ids; id++) platform.newId()
  return platform
})

/** Returns the next page of a user whose local storage the site has cleared. */
async function returned(platform: ManualPlatform): Promise<ManualPlatform> {
  const first = openTracker(plan, { platform })
  await drain()
  first.tracker.dispose()
  const next = platform.reload()
  next.clearLocal()
  return next
}

describe('rollout and sampling while the database opens', () => {
  test('are drawn by the user and the session that it provides', async () => {
    const results = new Set<string>()
    for (const platform of browsers) {
      const { tracker, destination, decisions } = openTracker(plan, { platform: await returned(platform) })
      for (const name of names) tracker.track(name)
      await drain()
      const expected = taking(tracker.context() as Ids)
      results.add(expected.join())
      expect(destination.events.map(({ name }) => name)).toEqual(expected)
      for (const { event: name, outcome, reason, deliveries } of decisions()) {
        const isIn = expected.some((each) => each === name)
        expect([name, outcome, reason]).toEqual(
          isIn
            ? [name, 'fired', 'admitted']
            : [name, 'dropped', name.startsWith('rolled') ? 'not-in-rollout' : 'sampled-out'],
        )
        if (!isIn) expect(deliveries).toEqual({})
      }
      tracker.track('rolled_out')
      expect(decisions().at(-1)?.outcome).toBe(expected.includes('rolled_out') ? 'fired' : 'dropped')
    }
    expect(results.size).toBeGreaterThan(8)
  })

  test('are the same in all tabs of a first visit', async () => {
    for (const platform of browsers.map((each) => each.openTab())) {
      platform.clearSiteData()
      const tabs = openTabs(plan, 3, { platform })
      for (const { tracker } of tabs) tracker.track('rolled_out')
      await drain()
      const [user] = tabs.map(({ tracker }) => tracker.context())
      const expected = draw('rollout', 'rolled_out', String(user?.anonymousId)) < 0.5 ? 1 : 0
      const sent = tabs.map(({ destination }) => destination.events.length)
      expect(sent).toEqual([expected, expected, expected])
      for (const { tracker } of tabs) tracker.dispose()
    }
  })

  test('count as a cause what the sample leaves out, and not what the rollout does', async () => {
    for (const platform of browsers.slice(0, 12).map((each) => each.openTab())) {
      platform.clearSiteData()
      const page = await returned(platform)
      const { tracker, decisions } = openTracker(plan, { platform: page, plugins: [journey()] })
      for (const name of names) tracker.track(name)
      await tracker.flush()
      const counted = decisions().filter(({ reason }) => reason !== 'not-in-rollout')
      expect(tracker.journey?.get().steps.map((step) => step.event)).toEqual(
        counted.map((decision) => decision.event),
      )
      tracker.dispose()
    }
  })

  test('decide by what is known when the page is left before', async () => {
    for (const each of browsers) {
      const platform = each.openTab()
      platform.clearSiteData()
      const never = { ...platform, openDatabase: () => new Promise<never>(() => {}) }
      const { tracker, destination, decisions } = openTracker(plan, { platform: never })
      tracker.track('rolled_out')
      platform.leave()
      const isIn = decisions()[0]?.outcome === 'fired'
      const proposed = JSON.parse(platform.local.get('rmc1:half:proposal') ?? '{}') as {
        user: { id: string }
      }
      expect(isIn).toBe(draw('rollout', 'rolled_out', proposed.user.id) < 0.5)
      await drain()
      expect(destination.events).toHaveLength(isIn ? 1 : 0)
      tracker.dispose()
    }
  })

  test('need no user for an event that is switched off', () => {
    const { tracker } = openTracker(plan)
    expect(tracker.track('switched_off').reason).toBe('not-in-rollout')
  })
})
