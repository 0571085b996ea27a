import type { Destination, Mapped } from '../engine/destination.ts'
import type { ConsentNeed, InvalidPolicy, Properties, TrackedEvent } from '../engine/types.ts'
import { handOver } from './hand-over.ts'
import { type AnyParameters, parametersOf } from './parameters.ts'

export interface GtmOptions {
  /** Default `'gtm'`. */
  readonly name?: string | undefined
  /** Default `'analytics'`; the tags behind the container have needs of their own. */
  readonly consent?: ConsentNeed | undefined
  /**
   * Handling of events with invalid properties. Default: the tracker's `invalid`, else `'strip'` if the
   * destination needs `marketing` and `'flag'` if not.
   */
  readonly invalid?: InvalidPolicy | undefined
  /** The `l` of the container's address, if not `'dataLayer'`. */
  readonly dataLayerName?: string | undefined
}

export interface GtmPayload extends Properties {
  readonly event: string
  readonly event_id: string
  readonly ecommerce?: Properties | undefined
}

/**
 * Google Tag Manager: `{ event, event_id, … }` on its data layer, which is made if the container has not come yet. Items
 * and what belongs to them go under `ecommerce`, cleared before (https://developers.google.com/analytics/devguides/collection/ga4/ecommerce).
 * GTM remembers what it was given: a variable of an earlier event is still there unless this one sets it. It
 * de-duplicates nothing; `event_id` is for the tags behind it that do.
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
