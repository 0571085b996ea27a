import type { InvalidPolicy } from '../engine/decision/issue.ts'
import type { Destination, Mapped } from '../engine/delivery/destination.ts'
import type { ConsentNeed } from '../engine/permission/consent-types.ts'
import type { Properties } from '../engine/pipeline/occurrence.ts'
import type { TrackedEvent } from '../engine/pipeline/tracked-event.ts'
import type { SnowplowOverride } from '../plan/event-destinations.ts'
import { handOver } from './hand-over.ts'
import { planned } from './parameters.ts'

/** Options of `snowplow`. */
export interface SnowplowOptions {
  /** Name of the destination. Default `'snowplow'`. */
  readonly name?: string | undefined
  /** Consent that the destination needs. Default `'analytics'`. */
  readonly consent?: ConsentNeed | undefined
  /**
   * Handling of events with invalid properties. Default: the tracker's `invalid`, else `'strip'` if the
   * destination needs `marketing` and `'flag'` if not.
   */
  readonly invalid?: InvalidPolicy | undefined
  /**
   * Returns the Iglu URI for an event's properties, which makes it a self-describing event. Default: none, which makes
   * it a structured event.
   */
  readonly schema?: ((event: TrackedEvent) => string | undefined) | undefined
  /**
   * Iglu URI of an entity to attach to every event: `{ event_id, stage?, intent?, goal?, value?, currency?,
   * sample_rate?, suspected_bot? }`. Default: none.
   */
  readonly entity?: string | undefined
  /**
   * Returns the tracker: `() => started && { trackSelfDescribingEvent, trackStructEvent }` of
   * `@snowplow/browser-tracker`. Default: the global `snowplow` function.
   */
  readonly client?: (() => SnowplowClient | undefined) | undefined
}

/** The part of Snowplow's tracker that the destination calls. */
export interface SnowplowClient {
  readonly trackSelfDescribingEvent: (event: SnowplowCommon & { readonly event: SnowplowJson }) => void
  readonly trackStructEvent: (event: SnowplowCommon & SnowplowStructured) => void
}

/** A self-describing JSON object. */
export interface SnowplowJson {
  readonly schema: string
  readonly data: Record<string, unknown>
}
// A structured event. Its optional properties do not accept undefined, as in Snowplow's own types.
export interface SnowplowStructured {
  readonly category: string
  readonly action: string
  readonly label?: string
  readonly property?: string
  readonly value?: number
}
/** Properties that both kinds of event share. */
export interface SnowplowCommon {
  readonly context: SnowplowJson[]
  /** True timestamp (`ttm`), in epoch ms. */
  readonly timestamp: { readonly type: 'ttm'; readonly value: number }
}

/** Payload of the `snowplow` destination. */
export type SnowplowPayload =
  | (SnowplowCommon & { readonly method: 'trackSelfDescribingEvent'; readonly event: SnowplowJson })
  | (SnowplowCommon & { readonly method: 'trackStructEvent'; readonly event: SnowplowStructured })

/**
 * Creates a destination for Snowplow. Its tracker generates the event id by which it de-duplicates, and accepts no
 * other: this library's id is sent in `entity`, or as the `property` of a structured event. The time is sent as the
 * true timestamp.
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
