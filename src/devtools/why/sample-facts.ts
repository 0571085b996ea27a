import type {
  AttentionFacts,
  ChecklistFacts,
  FormFacts,
  LinkFacts,
  ScrollFacts,
  SearchFacts,
  VideoFacts,
  VisibilityFacts,
  VisitFacts,
} from '../../plan/facts.ts'

interface Sample<Payload = object> {
  readonly payload: Partial<Payload>
  /** Distinguishes the fact from others of the component, such as a mark or a field. */
  readonly key?: string
}
type Samples<Facts> = { readonly [Fact in keyof Facts]?: Sample<Facts[Fact]> }

const page = { link_url: 'https://example.com/guide', link_domain: 'example.com', outbound: true }
const nowhere = { link_url: '', link_domain: '', outbound: false }
const links: Samples<LinkFacts> = {
  internal: { payload: { ...page, outbound: false } },
  outbound: { payload: page },
  download: { payload: { ...page, link_text: 'Guide', file_name: 'guide.pdf', file_extension: 'pdf' } },
  phone: { payload: nowhere },
  mail: { payload: nowhere },
}

const step = { step_name: 'Contact', step_index: 2 }
const forms: Samples<FormFacts> = {
  start: { payload: { form_destination: '', field_name: 'email' } },
  field: { payload: { ...step, field_name: 'email', field_state: 'valid' }, key: 'email' },
  step: { payload: { ...step, step_direction: 'forward' }, key: 'Contact' },
  submit: { payload: { form_destination: '', form_submit_text: 'Send', navigated: false } },
  success: { payload: { seconds_since_start: 40 } },
  failure: { payload: { error_code: 'validation', invalid_fields: 1, seconds_since_start: 40 } },
  abandon: { payload: { ...step, last_field: 'email', fields_completed: 1, seconds_since_start: 40 } },
  resume: { payload: { seconds_since_start: 90 } },
}

const video = { video_provider: 'html5', video_url: '', video_duration: 60, visible: true, plays: 1 }
const played = (percent: number, mark: string) => ({
  payload: {
    ...video,
    video_percent: percent,
    video_mark: mark,
    video_current_time: percent * 0.6,
    watched_seconds: percent * 0.6,
    watched_percent: percent,
    reached_percent: percent,
  },
  key: mark,
})
const videos: Samples<VideoFacts> = {
  start: played(0, 'start'),
  progress: played(50, '50%'),
  complete: played(100, 'complete'),
}

const seen: Samples<VisibilityFacts> = {
  impression: { payload: { visible_ratio: 1, visible_seconds: 1 } },
  dwell: { payload: { visible_ratio: 1, visible_seconds: 12, longest_seconds: 8, views: 2 } },
}
const scrolled: Samples<ScrollFacts> = {
  depth: {
    payload: {
      percent_scrolled: 75,
      content_percent: 80,
      travel_percent: 75,
      screens: 3,
      read_percent: 50,
      reading: 'reader',
    },
    key: '75',
  },
}
const attention: Samples<AttentionFacts> = {
  mark: {
    payload: {
      attention_mark: '30s',
      attention_seconds: 30,
      focused_seconds: 35,
      visible_seconds: 40,
      media_seconds: 0,
    },
    key: '30s',
  },
}
const search = { search_length: 5, search_words: 1, search_filters: '', search_number: 1 }
const searches: Samples<SearchFacts> = {
  search: { payload: { ...search, search_results: 3, search_refinement: 'none' }, key: '1' },
  nothing: { payload: { ...search, search_results: 0, search_refinement: 'none' }, key: '1' },
  filter: { payload: { filter_name: 'price' }, key: 'price' },
}
const list = { items_completed: 1, items_total: 3, progress_percent: 33 }
const checklists: Samples<ChecklistFacts> = {
  item: { payload: { ...list, item_name: 'invite' }, key: 'invite' },
  complete: { payload: { ...list, items_completed: 3, progress_percent: 100 } },
}
const visits: Samples<VisitFacts> = { return: { payload: { visit_number: 2, days_since_last: 3 } } }

const byComponent: Readonly<Record<string, Readonly<Record<string, Sample | undefined>>>> = {
  TrackedLink: links,
  Link: links,
  ContentLinks: links,
  TrackedForm: forms,
  VideoProgress: videos,
  Impression: seen,
  Dwell: seen,
  ScrollDepth: scrolled,
  Attention: attention,
  Search: searches,
  Checklist: checklists,
  ReturnVisit: visits,
}
/** Property in which each component reports its own name. */
const nameOf: Readonly<Record<string, string>> = {
  TrackedForm: 'form_name',
  VideoProgress: 'video_title',
  Impression: 'element_name',
  Dwell: 'element_name',
  ScrollDepth: 'scroll_name',
  Attention: 'attention_name',
  Search: 'search_name',
  Checklist: 'checklist_name',
}

/**
 * Returns a plausible fact for the tester to edit and fire, such as 75 % scrolled, half a video or the second step of a
 * form.
 */
export function sampleFact(component: string, name: string, fact: string): Sample {
  const sample = byComponent[component]?.[fact] ?? { payload: {} }
  const own = nameOf[component]
  return {
    payload: own ? { [own]: name, ...sample.payload } : sample.payload,
    key: [name, sample.key].filter(Boolean).join(':'),
  }
}
