import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { memory } from '../../../src/destinations/memory.ts'
import { definePlan } from '../../../src/plan/define-plan.ts'
import { event } from '../../../src/plan/event.ts'
import { typed } from '../../../src/plan/standard-schema.ts'
import type { Platform, Row } from '../../../src/platform/platform.ts'
import { createManualPlatform, type ManualPlatform } from '../../../src/testing/manual-platform.ts'
import { stalling } from '../../support/stalling.ts'
import { drain, MINUTE_MS, openTabs, openTracker, SECOND_MS } from '../../support/tracking.ts'

const plan = definePlan({
  name: 'acme',
  version: '1',
  events: {
    step_taken: event({}),
    demo_booked: event({ frequency: 'once-per-user' }),
    pricing_clicked: event({ frequency: 'once-per-session' }),
    twice_seen: event({ frequency: { max: 2, per: 'user' } }),
    tab_opened: event({ frequency: { per: 'tab' } }),
    twice_per_tab: event({
      frequency: [
        { max: 5, per: 'user' },
        { max: 2, per: 'tab' },
      ],
    }),
    product_viewed: event({
      properties: typed<{ sku: string }>(),
      frequency: { per: 'user', key: ({ sku }) => sku },
    }),
  },
})

/** The platform, with some of it replaced. */
function replaced(platform: ManualPlatform, change: Partial<Platform>): ManualPlatform {
  return { ...platform, ...change }
}

describe('blocked storage', () => {
  test('leaves memory: events flow, and the record and the events say so', async () => {
    const { tracker, destination } = openTracker(plan, {
      platform: createManualPlatform({ storage: 'blocked' }),
    })
    tracker.track('step_taken')
    tracker.track('demo_booked')
    await drain()
    expect(tracker.record.get().storage).toBe('memory')
    expect(destination.events.map(({ name, context }) => [name, context.storage])).toEqual([
      ['step_taken', 'memory'],
      ['demo_booked', 'memory'],
    ])
  })

  test('keeps every rule within the tab', async () => {
    const { tracker } = openTracker(plan, { platform: createManualPlatform({ storage: 'blocked' }) })
    tracker.track('demo_booked')
    expect(tracker.track('demo_booked').reason).toBe('frequency')
    await drain()
    expect(tracker.track('demo_booked').reason).toBe('frequency')
  })

  test('keeps what was counted before storage was permitted and failed', async () => {
    const ads = memory({ name: 'ads', consent: 'marketing' })
    const { tracker } = openTracker(plan, {
      platform: createManualPlatform({ storage: 'blocked' }),
      consent: { analytics: 'pending', marketing: 'granted' },
      destinations: [ads],
    })
    tracker.track('demo_booked')
    tracker.track('tab_opened')
    await drain()
    tracker.consent.update({ analytics: 'granted' })
    await drain()
    expect(tracker.track('demo_booked').reason).toBe('frequency')
    expect(tracker.track('tab_opened').reason).toBe('frequency')
  })
})

