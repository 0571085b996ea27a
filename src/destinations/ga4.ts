import type { InvalidPolicy } from '../engine/decision/issue.ts'
import type { Destination, Mapped } from '../engine/delivery/destination.ts'
import type { ConsentNeed } from '../engine/permission/consent-types.ts'
import type { Properties } from '../engine/pipeline/occurrence.ts'
import type { TrackedEvent } from '../engine/pipeline/tracked-event.ts'
import { checkGa4Name, withinGa4Limits } from './ga4-limits.ts'
import { handOver } from './hand-over.ts'
import { type AnyParameters, parametersOf } from './parameters.ts'

/** Options of `ga4`. */
export interface Ga4Options {
  /** Name of the destination. Default `'ga4'`. */
  readonly name?: string | undefined
  /** Consent that the destination needs. Default `'analytics'`. */
  readonly consent?: ConsentNeed | undefined
  /**
   * Handling of events with invalid properties. Default: the tracker's `invalid`, else `'strip'` if the
   * destination needs `marketing` and `'flag'` if not.
   */
  readonly invalid?: InvalidPolicy | undefined
  /** IDs of the tags to send to, as `G-…`. Default: all tags configured on the page, including those of Google Ads. */
  readonly sendTo?: string | readonly string[] | undefined
  /** Name of the data layer, the `l` parameter of the tag's URL. Default `'dataLayer'`. */
  readonly dataLayerName?: string | undefined
  /** Returns `gtag` if it is not global. Default: the global `gtag`, once a tag is configured or GTM has started. */
  readonly client?: (() => Gtag | undefined) | undefined
}

/** The part of `gtag` that the destination calls. */
export type Gtag = (command: 'event', name: string, parameters: Record<string, unknown>) => void

/** Payload of the `ga4` destination. */
export interface Ga4Payload {
  readonly name: string
  readonly parameters: Properties
}

/**
 * Creates a destination for Google Analytics 4 that uses the `gtag` of the page.
 *
 * GA4 de-duplicates only `purchase`, by `transaction_id`; other events have an `event_id` for BigQuery or a server
 * container. It has no timestamps: an event counts when it arrives. Names that GA4 does not accept are rejected;
 * parameters beyond its limits are left out or cut, with a note.
 *
 * GA4's enhanced measurement also sends `form_start`, `video_progress`, `page_view` and others: turn one of the two
 * off.
 */
export function ga4({
  name = 'ga4',
  consent,
  invalid,
  sendTo,
  dataLayerName = 'dataLayer',
  client = () => startedGtag(dataLayerName),
}: Ga4Options = {}): Destination<Ga4Payload> {
  return {
    name,
    consent,
    invalid,
    acknowledges: false,
    map: (event, override) => toGa4(event, override as AnyParameters | undefined),
    send: handOver('A Google tag', client, [], (gtag, { name, parameters }) =>
      gtag('event', name, sendTo ? { ...parameters, send_to: sendTo } : parameters),
    ),
  }
}

export function toGa4(event: TrackedEvent, override?: AnyParameters): Mapped<Ga4Payload> {
  const name = override?.name ?? event.name
  checkGa4Name(name)
  const { payload, notes } = withinGa4Limits(parametersOf(event, override, { event_id: event.id }))
  return { payload: { name, parameters: payload }, notes }
}

/**
 * Returns `gtag` once a tag is configured or GTM has started: an event queued before the first `config` is lost. `gtag`
 * or a data layer alone are not enough, because the consent default in the head creates them.
 */
function startedGtag(dataLayerName: string): Gtag | undefined {
  const page = globalThis as { gtag?: Gtag; google_tag_manager?: unknown; [name: string]: unknown }
  const layer = page[dataLayerName]
  if (!Array.isArray(layer)) return
  if (!page.google_tag_manager && !layer.some((entry) => entry?.[0] === 'config' || entry?.['gtm.start']))
    return
  if (typeof page.gtag === 'function') return page.gtag
  return function () {
    // The tag reads commands only from `arguments` objects, as in Google's snippet: it would treat an array as data.
    // biome-ignore lint/complexity/noArguments: see above
    layer.push(arguments)
  }
}
