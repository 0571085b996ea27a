import {
  type Checkout,
  cartKey,
  commerceProperties,
  type ItemList,
  type ItemOption,
  itemsKey,
  keyOf,
  type PricedItems,
  type Promotion,
  type Purchase,
  type Refund,
} from './commerce.ts'
import { event } from './event.ts'
import type {
  AttentionFacts,
  ChecklistFacts,
  FormFacts,
  LinkFacts,
  PageFacts,
  ScrollFacts,
  SearchFacts,
  VideoFacts,
  VisibilityFacts,
  VisitFacts,
} from './facts.ts'
import { typed } from './standard-schema.ts'

const priced = ['value', 'currency', 'items']
const oncePerFact = { per: 'page', key: 'fact' } as const
const oncePerSessionAndFact = { per: 'session', key: 'fact' } as const
const oncePerUserAndFact = { per: 'user', key: 'fact' } as const

/**
 * Ready-made definitions: `events: { ...standardEvents.form, … }`. Names and parameter names are GA4's where GA4 has them
 * (https://support.google.com/analytics/answer/9234069, …/9216061); a component finds them in the plan by itself.
 */
export const standardEvents = {
  form: {
    /**
     * Once for each attempt, as its ends are: a second attempt without a start would have more ends than starts. GA4's own
     * counts once in a session: `{ ...standardEvents.form.form_start, frequency: { per: 'session', key: 'fact' } }`.
     */
    form_start: event({ stage: 'intent', kind: 'lead', properties: typed<FormFacts['start']>() }),
    /** Once for each attempt, field and state. */
    form_field: event({
      kind: 'engagement',
      frequency: oncePerFact,
      properties: typed<FormFacts['field']>(),
    }),
    form_step: event({ kind: 'milestone', properties: typed<FormFacts['step']>() }),
    /** Once for each attempt. */
    form_calendar: event({
      stage: 'intent',
      kind: 'milestone',
      frequency: oncePerFact,
      properties: typed<FormFacts['calendar']>(),
    }),
    /** Once for each attempt, however often somebody changes the slot. */
    form_slot: event({
      stage: 'intent',
      intent: 'high',
      kind: 'milestone',
      frequency: oncePerFact,
      properties: typed<FormFacts['slot']>(),
    }),
    /** GA4. */
    form_submit: event({ stage: 'intent', kind: 'lead', properties: typed<FormFacts['submit']>() }),
    form_success: event({ stage: 'intent', kind: 'lead', properties: typed<FormFacts['success']>() }),
    form_failure: event({ kind: 'engagement', properties: typed<FormFacts['failure']>() }),
    form_abandon: event({ kind: 'engagement', properties: typed<FormFacts['abandon']>() }),
    form_resume: event({ kind: 'engagement', properties: typed<FormFacts['resume']>() }),
  },
  video: {
    /** GA4. */
    video_start: event({
      kind: 'engagement',
      frequency: oncePerFact,
      properties: typed<VideoFacts['start']>(),
    }),
    /** GA4; marks in percent, and ours in seconds. */
    video_progress: event({
      kind: 'engagement',
      frequency: oncePerFact,
      properties: typed<VideoFacts['progress']>(),
    }),
    /** GA4. */
    video_complete: event({
      kind: 'engagement',
      frequency: oncePerFact,
      properties: typed<VideoFacts['complete']>(),
    }),
    video_summary: event({ kind: 'engagement', properties: typed<VideoFacts['summary']>() }),
  },
  /**
   * GA4's recommended events (https://developers.google.com/analytics/devguides/collection/ga4/ecommerce), checked at run
   * time. Steps that pages report when they open count once for the same items, so that a reload is no second checkout.
   */
  commerce: {
    view_item_list: event({
      stage: 'awareness',
      kind: 'engagement',
      frequency: { per: 'page', key: ({ item_list_id, items }) => keyOf(item_list_id ?? itemsKey(items)) },
      properties: commerceProperties<ItemList>({ needs: ['items'] }),
    }),
    select_item: event({
      stage: 'consideration',
      kind: 'engagement',
      properties: commerceProperties<ItemList>({ needs: ['items'] }),
    }),
    view_item: event({
      stage: 'consideration',
      kind: 'engagement',
      frequency: { per: 'page', key: ({ items }) => itemsKey(items) },
      properties: commerceProperties<PricedItems>({ needs: priced }),
    }),
    /** Not GA4's. */
    option_selected: event({
      stage: 'consideration',
      kind: 'engagement',
      frequency: {
        per: 'page',
        key: ({ item_id, option_name, option_value }) => keyOf(item_id, option_name, option_value),
      },
      properties: commerceProperties<ItemOption>({ needs: ['item_id', 'option_name', 'option_value'] }),
    }),
    add_to_wishlist: event({
      stage: 'consideration',
      intent: 'medium',
      kind: 'engagement',
      properties: commerceProperties<PricedItems>({ needs: priced }),
    }),
    add_to_cart: event({
      stage: 'intent',
      intent: 'high',
      kind: 'milestone',
      properties: commerceProperties<PricedItems>({ needs: priced }),
    }),
    remove_from_cart: event({
      stage: 'intent',
      kind: 'engagement',
      properties: commerceProperties<PricedItems>({ needs: priced }),
    }),
    view_cart: event({
      stage: 'intent',
      kind: 'engagement',
      frequency: { per: 'page', key: ({ items }) => itemsKey(items) },
      properties: commerceProperties<PricedItems>({ needs: priced }),
    }),
    begin_checkout: event({
      stage: 'intent',
      intent: 'high',
      kind: 'milestone',
      frequency: { per: 'session', key: ({ items }) => itemsKey(items) },
      properties: commerceProperties<Checkout>({ needs: priced }),
    }),
    add_shipping_info: event({
      stage: 'intent',
      intent: 'high',
      kind: 'milestone',
      frequency: {
        per: 'session',
        key: ({ shipping_tier, items }) => cartKey(items, shipping_tier),
      },
      properties: commerceProperties<Checkout & { readonly shipping_tier?: string }>({ needs: priced }),
    }),
    add_payment_info: event({
      stage: 'intent',
      intent: 'high',
      kind: 'milestone',
      frequency: {
        per: 'session',
        key: ({ payment_type, items }) => cartKey(items, payment_type),
      },
      properties: commerceProperties<Checkout & { readonly payment_type?: string }>({ needs: priced }),
    }),
    /** Once for each `transaction_id`. */
    purchase: event({
      stage: 'purchase',
      macro: true,
      priority: 'critical',
      frequency: { per: 'user', key: ({ transaction_id }) => keyOf(transaction_id) },
      properties: commerceProperties<Purchase>({ needs: [...priced, 'transaction_id'] }),
      value: ({ value, currency }) => ({ value, currency }),
    }),
    refund: event({
      stage: 'purchase',
      properties: commerceProperties<Refund>({ needs: ['value', 'currency', 'transaction_id'] }),
    }),
    view_promotion: event({
      stage: 'awareness',
      kind: 'engagement',
      frequency: {
        per: 'page',
        key: ({ promotion_id, promotion_name, creative_slot, items }) =>
          keyOf(promotion_id ?? promotion_name ?? itemsKey(items), creative_slot),
      },
      properties: commerceProperties<Promotion>(),
    }),
    select_promotion: event({
      stage: 'consideration',
      kind: 'engagement',
      properties: commerceProperties<Promotion>(),
    }),
  },
  search: {
    /** GA4; without the term, unless `reveal` tells it. */
    search: event({
      stage: 'consideration',
      kind: 'engagement',
      frequency: oncePerFact,
      properties: typed<SearchFacts['search']>(),
    }),
    search_found_nothing: event({
      kind: 'engagement',
      frequency: oncePerFact,
      properties: typed<SearchFacts['nothing']>(),
    }),
    filter_used: event({
      stage: 'consideration',
      kind: 'engagement',
      frequency: oncePerFact,
      properties: typed<SearchFacts['filter']>(),
    }),
  },
  visits: {
    return_visit: event({
      kind: 'engagement',
      frequency: 'once-per-session',
      properties: typed<VisitFacts['return']>(),
    }),
  },
  onboarding: {
    /** GA4. */
    sign_up: event({
      kind: 'onboarding',
      frequency: 'once-per-user',
      properties: typed<{ method?: string }>(),
    }),
    /** GA4. */
    login: event({ kind: 'onboarding', properties: typed<{ method?: string }>() }),
    checklist_item_completed: event({
      kind: 'onboarding',
      frequency: oncePerUserAndFact,
      properties: typed<ChecklistFacts['item']>(),
    }),
    checklist_completed: event({
      kind: 'onboarding',
      frequency: oncePerUserAndFact,
      properties: typed<ChecklistFacts['complete']>(),
    }),
  },
  links: {
    /** GA4: an outbound link. */
    click: event({
      kind: 'navigation',
      frequency: oncePerFact,
      properties: typed<LinkFacts['outbound']>(),
    }),
    /** GA4. */
    file_download: event({
      stage: 'consideration',
      kind: 'engagement',
      frequency: oncePerSessionAndFact,
      properties: typed<LinkFacts['download']>(),
    }),
    phone_clicked: event({
      stage: 'intent',
      kind: 'lead',
      frequency: oncePerSessionAndFact,
      properties: typed<LinkFacts['phone']>(),
    }),
    mail_clicked: event({
      stage: 'intent',
      kind: 'lead',
      frequency: oncePerSessionAndFact,
      properties: typed<LinkFacts['mail']>(),
    }),
    /** GA4; for a `TrackedButton`, or `track` when your share dialog has closed. */
    share: event({
      kind: 'engagement',
      frequency: { per: 'page', key: ({ method, item_id }) => keyOf(method, item_id) },
      properties: typed<{ method: string; content_type?: string; item_id?: string }>(),
    }),
  },
  visibility: {
    element_viewed: event({
      kind: 'engagement',
      frequency: oncePerFact,
      properties: typed<VisibilityFacts['impression']>(),
    }),
    element_dwelled: event({ kind: 'engagement', properties: typed<VisibilityFacts['dwell']>() }),
  },
  scroll: {
    /** GA4; each mark once on a page, where GA4's own has 90 % alone. */
    scroll: event({
      kind: 'engagement',
      frequency: oncePerFact,
      properties: typed<ScrollFacts['depth']>(),
    }),
  },
  attention: {
    attention_reached: event({
      kind: 'engagement',
      frequency: oncePerFact,
      properties: typed<AttentionFacts['mark']>(),
    }),
  },
  navigation: {
    /** GA4. */
    page_view: event({ kind: 'navigation', stage: 'awareness', properties: typed<PageFacts['view']>() }),
  },
} as const