describe('a database that does not work', () => {
  const never = () => new Promise<never>(() => {})

  test('but storage that does: memory serves, in this tab only', async () => {
    const platform = createManualPlatform()
    const broken = replaced(platform, { openDatabase: () => Promise.reject(new Error('no')) })
    const { tracker, destination } = openTracker(plan, { platform: broken })
    tracker.track('demo_booked')
    await drain()
    expect(tracker.record.get().storage).toBe('memory')
    expect(destination.events).toHaveLength(1)
    expect(tracker.track('demo_booked').reason).toBe('frequency')
  })

  test('that never opens holds events back for a second at most, and in order', async () => {
    const platform = createManualPlatform()
    const { tracker, destination } = openTracker(plan, {
      platform: replaced(platform, { openDatabase: never }),
    })
    tracker.track('step_taken')
    tracker.track('demo_booked')
    platform.advance(999)
    await drain()
    expect(destination.events).toEqual([])
    platform.advance(1)
    await drain()
    expect(destination.events.map(({ name }) => name)).toEqual(['step_taken', 'demo_booked'])
  })

  test.each(['update', 'readAll'] as const)('whose %s fails at the start leaves memory', async (broken) => {
    const platform = createManualPlatform()
    const openDatabase: Platform['openDatabase'] = async (name) => ({
      ...(await platform.openDatabase(name)),
      [broken]: () => Promise.reject(new Error('corrupt')),
    })
    const { tracker, destination } = openTracker(plan, { platform: replaced(platform, { openDatabase }) })
    tracker.track('demo_booked')
    await drain()
    expect(tracker.record.get().storage).toBe('memory')
    expect(destination.events).toHaveLength(1)
    expect(tracker.track('demo_booked').reason).toBe('frequency')
  })

  test('that stalls holds no event longer than 50 ms, and lets none through twice', async () => {
    const { platform, stop, go } = stalling(createManualPlatform())
    const { tracker, destination, decisions } = openTracker(plan, { platform })
    await drain()
    stop()
    tracker.track('demo_booked')
    await drain()
    expect(destination.events).toEqual([])
    platform.advance(50)
    await drain()
    expect(destination.events).toHaveLength(1)
    expect(tracker.track('demo_booked').reason).toBe('frequency')
    go()
    await drain()
    expect(tracker.track('demo_booked').reason).toBe('frequency')
    expect(decisions()[0]?.outcome).toBe('fired')
    expect(decisions()[0]?.first).toBeUndefined()
    expect(destination.events).toHaveLength(1)
  })

  test('that stalls for ever stops nothing: later events go, and flush() comes back', async () => {
    const { platform, stop } = stalling(createManualPlatform())
    const { tracker, destination } = openTracker(plan, { platform })
    await drain()
    stop()
    for (const name of ['demo_booked', 'pricing_clicked', 'step_taken'] as const) {
      tracker.track(name)
      await drain()
      platform.advance(50)
      await drain()
    }
    await tracker.flush()
    expect(destination.events.map(({ name }) => name)).toEqual([
      'demo_booked',
      'pricing_clicked',
      'step_taken',
    ])
  })

  test('that stalls lets nothing go that the mirror has seen in another tab meanwhile', async () => {
    const { platform, stop } = stalling(createManualPlatform())
    const { tracker, destination, decisions } = openTracker(plan, { platform })
    await drain()
    const other = openTracker(plan, { platform: platform.openTab() })
    await drain()
    stop()
    tracker.track('demo_booked')
    platform.advance(1)
    other.tracker.track('demo_booked')
    await drain()
    platform.advance(50)
    await drain()
    expect([destination.events.length, other.destination.events.length]).toEqual([0, 1])
    expect(decisions()[0]).toMatchObject({ outcome: 'dropped', reason: 'superseded', deliveries: {} })
  })

  test('whose grant another tab hears of first loses no event', async () => {
    const { platform, stop, go } = stalling(createManualPlatform(), 'after')
    const { tracker, destination, decisions } = openTracker(plan, { platform })
    await drain()
    const other = openTracker(plan, { platform: platform.openTab() })
    await drain()
    stop()
    tracker.track('demo_booked')
    // The other tab lost, and has told the mirror of our claim.
    await drain()
    other.tracker.track('demo_booked')
    await drain()
    platform.advance(50)
    await drain()
    go()
    await drain()
    expect([destination.events.length, other.destination.events.length]).toEqual([1, 0])
    expect(decisions()[0]).toMatchObject({ outcome: 'fired', reason: 'admitted' })
  })

  test('that refuses too late: the event went, under the same id, and the record says superseded', async () => {
    const { platform, stop, go } = stalling(createManualPlatform({ staleReads: true }))
    const { tracker, destination, decisions } = openTracker(plan, { platform })
    await drain()
    const other = openTracker(plan, { platform: platform.openTab() })
    await drain()
    stop()
    tracker.track('demo_booked')
    other.tracker.track('demo_booked')
    await drain()
    platform.advance(50)
    await drain()
    go()
    await drain()
    expect([destination.events.length, other.destination.events.length]).toEqual([1, 1])
    expect(other.destination.events[0]?.id).toBe(destination.events[0]?.id)
    expect(decisions()[0]).toMatchObject({
      outcome: 'fired',
      reason: 'superseded',
      first: { outcome: 'fired', reason: 'admitted' },
      deliveries: { memory: { state: 'sent' } },
    })
  })

  test('of max 2, left after a stall, has no place more than two', async () => {
    const { platform, stop, go } = stalling(createManualPlatform())
    const { tracker, destination } = openTracker(plan, { platform })
    await drain()
    stop()
    tracker.track('twice_seen')
    await drain()
    platform.advance(50)
    go()
    await drain()
    expect(tracker.track('twice_seen').outcome).toBe('fired')
    expect(tracker.track('twice_seen').reason).toBe('frequency')
    await drain()
    expect(destination.events).toHaveLength(2)
  })
})

test('a stall counts an event once, also under a rule that no other tab shares', async () => {
  const { platform, stop, go } = stalling(createManualPlatform())
  const { tracker } = openTracker(plan, { platform })
  await drain()
  stop()
  tracker.track('twice_per_tab')
  await drain()
  platform.advance(50)
  go()
  await drain()
  expect(tracker.track('twice_per_tab').outcome).toBe('fired')
  expect(tracker.track('twice_per_tab').reason).toBe('frequency')
})

