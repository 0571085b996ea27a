import type { Destination, Mapped } from '../engine/destination.ts'
import type { ConsentNeed, InvalidPolicy, Properties, TrackedEvent } from '../engine/types.ts'
import { checkGa4Name, withinGa4Limits } from './ga4-limits.ts'
import { handOver } from './hand-over.ts'
import { type AnyParameters, parametersOf } from './parameters.ts'

export interface Ga4Options {
  /** Default `'ga4'`. */
  readonly name?: string | undefined
  /** Default `'analytics'`. */
  readonly consent?: ConsentNeed | undefined
  /**
   * Handling of events with invalid properties. Default: the tracker's `invalid`, else `'strip'` if the
   * destination needs `marketing` and `'flag'` if not.
   */
  readonly invalid?: InvalidPolicy | undefined
  /** Tags to send to, as `G-…`. Default: all that are configured on the page, those of Google Ads too. */
  readonly sendTo?: string | readonly string[] | undefined
  /** The `l` of the tag's address, if not `'dataLayer'`. */
  readonly dataLayerName?: string | undefined
  /** Where `gtag` is if it is not global. Default: `gtag`, once a tag has been configured or GTM has started. */
  readonly client?: (() => Gtag | undefined) | undefined
}

export type Gtag = (command: 'event', name: string, parameters: Record<string, unknown>) => void

export interface Ga4Payload {
  readonly name: string
  readonly parameters: Properties
}

/**
 * Google Analytics 4, by the `gtag` that the page has. GA4 de-duplicates nothing but `purchase`, by `transaction_id`; the
 * others have an `event_id`, for those who read them from BigQuery or a server container. It has no time of its own
 * either: an event counts when it arrives. Names that GA4 would not take are rejected, parameters beyond its limits
 * left out or cut, with a note. `form_start`, `video_progress`, `page_view` and others are also sent by GA4's enhanced
 * measurement: one of the two has to be off.
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
 * An event that is queued before the first `config` goes nowhere: `gtag` alone, or a data layer alone (as the consent
 * default in the head leaves them), are not enough.
 */
function startedGtag(dataLayerName: string): Gtag | undefined {
  const page = globalThis as { gtag?: Gtag; google_tag_manager?: unknown; [name: string]: unknown }
  const layer = page[dataLayerName]
  if (!Array.isArray(layer)) return
  if (!page.google_tag_manager && !layer.some((entry) => entry?.[0] === 'config' || entry?.['gtm.start']))
    return
  if (typeof page.gtag === 'function') return page.gtag
  return function () {
    // The tag reads commands from `arguments` objects only, as in Google's snippet: an array would be data.
    // biome-ignore lint/complexity/noArguments: see above
    layer.push(arguments)
  }
}
