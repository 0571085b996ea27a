import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { consoleDestination } from '../../../src/destinations/console.ts'
import { type Ga4Options, ga4 } from '../../../src/destinations/ga4.ts'
import { gtm } from '../../../src/destinations/gtm.ts'
import { http } from '../../../src/destinations/http/http.ts'
import { memory } from '../../../src/destinations/memory.ts'
import { meta } from '../../../src/destinations/meta.ts'
import { posthog } from '../../../src/destinations/posthog.ts'
import { segment } from '../../../src/destinations/segment.ts'
import { snowplow } from '../../../src/destinations/snowplow.ts'
import type { Destination } from '../../../src/engine/delivery/destination.ts'
import type { TrackedEvent } from '../../../src/engine/pipeline/tracked-event.ts'
import type { Network, NetworkAnswer } from '../../../src/platform/network.ts'
import { PermanentError } from '../../../src/support/permanent-error.ts'
import type { DestinationUnderTest, Received, Trouble } from '../../../src/testing/contract-stage.ts'
import { destinationContract } from '../../../src/testing/destination-contract.ts'
import type { ManualPlatform } from '../../../src/testing/manual-platform.ts'

const under: Readonly<Record<string, (platform: ManualPlatform) => DestinationUnderTest>> = {
  memory: () => {
    const destination = memory()
    return { destination, received: () => destination.events }
  },
  'one that waits for each event, as docs/testing.md shows it': () => {
    const got: TrackedEvent[] = []
    const send = async (events: readonly TrackedEvent[]) => {
      for (const event of events) {
        got.push(event)
        await Promise.resolve()
      }
    }
    return { destination: { name: 'queue', send }, received: () => got }
  },
  console: () => {
    const printed = vi.spyOn(console, 'info').mockImplementation(() => {})
    onTestFinished(() => printed.mockRestore())
    return { destination: consoleDestination(), received: () => printed.mock.calls.map((call) => call[2]) }
  },
  http: overHttp,
  ga4: () => {
    const got: Received[] = []
    const client: Ga4Options['client'] = () => (_, name, parameters) =>
      void got.push({ name, id: String(parameters['event_id']) })
    return { destination: ga4({ client }), received: () => got }
  },
  gtm: () => {
    const layer: { readonly event: string; readonly event_id: string }[] = []
    vi.stubGlobal('contractLayer', layer)
    onTestFinished(() => void vi.unstubAllGlobals())
    const received = () => layer.map(({ event, event_id }) => ({ name: event, id: event_id }))
    return { destination: gtm({ dataLayerName: 'contractLayer' }), received }
  },
  meta: () => {
    const got: Received[] = []
    const client =
      () =>
      (_: string, name: string, __: object, { eventID }: { eventID: string }) =>
        void got.push({ name, id: eventID })
    return { destination: meta({ client }), received: () => got }
  },
  segment: () => {
    const got: Received[] = []
    const track = (name: string, _: object, { messageId }: { readonly messageId: string }) =>
      got.push({ name, id: messageId })
    return { destination: segment({ client: () => ({ track, page: () => {} }) }), received: () => got }
  },
  posthog: () => {
    const got: Received[] = []
    const capture = (name: string, _: object, { uuid }: { readonly uuid: string }) =>
      got.push({ name, id: uuid })
    return { destination: posthog({ client: () => ({ capture }) }), received: () => got }
  },
  snowplow: () => {
    const got: Received[] = []
    const client = () => ({
      trackSelfDescribingEvent: () => {},
      trackStructEvent: ({ action }: { readonly action: string }) => void got.push({ name: action }),
    })
    return { destination: snowplow({ client }), received: () => got }
  },
}

