import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { definePlan } from '../../../src/plan/define-plan.ts'
import { event } from '../../../src/plan/event.ts'
import { typed } from '../../../src/plan/standard-schema.ts'
import { createManualPlatform } from '../../../src/testing/manual-platform.ts'
import { drain, listenToAdvice, openTabs, openTracker } from '../../support/tracking.ts'

const plan = definePlan({
  name: 'acme',
  version: '1',
  events: {
    step_taken: event({}),
    demo_booked: event({ frequency: 'once-per-user' }),
    pricing_clicked: event({ frequency: 'once-per-session' }),
    thrice_seen: event({ frequency: { max: 3, per: 'user' } }),
    seldom_seen: event({ frequency: { per: { window: '1s' } } }),
    product_viewed: event({
      properties: typed<{ sku: string }>(),
      frequency: [
        { per: 'session', key: ({ sku }) => sku },
        { max: 3, per: 'session' },
      ],
    }),
  },
})

describe('a user', () => {
  test('is the same in a second tab, also one opened before the first has stored anything', async () => {
    const [one, other] = openTabs(plan, 2)
    one?.tracker.track('step_taken')
    other?.tracker.track('step_taken')
    await drain()
    expect(other?.destination.events[0]?.anonymousId).toBe(one?.destination.events[0]?.anonymousId)
  })

  test('stays the same over page loads and sessions', async () => {
    const visit = openTracker(plan)
    visit.tracker.track('step_taken')
    await drain()
    visit.tracker.dispose()
    visit.platform.advance(100 * 24 * 60 * 60_000)
    const next = openTracker(plan, { platform: visit.platform.reload() })
    next.tracker.track('step_taken')
    await drain()
    expect(next.destination.events[0]?.anonymousId).toBe(visit.destination.events[0]?.anonymousId)
    expect(next.destination.events[0]?.sessionId).not.toBe(visit.destination.events[0]?.sessionId)
  })

  test('the event says what its ids outlive, also the first one', async () => {
    const { tracker, destination } = openTracker(plan)
    tracker.track('step_taken')
    await drain()
    expect(destination.events[0]?.context.storage).toBe('persistent')
  })
})

describe('event ids', () => {
  test('of the only event of its user or session are derived: every tab would give the same (F4)', async () => {
    const tabs = openTabs(plan, 2)
    for (const { tracker } of tabs) {
      tracker.track('demo_booked')
      tracker.track('pricing_clicked')
    }
    await drain()
    const events = tabs.flatMap(({ destination }) => destination.events)
    expect(events.map(({ name }) => name).sort()).toEqual(['demo_booked', 'pricing_clicked'])
    for (const { id } of events) expect(id).toMatch(/^\w{8}-\w{4}-8\w{3}-8\w{3}-\w{12}$/)
  })

  test('of keyed events differ by key', async () => {
    const { tracker, destination } = openTracker(plan)
    tracker.track('product_viewed', { sku: 'a' })
    tracker.track('product_viewed', { sku: 'b' })
    await drain()
    const [a, b] = destination.events
    expect(a?.id).toMatch(/^\w{8}-\w{4}-8/)
    expect(b?.id).not.toBe(a?.id)
  })

  test.each(['step_taken', 'thrice_seen', 'seldom_seen'] as const)(
    'of other events (%s) are random, and new each time (F4)',
    async (name) => {
      const { tracker, destination, platform } = openTracker(plan)
      tracker.track(name)
      platform.advance(1_000)
      tracker.track(name)
      await drain()
      const [first, second] = destination.events
      expect(first?.id).toMatch(/^\w{8}-\w{4}-7/)
      expect(second?.id).not.toBe(first?.id)
    },
  )

  test('do not come from the user: identify() changes none (F6)', async () => {
    const idOf = async (userId: string | undefined) => {
      const { tracker, destination } = openTracker(plan)
      if (userId) tracker.identify(userId)
      tracker.track('demo_booked')
      await drain()
      return destination.events[0]?.id
    }
    expect(await idOf('ada')).toBe(await idOf(undefined))
  })
})

