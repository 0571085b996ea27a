import { describe, expect, test } from 'vitest'
import type { Copy, Destination, Lane, LanePort } from '../../../src/engine/delivery/destination.ts'
import type { TrackedEvent } from '../../../src/engine/pipeline/tracked-event.ts'
import { definePlan } from '../../../src/plan/define-plan.ts'
import { event } from '../../../src/plan/event.ts'
import { typed } from '../../../src/plan/standard-schema.ts'
import { PermanentError } from '../../../src/support/permanent-error.ts'
import { byHand } from '../../support/flaky-destination.ts'
import { drain, openTracker } from '../../support/tracking.ts'

const plan = definePlan({
  name: 'acme',
  version: '1',
  events: {
    step_taken: event({ properties: typed<{ number: number }>(), destinations: { short: { name: 'step' } } }),
    demo_booked: event({ frequency: 'once-per-user' }),
    ours_only: event({ destinations: { short: false } }),
  },
})

interface Short {
  readonly name: string
}

function short(change: Partial<Destination<Short>> = {}) {
  const sent: Short[] = []
  const destination: Destination<Short> = {
    name: 'short',
    map: ({ name }: TrackedEvent, override) => ({
      payload: { name: (override as { name?: string } | undefined)?.name ?? name },
      notes: ['shortened'],
    }),
    send: (payloads) => void sent.push(...payloads),
    ...change,
  }
  return { destination, sent }
}

describe('map', () => {
  test('makes what the destination takes, with what the plan says of it; the record keeps both', async () => {
    const { destination, sent } = short()
    const { tracker, decisions } = openTracker(plan, { destinations: [destination] })
    tracker.track('step_taken', { number: 1 })
    tracker.track('demo_booked')
    await drain()
    expect(sent).toEqual([{ name: 'step' }, { name: 'demo_booked' }])
    expect(decisions().map(({ deliveries }) => deliveries['short'])).toMatchObject([
      { state: 'sent', attempts: 1, payload: { name: 'step' }, notes: ['shortened'] },
      { state: 'sent', attempts: 1, payload: { name: 'demo_booked' } },
    ])
  })

  test('that throws rejects its event alone, and no other destination', async () => {
    const { destination, sent } = short({
      map: (each) => {
        if (each.name === 'step_taken') throw new PermanentError('not this one')
        return { payload: { name: each.name } }
      },
    })
    const { tracker, decisions, destination: ours } = openTracker(plan, { destinations: [destination] })
    tracker.track('step_taken', { number: 1 })
    tracker.track('demo_booked')
    await drain()
    expect(sent).toEqual([{ name: 'demo_booked' }])
    expect(ours.events).toHaveLength(2)
    expect(decisions()[0]?.deliveries['short']).toMatchObject({ state: 'rejected', error: 'not this one' })
    expect(tracker.record.get().delivered['short']).toEqual({ rejected: 1, sent: 1 })
  })

  test('payloads are no longer kept once nobody watches', async () => {
    const { destination } = short()
    const { tracker, decisions } = openTracker(plan, { destinations: [destination] })
    tracker.track('demo_booked')
    await drain()
    expect(decisions()[0]?.deliveries['short']?.payload).toBeDefined()
  })
})

test('an event that the plan keeps from a destination is not mapped for it', async () => {
  const { destination, sent } = short()
  const { tracker, decisions } = openTracker(plan, { destinations: [destination] })
  tracker.track('ours_only')
  await drain()
  expect(sent).toEqual([])
  expect(Object.keys(decisions()[0]?.deliveries ?? {})).toEqual(['memory'])
})

test('a client that does not answer leaves its deliveries unknown', async () => {
  const { destination, sent } = short({ acknowledges: false })
  const { tracker, decisions } = openTracker(plan, { destinations: [destination] })
  tracker.track('demo_booked')
  await drain()
  expect(sent).toHaveLength(1)
  expect(decisions()[0]?.deliveries['short']?.state).toBe('unknown')
})

test('consent that goes while an event waits for the ledger takes it along: withdrawn', async () => {
  const { tracker, destination, decisions } = openTracker(plan)
  await drain()
  expect(tracker.track('demo_booked').outcome).toBe('fired')
  tracker.consent.update('denied')
  await drain()
  expect(destination.events).toEqual([])
  expect(decisions()[0]).toMatchObject({
    outcome: 'dropped',
    reason: 'withdrawn',
    first: { outcome: 'fired', reason: 'admitted' },
    deliveries: { memory: { state: 'denied' } },
  })
})