describe('what was counted before storage was permitted', () => {
  const open = (platform?: ManualPlatform) =>
    openTracker(plan, {
      platform,
      consent: { analytics: 'pending', marketing: 'granted' },
      destinations: [memory({ name: 'ads', consent: 'marketing' })],
    })

  test('counts in every tab from then on, each of two in one millisecond', async () => {
    const { tracker, platform } = open()
    tracker.track('twice_seen')
    tracker.track('twice_seen')
    await drain()
    tracker.consent.update({ analytics: 'granted' })
    await drain()
    expect(tracker.track('twice_seen').reason).toBe('frequency')
    const [other] = openTabs(plan, 1, { platform: platform.openTab() })
    await drain()
    expect(other?.tracker.track('twice_seen').reason).toBe('frequency')
  })

  test('adds to the counts of earlier visits', async () => {
    const visit = openTracker(plan)
    visit.tracker.track('twice_seen')
    await drain()
    visit.tracker.dispose()
    visit.platform.advance(SECOND_MS)
    const { tracker, platform } = open(visit.platform.reload())
    expect(tracker.track('twice_seen').outcome).toBe('fired')
    await drain()
    tracker.consent.update({ analytics: 'granted' })
    await drain()
    tracker.dispose()
    // Without the mirror: what the database itself knows.
    const next = platform.openTab()
    for (const key of next.local.keys()) if (key.includes('twice_seen')) next.local.remove(key)
    const later = openTracker(plan, { platform: next })
    await drain()
    expect(later.tracker.track('twice_seen').reason).toBe('frequency')
  })

  test('of a tab is kept for the tab', async () => {
    const { tracker, platform } = open()
    tracker.track('tab_opened')
    await drain()
    tracker.consent.update({ analytics: 'granted' })
    await drain()
    tracker.dispose()
    const reloaded = openTracker(plan, { platform: platform.reload() })
    expect(reloaded.tracker.track('tab_opened').reason).toBe('frequency')
    const other = openTracker(plan, { platform: platform.openTab() })
    expect(other.tracker.track('tab_opened').outcome).toBe('fired')
  })
})

describe('a mirror that lost its last writes', () => {
  test('is mended from the database', async () => {
    const visit = openTracker(plan)
    visit.tracker.track('demo_booked')
    await drain()
    visit.tracker.dispose()
    const platform = visit.platform.reload()
    for (const key of platform.local.keys()) platform.local.remove(key)
    const { tracker, destination } = openTracker(plan, { platform })
    tracker.track('step_taken')
    await drain()
    expect(destination.events[0]?.anonymousId).toBe(visit.destination.events[0]?.anonymousId)
    expect(tracker.track('demo_booked').reason).toBe('frequency')
  })

  test('never grants: the database refuses what was provisionally fired, and the record says superseded', async () => {
    const visit = openTracker(plan)
    visit.tracker.track('demo_booked')
    await drain()
    visit.tracker.dispose()
    const platform = visit.platform.reload()
    for (const key of platform.local.keys()) platform.local.remove(key)
    const { tracker, destination, decisions } = openTracker(plan, { platform })
    expect(tracker.track('demo_booked').outcome).toBe('fired')
    await drain()
    expect(destination.events).toEqual([])
    expect(decisions()[0]).toMatchObject({
      outcome: 'dropped',
      reason: 'superseded',
      first: { outcome: 'fired', reason: 'admitted' },
      deliveries: {},
    })
  })
})

test('whoever lost a race refuses at once from then on, also before it hears of the winner', async () => {
  const [one, other] = openTabs(plan, 2, { platform: createManualPlatform({ staleReads: true }) })
  await drain()
  one?.tracker.track('demo_booked')
  await drain()
  expect(other?.tracker.track('demo_booked').outcome).toBe('fired')
  await drain()
  expect(other?.decisions()[0]?.reason).toBe('superseded')
  expect(other?.tracker.track('demo_booked').reason).toBe('frequency')
})