describe('identify()', () => {
  test('names the user in what is tracked from then on', async () => {
    const { tracker, destination } = openTracker(plan)
    tracker.track('step_taken')
    tracker.identify('ada')
    tracker.track('step_taken')
    await drain()
    expect(destination.events.at(-1)?.userId).toBe('ada')
  })

  test('by the first user keeps the anonymous counts, for ever', async () => {
    const { tracker, platform } = openTracker(plan)
    tracker.track('demo_booked')
    await drain()
    tracker.identify('ada')
    expect(tracker.track('demo_booked').reason).toBe('frequency')
    await drain()
    tracker.dispose()
    const next = openTracker(plan, { platform: platform.reload() })
    expect(next.tracker.track('demo_booked').reason).toBe('frequency')
    next.tracker.track('step_taken')
    await drain()
    expect(next.destination.events[0]?.userId).toBe('ada')
  })

  test('of the same user again changes nothing', async () => {
    const { tracker, destination } = openTracker(plan)
    tracker.identify('ada')
    tracker.track('step_taken')
    tracker.identify('ada')
    tracker.track('step_taken')
    await drain()
    expect(destination.events[0]?.anonymousId).toBe(destination.events[1]?.anonymousId)
  })

  test('of another user resets first: other ids, free counts, and RMC104 (F12)', async () => {
    const said = listenToAdvice()
    const { tracker, destination } = openTracker(plan)
    tracker.identify('ada')
    tracker.track('demo_booked')
    tracker.identify('grace')
    expect(tracker.track('demo_booked').outcome).toBe('fired')
    await drain()
    const [ada, grace] = destination.events
    expect([ada?.userId, grace?.userId]).toEqual(['ada', 'grace'])
    expect(grace?.anonymousId).not.toBe(ada?.anonymousId)
    expect(grace?.sessionId).not.toBe(ada?.sessionId)
    expect(said()).toEqual([expect.stringContaining('[RMC104]')])
  })

  test('without an id changes nothing', async () => {
    const { tracker, destination } = openTracker(plan)
    tracker.identify('ada')
    tracker.identify('')
    tracker.track('step_taken')
    await drain()
    expect(destination.events[0]?.userId).toBe('ada')
  })

  test('reaches the other tabs', async () => {
    const [one, other] = openTabs(plan, 2)
    await drain()
    one?.tracker.identify('ada')
    other?.tracker.track('step_taken')
    await drain()
    expect(other?.destination.events[0]?.userId).toBe('ada')
  })

  test.each([0, 1, 2, 3, 5, 8, 13])('%i turns after the page began is remembered', async (turns) => {
    const { tracker, platform } = openTracker(plan)
    await drain(turns)
    tracker.identify('ada')
    await drain()
    expect(platform.stored()['database rmc1:acme visitor']).toContain('"userId":"ada"')
    expect(platform.stored()['local rmc1:acme:visitor']).toContain('"userId":"ada"')
  })

  test.each([0, 1, 2, 3, 5, 8, 13])(
    'of another user, %i turns after the page of the first began, does not inherit the first (F12)',
    async (turns) => {
      listenToAdvice()
      const ada = openTracker(plan)
      ada.tracker.identify('ada')
      ada.tracker.track('demo_booked')
      await drain()
      ada.tracker.dispose()
      const { tracker, destination } = openTracker(plan, { platform: ada.platform.reload() })
      await drain(turns)
      tracker.identify('grace')
      tracker.track('demo_booked')
      await drain()
      expect(destination.events[0]).toMatchObject({ userId: 'grace' })
      expect(destination.events[0]?.anonymousId).not.toBe(ada.destination.events[0]?.anonymousId)
    },
  )

  test('before consent, of another user than the stored one, does not inherit that one (F12)', async () => {
    const ada = openTracker(plan)
    ada.tracker.identify('ada')
    ada.tracker.track('demo_booked')
    await drain()
    ada.tracker.dispose()
    const { tracker, destination } = openTracker(plan, {
      platform: ada.platform.reload(),
      consent: 'pending',
    })
    tracker.identify('grace')
    tracker.track('demo_booked')
    tracker.consent.update('granted')
    await drain()
    expect(destination.events[0]).toMatchObject({ name: 'demo_booked', userId: 'grace' })
    expect(destination.events[0]?.anonymousId).not.toBe(ada.destination.events[0]?.anonymousId)
  })

  test('before consent, of the stored anonymous user, joins that one', async () => {
    const visit = openTracker(plan)
    visit.tracker.track('demo_booked')
    await drain()
    visit.tracker.dispose()
    const { tracker, destination } = openTracker(plan, {
      platform: visit.platform.reload(),
      consent: 'pending',
    })
    tracker.identify('ada')
    tracker.track('step_taken')
    tracker.consent.update('granted')
    await drain()
    const [before] = visit.destination.events
    expect(destination.events[0]).toMatchObject({ userId: 'ada', anonymousId: before?.anonymousId })
    expect(visit.platform.stored()['database rmc1:acme visitor']).toContain('"userId":"ada"')
  })
})

