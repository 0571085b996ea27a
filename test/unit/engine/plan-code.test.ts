import { describe, expect, test } from 'vitest'
import { toGa4 } from '../../../src/destinations/ga4.ts'
import { toGtm } from '../../../src/destinations/gtm.ts'
import { memory } from '../../../src/destinations/memory.ts'
import { toMeta } from '../../../src/destinations/meta.ts'
import { toPosthog } from '../../../src/destinations/posthog.ts'
import { toSegment } from '../../../src/destinations/segment.ts'
import { toSnowplow } from '../../../src/destinations/snowplow.ts'
import type { TrackedEvent } from '../../../src/engine/pipeline/tracked-event.ts'
import { definePlan } from '../../../src/plan/define-plan.ts'
import { type EventSettings, event } from '../../../src/plan/event.ts'
import { typed } from '../../../src/plan/standard-schema.ts'
import type { TestTrackerOptions } from '../../../src/testing/test-tracker.ts'
import { drain, listenToAdvice, openTracker } from '../../support/tracking.ts'

const fail = () => {
  throw new Error('oops')
}
function circle(): object {
  const properties: { self?: unknown } = {}
  properties.self = properties
  return properties
}
const planWith = (settings: Partial<EventSettings>) =>
  definePlan({
    name: 'acme',
    version: '1',
    events: { pricing_clicked: event(settings), step_taken: event({}) },
  })

const schema = { '~standard': { version: 1, vendor: 'test', validate: fail } } as const

describe('code of the plan that throws', () => {
  test.each([
    ['properties', { properties: schema }, {}],
    ['counts', { counts: fail }, {}],
    ['key', { frequency: { key: fail } }, {}],
    ['value', { value: fail }, {}],
    ['id', { id: fail }, {}],
    ['beforeSend', {}, { beforeSend: ({ name }) => (name === 'step_taken' ? null : fail()) }],
  ] satisfies [string, object, TestTrackerOptions<never>][])(
    '%s drops the attempt with a reason of its own, says which function it was, and harms nothing else',
    async (name, settings, options) => {
      const said = listenToAdvice()
      const { tracker, destination } = openTracker(planWith(settings), options)
      const decision = tracker.track('pricing_clicked')
      expect(decision).toMatchObject({
        outcome: 'dropped',
        reason: 'code-threw',
        issues: [{ message: `\`${name}\` threw: oops` }],
        deliveries: {},
      })
      expect(decision.eventId).toBeUndefined()
      expect(said()).toEqual([
        expect.stringMatching(`^\\[RMC106\\].*"pricing_clicked".*\`${name}\` threw: oops`),
      ])
      if (name === 'beforeSend') return
      tracker.track('step_taken')
      await drain()
      expect(destination.events.map(({ name }) => name)).toEqual(['step_taken'])
    },
  )

  test('value drops the attempt before it claims anything', () => {
    const said = listenToAdvice()
    let broken = true
    const value = () => (broken ? fail() : { value: 1, currency: 'EUR' })
    const { tracker } = openTracker(planWith({ value, frequency: 'once-per-session' }))
    expect(tracker.track('pricing_clicked').reason).toBe('code-threw')
    expect(said()[0]).toContain('[RMC106]')
    broken = false
    expect(tracker.track('pricing_clicked').outcome).toBe('fired')
  })

  test('value that throws only the second time loses no event, neither this nor the next', async () => {
    listenToAdvice()
    let calls = 0
    const value = () => (++calls > 1 ? fail() : { value: 1, currency: 'EUR' })
    const { tracker, destination } = openTracker(planWith({ value, frequency: 'once-per-session' }))
    tracker.track('pricing_clicked')
    tracker.track('step_taken')
    await drain()
    expect(destination.events.map(({ name }) => name)).toEqual(['pricing_clicked', 'step_taken'])
  })
})

test.each([
  null,
  undefined,
  Object.create(null),
  Symbol('no'),
  { message: 1 },
  Object.assign(new Error(), { message: {} }),
])('whatever code of the plan throws, track does not', (thrown) => {
  listenToAdvice()
  const counts = () => {
    throw thrown
  }
  expect(openTracker(planWith({ counts })).tracker.track('pricing_clicked').reason).toBe('code-threw')
})

