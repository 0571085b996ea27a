import type { ChecklistFact, LinkFact } from '../../plan/facts.ts'
import type { Described } from './described.ts'
import {
  type FieldsOf,
  flag,
  oneOf,
  optional,
  percent,
  seconds,
  share,
  text,
  whole,
  written,
} from './fields.ts'

const filtered = text('Names of the filters in use, with commas between them')

const searched: Described<'search'>['search']['fields'] = {
  search_name: text('Name of the search'),
  search_term: optional(text('What `reveal` returned')),
  search_length: whole('Characters of the term'),
  search_words: whole('Words of the term'),
  search_results: optional(whole('Number of results')),
  search_filters: filtered,
  search_number: whole('Counts the searches of the page', 1),
  search_refinement: oneOf('How it differs from the search before', {
    none: true,
    narrowed: true,
    widened: true,
    changed: true,
    filtered: true,
  }),
}

export const search: Described<'search'> = {
  search: { description: 'Searches', fields: searched },
  search_found_nothing: { description: 'Searches, and nothing is found', fields: searched },
  filter_used: {
    description: 'Uses a filter for the first time on a page',
    fields: { search_name: text('Name of the search'), filter_name: text('Name of the filter') },
  },
}

export const visits: Described<'visits'> = {
  return_visit: {
    description: 'Comes back for another visit',
    fields: {
      visit_number: whole('Visits so far', 1),
      days_since_last: whole('Whole days since the visit before'),
    },
  },
}

const checklist: FieldsOf<ChecklistFact> = {
  checklist_name: text('Name of the checklist'),
  items_completed: whole('Items that are done'),
  items_total: whole('Number of items'),
  progress_percent: percent('Share of the items that are done'),
}

const method = text('How, such as `google`')

export const onboarding: Described<'onboarding'> = {
  sign_up: { description: 'Creates an account', fields: { method: optional(method) } },
  login: { description: 'Logs in', fields: { method: optional(method) } },
  checklist_item_completed: {
    description: 'Completes an item of a checklist',
    fields: { ...checklist, item_name: text('Name of the item') },
  },
  checklist_completed: { description: 'Completes a checklist', fields: checklist },
}

const link: FieldsOf<LinkFact> = {
  link_url: text('Where the link leads, without query; empty for what is no web address'),
  link_domain: text('Domain where the link leads'),
  link_id: text('The `id` of the element; empty if none'),
  link_classes: text('The classes of the element'),
  outbound: flag('The link leads to another domain'),
  link_text: optional(text('Text of the link')),
  file_name: optional(text('Name of the file')),
  file_extension: optional(text('Extension of the file, without the dot')),
}

export const links: Described<'links'> = {
  click: { description: 'Follows a link to another domain', fields: link },
  file_download: {
    description: 'Downloads a file',
    fields: {
      ...link,
      link_text: written('Text of the link'),
      file_name: written('Name of the file'),
      file_extension: text('Extension of the file, without the dot'),
    },
  },
  phone_clicked: { description: 'Uses a phone link', fields: link },
  mail_clicked: { description: 'Uses a mail link', fields: link },
  share: {
    description: 'Shares content',
    fields: {
      method: text('How it is shared'),
      content_type: optional(text('Kind of content')),
      item_id: optional(text('Id of the content')),
    },
  },
}

const element = {
  element_name: text('Name of the element'),
  visible_ratio: share('Largest share of the element in view'),
  visible_seconds: seconds('Time in view'),
}

export const visibility: Described<'visibility'> = {
  element_viewed: { description: 'Sees an element for long enough', fields: element },
  element_dwelled: {
    description: 'Stops looking at an element; seconds are those since the last report',
    fields: {
      ...element,
      longest_seconds: seconds('The longest stretch'),
      views: whole('How often it came into view'),
    },
  },
}

export const scroll: Described<'scroll'> = {
  scroll: {
    description: 'Scrolls to a mark',
    fields: {
      percent_scrolled: percent('The mark'),
      scroll_name: text('`page`, or the name of a scroll container'),
      content_percent: percent('Share of the content that came into view'),
      travel_percent: percent('Share of the way that can be scrolled'),
      screens: { schema: { type: 'number', minimum: 0, description: 'Screenfuls that came into view' } },
      read_percent: percent('Share of them in view for long enough to be read'),
      reading: oneOf('`reader`: at least half of them were read', { reader: true, skimmer: true }),
    },
  },
}

export const attention: Described<'attention'> = {
  attention_reached: {
    description: 'Gives a page attention for a certain time',
    fields: {
      attention_mark: text('The mark as written, such as `30s`'),
      attention_name: text('`page`, or the given name'),
      attention_seconds: seconds('Visible, focused and with signs of life'),
      focused_seconds: seconds('Visible and focused'),
      visible_seconds: seconds('Visible'),
      media_seconds: seconds('Focused, while a video or a sound played'),
    },
  },
}

export const navigation: Described<'navigation'> = {
  page_view: {
    description: 'Opens a page',
    fields: {
      page_location: text('Address of the page, without query'),
      page_title: written('Title of the page'),
      page_referrer: text('Address of the page before, without query'),
      page_type: optional(text('Kind of page')),
    },
  },
}
