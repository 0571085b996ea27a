import type { Destination, Mapped } from '../engine/destination.ts'
import type { ConsentNeed, InvalidPolicy, Properties, TrackedEvent } from '../engine/types.ts'
import type { SnowplowOverride } from '../plan/event-destinations.ts'
import { handOver } from './hand-over.ts'
import { planned } from './parameters.ts'

export interface SnowplowOptions {
  /** Default `'snowplow'`. */
  readonly name?: string | undefined
  /** Default `'analytics'`. */
  readonly consent?: ConsentNeed | undefined
  /**
   * Handling of events with invalid properties. Default: the tracker's `invalid`, else `'strip'` if the
   * destination needs `marketing` and `'flag'` if not.
   */
  readonly invalid?: InvalidPolicy | undefined
  /** The Iglu URI of an event's properties: it goes as a self-describing event. Default: none, a structured event. */
  readonly schema?: ((event: TrackedEvent) => string | undefined) | undefined
  /**
   * The Iglu URI of an entity that goes with every event:
   * `{ event_id, stage?, intent?, goal?, value?, currency?, sample_rate?, suspected_bot? }`.
   */
  readonly entity?: string | undefined
  /**
   * Where the tracker is: `() => started && { trackSelfDescribingEvent, trackStructEvent }` of
   * `@snowplow/browser-tracker`. Default: the global `snowplow` function.
   */
  readonly client?: (() => SnowplowClient | undefined) | undefined
}

export interface SnowplowClient {
  readonly trackSelfDescribingEvent: (event: SnowplowCommon & { readonly event: SnowplowJson }) => void
  readonly trackStructEvent: (event: SnowplowCommon & SnowplowStructured) => void
}

export interface SnowplowJson {
  readonly schema: string
  readonly data: Record<string, unknown>
}
// Optional without undefined, and a list that may be written: as in Snowplow's own types.
export interface SnowplowStructured {
  readonly category: string
  readonly action: string
  readonly label?: string
  readonly property?: string
  readonly value?: number
}
export interface SnowplowCommon {
  readonly context: SnowplowJson[]
  /** `ttm`: the true timestamp, epoch ms. */
  readonly timestamp: { readonly type: 'ttm'; readonly value: number }
}

export type SnowplowPayload =
  | (SnowplowCommon & { readonly method: 'trackSelfDescribingEvent'; readonly event: SnowplowJson })
  | (SnowplowCommon & { readonly method: 'trackStructEvent'; readonly event: SnowplowStructured })

/**
 * Snowplow. It de-duplicates by an event id that its tracker makes itself and nobody can set: ours travels in `entity`,
 * or as the `property` of a structured event. The time is the true timestamp.
 */
export function snowplow({
  name = 'snowplow',
  consent,
  invalid,
  schema,
  entity,
  client = globalSnowplow,
}: SnowplowOptions = {}): Destination<SnowplowPayload> {
  return {
    name,
    consent,
    invalid,
    acknowledges: false,
    map: (event, override) =>
      toSnowplow(event, override as SnowplowOverride<Properties> | undefined, { schema, entity }),
    send: handOver('Snowplow', client, methods, (tracker, { context, timestamp, ...call }) => {
      const common = { context: [...context], timestamp }
      return call.method === 'trackStructEvent'
        ? tracker.trackStructEvent({ ...call.event, ...common })
        : tracker.trackSelfDescribingEvent({ event: { ...call.event }, ...common })
    }),
  }
}

const methods = ['trackSelfDescribingEvent', 'trackStructEvent'] as const

type GlobalSnowplow = (method: string, event: object) => void

function globalSnowplow(): SnowplowClient | undefined {
  const { snowplow } = globalThis as { snowplow?: GlobalSnowplow }
  if (typeof snowplow !== 'function') return undefined
  return {
    trackSelfDescribingEvent: (event) => snowplow('trackSelfDescribingEvent', event),
    trackStructEvent: (event) => snowplow('trackStructEvent', event),
  }
}

export function toSnowplow(
  event: TrackedEvent,
  override: SnowplowOverride<Properties> = {},
  { schema, entity }: Pick<SnowplowOptions, 'schema' | 'entity'> = {},
): Mapped<SnowplowPayload> {
  const { properties, value } = event
  const common: SnowplowCommon = {
    context: entity ? [{ schema: entity, data: entityOf(event) }] : [],
    timestamp: { type: 'ttm', value: event.time },
  }
  const uri = override.schema ?? schema?.(event)
  if (uri) {
    const described = { schema: uri, data: { ...(override.data?.(properties) ?? properties) } }
    return { payload: { method: 'trackSelfDescribingEvent', event: described, ...common } }
  }
  const label = typeof override.label === 'function' ? override.label(properties) : override.label
  const structured: SnowplowStructured = {
    category: override.category ?? event.goal ?? event.stage ?? event.context.plan,
    action: override.action ?? event.name,
    ...(label !== undefined && { label }),
    property: event.id,
    ...(value && { value: value.value }),
  }
  const lost = Object.keys(properties).join(', ')
  return {
    payload: { method: 'trackStructEvent', event: structured, ...common },
    notes: lost ? [`${lost} left out: a structured event has no properties; give it a schema`] : [],
  }
}

const entityOf = (event: TrackedEvent): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries({ event_id: event.id, ...planned(event), ...event.value }).filter(
      ([, value]) => value !== undefined,
    ),
  )