describe('reset()', () => {
  test('forgets user, user, session and counts', async () => {
    const { tracker, destination } = openTracker(plan)
    tracker.identify('ada')
    tracker.track('demo_booked')
    tracker.track('pricing_clicked')
    await drain()
    tracker.reset()
    tracker.track('demo_booked')
    tracker.track('pricing_clicked')
    await drain()
    const [before, , after] = destination.events
    expect(destination.events).toHaveLength(4)
    expect(after?.anonymousId).not.toBe(before?.anonymousId)
    expect(after?.sessionId).not.toBe(before?.sessionId)
    expect(after?.userId).toBeUndefined()
    expect(after?.id).not.toBe(before?.id)
  })

  test('leaves no count of the user before', async () => {
    const { tracker, platform } = openTracker(plan)
    tracker.track('demo_booked')
    await drain()
    const before = Object.keys(platform.stored()).filter((key) => key.includes('demo_booked'))
    expect(before).toHaveLength(2)
    tracker.reset()
    await drain()
    expect(Object.keys(platform.stored()).filter((key) => key.includes('demo_booked'))).toEqual([])
  })

  test('reaches the other tabs', async () => {
    const [one, other] = openTabs(plan, 2)
    await drain()
    one?.tracker.reset()
    one?.tracker.track('step_taken')
    other?.tracker.track('step_taken')
    await drain()
    const [event] = one?.destination.events ?? []
    expect(other?.destination.events[0]).toMatchObject({
      anonymousId: event?.anonymousId,
      sessionId: event?.sessionId,
    })
  })

  test.each([0, 1, 2, 3, 5, 8, 13])(
    '%i turns after the page began is not undone by what storage answers',
    async (turns) => {
      const visit = openTracker(plan)
      visit.tracker.identify('ada')
      visit.tracker.track('demo_booked')
      await drain()
      visit.tracker.dispose()
      const { tracker, destination, platform } = openTracker(plan, { platform: visit.platform.reload() })
      await drain(turns)
      tracker.reset()
      tracker.track('demo_booked')
      await drain()
      expect(destination.events[0]?.anonymousId).not.toBe(visit.destination.events[0]?.anonymousId)
      expect(destination.events[0]?.userId).toBeUndefined()
      expect(JSON.stringify(platform.stored())).not.toContain('ada')
      tracker.dispose()
      const next = openTracker(plan, { platform: platform.reload() })
      next.tracker.track('step_taken')
      await drain()
      expect(next.destination.events[0]?.anonymousId).toBe(destination.events[0]?.anonymousId)
    },
  )

  test('before consent means the user that is stored, too', async () => {
    const visit = openTracker(plan)
    visit.tracker.track('demo_booked')
    await drain()
    visit.tracker.dispose()
    const { tracker, destination } = openTracker(plan, {
      platform: visit.platform.reload(),
      consent: 'pending',
    })
    tracker.reset()
    tracker.track('demo_booked')
    tracker.consent.update('granted')
    await drain()
    expect(destination.events[0]?.name).toBe('demo_booked')
    expect(destination.events[0]?.anonymousId).not.toBe(visit.destination.events[0]?.anonymousId)
  })

  test('does not change to whom a held event happened (C11)', async () => {
    const { tracker, destination } = openTracker(plan, { consent: 'pending' })
    tracker.track('step_taken')
    tracker.reset()
    tracker.track('step_taken')
    tracker.consent.update('granted')
    await drain()
    const [before, after] = destination.events
    expect(before?.anonymousId).not.toBe(after?.anonymousId)
  })
})

describe('callers without a compiler', () => {
  const loosely = (tracker: { identify: unknown }) =>
    tracker.identify as (id: unknown, options?: object) => void

  test('identify by a number: it is a text, and stays after a page load', async () => {
    const { tracker, platform } = openTracker(plan)
    await drain()
    loosely(tracker)(12345)
    await drain()
    tracker.dispose()
    const next = openTracker(plan, { platform: platform.reload() })
    next.tracker.track('step_taken')
    await drain()
    const [first] = next.destination.events
    expect(first?.userId).toBe('12345')
    loosely(next.tracker)(12345)
    next.tracker.track('step_taken')
    await drain()
    expect(next.destination.events[1]).toMatchObject({ userId: '12345', anonymousId: first?.anonymousId })
  })

  test('find a number that an earlier release has stored', async () => {
    const { tracker, destination, platform } = openTracker(plan, {
      platform: (() => {
        const manual = createManualPlatform()
        manual.local.set('rmc1:acme:visitor', '{"id":"v","userId":7,"visits":1}')
        return manual
      })(),
    })
    tracker.track('step_taken')
    await drain()
    expect(destination.events[0]?.userId).toBe('7')
    expect(platform.local.get('rmc1:acme:visitor')).toContain('"userId":"7"')
  })

  test.each([undefined, null, '', Number.NaN, {}, [], true])('identify nobody by %j', async (id) => {
    const { tracker, destination } = openTracker(plan)
    loosely(tracker)(id)
    tracker.track('step_taken')
    await drain()
    expect(destination.events[0]?.userId).toBeUndefined()
  })

  test('identify by zero, and by a bigint', async () => {
    for (const id of [0, 10n]) {
      const { tracker, destination } = openTracker(plan)
      loosely(tracker)(id)
      tracker.track('step_taken')
      await drain()
      expect(destination.events[0]?.userId).toBe(String(id))
    }
  })
})

test.each(['production', 'development'])('a hash that cannot be made rejects nothing in %s', async (mode) => {
  listenToAdvice()
  vi.stubEnv('NODE_ENV', mode)
  onTestFinished(() => void vi.unstubAllEnvs())
  const rejections: unknown[] = []
  const note = (reason: unknown) => void rejections.push(reason)
  process.on('unhandledRejection', note)
  onTestFinished(() => void process.off('unhandledRejection', note))
  const platform = createManualPlatform()
  const insecure = { ...platform, sha256: () => Promise.reject(new TypeError('crypto.subtle is undefined')) }
  const { tracker, destination } = openTracker(plan, { platform: insecure })
  tracker.identify('ada', { hash: 'sha-256' })
  tracker.track('step_taken')
  await platform.settle()
  expect(rejections).toEqual([])
  expect(destination.events[0]?.userId).toBeUndefined()
})