describe('garbage in storage', () => {
  const garbage = fc.oneof(
    fc.string(),
    fc.json(),
    fc.constantFrom(
      '',
      'null',
      '[]',
      '{}',
      '{"id":7}',
      '{"id":""}',
      '{"id":"x","startedAt":"now"}',
      '{"id":"x","startedAt":1e308,"lastActivityAt":1e308}',
      '{"id":"x","startedAt":-1,"lastActivityAt":null}',
      ',,,',
      '1,x,NaN,Infinity,-5',
      '{"__proto__":{"id":"x"}}',
    ),
  )
  const rowOf = (text: string): Row => {
    try {
      const value: unknown = JSON.parse(text)
      return typeof value === 'object' && value !== null ? (value as Row) : { times: value }
    } catch {
      return { times: text }
    }
  }

  test('stops nothing: events flow, ids are texts, and storage works afterwards', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(garbage, { minLength: 5, maxLength: 5 }),
        fc.boolean(),
        fc.boolean(),
        async (texts, inMirror, inDatabase) => {
          const platform = createManualPlatform()
          const names = [
            'visitor',
            'session',
            'user:x:demo_booked',
            'session:x:pricing_clicked',
            'tab::tab_opened',
          ]
          const rows = new Map(names.map((name, index) => [name, rowOf(texts[index] ?? '')]))
          if (inDatabase) (await platform.openDatabase('rmc1:acme')).put(rows)
          names.forEach((name, index) => {
            if (inMirror) platform.local.set(`rmc1:acme:${name}`, texts[index] ?? '')
            if (inMirror) platform.tab.set(`rmc1:acme:${name}`, texts[index] ?? '')
          })
          await drain(20)
          const { tracker, destination } = openTracker(plan, { platform })
          tracker.track('step_taken')
          tracker.track('pricing_clicked')
          tracker.track('tab_opened')
          await drain()
          const [first] = destination.events
          expect(first?.name).toBe('step_taken')
          expect(first?.anonymousId).toMatch(/./)
          expect(first?.sessionId).toMatch(/./)
          expect(tracker.record.get().storage).toBe('persistent')
          tracker.track('step_taken')
          await drain()
          expect(destination.events.at(-1)).toMatchObject({
            name: 'step_taken',
            anonymousId: first?.anonymousId,
            sessionId: first?.sessionId,
          })
          tracker.consent.update('denied')
          await drain()
          expect(platform.stored()).toEqual({})
        },
      ),
      { numRuns: 150 },
    )
  })

  test('a session of the far future is none', async () => {
    const platform = createManualPlatform()
    const startedAt = platform.now() + 48 * 60 * MINUTE_MS
    for (const lastActivityAt of [startedAt, platform.now() + 1e15]) {
      platform.local.set('rmc1:acme:visitor', '{"id":"v"}')
      platform.local.set('rmc1:acme:session', JSON.stringify({ id: 's', startedAt, lastActivityAt }))
      const { tracker, destination } = openTracker(plan, { platform })
      tracker.track('step_taken')
      await drain()
      expect(destination.events[0]?.sessionId).not.toBe('s')
    }
  })
})

describe('rows stay bounded (F13)', () => {
  const rowsOf = (platform: ManualPlatform) =>
    Object.keys(platform.stored()).filter((key) => key.includes('product_viewed'))

  test('at 500 keys of an event, on both sides; the oldest go first', async () => {
    const { tracker, platform } = openTracker(plan)
    await drain()
    for (let sku = 0; sku < 510; sku++) {
      platform.advance(1)
      tracker.track('product_viewed', { sku: String(sku) })
      await drain(40)
    }
    await drain()
    const rows = rowsOf(platform)
    expect(rows.filter((key) => key.startsWith('local'))).toHaveLength(500)
    expect(rows.filter((key) => key.startsWith('database'))).toHaveLength(500)
    expect(tracker.track('product_viewed', { sku: '509' }).reason).toBe('frequency')
    expect(tracker.track('product_viewed', { sku: '10' }).reason).toBe('frequency')
    expect(tracker.track('product_viewed', { sku: '9' }).outcome).toBe('fired')
  })

  test('in memory as well', async () => {
    const { tracker } = openTracker(plan, { platform: createManualPlatform({ storage: 'blocked' }) })
    await drain()
    for (let sku = 0; sku < 501; sku++) tracker.track('product_viewed', { sku: String(sku) })
    expect(tracker.track('product_viewed', { sku: '1' }).reason).toBe('frequency')
    expect(tracker.track('product_viewed', { sku: '0' }).outcome).toBe('fired')
  })

  test('over any number of sessions and users', async () => {
    const { tracker, platform } = openTracker(plan)
    await drain()
    const before = Object.keys(platform.stored()).length
    let last = platform
    tracker.dispose()
    for (let visit = 0; visit < 20; visit++) {
      last = last.reload()
      const tracking = openTracker(plan, { platform: last })
      tracking.tracker.track('pricing_clicked')
      tracking.tracker.track('demo_booked')
      await drain()
      if (visit % 2) tracking.tracker.reset()
      tracking.tracker.dispose()
      last.advance(31 * MINUTE_MS)
    }
    openTracker(plan, { platform: last.reload() })
    await drain()
    expect(Object.keys(last.stored()).length - before).toBeLessThanOrEqual(2)
  })
})
