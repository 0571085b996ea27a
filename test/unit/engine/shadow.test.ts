import { describe, expect, test, vi } from 'vitest'
import { nativeBatch } from '../../../src/destinations/http/encode.ts'
import { http } from '../../../src/destinations/http/http.ts'
import { segmentBatch } from '../../../src/destinations/http/segment-batch.ts'
import type { Destination } from '../../../src/engine/delivery/destination.ts'
import type { TrackedEvent } from '../../../src/engine/pipeline/tracked-event.ts'
import { definePlan } from '../../../src/plan/define-plan.ts'
import { event } from '../../../src/plan/event.ts'
import { drain, openTracker } from '../../support/tracking.ts'

const plan = definePlan({
  name: 'acme',
  version: '1',
  events: {
    tried_out: event({ status: 'shadow', frequency: 'once-per-session' }),
    kept_apart: event({ status: 'shadow', destinations: { asking: false } }),
    step_taken: event({}),
  },
})

/** Two destinations, of which one asks for shadow events, and what each has got. */
function open(options: Parameters<typeof openTracker<typeof plan>>[1] = {}) {
  const got: Record<string, TrackedEvent[]> = { asking: [], other: [] }
  const destination = (name: string, shadow?: boolean): Destination => ({
    name,
    shadow,
    send: (events) => void got[name]?.push(...events),
  })
  const destinations = [destination('asking', true), destination('other')]
  return { ...openTracker(plan, { destinations, consent: 'granted', ...options }), got }
}

describe('a shadow event', () => {
  test('reaches the destination that asks for it, marked, and no other', async () => {
    const { tracker, got, decisions } = open()
    expect(tracker.track('tried_out').outcome).toBe('shadowed')
    tracker.track('step_taken')
    await drain()
    expect(got['asking']).toMatchObject([{ name: 'tried_out', shadow: true }, { name: 'step_taken' }])
    expect(got['asking']?.[1]).not.toHaveProperty('shadow')
    expect(got['other']).toMatchObject([{ name: 'step_taken' }])
    expect(decisions()[0]).toMatchObject({
      outcome: 'shadowed',
      eventId: got['asking']?.[0]?.id,
      deliveries: { asking: { state: 'sent' } },
    })
    expect(Object.keys(decisions()[0]?.deliveries ?? {})).toEqual(['asking'])
  })

  test('is not sent where a live one would not be', async () => {
    const { tracker, got } = open()
    for (let times = 0; times < 3; times++) tracker.track('tried_out')
    tracker.track('kept_apart')
    await drain()
    expect(got['asking']).toHaveLength(1)
  })

  test('is not sent without consent, nor after it was withdrawn', async () => {
    const pending = open({ consent: 'pending' })
    pending.tracker.track('tried_out')
    pending.tracker.consent.update('granted')
    await drain()
    expect(pending.got['asking']).toEqual([])

    const withdrawn = open()
    withdrawn.tracker.track('tried_out')
    withdrawn.tracker.consent.update('denied')
    await drain()
    expect(withdrawn.got['asking']).toEqual([])
    expect(withdrawn.decisions()[0]).toMatchObject({
      outcome: 'shadowed',
      deliveries: { asking: { state: 'denied' } },
    })
  })

  test('passes beforeSend, which can keep it', async () => {
    const beforeSend = vi.fn((given: TrackedEvent) => (given.shadow ? null : given))
    const { tracker, got, decisions } = open({ beforeSend })
    tracker.track('tried_out')
    await drain()
    expect(beforeSend).toHaveBeenCalledOnce()
    expect(got['asking']).toEqual([])
    expect(decisions()[0]).toMatchObject({ outcome: 'shadowed', deliveries: {} })
  })

  test('is marked in both wire formats', async () => {
    const { tracker, got } = open()
    tracker.track('tried_out')
    await drain()
    const sent = got['asking']?.[0] as TrackedEvent
    expect(JSON.parse(nativeBatch.item(sent))).toMatchObject({ shadow: true })
    const call = JSON.parse(segmentBatch({ writeKey: 'k' }).item(sent))
    expect(call.context.microconversion).toMatchObject({ shadow: true })
    expect(http({ url: '/collect', shadow: true })).toMatchObject({ shadow: true })
  })
})
