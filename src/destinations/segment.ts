import type { InvalidPolicy } from '../engine/decision/issue.ts'
import type { Destination, Mapped } from '../engine/delivery/destination.ts'
import type { ConsentNeed } from '../engine/permission/consent-types.ts'
import type { Properties } from '../engine/pipeline/occurrence.ts'
import type { TrackedEvent } from '../engine/pipeline/tracked-event.ts'
import type { SegmentOverride } from '../plan/event-destinations.ts'
import { handOver } from './hand-over.ts'
import { parametersOf } from './parameters.ts'

/** Options of `segment`. */
export interface SegmentOptions {
  /** Name of the destination. Default `'segment'`. */
  readonly name?: string | undefined
  /** Consent that the destination needs. Default `'analytics'`. */
  readonly consent?: ConsentNeed | undefined
  /**
   * Handling of events with invalid properties. Default: the tracker's `invalid`, else `'strip'` if the
   * destination needs `marketing` and `'flag'` if not.
   */
  readonly invalid?: InvalidPolicy | undefined
  /** Returns the client, as in `() => analytics` with `@segment/analytics-next`. Default: the global `analytics`. */
  readonly client?: (() => SegmentClient | undefined) | undefined
}

/** The part of Segment's client that the destination calls. */
export interface SegmentClient {
  readonly track: (name: string, properties: Record<string, unknown>, options: SegmentSettings) => unknown
  readonly page: (
    category: null,
    name: string,
    properties: Record<string, unknown>,
    options: SegmentSettings,
  ) => unknown
}

/** Options, the last argument of Segment's calls. */
export interface SegmentSettings {
  readonly messageId: string
  readonly timestamp: Date
  readonly context: { readonly page: SegmentPage }
}
/** Page of an event, as Segment's `context.page`. */
export interface SegmentPage {
  readonly url: string
  readonly path: string
  readonly title: string
  readonly referrer: string
  readonly search: ''
}

/** Payload of the `segment` destination. */
export interface SegmentPayload {
  readonly call: 'track' | 'page'
  readonly name: string
  readonly properties: Properties
  readonly messageId: string
  /** Time of the event, in epoch ms. */
  readonly time: number
  readonly page: SegmentPage
}

/**
 * Creates a destination for Segment's Analytics.js and compatible clients (RudderStack, Jitsu, …).
 *
 * Segment de-duplicates by `messageId`, which is the event's id, for about 24 hours
 * (https://www.twilio.com/docs/segment/guides/duplicate-data). The page is that of the time of the event, without
 * query. A `page_view` is sent with `track`, because Segment's snippet calls `page` itself; `segment: { as: 'page' }`
 * in the plan changes that.
 */
export function segment({
  name = 'segment',
  consent,
  invalid,
  client = () => (globalThis as { analytics?: SegmentClient }).analytics,
}: SegmentOptions = {}): Destination<SegmentPayload> {
  return {
    name,
    consent,
    invalid,
    acknowledges: false,
    map: (event, override) => toSegment(event, override as SegmentOverride<Properties> | undefined),
    send: handOver(
      'Segment',
      client,
      ['track'],
      (analytics, { call, name, properties, messageId, time, page }) => {
        // Created for each call, because Analytics.js changes the object that it receives.
        const settings = { messageId, timestamp: new Date(time), context: { page: { ...page } } }
        return call === 'page'
          ? analytics.page(null, name, { ...properties }, settings)
          : analytics.track(name, { ...properties }, settings)
      },
    ),
  }
}

export function toSegment(
  event: TrackedEvent,
  override?: SegmentOverride<Properties>,
): Mapped<SegmentPayload> {
  const { url, path, title, referrer } = event.page
  return {
    payload: {
      call: override?.as ?? 'track',
      name: override?.name ?? event.name,
      properties: parametersOf(event, override),
      messageId: event.id,
      time: event.time,
      page: { url, path, title, referrer, search: '' },
    },
  }
}
