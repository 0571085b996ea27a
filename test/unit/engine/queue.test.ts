import { describe, expect, test } from 'vitest'
import { memory } from '../../../src/destinations/memory.ts'
import { createQueue } from '../../../src/engine/delivery/queue.ts'
import type { TrackedEvent } from '../../../src/engine/pipeline/tracked-event.ts'
import { definePlan } from '../../../src/plan/define-plan.ts'
import { event } from '../../../src/plan/event.ts'
import { PermanentError } from '../../../src/support/permanent-error.ts'
import { byHand, failing } from '../../support/flaky-destination.ts'
import { drain, HOUR_MS, listenToAdvice, MINUTE_MS, openTracker, SECOND_MS } from '../../support/tracking.ts'

const plan = definePlan({
  name: 'acme',
  version: '1',
  events: {
    first_step: event({}),
    second_step: event({}),
    third_step: event({}),
    demo_booked: event({ frequency: 'once-per-user' }),
  },
})
const offline = () => new Error('offline')

test.each([
  ['a number, as push() does', () => 1],
  [
    'a promise of somebody else, without finally',
    () => Object.fromEntries([['then', (done: () => void) => done()]]),
  ],
])('an answer that is %s is no failure', async (_, answer) => {
  const calls: unknown[] = []
  const send = (events: readonly unknown[]) => {
    calls.push(events)
    return answer() as never
  }
  const { tracker, decisions, platform } = openTracker(plan, { destinations: [{ name: 'own', send }] })
  tracker.track('first_step')
  await drain()
  platform.advance(HOUR_MS)
  await drain()
  expect(calls).toHaveLength(1)
  expect(decisions()[0]?.deliveries['own']).toMatchObject({ state: 'sent', attempts: 1 })
})

describe('batches', () => {
  test('what was tracked in one task travels together, in order', async () => {
    const slow = byHand()
    const { tracker } = openTracker(plan, { destinations: [slow.destination] })
    await drain()
    tracker.track('first_step')
    tracker.track('second_step')
    await drain()
    expect(slow.batches.map(({ names }) => names)).toEqual([['first_step', 'second_step']])
  })

  test('nothing overtakes an event that waits for the ledger', async () => {
    const { tracker, destination } = openTracker(plan)
    await drain()
    tracker.track('first_step')
    tracker.track('demo_booked')
    tracker.track('second_step')
    await drain()
    expect(destination.events.map(({ name }) => name)).toEqual(['first_step', 'demo_booked', 'second_step'])
  })

  test('one is in flight; what comes meanwhile waits for it, in order', async () => {
    const slow = byHand()
    const { tracker } = openTracker(plan, { destinations: [slow.destination] })
    await drain()
    tracker.track('first_step')
    await drain()
    tracker.track('second_step')
    tracker.track('third_step')
    await drain()
    expect(slow.batches).toHaveLength(1)
    slow.answer()
    await drain()
    expect(slow.batches.map(({ names }) => names)).toEqual([['first_step'], ['second_step', 'third_step']])
  })

  test('a returned promise is awaited before the delivery counts as sent', async () => {
    const slow = byHand()
    const { tracker, decisions } = openTracker(plan, { destinations: [slow.destination] })
    tracker.track('first_step')
    await drain()
    expect(decisions()[0]?.deliveries['slow']).toMatchObject({ state: 'queued', attempts: 0 })
    slow.answer()
    await drain()
    expect(decisions()[0]?.deliveries['slow']).toMatchObject({ state: 'sent', attempts: 1 })
  })

  test('flush() resolves when what was queued has been tried once, whatever came of it', async () => {
    let asked = 0
    const refusing = failing(() => {
      asked++
      return offline()
    })
    const { tracker, destination } = openTracker(plan, { destinations: [refusing] })
    tracker.track('first_step')
    await tracker.flush()
    expect(asked).toBeGreaterThan(0)
    expect(destination.events).toHaveLength(1)
  })

  test('say why they go', async () => {
    const slow = byHand()
    const { tracker, platform } = openTracker(plan, { destinations: [slow.destination] })
    await drain()
    tracker.track('first_step')
    await drain()
    slow.answer(offline())
    await drain()
    void tracker.flush()
    await drain()
    slow.answer(offline())
    await drain()
    platform.hide()
    await drain()
    expect(slow.batches.map(({ reason }) => reason)).toEqual(['batch', 'flush', 'hidden'])
  })
})

