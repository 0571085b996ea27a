import { describe, expect, test } from 'vitest'
import { meta } from '../../../src/destinations/meta.ts'
import { posthog, posthogUuid } from '../../../src/destinations/posthog.ts'
import { segment } from '../../../src/destinations/segment.ts'
import { definePlan } from '../../../src/plan/define-plan.ts'
import { event } from '../../../src/plan/event.ts'
import { typed } from '../../../src/plan/standard-schema.ts'
import { createManualPlatform } from '../../../src/testing/manual-platform.ts'
import { keptBodies } from '../../support/kept-bodies.ts'
import { drain, listenToAdvice, openTracker } from '../../support/tracking.ts'
import { wireSchema } from '../../support/wire-schema.ts'

const plan = definePlan({
  name: 'shop',
  version: '1',
  events: {
    pricing_clicked: event({}),
    payment_added: event({}),
    demo_booked: event({ frequency: 'once-per-user' }),
    order_paid: event({
      properties: typed<{ order?: string; phone?: string }>(),
      frequency: 'once-per-user',
      id: ({ order }) => order,
    }),
  },
})
const granted = { analytics: 'granted', marketing: 'granted' } as const

describe('the id that track returns', () => {
  test('is the one that destinations get, where it is random', async () => {
    const { tracker, destination } = openTracker(plan)
    const { eventId } = tracker.track('pricing_clicked')
    expect(eventId).toBeDefined()
    await drain()
    expect(destination.events[0]?.id).toBe(eventId)
  })

  test('is absent while it hangs on a user who is not known yet, and final when it is', async () => {
    const platform = createManualPlatform()
    const { tracker, destination, decisions } = openTracker(plan, { platform })
    expect(tracker.track('demo_booked').eventId).toBeUndefined()
    await tracker.flush()
    expect(decisions()[0]?.eventId).toBe(destination.events[0]?.id)
    const settled = openTracker(plan, { platform: createManualPlatform() })
    await drain()
    const { eventId } = settled.tracker.track('demo_booked')
    expect(eventId).toBeDefined()
    await settled.tracker.flush()
    expect(settled.destination.events[0]?.id).toBe(eventId)
  })

  test('is absent where nothing has left', () => {
    const { tracker } = openTracker(plan, { consent: 'pending' })
    expect(tracker.track('pricing_clicked').eventId).toBeUndefined()
    expect(tracker.track('pricing_clicked', undefined, { id: 'A-1' }).eventId).toBeUndefined()
  })

  test('is the one that beforeSend put in its place', async () => {
    const { tracker, destination } = openTracker(plan, { beforeSend: (sent) => ({ ...sent, id: 'mine' }) })
    expect(tracker.track('pricing_clicked').eventId).toBe('mine')
    await drain()
    expect(destination.events[0]?.id).toBe('mine')
  })
})

