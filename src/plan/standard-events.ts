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
  ChatFacts,
  ChecklistFacts,
  ExperimentFacts,
  FormFacts,
  LinkFacts,
  PageFacts,
  SchedulerFacts,
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
 * Ready-made definitions of events: `events: { ...standardEvents.form, … }`. A copy may change options:
 * `{ ...standardEvents.scroll.scroll, frequency: 'always' }`. Names of events and parameters are GA4's if GA4 has them
 * (https://support.google.com/analytics/answer/9234069, …/9216061). Components find these events in the plan.
 */
export const standardEvents = {
  form: {
    /**
     * Counts once for each form submission, as success and failure do: otherwise there would be more outcomes than
     * starts. To count once in a session, as GA4 does:
     * `{ ...standardEvents.form.form_start, frequency: { per: 'session', key: 'fact' } }`.
     */
    form_start: event({ stage: 'intent', kind: 'lead', properties: typed<FormFacts['start']>() }),
    /** Counts once for each form submission, field and state. */
    form_field: event({
      kind: 'engagement',
      frequency: oncePerFact,
      properties: typed<FormFacts['field']>(),
    }),
    form_step: event({ kind: 'milestone', properties: typed<FormFacts['step']>() }),
    /** Counts once for each form submission. */
    form_calendar: event({
      stage: 'intent',
      kind: 'milestone',
      frequency: oncePerFact,
      properties: typed<FormFacts['calendar']>(),
    }),
    /** Counts once for each form submission, however often the user changes the slot. */
    form_slot: event({
      stage: 'intent',
      intent: 'high',
      kind: 'milestone',
      frequency: oncePerFact,
      properties: typed<FormFacts['slot']>(),
    }),
    /** GA4 event. */
    form_submit: event({ stage: 'intent', kind: 'lead', properties: typed<FormFacts['submit']>() }),
    form_success: event({ stage: 'intent', kind: 'lead', properties: typed<FormFacts['success']>() }),
    form_failure: event({ kind: 'engagement', properties: typed<FormFacts['failure']>() }),
    form_abandon: event({ kind: 'engagement', properties: typed<FormFacts['abandon']>() }),
    form_resume: event({ kind: 'engagement', properties: typed<FormFacts['resume']>() }),
  },
  video: {
    /** GA4 event. */
    video_start: event({
      kind: 'engagement',
      frequency: oncePerFact,
      properties: typed<VideoFacts['start']>(),
    }),
    /** GA4 event, with marks in percent. Marks in seconds are an addition. */
    video_progress: event({
      kind: 'engagement',
      frequency: oncePerFact,
      properties: typed<VideoFacts['progress']>(),
    }),
    /** GA4 event. */
    video_complete: event({
      kind: 'engagement',
      frequency: oncePerFact,
      properties: typed<VideoFacts['complete']>(),
    }),
    video_summary: event({ kind: 'engagement', properties: typed<VideoFacts['summary']>() }),
  },
  /**
   * GA4's recommended events (https://developers.google.com/analytics/devguides/collection/ga4/ecommerce), checked at
   * run time. Events that a page reports when it opens count once for the same items, so that a reload is not a second
   * checkout.
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
    /** Not a GA4 event. */
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
    /** Counts once for each `transaction_id`. */
    purchase: event({
      stage: 'purchase',
      macro: true,
      urgency: 'critical',
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
    /** GA4 event. It has no search term unless `reveal` returns one. */
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
    /** GA4 event. */
    sign_up: event({
      kind: 'onboarding',
      frequency: 'once-per-user',
      properties: typed<{ method?: string }>(),
    }),
    /** GA4 event. */
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
    /** GA4 event: the user followed an outbound link. */
    click: event({
      kind: 'navigation',
      frequency: oncePerFact,
      properties: typed<LinkFacts['outbound']>(),
    }),
    /** GA4 event. */
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
    /** GA4 event, for a `TrackedButton`, or for `track` when your share dialog has closed. */
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
    /** GA4 event. Each mark counts once on a page; GA4's own event has only 90%. */
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
  /** With `form_calendar` and `form_slot`, which schedulers report as forms do. */
  scheduler: {
    /** Counts once for each booking. */
    meeting_booked: event({
      stage: 'intent',
      intent: 'high',
      kind: 'lead',
      frequency: oncePerFact,
      properties: typed<SchedulerFacts['booked']>(),
    }),
    meeting_failed: event({ kind: 'engagement', properties: typed<SchedulerFacts['failed']>() }),
  },
  chat: {
    chat_opened: event({
      stage: 'consideration',
      kind: 'engagement',
      frequency: oncePerSessionAndFact,
      properties: typed<ChatFacts['open']>(),
    }),
    chat_started: event({
      stage: 'intent',
      kind: 'lead',
      frequency: oncePerSessionAndFact,
      properties: typed<ChatFacts['start']>(),
    }),
  },
  experiments: {
    /** Counts once for each user and experiment, with the variant that was seen first. */
    experiment_viewed: event({
      kind: 'engagement',
      frequency: oncePerUserAndFact,
      properties: typed<ExperimentFacts['viewed']>(),
    }),
  },
  navigation: {
    /** GA4 event. */
    page_view: event({ kind: 'navigation', stage: 'awareness', properties: typed<PageFacts['view']>() }),
  },
} as const