describe('beforeSend', () => {
  const open = (beforeSend: (event: TrackedEvent) => TrackedEvent | null) =>
    openTracker(planWith({ frequency: 'once-per-session' }), { beforeSend })

  test('changes what is sent, not what was found', async () => {
    const { tracker, destination } = open((sent) => ({ ...sent, properties: { tier: 'changed' } }))
    expect(tracker.track('pricing_clicked').properties).toEqual({})
    await drain()
    expect(destination.events[0]?.properties).toEqual({ tier: 'changed' })
  })

  test.each([
    ['returns null', () => null],
    ['forgets to return', () => undefined as unknown as null],
    ['returns no event', () => true as unknown as null],
    ['returns an event without a name', () => ({ name: '' }) as unknown as null],
    ['answers as a thenable', () => Object.fromEntries([['then', () => {}]]) as unknown as null],
    ['answers later', () => Promise.reject(new Error('late')) as unknown as null],
  ])('that %s drops the attempt, and spends no claim', async (_, beforeSend) => {
    listenToAdvice()
    let broken = true
    const { tracker, destination } = open((sent) => (broken ? beforeSend() : sent))
    expect(tracker.track('pricing_clicked')).toMatchObject({ outcome: 'dropped', reason: 'before-send' })
    await drain()
    expect(destination.events).toEqual([])
    broken = false
    expect(tracker.track('pricing_clicked').outcome).toBe('fired')
  })

  test('that returns no event is told so', () => {
    const said = listenToAdvice()
    open(() => Promise.resolve(null) as never).tracker.track('pricing_clicked')
    expect(said()).toEqual([expect.stringMatching(/^\[RMC106\].*`beforeSend` returned no event/)])
  })

  test.each<[string, (sent: TrackedEvent) => unknown, object, string | undefined]>([
    [
      'the event, frozen',
      (sent) => Object.freeze({ ...sent, properties: Object.freeze({ tier: 'a' }) }),
      { properties: { tier: 'a' } },
      undefined,
    ],
    ['another name', (sent) => ({ ...sent, name: 'renamed' }), { name: 'renamed' }, undefined],
    ['another id', (sent) => ({ ...sent, id: 'A-1' }), { id: 'A-1' }, undefined],
    [
      'a number for an id',
      (sent) => ({ ...sent, id: 7 }),
      { id: expect.stringMatching(/^[0-9a-f-]{36}$/) },
      'ignored',
    ],
    [
      'an id without end',
      (sent) => ({ ...sent, id: 'x'.repeat(10_000) }),
      { id: expect.stringMatching(/^[0-9a-f-]{36}$/) },
      'ignored',
    ],
    [
      'an instance for properties',
      (sent) => ({
        ...sent,
        properties: new (class Cart {
          total = 1
        })(),
      }),
      { properties: { total: 1 } },
      'was cleaned',
    ],
    [
      'a function in properties',
      (sent) => ({ ...sent, properties: { total: 1, log: () => {} } }),
      { properties: { total: 1 } },
      'was cleaned',
    ],
    [
      'no number',
      (sent) => ({ ...sent, properties: { total: Number.NaN } }),
      { properties: {} },
      'was cleaned',
    ],
    ['no time', (sent) => ({ ...sent, time: 'today' }), { time: Date.UTC(2026, 0, 1) }, undefined],
    [
      'neither page nor context',
      (sent) => ({ ...sent, page: null, context: 7 }),
      { page: {}, context: {} },
      undefined,
    ],
    ['a list for properties', (sent) => ({ ...sent, properties: [1] }), { properties: {} }, undefined],
    ['no properties', (sent) => ({ ...sent, properties: null }), { properties: {} }, undefined],
    [
      'a promise for properties',
      (sent) => ({ ...sent, properties: Promise.resolve() }),
      { properties: {} },
      'was cleaned',
    ],
  ])('may return %s: each destination gets a clean copy', async (_, change, expected, advice) => {
    const said = listenToAdvice()
    const second = memory({ name: 'second' })
    const { tracker, destination } = openTracker(planWith({}), {
      beforeSend: (sent) => change(sent) as TrackedEvent,
      destinations: [second],
    })
    tracker.track('pricing_clicked')
    await drain()
    for (const { events } of [destination, second]) expect(events).toMatchObject([expected])
    expect(destination.events[0]?.properties).not.toBe(second.events[0]?.properties)
    expect(said()).toEqual(advice ? [expect.stringContaining(advice)] : [])
  })

  test('may take page and context away: no vendor loses the event', async () => {
    const vendors = [toGa4, toGtm, toMeta, toPosthog, toSegment, toSnowplow] as const
    const destinations = vendors.map((map, index) => {
      const payloads: unknown[] = []
      const send = (given: readonly unknown[]) => void payloads.push(...given)
      return { name: `vendor ${index}`, map: (sent: TrackedEvent) => map(sent), send, payloads }
    })
    const { tracker, decisions } = openTracker(planWith({}), {
      destinations,
      beforeSend(sent) {
        delete (sent as { page?: unknown }).page
        delete (sent as { context?: unknown }).context
        return sent
      },
    })
    tracker.track('pricing_clicked')
    await drain()
    expect(destinations.map(({ payloads }) => payloads.length)).toEqual(vendors.map(() => 1))
    expect(
      Object.values(decisions()[0]?.deliveries ?? {}).filter(({ state }) => state === 'rejected'),
    ).toEqual([])
  })

  test('may return one object for all events: each goes as it was then', async () => {
    const one = {} as TrackedEvent
    const { tracker, destination } = openTracker(planWith({}), {
      beforeSend: (sent) => Object.assign(one, sent, { properties: { name: sent.name } }),
    })
    tracker.track('pricing_clicked')
    tracker.track('step_taken')
    await drain()
    expect(destination.events.map(({ properties }) => properties)).toEqual([
      { name: 'pricing_clicked' },
      { name: 'step_taken' },
    ])
  })

  test('may return as much text as properties may hold', async () => {
    listenToAdvice()
    const text = 'x'.repeat(99_000)
    const { tracker, destination } = openTracker(planWith({ properties: typed<object>() }), {
      beforeSend: (sent) => ({ ...sent, note: 'x'.repeat(5_000) }),
      personalData: 'allow',
    })
    const track = tracker.track as unknown as (name: string, properties: object) => { issues?: unknown }
    expect(track('pricing_clicked', { text }).issues).toBeUndefined()
    await drain()
    expect(destination.events[0]).toMatchObject({
      properties: { text },
      page: { number: 1 },
      name: 'pricing_clicked',
    })
  })

  test('may take ids away, and they stay away', async () => {
    const { tracker, destination } = open((sent) => ({ ...sent, userId: undefined, anonymousId: 'nobody' }))
    tracker.identify('ada')
    tracker.track('pricing_clicked')
    await drain()
    expect(destination.events[0]).toMatchObject({ userId: undefined, anonymousId: 'nobody' })
  })

  test('may do so in place: what it took away does not come back with ids that are adopted late', async () => {
    const beforeSend = (sent: TrackedEvent) => {
      const mine = sent as { userId?: unknown; page: { url: string }; context: { device?: unknown } }
      delete mine.userId
      delete mine.context.device
      mine.page.url = 'changed'
      return sent
    }
    const { tracker, destination, decisions } = open(beforeSend)
    tracker.identify('ada')
    tracker.track('pricing_clicked')
    await drain()
    const [sent] = destination.events
    expect(sent).toMatchObject({ page: { url: 'changed' }, context: { storage: 'persistent' } })
    expect(sent?.userId).toBeUndefined()
    expect(sent?.context.device).toBeUndefined()
    expect(decisions()[0]?.page.url).not.toBe('changed')
  })

  test.each<[string, (sent: TrackedEvent) => TrackedEvent, string | undefined, object | undefined]>([
    [
      'removes',
      (sent) => ({ ...sent, userId: undefined, context: { ...sent.context, traits: undefined } }),
      undefined,
      undefined,
    ],
    ['hashes', (sent) => ({ ...sent, userId: sent.userId && 'hash' }), undefined, undefined],
  ])(
    'that %s the user id does not find it in an event that waits while the user logs in',
    async (_, beforeSend, userId, traits) => {
      const { tracker, destination } = openTracker(planWith({}), { beforeSend, traits: ['mail'] })
      tracker.track('pricing_clicked')
      tracker.identify('ada', { traits: { mail: 'ada@example.test' } })
      await drain()
      expect(destination.events).toMatchObject([{ context: { storage: 'persistent' } }])
      expect(destination.events[0]?.userId).toBe(userId)
      expect(destination.events[0]?.context.traits).toBe(traits)
    },
  )

  test('that removes a trait does not find it in an event that waits while the traits change', async () => {
    const beforeSend = (sent: TrackedEvent) => {
      const traits = sent.context.traits as { mail?: string } | undefined
      if (traits?.mail) delete traits.mail
      return sent
    }
    const { tracker, destination } = openTracker(planWith({}), { beforeSend, traits: ['mail', 'plan'] })
    tracker.identify('ada', { traits: { plan: 'pro' } })
    tracker.track('pricing_clicked')
    tracker.identify('ada', { traits: { plan: 'pro', mail: 'ada@example.test' } })
    await drain()
    expect(destination.events[0]?.context.traits).toEqual({ plan: 'pro' })
  })

  test('without it, a log-in while the event waits is in the event', async () => {
    const { tracker, destination } = openTracker(planWith({}), { traits: ['plan'] })
    tracker.track('pricing_clicked')
    tracker.identify('ada', { traits: { plan: 'pro' } })
    await drain()
    expect(destination.events).toMatchObject([{ userId: 'ada', context: { traits: { plan: 'pro' } } }])
  })

  test('sees an event once: also one that was held', async () => {
    const seen: string[] = []
    const beforeSend = (sent: TrackedEvent) => {
      seen.push(sent.name)
      return sent
    }
    const { tracker } = openTracker(planWith({}), { beforeSend, consent: 'pending' })
    tracker.track('pricing_clicked')
    expect(seen).toEqual([])
    tracker.consent.update('granted')
    await drain()
    expect(seen).toEqual(['pricing_clicked'])
  })

  test('does not see shadows', () => {
    const { tracker } = openTracker(planWith({ status: 'shadow' }), { beforeSend: fail })
    expect(tracker.track('pricing_clicked').outcome).toBe('shadowed')
  })
})

