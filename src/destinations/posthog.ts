import type { InvalidPolicy } from '../engine/decision/issue.ts'
import type { Destination, Mapped } from '../engine/delivery/destination.ts'
import type { ConsentNeed } from '../engine/permission/consent-types.ts'
import type { Properties } from '../engine/pipeline/occurrence.ts'
import type { TrackedEvent } from '../engine/pipeline/tracked-event.ts'
import { derivedId } from '../support/hash.ts'
import { handOver } from './hand-over.ts'
import { type AnyParameters, parametersOf } from './parameters.ts'

/** Options of `posthog`. */
export interface PosthogOptions {
  /** Name of the destination. Default `'posthog'`. */
  readonly name?: string | undefined
  /** Consent that the destination needs. Default `'analytics'`. */
  readonly consent?: ConsentNeed | undefined
  /**
   * Handling of events with invalid properties. Default: the tracker's `invalid`, else `'strip'` if the
   * destination needs `marketing` and `'flag'` if not.
   */
  readonly invalid?: InvalidPolicy | undefined
  /** Returns the client, as in `() => posthog` with `posthog-js`. Default: the global `posthog`. */
  readonly client?: (() => PosthogClient | undefined) | undefined
}

/** The part of `posthog-js` that the destination calls. */
export interface PosthogClient {
  readonly capture: (
    name: string,
    properties: Record<string, unknown>,
    options: { readonly uuid: string; readonly timestamp: Date },
  ) => unknown
  /** False before `init`. */
  readonly __loaded?: boolean | undefined
}

/** Payload of the `posthog` destination. */
export interface PosthogPayload {
  readonly name: string
  readonly properties: Properties
  readonly uuid: string
  /** Time of the event, in epoch ms. */
  readonly time: number
}

/**
 * Creates a destination for PostHog. PostHog de-duplicates in storage, not immediately, by `uuid` together with time,
 * name and distinct id. The `uuid` is the event's id, or `posthogUuid` of an id that is not a UUID. The URL is that of
 * the time of the event, without query. PostHog's own limit applies: 100 events in a burst.
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

/** Returns the client once it is ready: before `init` the module loses events, while the snippet's stub keeps them. */
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
 * Returns the `uuid` under which PostHog receives an event: its id, or a version 8 UUID (RFC 9562) derived from an id
 * that is not a UUID. A server that reports the same event derives the same one.
 *
 * @example
 * posthog.capture({ distinctId, event: 'purchase', uuid: posthogUuid(order.number) })
 */
export const posthogUuid = (id: string): string => (UUID.test(id) ? id : derivedId(id))
