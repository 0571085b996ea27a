import type {
  Checkout,
  CommerceItem,
  CommerceItemFields,
  ItemList,
  PricedItems,
  Promotion,
} from '../../plan/commerce.ts'
import type { Described } from './described.ts'
import { amount, type Field, type FieldsOf, objectOf, oneOf, optional, text, whole } from './fields.ts'

const item: FieldsOf<CommerceItemFields> = {
  item_id: optional(text('Id of the item')),
  item_name: optional(text('Name of the item')),
  price: optional(amount('Price of one unit, after the discount')),
  quantity: optional(amount('Number of units')),
  discount: optional(amount('Discount of one unit')),
  index: optional(whole('Place in the list')),
  item_brand: optional(text('Brand')),
  item_category: optional(text('Category')),
  item_category2: optional(text('Second category')),
  item_category3: optional(text('Third category')),
  item_category4: optional(text('Fourth category')),
  item_category5: optional(text('Fifth category')),
  item_list_id: optional(text('Id of the list')),
  item_list_name: optional(text('Name of the list')),
  item_variant: optional(text('Variant')),
  affiliation: optional(text('Supplier')),
  coupon: optional(text('Coupon of the item')),
  creative_name: optional(text('Name of the creative')),
  creative_slot: optional(text('Place of the creative')),
  promotion_id: optional(text('Id of the promotion')),
  promotion_name: optional(text('Name of the promotion')),
  location_id: optional(text('Id of the place')),
}

const items: Field<readonly CommerceItem[]> = {
  schema: {
    type: 'array',
    minItems: 1,
    description: 'The items, each with an id or a name',
    items: {
      ...objectOf<CommerceItemFields>(item),
      anyOf: [{ required: ['item_id'] }, { required: ['item_name'] }],
    },
  },
}

const currency: Field<string> = {
  schema: { type: 'string', pattern: '^[A-Z]{3}$', description: 'ISO 4217 code of the currency' },
}

const priced: FieldsOf<PricedItems> = { value: amount('Price × quantity, over the items'), currency, items }
const cart: FieldsOf<Checkout> = { ...priced, coupon: optional(text('Coupon of the order')) }

const list: FieldsOf<ItemList> = {
  item_list_id: optional(text('Id of the list')),
  item_list_name: optional(text('Name of the list')),
  items,
}

const promotion: FieldsOf<Promotion> = {
  promotion_id: optional(text('Id of the promotion')),
  promotion_name: optional(text('Name of the promotion')),
  creative_name: optional(text('Name of the creative')),
  creative_slot: optional(text('Place of the creative')),
  items: optional(items),
}

const order = {
  transaction_id: text('Id of the order'),
  tax: optional(amount('Tax')),
  shipping: optional(amount('Cost of shipping')),
}

export const commerce: Described<'commerce'> = {
  view_item_list: { description: 'Sees a list of items', fields: list },
  select_item: { description: 'Chooses an item of a list', fields: list },
  view_item: { description: 'Opens an item', fields: priced },
  option_selected: {
    description: 'Chooses an option of an item, such as its size',
    fields: {
      item_id: text('Id of the item'),
      item_name: optional(text('Name of the item')),
      option_name: text('Name of the option, such as `size`'),
      option_value: text('The chosen value, such as `M`'),
    },
  },
  add_to_wishlist: { description: 'Puts items on the wish list', fields: priced },
  add_to_cart: { description: 'Puts items into the cart', fields: priced },
  remove_from_cart: { description: 'Takes items out of the cart', fields: priced },
  view_cart: { description: 'Opens the cart', fields: priced },
  begin_checkout: { description: 'Begins the checkout', fields: cart },
  add_shipping_info: {
    description: 'Chooses how the order is shipped',
    fields: { ...cart, shipping_tier: optional(text('How the order is shipped')) },
  },
  add_payment_info: {
    description: 'Chooses how the order is paid',
    fields: { ...cart, payment_type: optional(text('How the order is paid')) },
  },
  purchase: {
    description: 'Places an order',
    fields: {
      ...cart,
      ...order,
      customer_type: optional(oneOf('New or returning customer', { new: true, returning: true })),
    },
  },
  refund: {
    description: 'Gets money back: for these items, or for the whole order',
    fields: {
      value: amount('Amount that is paid back'),
      currency,
      coupon: cart.coupon,
      ...order,
      items: optional(items),
    },
  },
  view_promotion: { description: 'Sees a promotion', fields: promotion },
  select_promotion: { description: 'Chooses a promotion', fields: promotion },
}