describe('listeners of the host that throw', () => {
  test('stop nobody: neither the page, nor the others, nor whoever is here', async () => {
    const said = listenToAdvice()
    const plan = definePlan({ name: 'acme', version: '1', events: { page_view: event({}) } })
    const { tracker, destination, platform } = openTracker(plan)
    const heard: string[] = []
    for (const subscribe of [tracker.onPageEnd, tracker.onVisit, tracker.onReset]) {
      subscribe(fail)
      subscribe(() => heard.push(subscribe.name))
    }
    await drain()
    tracker.page()
    expect(() => tracker.page({ path: '/next' })).not.toThrow()
    platform.hide()
    platform.restore()
    expect(() => tracker.reset()).not.toThrow()
    await tracker.flush()
    expect(destination.events).toHaveLength(3)
    expect(heard).toHaveLength(5)
    expect(said().length).toBeGreaterThan(0)
  })
})

describe('track never throws into the host', () => {
  const revoked = () => {
    const { proxy, revoke } = Proxy.revocable({}, {})
    revoke()
    return proxy
  }
  const thrower = () => new Proxy({}, { ownKeys: fail, get: fail, getOwnPropertyDescriptor: fail })
  test.each([
    ['no name', [undefined]],
    ['a symbol for a name', [Symbol('pricing')]],
    ['an object for a name', [{}]],
    ['a name that is no text', [Object.create(null)]],
    ['null for properties', ['pricing_clicked', null]],
    ['a number for properties', ['pricing_clicked', 7]],
    ['properties that throw when read', ['pricing_clicked', thrower()]],
    ['properties that were revoked', ['pricing_clicked', revoked()]],
  ] as const)('with %s', async (_, args) => {
    listenToAdvice()
    const { tracker, destination } = openTracker(planWith({}))
    const track = tracker.track as unknown as (...args: readonly unknown[]) => { outcome: string }
    expect(() => track(...args)).not.toThrow()
    expect(tracker.record.get().decisions).toHaveLength(1)
    tracker.track('step_taken')
    await drain()
    expect(destination.events.at(-1)?.name).toBe('step_taken')
  })

  test.each([
    ['a bigint', { size: 1n }],
    ['a circle', circle()],
  ] as const)('nor while it keeps %s for the next page', async (_, properties) => {
    const given = properties as { readonly size?: bigint }
    const plan = definePlan({
      name: 'acme',
      version: '1',
      events: { file_chosen: event({ properties: typed<typeof given>() }) },
    })
    const options = { hold: 'tab', consent: 'pending', personalData: 'allow' } as const
    const { tracker, destination } = openTracker(plan, options)
    expect(tracker.track('file_chosen', given)).toMatchObject({ outcome: 'held' })
    tracker.consent.update('granted')
    await drain()
    expect(destination.events).toMatchObject([{ name: 'file_chosen' }])
  })

  test('nor does an answer to consent that is none', () => {
    listenToAdvice()
    const { tracker } = openTracker(planWith({}), { consent: 'pending' })
    for (const answer of [undefined, null, 7, [], 'maybe'])
      expect(() => tracker.consent.update(answer as never)).not.toThrow()
    expect(tracker.consent.get()).toEqual({ analytics: 'pending' })
  })

  test('also when somebody who watches the record does', async () => {
    listenToAdvice()
    const { tracker, destination } = openTracker(planWith({ frequency: 'once-per-session' }))
    tracker.record.subscribe(fail)
    expect(() => tracker.track('pricing_clicked')).not.toThrow()
    await drain()
    expect(destination.events).toHaveLength(1)
  })
})
