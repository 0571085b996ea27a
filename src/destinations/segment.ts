import type { Destination, Mapped } from '../engine/destination.ts'
import type { ConsentNeed, InvalidPolicy, Properties, TrackedEvent } from '../engine/types.ts'
import type { SegmentOverride } from '../plan/event-destinations.ts'
import { handOver } from './hand-over.ts'
import { parametersOf } from './parameters.ts'

export interface SegmentOptions {
  /** Default `'segment'`. */
  readonly name?: string | undefined
  /** Default `'analytics'`. */
  readonly consent?: ConsentNeed | undefined
  /**
   * Handling of events with invalid properties. Default: the tracker's `invalid`, else `'strip'` if the
   * destination needs `marketing` and `'flag'` if not.
   */
  readonly invalid?: InvalidPolicy | undefined
  /** `() => analytics` of `@segment/analytics-next`. Default: the global `analytics`. */
  readonly client?: (() => SegmentClient | undefined) | undefined
}

export interface SegmentClient {
  readonly track: (name: string, properties: Record<string, unknown>, options: SegmentSettings) => unknown
  readonly page: (
    category: null,
    name: string,
    properties: Record<string, unknown>,
    options: SegmentSettings,
  ) => unknown
}

/** The last argument of Segment's calls. */
export interface SegmentSettings {
  readonly messageId: string
  readonly timestamp: Date
  readonly context: { readonly page: SegmentPage }
}
export interface SegmentPage {
  readonly url: string
  readonly path: string
  readonly title: string
  readonly referrer: string
  readonly search: ''
}

export interface SegmentPayload {
  readonly call: 'track' | 'page'
  readonly name: string
  readonly properties: Properties
  readonly messageId: string
  /** Epoch ms. */
  readonly time: number
  readonly page: SegmentPage
}

/**
 * Segment's Analytics.js, and what speaks its language (RudderStack, Jitsu, …). Segment de-duplicates by `messageId`, which
 * is the event's id, for about 24 hours (https://www.twilio.com/docs/segment/guides/duplicate-data). The page goes along
 * as it was when the event happened, without query; a `page_view` goes by `track` unless the plan says
 * `segment: { as: 'page' }`, because Segment's snippet calls `page` itself.
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
        // Built here, because Analytics.js writes into what it is given.
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
