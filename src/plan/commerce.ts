import type { SchemaIssue, StandardSchema } from './standard-schema.ts'

/** An item as GA4 has it (https://developers.google.com/analytics/devguides/collection/ga4/reference/events). */
export type CommerceItem = CommerceItemFields &
  ({ readonly item_id: string } | { readonly item_name: string })

/** Parameters of an item, without the requirement of an id or a name. */
export interface CommerceItemFields {
  readonly item_id?: string
  readonly item_name?: string
  /** Price of one unit, after `discount`, in the event's currency. */
  readonly price?: number
  readonly quantity?: number
  /** Discount on one unit. */
  readonly discount?: number
  readonly index?: number
  readonly item_brand?: string
  readonly item_category?: string
  readonly item_category2?: string
  readonly item_category3?: string
  readonly item_category4?: string
  readonly item_category5?: string
  readonly item_list_id?: string
  readonly item_list_name?: string
  readonly item_variant?: string
  readonly affiliation?: string
  readonly coupon?: string
  readonly creative_name?: string
  readonly creative_slot?: string
  readonly promotion_id?: string
  readonly promotion_name?: string
  readonly location_id?: string
}

/** Properties of `view_item_list` and `select_item`. */
export interface ItemList {
  readonly item_list_id?: string
  readonly item_list_name?: string
  readonly items: readonly CommerceItem[]
}

/** Properties of events about products and carts. */
export interface PricedItems {
  /** Sum of price × quantity over the items. */
  readonly value: number
  /** ISO 4217 code: three capital letters. */
  readonly currency: string
  readonly items: readonly CommerceItem[]
}

/** Properties of the events of a checkout. */
export interface Checkout extends PricedItems {
  readonly coupon?: string
}

/** Properties of `purchase`. */
export interface Purchase extends Checkout {
  /** Id of the order. A purchase counts once for each id. */
  readonly transaction_id: string
  readonly tax?: number
  readonly shipping?: number
  readonly customer_type?: 'new' | 'returning'
}

/** Properties of `refund`. Without items, the whole order is refunded. */
export interface Refund extends Omit<Purchase, 'items' | 'customer_type'> {
  readonly items?: readonly CommerceItem[]
}

/** Properties of `view_promotion` and `select_promotion`. */
export interface Promotion {
  readonly promotion_id?: string
  readonly promotion_name?: string
  readonly creative_name?: string
  readonly creative_slot?: string
  readonly items?: readonly CommerceItem[]
}

/** Properties of `option_selected`: the user chose an option of an item, such as its size. */
export interface ItemOption {
  readonly item_id: string
  readonly item_name?: string
  /** Name of the option, such as `size`. */
  readonly option_name: string
  /** Chosen value, such as `M`. It is one of the values that you offer, never text that the user typed. */
  readonly option_value: string
}

interface Checks {
  /** Names of properties that must be present and not empty. */
  readonly needs?: readonly string[] | undefined
}

const amounts = ['value', 'tax', 'shipping']
const itemNumbers = ['price', 'quantity', 'discount', 'index']

/**
 * Creates a schema for the properties of GA4's commerce events. It refuses a number that is not finite, a value without
 * a currency, a currency that is not three capital letters, an empty list of items, an item with neither `item_id` nor
 * `item_name`, and a property of `needs` that is missing or empty.
 */
export function commerceProperties<T extends object>({ needs = [] }: Checks = {}): StandardSchema<T> {
  return {
    '~standard': {
      version: 1,
      vendor: 'react-microconversions',
      validate(value) {
        const issues = isRecord(value) ? [...issuesOf(value, needs)] : [{ message: 'no properties' }]
        return issues.length ? { issues } : { value: value as T }
      },
    },
  }
}

type Fields = Readonly<Record<string, unknown>>

function* issuesOf(given: Fields, needs: readonly string[]): Iterable<SchemaIssue> {
  for (const name of needs) {
    const value = given[name]
    if (value === undefined || value === null || value === '') yield issue('is missing', name)
  }
  yield* endless(given, amounts)
  const { value, currency, items } = given
  if (currency === undefined ? value !== undefined : !/^[A-Z]{3}$/.test(String(currency)))
    yield issue('is no ISO 4217 currency, such as EUR', 'currency')
  if (items === undefined) return
  if (!Array.isArray(items) || items.length === 0) {
    yield issue('has no items', 'items')
    return
  }
  for (const [index, item] of items.entries()) {
    if (isRecord(item) && (filled(item['item_id']) || filled(item['item_name'])))
      yield* endless(item, itemNumbers, ['items', index])
    else yield issue('has neither item_id nor item_name', 'items', index)
  }
}

function* endless(given: Fields, names: readonly string[], path: readonly PropertyKey[] = []) {
  for (const name of names) {
    if (given[name] !== undefined && !Number.isFinite(given[name]))
      yield issue('is no finite number', ...path, name)
  }
}

function issue(message: string, ...path: readonly PropertyKey[]): SchemaIssue {
  return { message, path }
}

const filled = (value: unknown) => typeof value === 'string' && value !== ''

function isRecord(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/**
 * Returns a key that tells carts apart by their items; an empty text if the items have neither ids, names nor variants.
 */
export function itemsKey(items: unknown): string {
  if (!Array.isArray(items)) return ''
  const names = items.map((item: unknown) => {
    const { item_id, item_name, item_variant } = isRecord(item) ? item : {}
    return keyOf(item_id ?? item_name, item_variant)
  })
  return names.some(Boolean) ? names.sort().join(' ') : ''
}

/** Returns a key that tells the steps of a checkout apart by cart and choice; an empty text without a cart. */
export function cartKey(items: unknown, choice: unknown): string {
  const cart = itemsKey(items)
  return cart && keyOf(choice, cart)
}

/**
 * Joins parts to a key; an empty text if all parts are empty. Accepts any value, because a tracker may send properties
 * that the schema has refused.
 */
export function keyOf(...parts: readonly unknown[]): string {
  const texts = parts.map((part) => (typeof part === 'object' ? '' : String(part ?? '')))
  return texts.some(Boolean) ? JSON.stringify(texts) : ''
}