describe('a page that turns hidden', () => {
  test('does not wait for the batch in flight', async () => {
    const slow = byHand()
    const { tracker, platform } = openTracker(plan, { destinations: [slow.destination] })
    await drain()
    tracker.track('first_step')
    await drain()
    tracker.track('second_step')
    platform.hide()
    expect(slow.batches.map(({ names }) => names)).toEqual([['first_step'], ['second_step']])
  })

  test('keeps the order of two batches that fail', async () => {
    const slow = byHand()
    const { tracker, platform } = openTracker(plan, { destinations: [slow.destination] })
    await drain()
    tracker.track('first_step')
    await drain()
    tracker.track('second_step')
    platform.hide()
    slow.answer(offline())
    await drain()
    slow.answer(offline())
    await drain()
    platform.advance(20 * SECOND_MS)
    await drain()
    expect(slow.batches.at(-1)?.names).toEqual(['first_step', 'second_step'])
    platform.advance(5 * SECOND_MS)
    await drain()
    expect(slow.batches).toHaveLength(3)
  })
})

describe('a destination that does not answer', () => {
  test('is asked again after half a minute, with the same ids; what came meanwhile waits no longer', async () => {
    const slow = byHand()
    const { tracker, platform, decisions, destination } = openTracker(plan, {
      destinations: [slow.destination],
    })
    await drain()
    tracker.track('first_step')
    await drain()
    tracker.track('second_step')
    await drain()
    expect(destination.events).toHaveLength(2)
    platform.advance(30 * SECOND_MS)
    await drain()
    expect(decisions()[0]?.deliveries['slow']).toMatchObject({
      state: 'retrying',
      error: 'no answer in 30 seconds',
    })
    platform.advance(SECOND_MS)
    await drain()
    expect(slow.batches.map(({ names }) => names)).toEqual([['first_step'], ['first_step', 'second_step']])
    expect(slow.batches[1]?.events[0]?.id).toBe(slow.batches[0]?.events[0]?.id)
  })

  test('does not hold up flush() for ever: one more try, and another half a minute', async () => {
    const slow = byHand()
    const { tracker, platform } = openTracker(plan, { destinations: [slow.destination] })
    await drain()
    tracker.track('first_step')
    let flushed = false
    void tracker.flush().then(() => {
      flushed = true
    })
    await drain()
    expect(flushed).toBe(false)
    platform.advance(30 * SECOND_MS)
    await drain()
    expect(flushed).toBe(false)
    platform.advance(30 * SECOND_MS)
    await drain()
    expect(flushed).toBe(true)
  })
})

