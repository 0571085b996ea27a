import type { Destination, Mapped } from '../engine/destination.ts'
import type { ConsentNeed, InvalidPolicy, Properties, TrackedEvent } from '../engine/types.ts'
import { derivedId } from '../support/hash.ts'
import { handOver } from './hand-over.ts'
import { type AnyParameters, parametersOf } from './parameters.ts'

export interface PosthogOptions {
  /** Default `'posthog'`. */
  readonly name?: string | undefined
  /** Default `'analytics'`. */
  readonly consent?: ConsentNeed | undefined
  /**
   * Handling of events with invalid properties. Default: the tracker's `invalid`, else `'strip'` if the
   * destination needs `marketing` and `'flag'` if not.
   */
  readonly invalid?: InvalidPolicy | undefined
  /** `() => posthog` of `posthog-js`. Default: the global `posthog`. */
  readonly client?: (() => PosthogClient | undefined) | undefined
}

export interface PosthogClient {
  readonly capture: (
    name: string,
    properties: Record<string, unknown>,
    options: { readonly uuid: string; readonly timestamp: Date },
  ) => unknown
  /** False before `init`. */
  readonly __loaded?: boolean | undefined
}

export interface PosthogPayload {
  readonly name: string
  readonly properties: Properties
  readonly uuid: string
  /** Epoch ms. */
  readonly time: number
}

/**
 * PostHog. It de-duplicates in storage, and not at once, by `uuid` with time, name and distinct id: the event's id, or
 * `posthogUuid` of a given id that is no UUID. The
 * address goes along as it was when the event happened, without query. PostHog's own limit holds: 100 events in a burst.
 */
export function posthog({
  name = 'posthog',
  consent,
  invalid,
  client = () => (globalThis as { posthog?: PosthogClient }).posthog,
}: PosthogOptions = {}): Destination<PosthogPayload> {
  return {
    name,
    consent,
    invalid,
    acknowledges: false,
    map: (event, override) => toPosthog(event, override as AnyParameters | undefined),
    send: handOver(
      'PostHog',
      () => ready(client()),
      ['capture'],
      (posthog, { name, properties, uuid, time }) =>
        posthog.capture(name, { ...properties }, { uuid, timestamp: new Date(time) }),
    ),
  }
}

/** Before `init` the module loses what it is given; the snippet's stub keeps it. */
const ready = (client: PosthogClient | undefined) => (client?.__loaded === false ? undefined : client)

export function toPosthog(event: TrackedEvent, override?: AnyParameters): Mapped<PosthogPayload> {
  const { url, path } = event.page
  return {
    payload: {
      name: override?.name ?? event.name,
      properties: { $current_url: url, $pathname: path, ...parametersOf(event, override) },
      uuid: posthogUuid(event.id),
      time: event.time,
    },
  }
}

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i

/**
 * The `uuid` under which PostHog gets an event: its id, or a version 8 UUID (RFC 9562) derived from an id that is none. A
 * server that reports the same event sends the same.
 *
 * @example
 * posthog.capture({ distinctId, event: 'purchase', uuid: posthogUuid(order.number) })
 */
export const posthogUuid = (id: string): string => (UUID.test(id) ? id : derivedId(id))
