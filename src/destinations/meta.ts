import type { InvalidPolicy } from '../engine/decision/issue.ts'
import type { Destination, Mapped } from '../engine/delivery/destination.ts'
import type { ConsentNeed } from '../engine/permission/consent-types.ts'
import type { Properties } from '../engine/pipeline/occurrence.ts'
import type { TrackedEvent } from '../engine/pipeline/tracked-event.ts'
import type { MetaStandardEvent } from '../plan/event-destinations.ts'
import { PermanentError } from '../support/permanent-error.ts'
import { handOver } from './hand-over.ts'
import { type AnyParameters, isPlain, parametersOf } from './parameters.ts'

/** Options of `meta`. */
export interface MetaOptions {
  /** Name of the destination. Default `'meta'`. */
  readonly name?: string | undefined
  /** Consent that the destination needs. Default `'marketing'`. */
  readonly consent?: ConsentNeed | undefined
  /**
   * Handling of events with invalid properties. Default: the tracker's `invalid`, else `'strip'` if the
   * destination needs `marketing` and `'flag'` if not.
   */
  readonly invalid?: InvalidPolicy | undefined
  /** Returns the pixel. Default: the global `fbq`. */
  readonly client?: (() => Fbq | undefined) | undefined
}

/** The part of Meta's `fbq` that the destination calls. */
export type Fbq = (
  method: 'track' | 'trackCustom',
  name: string,
  parameters: Record<string, unknown>,
  options: { readonly eventID: string },
) => void

/** Payload of the `meta` destination. */
export interface MetaPayload {
  readonly method: 'track' | 'trackCustom'
  readonly name: string
  readonly parameters: Properties
  readonly eventID: string
}

/**
 * Creates a destination for the Meta Pixel. GA4's recommended events are sent as Meta's standard events, others as
 * custom events. Meta de-duplicates by `eventID` and name, between this pixel and the Conversions API, for 48 hours
 * (https://developers.facebook.com/docs/marketing-api/conversions-api/deduplicate-pixel-and-server-events).
 */
export function meta({
  name = 'meta',
  consent = 'marketing',
  invalid,
  client = () => (globalThis as { fbq?: Fbq }).fbq,
}: MetaOptions = {}): Destination<MetaPayload> {
  return {
    name,
    consent,
    invalid,
    acknowledges: false,
    map: (event, override) => toMeta(event, override as AnyParameters | undefined),
    send: handOver('The Meta Pixel', client, [], (fbq, { method, name, parameters, eventID }) =>
      fbq(method, name, parameters, { eventID }),
    ),
  }
}

const MAX_NAME = 50

// `form_success` is not mapped: the form may be a search or a login, and campaigns are optimized and billed by leads.
// `page_view` is not mapped: Meta's own snippet sends a PageView. The plan can override both.
const standardNames = new Map<string, MetaStandardEvent>([
  ['add_payment_info', 'AddPaymentInfo'],
  ['add_to_cart', 'AddToCart'],
  ['add_to_wishlist', 'AddToWishlist'],
  ['begin_checkout', 'InitiateCheckout'],
  ['generate_lead', 'Lead'],
  ['purchase', 'Purchase'],
  ['search', 'Search'],
  ['sign_up', 'CompleteRegistration'],
  ['view_item', 'ViewContent'],
])
const isStandard = new Set<string>([
  ...standardNames.values(),
  ...[
    'Contact',
    'CustomizeProduct',
    'Donate',
    'FindLocation',
    'PageView',
    'Schedule',
    'StartTrial',
    'SubmitApplication',
    'Subscribe',
  ],
])

export function toMeta(event: TrackedEvent, override?: AnyParameters): Mapped<MetaPayload> {
  const name = override?.name ?? standardNames.get(event.name) ?? event.name
  if (name.length > MAX_NAME)
    throw new PermanentError(
      `Meta would not take "${name}": a custom name has at most ${MAX_NAME} characters. Give it another one in the plan: destinations: { meta: { name: '…' } }.`,
    )
  const { items, search_term, ...rest } = parametersOf(event, override)
  const parameters = {
    ...(search_term !== undefined && { [name === 'Search' ? 'search_string' : 'search_term']: search_term }),
    ...(Array.isArray(items) && contentsOf(items.filter(isPlain))),
    ...rest,
  }
  const lacking = name === 'Purchase' ? ['value', 'currency'].filter((each) => !(each in parameters)) : []
  return {
    payload: { method: isStandard.has(name) ? 'track' : 'trackCustom', name, parameters, eventID: event.id },
    notes: lacking.map((each) => `Meta wants a ${each} with Purchase: declare the event's value`),
  }
}

/**
 * Converts GA4's items to Meta's format: https://developers.facebook.com/docs/meta-pixel/reference#object-properties
 */
function contentsOf(items: readonly Properties[]): Properties {
  const contents = items.flatMap(({ item_id, item_name, quantity = 1, price }) => {
    const id = item_id ?? item_name
    // Meta matches products by id: items without an id or name are left out.
    if (id === undefined) return []
    const count = Number.isFinite(Number(quantity)) ? Number(quantity) : 1
    return [{ id: String(id), quantity: count, ...(price !== undefined && { item_price: price }) }]
  })
  return {
    content_type: 'product',
    content_ids: contents.map(({ id }) => id),
    contents,
    num_items: contents.reduce((sum, { quantity }) => sum + quantity, 0),
  }
}
