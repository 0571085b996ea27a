import { afterEach, describe, expect, test, vi } from 'vitest'
import { ga4 } from '../../../src/destinations/ga4.ts'
import { gtm } from '../../../src/destinations/gtm.ts'
import { meta } from '../../../src/destinations/meta.ts'
import { posthog } from '../../../src/destinations/posthog.ts'
import { segment } from '../../../src/destinations/segment.ts'
import { snowplow } from '../../../src/destinations/snowplow.ts'
import type { AnyDestination } from '../../../src/engine/delivery/destination.ts'
import { definePlan } from '../../../src/plan/define-plan.ts'
import { event } from '../../../src/plan/event.ts'
import { drain, MINUTE_MS, openTracker } from '../../support/tracking.ts'

const plan = definePlan({
  name: 'acme',
  version: '1',
  events: { first_step: event({}), purchase: event({}) },
})

afterEach(() => void vi.unstubAllGlobals())

interface Vendor {
  readonly destination: () => AnyDestination
  /** Puts a client on the page that takes a call, tells `took` of it, and then does as `after` does. */
  readonly appear: (took: (call: unknown) => void, after: () => unknown) => void
}

const taking =
  (took: (call: unknown) => void, after: () => unknown) =>
  (...call: readonly unknown[]) => {
    took(call)
    return after()
  }

const vendors: Readonly<Record<string, Vendor>> = {
  ga4: {
    destination: ga4,
    appear: (took, after) => {
      vi.stubGlobal('dataLayer', [['config', 'G-1']])
      vi.stubGlobal('gtag', taking(took, after))
    },
  },
  gtm: {
    destination: gtm,
    appear: (took, after) => {
      const layer = globalThis as { dataLayer?: { push: unknown } }
      layer.dataLayer ??= { push: undefined }
      layer.dataLayer.push = (entry: { readonly event?: string }) => {
        if (entry.event) took(entry)
        return after()
      }
    },
  },
  meta: { destination: meta, appear: (took, after) => vi.stubGlobal('fbq', taking(took, after)) },
  segment: {
    destination: segment,
    appear: (took, after) => vi.stubGlobal('analytics', { track: taking(took, after) }),
  },
  posthog: {
    destination: posthog,
    appear: (took, after) => vi.stubGlobal('posthog', { capture: taking(took, after) }),
  },
  snowplow: {
    destination: snowplow,
    appear: (took, after) => vi.stubGlobal('snowplow', taking(took, after)),
  },
}

describe.each(Object.entries(vendors))('%s', (name, { destination, appear }) => {
  async function open() {
    const { tracker, platform, decisions } = openTracker(plan, {
      destinations: [destination()],
      consent: 'granted',
    })
    await drain()
    return {
      tracker,
      delivery: () => decisions()[0]?.deliveries[name],
      pass: async () => {
        for (let minute = 0; minute < 20; minute++) {
          platform.advance(MINUTE_MS)
          await drain()
        }
      },
    }
  }

  test('a call that throws after the vendor took the event is unknown, with the error, and not repeated', async () => {
    const taken: unknown[] = []
    appear(
      (call) => taken.push(call),
      () => {
        throw new Error('a wrapper broke')
      },
    )
    const { tracker, delivery, pass } = await open()
    tracker.track('first_step')
    tracker.track('first_step')
    await tracker.flush()
    await pass()
    expect(taken).toHaveLength(2)
    expect(delivery()).toMatchObject({ state: 'unknown', attempts: 1, error: 'a wrapper broke' })
  })

  test('a call whose promise is rejected is not repeated either, and the page does not hear of it', async () => {
    const taken: unknown[] = []
    appear(
      (call) => taken.push(call),
      () => Promise.reject(new Error('a plug-in broke')),
    )
    const { tracker, delivery, pass } = await open()
    tracker.track('first_step')
    await pass()
    expect(taken).toHaveLength(1)
    expect(delivery()).toMatchObject({ state: 'unknown', attempts: 1 })
  })

  test('while the client is not there, or is something else, the event waits', async () => {
    for (const global of ['dataLayer', 'fbq', 'analytics', 'posthog', 'snowplow']) vi.stubGlobal(global, {})
    const { tracker, delivery, pass } = await open()
    tracker.track('first_step')
    await drain()
    expect(delivery()).toMatchObject({ state: 'retrying', attempts: 1 })
    const taken: unknown[] = []
    appear(
      (call) => taken.push(call),
      () => undefined,
    )
    await pass()
    expect(taken).toHaveLength(1)
    expect(delivery()).toMatchObject({ state: 'unknown', error: undefined })
  })
})

test('of a batch in which one call throws, only that one has an error', async () => {
  const taken: string[] = []
  vi.stubGlobal('fbq', (_: string, name: string) => {
    taken.push(name)
    if (name === 'Purchase') throw new Error('not this one')
  })
  const { tracker, decisions } = openTracker(plan, { destinations: [meta()], consent: 'granted' })
  await drain()
  tracker.track('first_step')
  tracker.track('purchase')
  tracker.track('first_step')
  await drain()
  expect(taken).toEqual(['first_step', 'Purchase', 'first_step'])
  expect(decisions().map(({ deliveries }) => deliveries['meta']?.error)).toEqual([
    undefined,
    'not this one',
    undefined,
  ])
})

test('gtm: a purchase is pushed though the push before it, which clears the cart, has thrown', async () => {
  const pushed: unknown[] = []
  vi.stubGlobal('dataLayer', {
    push: (entry: unknown) => {
      pushed.push(entry)
      throw new Error('a wrapper broke')
    },
  })
  const { tracker } = openTracker(plan, { destinations: [gtm()], consent: 'granted' })
  tracker.track('purchase')
  await drain()
  expect(pushed).toEqual([{ ecommerce: null }, expect.objectContaining({ event: 'purchase' })])
})

test('an own destination that throws is asked again', async () => {
  let calls = 0
  const own = {
    name: 'own',
    send: () => {
      if (++calls === 1) throw new Error('busy')
    },
  }
  const { tracker, platform, decisions } = openTracker(plan, { destinations: [own], consent: 'granted' })
  tracker.track('first_step')
  await drain()
  platform.advance(MINUTE_MS)
  await drain()
  expect(calls).toBe(2)
  expect(decisions()[0]?.deliveries['own']).toMatchObject({ state: 'sent', attempts: 2 })
})

describe.each([ga4, gtm, meta, posthog, segment, snowplow])('$name', (create) => {
  test('asks for no client before there is something to send, and answers as a client that does not tell', () => {
    const before = Reflect.ownKeys(globalThis)
    const destination = create({
      client: () => {
        throw new Error('asked for')
      },
    } as never)
    expect(destination).toMatchObject({ name: create.name, acknowledges: false })
    expect(create({ name: 'other', consent: 'own' })).toMatchObject({ name: 'other', consent: 'own' })
    expect(Reflect.ownKeys(globalThis)).toEqual(before)
  })
})
