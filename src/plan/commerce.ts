import type { SchemaIssue, StandardSchema } from './standard-schema.ts'

/** GA4's item (https://developers.google.com/analytics/devguides/collection/ga4/reference/events). */
export type CommerceItem = CommerceItemFields &
  ({ readonly item_id: string } | { readonly item_name: string })

export interface CommerceItemFields {
  readonly item_id?: string
  readonly item_name?: string
  /** Of one unit, after `discount`, in the event's currency. */
  readonly price?: number
  readonly quantity?: number
  /** Of one unit. */
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

export interface ItemList {
  readonly item_list_id?: string
  readonly item_list_name?: string
  readonly items: readonly CommerceItem[]
}

export interface PricedItems {
  /** The sum of price × quantity over the items. */
  readonly value: number
  /** ISO 4217: three capitals. */
  readonly currency: string
  readonly items: readonly CommerceItem[]
}

export interface Checkout extends PricedItems {
  readonly coupon?: string
}

export interface Purchase extends Checkout {
  /** Of the order: a purchase counts once for each. */
  readonly transaction_id: string
  readonly tax?: number
  readonly shipping?: number
  readonly customer_type?: 'new' | 'returning'
}

/** With items: of these; without: of the whole order. */
export interface Refund extends Omit<Purchase, 'items' | 'customer_type'> {
  readonly items?: readonly CommerceItem[]
}

export interface Promotion {
  readonly promotion_id?: string
  readonly promotion_name?: string
  readonly creative_name?: string
  readonly creative_slot?: string
  readonly items?: readonly CommerceItem[]
}

/** An option of an item was chosen, such as its size. */
export interface ItemOption {
  readonly item_id: string
  readonly item_name?: string
  /** `size` */
  readonly option_name: string
  /** `M`: one of those that you offer, nothing that was typed. */
  readonly option_value: string
}

interface Checks {
  /** What must be there and not empty. */
  readonly needs?: readonly string[] | undefined
}

const amounts = ['value', 'tax', 'shipping']
const itemNumbers = ['price', 'quantity', 'discount', 'index']

/**
 * A schema for properties as GA4's commerce events have them. It refuses a missing or endless number, a value without
 * a currency, a currency that is not three capitals, a list without items, an item with neither `item_id` nor
 * `item_name`, and an empty property that the event `needs`.
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

/** Tells carts apart by what is in them; empty without items that can be told apart. */
export function itemsKey(items: unknown): string {
  if (!Array.isArray(items)) return ''
  const names = items.map((item: unknown) => {
    const { item_id, item_name, item_variant } = isRecord(item) ? item : {}
    return keyOf(item_id ?? item_name, item_variant)
  })
  return names.some(Boolean) ? names.sort().join(' ') : ''
}

/** Tells the steps of a checkout apart by what was chosen, for the same cart; empty without a cart. */
export function cartKey(items: unknown, choice: unknown): string {
  const cart = itemsKey(items)
  return cart && keyOf(choice, cart)
}

/** Also of what the schema has refused, which a tracker may let go out flagged; empty where all parts are. */
export function keyOf(...parts: readonly unknown[]): string {
  const texts = parts.map((part) => (typeof part === 'object' ? '' : String(part ?? '')))
  return texts.some(Boolean) ? JSON.stringify(texts) : ''
}