describe('a failure', () => {
  test('waits, and is tried again with the same events', async () => {
    let fails = 2
    const flaky = failing(() => (fails-- > 0 ? offline() : undefined))
    const { tracker, platform, decisions } = openTracker(plan, { destinations: [flaky] })
    tracker.track('first_step')
    tracker.track('second_step')
    await drain()
    expect(decisions()[0]?.deliveries['failing']).toMatchObject({
      state: 'retrying',
      nextAt: expect.any(Number),
      attempts: 1,
      error: 'offline',
    })
    for (let attempt = 0; attempt < 2; attempt++) {
      platform.advance(MINUTE_MS)
      await drain()
    }
    expect(flaky.got).toEqual(['first_step', 'second_step'])
    expect(decisions()[0]?.deliveries['failing']).toMatchObject({
      state: 'sent',
      attempts: 3,
      error: undefined,
      nextAt: undefined,
    })
  })

  test('is not tried again before its time; what is tracked meanwhile waits behind it', async () => {
    const slow = byHand()
    const { tracker, platform } = openTracker(plan, { destinations: [slow.destination] })
    tracker.track('first_step')
    await drain()
    slow.answer(offline())
    await drain()
    tracker.track('second_step')
    await drain()
    expect(slow.batches).toHaveLength(1)
    platform.advance(MINUTE_MS)
    await drain()
    expect(slow.batches[1]?.names).toEqual(['first_step', 'second_step'])
  })

  test('is given up after eight attempts, with the error; what came later goes on', async () => {
    const flaky = failing(offline)
    const { tracker, platform, decisions } = openTracker(plan, { destinations: [flaky] })
    tracker.track('first_step')
    await drain()
    for (let attempt = 1; attempt < 7; attempt++) {
      platform.advance(MINUTE_MS)
      await drain()
    }
    tracker.track('second_step')
    platform.advance(MINUTE_MS)
    await drain()
    expect(decisions().map(({ deliveries }) => deliveries['failing'])).toMatchObject([
      { state: 'expired', attempts: 8, error: 'offline' },
      { state: 'retrying', attempts: 1, error: 'offline', nextAt: expect.any(Number) },
    ])
  })

  test('that is permanent is rejected at once, and never again (F2)', async () => {
    let asked = 0
    const refusing = failing(() => {
      asked++
      return new PermanentError('400')
    })
    const { tracker, platform, decisions } = openTracker(plan, { destinations: [refusing] })
    tracker.track('demo_booked')
    await drain()
    platform.advance(HOUR_MS)
    await drain()
    expect(asked).toBe(1)
    expect(decisions()[0]?.deliveries['failing']).toMatchObject({
      state: 'rejected',
      attempts: 1,
      error: '400',
    })
    expect(tracker.track('demo_booked').reason).toBe('frequency')
  })

  test('of one destination disturbs no other', async () => {
    const other = memory({ name: 'other' })
    const throwing = failing(offline)
    const hanging = byHand()
    const { tracker, destination } = openTracker(plan, {
      destinations: [throwing, hanging.destination, other],
    })
    tracker.track('first_step')
    await drain()
    tracker.track('second_step')
    await drain()
    for (const { events } of [destination, other])
      expect(events.map(({ name }) => name)).toEqual(['first_step', 'second_step'])
  })

  test.each([
    ['an object without a prototype', Object.create(null)],
    [
      'an error whose message cannot be read',
      Object.defineProperty(new Error(), 'message', {
        get: () => {
          throw offline()
        },
      }),
    ],
  ])('that is %s is tried again as others are', async (_, thrown) => {
    let broken = true
    const { tracker, decisions, platform } = openTracker(plan, {
      destinations: [failing(() => (broken ? thrown : undefined))],
    })
    tracker.track('first_step')
    await drain()
    expect(decisions()[0]?.deliveries['failing']).toMatchObject({ state: 'retrying', attempts: 1 })
    broken = false
    platform.advance(MINUTE_MS)
    await drain()
    expect(decisions()[0]?.deliveries['failing']).toMatchObject({ state: 'sent', attempts: 2 })
  })

  test('is told apart from one that is no Error', async () => {
    const { tracker, decisions } = openTracker(plan, { destinations: [failing(() => 'no network')] })
    tracker.track('first_step')
    await drain()
    expect(decisions()[0]?.deliveries['failing']?.error).toBe('no network')
  })
})

