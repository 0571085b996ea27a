import { expect, onTestFinished } from 'vitest'
import { type HttpOptions, http } from '../../src/destinations/http/http.ts'
import { unpacked } from '../../src/destinations/http/row.ts'
import type { Copy, DeliveryNews, LaneStorage } from '../../src/engine/delivery/destination.ts'
import type { ConsentState } from '../../src/engine/permission/consent-types.ts'
import type { Urgency } from '../../src/plan/event.ts'
import type { Database, Writes } from '../../src/platform/platform.ts'
import { createManualPlatform, type ManualPlatform } from '../../src/testing/manual-platform.ts'
import { scriptedNetwork } from './scripted-network.ts'

export const PREFIX = 'outbox:http:'
/** What is added is on disk after so long. */
export const WRITTEN_MS = 50

interface HttpTabOptions {
  readonly platform?: ManualPlatform | undefined
  readonly consent?: ConsentState | undefined
  /** Default true. */
  readonly stored?: boolean | undefined
  readonly options?: Partial<HttpOptions> | undefined
  readonly origin?: string | undefined
  /** The browser says so, and is wrong. Default false. */
  readonly seemsOffline?: boolean | undefined
  /** Looks at each step of the database. */
  readonly watch?: ((database: Database) => Database) | undefined
}

interface Given {
  readonly urgency?: Urgency | undefined
  /** Characters of the event. */
  readonly size?: number | undefined
  readonly stored?: boolean | undefined
}

export interface News extends DeliveryNews {
  readonly id: string | undefined
}

/** Everything that does not wait for the clock. */
export async function drain(turns = 400): Promise<void> {
  for (let turn = 0; turn < turns; turn++) await undefined
}

/** A tab with one lane of `http()`, driven by hand in place of the engine. Without consent it may send and write nothing. */
export async function openHttpTab({
  platform = createManualPlatform(),
  consent = 'granted',
  stored = true,
  options = {},
  origin,
  seemsOffline = false,
  watch = (database) => database,
}: HttpTabOptions = {}) {
  let state = consent
  const wrong: string[] = []
  const net = scriptedNetwork({
    later: platform.later,
    origin,
    onStart: (ids) => {
      if (state !== 'granted') wrong.push(`sent ${ids}`)
    },
  })
  if (seemsOffline) net.seemOffline()
  const written = (writes: Writes) => {
    for (const [key, row] of writes) if (row && state !== 'granted') wrong.push(`wrote ${key}`)
    return writes
  }
  const watched = (database: Database): Database => ({
    ...database,
    update: (keys, change) =>
      database.update(keys, (rows) => {
        const writes = change(rows)
        return writes && written(writes)
      }),
    put: (rows) => database.put(written(rows)),
  })
  const destination = http({ url: '/collect', network: net.network, ...options })
  const ids: string[] = []
  const news: News[] = []
  const open = async (): Promise<LaneStorage> => ({
    prefix: PREFIX,
    database: watch(watched(await platform.openDatabase('test'))),
    local: platform.local,
  })
  let storage = stored ? await open() : undefined
  const lane = destination.openLane?.({
    consent: () => state,
    now: platform.now,
    later: platform.later,
    newId: platform.newId,
    onDelivery: (copies, delivery) => {
      for (const { number } of copies)
        news.push({ id: number === undefined ? undefined : ids[number], ...delivery })
    },
    storage: () => storage,
  })
  if (!lane) throw new Error('http() has a lane')
  onTestFinished(() => {
    lane.dispose()
    expect(wrong).toEqual([])
  })
  lane.storageChanged()
  await drain()

  const copyOf = (id: string, { urgency = 'normal', size = 0 }: Given = {}): Copy<string> => {
    const number = ids.push(id) - 1
    const payload = `${JSON.stringify({ id, pad: 'x'.repeat(size) }).slice(0, -1)}\n,"context":{}\n,"page":{}}`
    return { eventId: id, number, urgency, payload }
  }
  const rows = () =>
    Object.entries(platform.stored()).flatMap(([name, text]) => {
      const [, key] = name.split(` test ${PREFIX}`)
      return key === undefined ? [] : (unpacked(key, JSON.parse(text), platform.now()) ?? [])
    })
  const onDisk = () => rows().flatMap(({ entries }) => [...entries])
  return {
    platform,
    net,
    lane,
    news,
    destination,
    copyOf,
    add: (id: string, given: Given = {}) => lane.add(copyOf(id, given), given.stored ?? false),
    /** Lets `ms` pass, with all that happens in it. */
    pass: async (ms: number) => {
      await drain()
      for (let left = ms; left > 0; left -= 500) {
        platform.advance(Math.min(left, 500))
        await drain()
      }
    },
    /** What became of each copy of this tab. */
    ends: () =>
      Object.fromEntries(
        ids.map((id) => [id, news.findLast((one) => one.id === id && one.state !== undefined)?.state]),
      ),
    last: (id: string) => news.findLast((one) => one.id === id),
    decide: (next: ConsentState) => {
      state = next
      lane.reconsider()
    },
    takeStorage: () => {
      storage = undefined
      lane.storageChanged()
    },
    giveStorage: async () => {
      storage = await open()
      lane.storageChanged()
    },
    /** What was sent or written without consent. */
    wrong,
    /** Ids of the events in the database. */
    rows: () => onDisk().map(({ id }) => id),
    row: (id: string) => onDisk().find((entry) => entry.id === id),
    rowCount: () => rows().length,
    spills: () => Object.keys(platform.stored()).filter((key) => key.includes(`${PREFIX}spill:`)),
  }
}