/** A network whose far end stores what it answers well; a time-out is one of the platform's clock. */
function overHttp(platform: ManualPlatform): DestinationUnderTest {
  const got: Received[] = []
  let trouble: Trouble | undefined
  const network: Network = {
    request: ({ body, timeoutMs, signal }) =>
      new Promise<NetworkAnswer>((resolve, reject) => {
        signal?.addEventListener('abort', () => reject(new Error('aborted')))
        platform.later(timeoutMs, () => reject(new Error('time-out')))
        if (trouble === 'hangs') return
        if (!trouble) store(body)
        resolve({ status: trouble === 'fails' ? 503 : trouble === 'refused' ? 400 : 204 })
      }),
    beacon: (_, body) => {
      store(body)
      return true
    },
    keptAliveBytes: () => 0,
    online: () => true,
    onOnline: () => () => {},
    origin: () => 'https://example.test',
  }
  function store(body: string): void {
    const { events }: { readonly events: readonly TrackedEvent[] } = JSON.parse(body)
    got.push(...events.map(({ name, id }) => ({ name, id })))
  }
  return {
    destination: http({ url: '/collect', network }),
    received: () => got,
    trouble: (kind) => {
      trouble = kind
    },
  }
}

describe.each(Object.entries(under))('%s keeps the contract: it', (_, make) => {
  for (const { name, run } of destinationContract(make)) test(name, run)
})

/** A destination that is right but for `send` or more. */
function wrong(change: (right: Destination, got: TrackedEvent[]) => Partial<Destination>) {
  return (): DestinationUnderTest => {
    const got: TrackedEvent[] = []
    const right: Destination = { name: 'wrong', send: (events) => void got.push(...events) }
    return { destination: { ...right, ...change(right, got) }, received: () => got }
  }
}

/** Their complaints, by the name of the promise. */
async function broken(make: () => DestinationUnderTest): Promise<Readonly<Record<string, string>>> {
  const complaints: Record<string, string> = {}
  for (const { name, run } of destinationContract(make))
    await run().catch((error: Error) => {
      complaints[name] = error.message
    })
  return complaints
}

describe('the contract finds a destination that', () => {
  test('sends everything twice', async () => {
    const complaints = await broken(
      wrong((right) => ({
        send: async (events, why) => {
          await right.send(events, why)
          await right.send(events, why)
        },
      })),
    )
    expect(complaints['sends everything in order, and each event once']).toMatch(
      /^wrong got contract_1, contract_1/,
    )
    expect(complaints['gets nothing before consent, and what was held once']).toBeDefined()
  })

  test('turns a batch around', async () => {
    const complaints = await broken(
      wrong((_, got) => ({ send: (events) => void got.push(...[...events].reverse()) })),
    )
    expect(complaints['tries again after a failure, with the same event']).toMatch(/contract_2, contract_1/)
  })

  test('says that it has sent what it has not', async () => {
    const complaints = await broken(
      wrong((right) => {
        let first = true
        return {
          send: (events, why) => {
            if (!first) return right.send(events, why)
            first = false
          },
        }
      }),
    )
    expect(Object.keys(complaints)).toContain('sends everything in order, and each event once')
  })

  test('refuses for good what it could have tried again', async () => {
    const complaints = await broken(
      wrong(() => ({
        send: () => {
          throw new PermanentError('no')
        },
      })),
    )
    expect(complaints['tries again after a failure, with the same event']).toMatch(/got nothing/)
  })

  test('needs another consent than it says', async () => {
    const complaints = await broken(() => {
      const sent: TrackedEvent[] = []
      const destination: Destination = {
        name: 'hasty',
        map: (event) => {
          sent.push(event)
          return { payload: event }
        },
        send: () => {},
      }
      return { destination, received: () => sent }
    })
    expect(Object.keys(complaints).length).toBeGreaterThan(0)
  })

  test('changes the event, or makes something else of it each time', async () => {
    const changing = await broken(
      wrong(() => ({
        map: (event) => ({ payload: Object.assign(event, { name: 'mine' }) }),
      })),
    )
    expect(changing['maps a frozen event, twice alike']).toMatch(/read only/)
    const impure = await broken(
      wrong(() => ({
        map: (event) => ({ payload: { ...event, time: Math.random() } }),
      })),
    )
    expect(impure).toEqual({ 'maps a frozen event, twice alike': expect.stringMatching(/must be pure/) })
  })

  test('has a lane of its own, and no way to make its far end fail', async () => {
    const [run] = destinationContract(() => ({ ...overHttp({} as ManualPlatform), trouble: undefined }))
    await expect(run?.run()).rejects.toThrow(/give `trouble`/)
  })
})