describe('a given id', () => {
  test('is the same at every destination, whether the call or the plan gives it', async () => {
    const { bodies, destination: collector } = keptBodies(204)
    const heard: unknown[] = []
    const { tracker, destination } = openTracker(plan, {
      consent: granted,
      destinations: [
        collector,
        meta({
          client:
            () =>
            (_, __, ___, { eventID }) =>
              heard.push(eventID),
        }),
        segment({
          client: () => ({ track: (_, __, { messageId }) => heard.push(messageId), page: () => {} }),
        }),
        posthog({ client: () => ({ capture: (_, __, { uuid }) => heard.push(uuid) }) }),
      ],
    })
    expect(tracker.track('order_paid', { order: '2024-100-4711' }).eventId).toBe('2024-100-4711')
    await drain()
    await tracker.flush()
    expect(heard).toEqual(['2024-100-4711', '2024-100-4711', posthogUuid('2024-100-4711')])
    expect(destination.events[0]?.id).toBe('2024-100-4711')
    const batch = JSON.parse(bodies[0] as string)
    expect(batch.events[0].id).toBe('2024-100-4711')
    expect(wireSchema()(batch)).toEqual([])
    expect(tracker.track('pricing_clicked', undefined, { id: 'B-2' }).eventId).toBe('B-2')
  })

  test('of the call takes precedence over that of the plan', () => {
    const { tracker } = openTracker(plan)
    expect(tracker.track('order_paid', { order: 'A-1' }, { id: 'B-2' }).eventId).toBe('B-2')
  })

  test('is no text for the guard', async () => {
    listenToAdvice()
    const { tracker, destination } = openTracker(plan, { personalData: 'redact' })
    tracker.track('order_paid', { order: '4111111111111111' })
    tracker.track('pricing_clicked', undefined, { id: '+49 30 901820' })
    await drain()
    expect(destination.events.map(({ id }) => id)).toEqual(['4111111111111111', '+49 30 901820'])
  })

  test('outlives a hold in the storage of the tab', async () => {
    const options = { consent: 'pending', hold: 'tab' } as const
    const { tracker, platform } = openTracker(plan, options)
    tracker.track('pricing_clicked', undefined, { id: 'A-1' })
    tracker.track('order_paid', { order: 'B-2' })
    const next = openTracker(plan, { ...options, platform: platform.reload() })
    await drain()
    next.tracker.consent.update('granted')
    await drain()
    expect(next.destination.events.map(({ id }) => id)).toEqual(['A-1', 'B-2'])
  })

  test.each<[string, unknown]>([
    ['empty', ''],
    ['blank', ' '],
    ['too long', 'x'.repeat(101)],
    ['a line', 'a\nb'],
    ['half a character', 'a\uD83D'],
    ['a number', 4711],
    ['an object', {}],
  ])('that is %s is an issue, and the tracker gives its own', async (_, id) => {
    const said = listenToAdvice()
    const { tracker, destination } = openTracker(plan, { invalid: 'drop' })
    const track = tracker.track as unknown as (
      ...given: readonly unknown[]
    ) => ReturnType<typeof tracker.track>
    const decision = track('pricing_clicked', {}, { id })
    expect(decision).toMatchObject({
      outcome: 'fired',
      issues: [{ message: expect.stringContaining('the id') }],
    })
    await drain()
    expect(destination.events[0]?.id).toMatch(/^[0-9a-f-]{36}$/)
    expect(destination.events[0]?.id).toBe(decision.eventId)
    expect(said()[0]).toContain('[RMC102]')
  })

  test.each([
    null,
    'text',
    7,
    {
      get id() {
        throw new Error('oops')
      },
    },
  ])('options that are none throw nothing', (options) => {
    const { tracker } = openTracker(plan)
    const track = tracker.track as unknown as (...given: readonly unknown[]) => { outcome: string }
    expect(track('pricing_clicked', {}, options).outcome).toBe('fired')
  })

  test('is a UUID at PostHog, and the same for the same id', () => {
    const uuid = '0192f0c4-7b1a-7000-8000-000000000001'
    expect(posthogUuid(uuid)).toBe(uuid)
    expect(posthogUuid('A-1')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(posthogUuid('A-1')).toBe(posthogUuid('A-1'))
    expect(posthogUuid('A-1')).not.toBe(posthogUuid('A-2'))
  })

  test('that two events share makes two rows of them', async () => {
    const { bodies, destination } = keptBodies(204)
    const { tracker } = openTracker(plan, { destinations: [destination] })
    await drain()
    tracker.track('pricing_clicked', undefined, { id: 'A/1' })
    tracker.track('payment_added', undefined, { id: 'A/1' })
    await tracker.flush()
    const events = bodies.flatMap((body) => JSON.parse(body).events as { name: string; id: string }[])
    expect(events.map(({ name, id }) => [name, id])).toEqual([
      ['pricing_clicked', 'A/1'],
      ['payment_added', 'A/1'],
    ])
    const { decisions } = tracker.record.get()
    expect(decisions.map(({ deliveries }) => deliveries['http']?.state)).toEqual(['sent', 'sent'])
    expect(decisions[0]?.deliveries['http']?.requests?.[0]?.eventIds).toEqual(['A/1', 'A/1'])
  })
})