describe('a batch in which one event is at fault', () => {
  /** Takes events up to the bad one, then throws. */
  function picky(error: () => Error, bad: (event: TrackedEvent) => boolean) {
    const got: TrackedEvent[] = []
    const batches: number[] = []
    const send = (events: readonly TrackedEvent[]) => {
      batches.push(events.length)
      for (const event of events) {
        if (bad(event)) throw error()
        got.push(event)
      }
    }
    return { got, batches, destination: { name: 'own', send } }
  }
  const isBad = ({ name }: TrackedEvent) => name === 'second_step'

  test.each([
    ['a PermanentError', () => new PermanentError('400'), 'rejected'],
    ['anything', offline, 'retrying'],
  ])('%s: the others arrive, at least once', async (_, error, state) => {
    const own = picky(error, isBad)
    const { tracker, platform, decisions } = openTracker(plan, { destinations: [own.destination] })
    await drain()
    for (let count = 0; count < 20; count++) tracker.track(count === 11 ? 'second_step' : 'first_step')
    for (let attempt = 0; attempt < 3; attempt++) {
      await drain()
      platform.advance(MINUTE_MS)
    }
    await drain()
    expect(new Set(own.got.map(({ id }) => id)).size).toBe(19)
    const states = decisions().map(({ deliveries }) => deliveries['own']?.state)
    expect(states.filter((each) => each === 'sent')).toHaveLength(19)
    expect(states[11]).toBe(state)
  })

  test('that is never taken is given up after eight attempts; what is tracked meanwhile arrives', async () => {
    const own = picky(offline, isBad)
    const { tracker, platform, decisions } = openTracker(plan, { destinations: [own.destination] })
    tracker.track('second_step')
    for (let attempt = 0; attempt < 10; attempt++) {
      await drain()
      tracker.track('first_step')
      platform.advance(MINUTE_MS)
    }
    await drain()
    expect(new Set(own.got.map(({ id }) => id)).size).toBe(10)
    expect(decisions()[0]?.deliveries['own']).toMatchObject({ state: 'expired', attempts: 8 })
  })

  test('a destination that refuses everything is asked for the whole, then for each', async () => {
    const own = picky(
      () => new PermanentError('no key'),
      () => true,
    )
    const { tracker, decisions } = openTracker(plan, { destinations: [own.destination] })
    await drain()
    for (let count = 0; count < 50; count++) tracker.track('first_step')
    await drain()
    expect(own.batches).toEqual([50, ...Array(50).fill(1)])
    expect(new Set(decisions().map(({ deliveries }) => deliveries['own']?.state))).toEqual(
      new Set(['rejected']),
    )
  })

  test.each([
    ['a PermanentError', () => new PermanentError('400')],
    ['anything', offline],
  ])('%s: the one that is good arrives, wherever it is', async (_, error) => {
    for (let place = 0; place < 20; place++) {
      const own = picky(error, ({ name }) => name === 'second_step')
      const { tracker, platform } = openTracker(plan, { destinations: [own.destination] })
      await drain()
      for (let count = 0; count < 20; count++) tracker.track(count === place ? 'first_step' : 'second_step')
      for (let attempt = 0; attempt < 8; attempt++) {
        await drain()
        platform.advance(MINUTE_MS)
      }
      await drain()
      expect(new Set(own.got.map(({ id }) => id)).size).toBe(1)
      tracker.dispose()
    }
  })

  test('is not looked for where nobody answers', async () => {
    const slow = byHand()
    const { tracker, platform } = openTracker(plan, { destinations: [slow.destination] })
    await drain()
    tracker.track('first_step')
    tracker.track('second_step')
    for (let attempt = 0; attempt < 8; attempt++) {
      await drain()
      platform.advance(30 * SECOND_MS)
    }
    expect(new Set(slow.batches.map(({ names }) => names.length))).toEqual(new Set([2]))
  })

  test('no part goes once consent is withdrawn', async () => {
    const slow = byHand()
    const { tracker } = openTracker(plan, { destinations: [slow.destination] })
    await drain()
    tracker.track('first_step')
    tracker.track('second_step')
    await drain()
    tracker.consent.update('denied')
    slow.answer(new PermanentError('400'))
    await drain()
    tracker.consent.update('granted')
    await drain()
    expect(slow.batches).toHaveLength(1)
  })

  test.each([
    ['waits: consent is taken back for a while', 'held', 'pending'],
    ['ends: the tracker is disposed of', 'expired', 'dispose'],
  ] as const)('its parts go no further where what is left %s', async (_, state, change) => {
    const asked: number[] = []
    const own = {
      name: 'own',
      send: (events: readonly unknown[]) => {
        asked.push(events.length)
        // The first part alone is under way when it happens.
        if (asked.length === 2) change === 'dispose' ? tracker.dispose() : tracker.consent.update(change)
        throw new PermanentError('400')
      },
    }
    const { tracker, decisions } = openTracker(plan, { destinations: [own] })
    await drain()
    for (let count = 0; count < 8; count++) tracker.track('first_step')
    await drain()
    expect(asked).toEqual([8, 1])
    const states = decisions().map(({ deliveries }) => deliveries['own']?.state)
    expect(states).toEqual(['rejected', ...Array(7).fill(state)])
  })
})

