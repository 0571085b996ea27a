import type { InvalidPolicy } from '../engine/decision/issue.ts'
import type { Destination, Mapped } from '../engine/delivery/destination.ts'
import type { ConsentNeed } from '../engine/permission/consent-types.ts'
import type { Properties } from '../engine/pipeline/occurrence.ts'
import type { TrackedEvent } from '../engine/pipeline/tracked-event.ts'
import { handOver } from './hand-over.ts'
import { type AnyParameters, parametersOf } from './parameters.ts'

/** Options of `gtm`. */
export interface GtmOptions {
  /** Name of the destination. Default `'gtm'`. */
  readonly name?: string | undefined
  /** Consent that the destination needs; the tags in the container have needs of their own. Default `'analytics'`. */
  readonly consent?: ConsentNeed | undefined
  /**
   * Handling of events with invalid properties. Default: the tracker's `invalid`, else `'strip'` if the
   * destination needs `marketing` and `'flag'` if not.
   */
  readonly invalid?: InvalidPolicy | undefined
  /** Name of the data layer, the `l` parameter of the container's URL. Default `'dataLayer'`. */
  readonly dataLayerName?: string | undefined
}

/** Payload of the `gtm` destination. */
export interface GtmPayload extends Properties {
  readonly event: string
  readonly event_id: string
  readonly ecommerce?: Properties | undefined
}

/**
 * Creates a destination for Google Tag Manager that pushes `{ event, event_id, … }` to its data layer, and creates the
 * layer if the container has not loaded yet.
 *
 * Items and their parameters go under `ecommerce`, which is cleared before each event that has them
 * (https://developers.google.com/analytics/devguides/collection/ga4/ecommerce). GTM remembers earlier values: a
 * variable keeps the value of an earlier event unless a later one sets it. GTM does not de-duplicate; tags that do can
 * use `event_id`.
 */
export function gtm({
  name = 'gtm',
  consent,
  invalid,
  dataLayerName = 'dataLayer',
}: GtmOptions = {}): Destination<GtmPayload> {
  const page = globalThis as unknown as { [name: string]: unknown[] }
  const layer = () => {
    page[dataLayerName] ??= []
    return page[dataLayerName]
  }
  return {
    name,
    consent,
    invalid,
    acknowledges: false,
    map: (event, override) => toGtm(event, override as AnyParameters | undefined),
    send: handOver('GTM', layer, ['push'], (dataLayer, payload) => {
      let answer: unknown
      try {
        if (payload.ecommerce) dataLayer.push({ ecommerce: null })
      } finally {
        answer = dataLayer.push(payload)
      }
      return answer
    }),
  }
}

/** https://developers.google.com/analytics/devguides/collection/ga4/reference/events */
const ecommerceEvent =
  /^(?:add_payment_info|add_shipping_info|(?:add_to|remove_from|view)_cart|add_to_wishlist|begin_checkout|purchase|refund|(?:select|view)_(?:item|promotion)|view_item_list)$/
const ecommerceParameter =
  /^(?:items|value|currency|transaction_id|affiliation|coupon|tax|shipping|shipping_tier|payment_type|item_list_(?:id|name)|promotion_(?:id|name)|creative_(?:name|slot)|customer_type)$/

export function toGtm(event: TrackedEvent, override?: AnyParameters): Mapped<GtmPayload> {
  const name = override?.name ?? event.name
  const parameters = parametersOf(event, override, { event_id: event.id })
  const own = { event: name, event_id: event.id }
  if (!Array.isArray(parameters['items']) && !ecommerceEvent.test(name))
    return { payload: { ...parameters, ...own } }
  const entries = Object.entries(parameters)
  const half = (inside: boolean) =>
    Object.fromEntries(entries.filter(([parameter]) => ecommerceParameter.test(parameter) === inside))
  return { payload: { ...half(false), ...own, ecommerce: half(true) } }
}