test('a delivery that consent has overtaken is denied, also when its destination answers late', async () => {
  const slow = byHand({ consent: 'marketing' })
  const { tracker, decisions } = openTracker(plan, { destinations: [slow.destination] })
  await drain()
  tracker.track('step_taken', { number: 1 })
  await drain()
  tracker.consent.update({ marketing: 'denied' })
  slow.answer(new Error('cut'))
  await drain()
  expect(decisions()[0]).toMatchObject({ outcome: 'fired', deliveries: { slow: { state: 'denied' } } })
})

describe('a lane of its own', () => {
  test('whose rows are no map stops nothing', async () => {
    const added: unknown[] = []
    const lane = {
      rowsOf: () => 5,
      add: (copy: unknown) => added.push(copy),
      flush() {},
      leave() {},
      dispose() {},
    }
    const { destination } = short({ openLane: () => lane as unknown as Lane<Short> })
    const { tracker } = openTracker(plan, { destinations: [destination] })
    await drain()
    expect(tracker.track('step_taken', { number: 1 }).outcome).toBe('fired')
    expect(added).toHaveLength(1)
  })

  test('whose flush returns no promise is flushed', async () => {
    const lane = { add() {}, flush: () => true, leave() {}, dispose() {} }
    const { destination } = short({ openLane: () => lane as unknown as Lane<Short> })
    const { tracker } = openTracker(plan, { destinations: [destination] })
    await expect(tracker.flush()).resolves.toBe(undefined)
  })

  test('whose flush never settles is waited for 30 seconds', async () => {
    const lane = { add() {}, flush: () => new Promise(() => {}), leave() {}, dispose() {} }
    const { destination } = short({ openLane: () => lane as unknown as Lane<Short> })
    const { tracker, platform } = openTracker(plan, { destinations: [destination] })
    let ended = false
    void tracker.flush().then(() => {
      ended = true
    })
    await drain()
    platform.advance(29_999)
    await drain()
    expect(ended).toBe(false)
    platform.advance(1)
    await drain()
    expect(ended).toBe(true)
  })

  test('whose flush takes too long leaves a line for each event that has not ended', async () => {
    let report: LanePort['onDelivery'] = () => {}
    const copies: Copy<Short>[] = []
    const lane = {
      add: (copy: Copy<Short>) => copies.push(copy),
      flush: () => new Promise(() => {}),
      leave() {},
      dispose() {},
    }
    const openLane = (port: LanePort) => {
      report = port.onDelivery
      return lane as unknown as Lane<Short>
    }
    const { destination } = short({ openLane })
    const { tracker, platform, decisions } = openTracker(plan, { destinations: [destination] })
    for (const number of [1, 2, 3]) tracker.track('step_taken', { number })
    await drain()
    report(copies.slice(0, 1), { state: 'sent', attempts: 1 })
    report(copies.slice(1, 2), { state: 'retrying', attempts: 1, error: 'HTTP 503' })
    void tracker.flush()
    await drain()
    platform.advance(30_000)
    await drain()
    expect(decisions().map(({ deliveries }) => deliveries['short'])).toMatchObject([
      { state: 'sent', error: undefined },
      { state: 'retrying', error: 'HTTP 503' },
      { state: 'queued', error: expect.stringMatching(/^flush\(\) ended after 30 seconds/) },
    ])
    report(copies.slice(2), { state: 'sent', attempts: 1 })
    expect(decisions()[2]?.deliveries['short']).toMatchObject({ state: 'sent', error: undefined })
  })

  const fails = (): never => {
    throw new Error('out of order')
  }
  const broken = {
    rowsOf: fails,
    add: fails,
    flush: fails,
    leave: fails,
    restored: fails,
    reconsider: fails,
    storageChanged: fails,
    dispose: fails,
  }

  test.each(['openLane', ...Object.keys(broken)])(
    'whose %s throws stops neither the page nor others',
    async (step) => {
      const working = {
        ...Object.fromEntries(Object.keys(broken).map((name) => [name, () => {}])),
        flush: async () => {},
        ...(step in broken && { [step]: fails }),
      }
      const { destination, sent } = short({
        openLane: step === 'openLane' ? fails : () => working as unknown as Lane<Short>,
      })
      const {
        tracker,
        platform,
        decisions,
        destination: ours,
      } = openTracker(plan, { destinations: [destination] })
      await drain()
      tracker.track('step_taken', { number: 1 })
      await tracker.flush()
      tracker.consent.update({ marketing: 'granted' })
      platform.leave()
      platform.restore()
      tracker.consent.update('denied')
      tracker.dispose()
      expect(ours.events).toHaveLength(1)
      if (step === 'openLane') expect(sent).toHaveLength(1)
      if (step === 'add')
        expect(decisions()[0]?.deliveries['short']).toMatchObject({
          state: 'rejected',
          error: 'out of order',
        })
    },
  )
})