describe('the bound', () => {
  test('drops nothing of a burst that can be sent', async () => {
    const { tracker, destination, decisions } = openTracker(plan)
    await drain()
    for (let count = 0; count < 3_000; count++) tracker.track('first_step')
    await drain()
    expect(destination.events).toHaveLength(3_000)
    expect(decisions().filter(({ deliveries }) => deliveries['memory']?.state === 'expired')).toEqual([])
  })

  test('drops the oldest of a thousand and one that cannot be sent, and says so', async () => {
    const slow = byHand()
    const ends: string[] = []
    const { add } = createQueue<TrackedEvent>(
      {
        consent: () => 'granted',
        now: () => 0,
        later: () => () => {},
        newId: () => '',
        onDelivery: (copies, { state, error }) => {
          if (state === 'expired') ends.push(`${copies[0]?.number} ${state}: ${error}`)
        },
      },
      slow.destination,
    )
    const payload = { name: 'first_step' } as TrackedEvent
    const copy = { payload, eventId: '', urgency: 'normal' } as const
    add({ ...copy, number: 1 }, false)
    await drain()
    slow.answer(offline())
    await drain()
    for (let number = 2; number <= 1_002; number++) add({ ...copy, number }, false)
    expect(ends).toEqual(['1 expired: the queue was full', '2 expired: the queue was full'])
  })

  test('drops by urgency, and the oldest first', async () => {
    const slow = byHand()
    const urgent = definePlan({
      name: 'urgent',
      version: '1',
      events: {
        low_step: event({ urgency: 'low' }),
        normal_step: event(),
        critical_step: event({ urgency: 'critical' }),
      },
    })
    const { tracker, platform, decisions } = openTracker(urgent, { destinations: [slow.destination] })
    await drain()
    tracker.track('critical_step')
    tracker.track('normal_step')
    tracker.track('low_step')
    await drain()
    slow.answer(offline())
    await drain()
    for (let count = 0; count < 999; count++) tracker.track('normal_step')
    const lost = () =>
      decisions()
        .filter(({ deliveries }) => Object.values(deliveries).some(({ state }) => state === 'expired'))
        .map(({ number, event: name }) => `${number} ${name}`)
    expect(lost()).toEqual(['2 normal_step', '3 low_step'])
    platform.advance(MINUTE_MS)
    await drain()
    expect(slow.batches[1]?.names).toHaveLength(1_000)
    expect(slow.batches[1]?.names[0]).toBe('critical_step')
  })

  test('holds for what waits for consent', async () => {
    const slow = byHand({ consent: 'marketing' })
    const { tracker, destination } = openTracker(plan, {
      destinations: [slow.destination],
      consent: { analytics: 'granted' },
    })
    await drain()
    for (let count = 0; count < 1_200; count++) tracker.track('first_step')
    await drain()
    tracker.consent.update({ marketing: 'granted' })
    await drain()
    expect(destination.events).toHaveLength(1_200)
    expect(slow.batches[0]?.names).toHaveLength(1_000)
  })

  test('holds also when what was in flight comes back', async () => {
    const slow = byHand()
    const { tracker, platform } = openTracker(plan, { destinations: [slow.destination] })
    await drain()
    for (let count = 0; count < 600; count++) tracker.track('first_step')
    await drain()
    for (let count = 0; count < 600; count++) tracker.track('second_step')
    slow.answer(offline())
    await drain()
    platform.advance(MINUTE_MS)
    await drain()
    const names = slow.batches[1]?.names ?? []
    expect(names).toHaveLength(1_000)
    expect(names.filter((name) => name === 'second_step')).toHaveLength(600)
  })
})

describe('consent that is lost', () => {
  test.each(['denied', 'pending'] as const)(
    'while a batch is in flight (%s): no request starts afterwards, also no retry (C6)',
    async (state) => {
      const slow = byHand()
      const { tracker, platform } = openTracker(plan, { destinations: [slow.destination] })
      tracker.track('first_step')
      await drain()
      tracker.consent.update(state)
      slow.answer(offline())
      await drain()
      platform.advance(HOUR_MS)
      platform.hide()
      await tracker.flush()
      expect(slow.batches).toHaveLength(1)
    },
  )

  test('while a batch is in flight that then fails: it is denied, and not sent after a later grant', async () => {
    const slow = byHand()
    const { tracker, platform, decisions } = openTracker(plan, { destinations: [slow.destination] })
    tracker.track('first_step')
    await drain()
    tracker.consent.update('denied')
    slow.answer(offline())
    await drain()
    expect(decisions()[0]?.deliveries['slow']?.state).toBe('denied')
    tracker.consent.update('granted')
    platform.advance(HOUR_MS)
    await drain()
    expect(slow.batches).toHaveLength(1)
  })

  test('while a retry waits: it is denied, and not sent after a later grant', async () => {
    const slow = byHand()
    const { tracker, platform, decisions } = openTracker(plan, { destinations: [slow.destination] })
    tracker.track('first_step')
    await drain()
    slow.answer(offline())
    await drain()
    tracker.consent.update('denied')
    platform.advance(HOUR_MS)
    await drain()
    expect(slow.batches).toHaveLength(1)
    expect(decisions()[0]?.deliveries['slow']).toMatchObject({ state: 'denied' })
    tracker.consent.update('granted')
    platform.advance(HOUR_MS)
    await drain()
    expect(slow.batches).toHaveLength(1)
  })

  test('for a while only (pending): what waits for a retry waits on, and follows at the next grant', async () => {
    const slow = byHand({ consent: 'marketing' })
    const { tracker, platform, decisions } = openTracker(plan, {
      destinations: [slow.destination],
    })
    tracker.track('first_step')
    await drain()
    slow.answer(offline())
    await drain()
    tracker.consent.update({ marketing: 'pending' })
    platform.advance(HOUR_MS)
    await drain()
    expect(slow.batches).toHaveLength(1)
    expect(decisions()[0]?.deliveries['slow']?.state).toBe('held')
    tracker.consent.update({ marketing: 'granted' })
    await drain()
    expect(slow.batches[1]?.names).toEqual(['first_step'])
  })
})

describe('dispose', () => {
  test('ends what has no answer for its destination', async () => {
    const marketing = memory({ name: 'marketing', consent: 'marketing' })
    const { tracker, decisions } = openTracker(plan, {
      destinations: [marketing],
      consent: { analytics: 'granted' },
    })
    tracker.track('first_step')
    await drain()
    expect(decisions()[0]?.deliveries['marketing']?.state).toBe('held')
    tracker.dispose()
    await drain()
    expect(decisions()[0]?.deliveries['marketing']).toMatchObject({ state: 'expired' })
  })

  test('sends what waits, and takes nothing more', async () => {
    const { tracker, destination } = openTracker(plan)
    tracker.track('first_step')
    tracker.track('demo_booked')
    tracker.dispose()
    expect(tracker.track('second_step')).toMatchObject({ outcome: 'dropped', reason: 'disabled' })
    await drain()
    expect(destination.events.map(({ name }) => name)).toEqual(['first_step', 'demo_booked'])
  })

  test('ends what is held: an answer that comes later releases nothing', async () => {
    const { tracker, destination, decisions } = openTracker(plan, { consent: 'pending' })
    tracker.track('first_step')
    tracker.dispose()
    expect(decisions()[0]).toMatchObject({
      outcome: 'dropped',
      reason: 'disabled',
      first: { outcome: 'held' },
    })
    tracker.consent.update('granted')
    await drain()
    expect(tracker.consent.get()).toEqual({ analytics: 'pending' })
    expect(destination.events).toEqual([])
  })

  test('touches no storage afterwards', async () => {
    const { tracker, platform } = openTracker(plan, { consent: 'pending' })
    tracker.dispose()
    tracker.consent.update('granted')
    tracker.identify('ada')
    tracker.page()
    tracker.reset()
    platform.act()
    await drain()
    expect(platform.stored()).toEqual({})
  })

  test('forgets where ids are stored', async () => {
    const { tracker, platform } = openTracker(plan)
    await drain()
    tracker.dispose()
    await drain()
    const stored = platform.stored()
    tracker.identify('ada')
    tracker.reset()
    await drain()
    expect(platform.stored()).toEqual(stored)
  })

  test.each([0, 1, 2, 3, 5, 8, 13, 21])(
    '%i turns after the page began: says nothing, stores nothing later, and the next tracker goes on as the same user',
    async (turns) => {
      const said = listenToAdvice()
      const { tracker, platform, destination } = openTracker(plan)
      tracker.track('demo_booked')
      await drain(turns)
      tracker.dispose()
      await drain()
      expect(destination.events.map(({ name }) => name)).toEqual(['demo_booked'])
      const stored = platform.stored()
      platform.advance(HOUR_MS / 4)
      await drain()
      expect(platform.stored()).toEqual(stored)
      expect(Object.keys(stored).filter((key) => key.endsWith(':open'))).toEqual([])
      expect(said()).toEqual([])
      const next = openTracker(plan, { platform })
      expect(next.tracker.track('demo_booked')).toMatchObject({ outcome: 'dropped', reason: 'frequency' })
      next.tracker.track('first_step')
      await drain()
      const [before, after] = [destination.events.at(-1), next.destination.events.at(-1)]
      expect(after).toMatchObject({ anonymousId: before?.anonymousId, sessionId: before?.sessionId })
    },
  )

  test('in production too: a page that is refused later leaves no database behind', async () => {
    const { tracker, platform } = openTracker(plan)
    await drain(2)
    tracker.dispose()
    await drain()
    const { tracker: next } = openTracker(plan, { platform })
    await drain()
    next.consent.update('denied')
    await drain()
    expect(platform.stored()).toEqual({})
  })

  test('may come twice, and while storage is opening', async () => {
    const { tracker, destination } = openTracker(plan)
    tracker.track('first_step')
    await drain(1)
    tracker.dispose()
    tracker.dispose()
    await drain()
    expect(destination.events).toHaveLength(1)
  })
})
