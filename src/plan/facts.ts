/**
 * What the instrumented components can report, in GA4's parameter names where GA4 has one
 * (https://support.google.com/analytics/answer/9216061). No fact carries the value of a field or a query string.
 */

export interface FormFact {
  /** GA4: `form_name`. The `name` of the component. */
  form_name: string
  /** GA4: `form_id`. The element's `id`; empty if none. */
  form_id: string
}

export interface FormStepFact extends FormFact {
  /** The `<FormStep>` in view; empty in a form of one step. */
  step_name: string
  /** From 1; 0 in a form of one step. */
  step_index: number
  /** How many steps there are; 0 if nobody said. */
  steps_total: number
}

/** Of the whole attempt so far. Fields are those with a name that were there to be filled in, in all steps seen. */
export interface FormProgress {
  seconds_since_start: number
  fields_total: number
  /** Changed by the visitor, and valid. */
  fields_completed: number
  /** Of the fields, 0-100; where `steps_total` is known, of the way: two of three steps filled in are 67. */
  completion_percent: number
  /** How often somebody came back to a field after another one. */
  returns: number
  /** How often a field was left changed again. */
  corrections: number
  /** How often a field was found invalid. */
  errors: number
}

/** Of one field, in this attempt so far. */
export interface FieldFact extends FormStepFact {
  field_name: string
  field_state: 'valid' | 'invalid' | 'corrected'
  /** With the focus. */
  field_seconds: number
  field_returns: number
  field_corrections: number
  field_errors: number
  /** Of the form, with this field. */
  completion_percent: number
}

export interface FormFacts {
  /** GA4: `form_start`. First real interaction of an attempt: typing, choosing, paste or autofill; not focus alone. */
  start: FormFact & { form_destination: string; field_name: string }
  /** A field was left after a change: `corrected` was invalid before and is valid now. Names, never values. */
  field: FieldFact
  /** A step came into view. */
  step: FormStepFact & {
    step_direction: 'forward' | 'back'
    /** The one before; empty for the first. */
    previous_step: string
    previous_step_seconds: number
  }
  /** A calendar was opened, as the form's `calendarOpened` says. */
  calendar: FormStepFact
  /** A slot was selected in it, as `slotSelected` says; which one is not told. */
  slot: FormStepFact & { seconds_since_start: number }
  /** GA4: `form_submit`. An attempt to submit that passed native validation; `navigated`: the document leaves with it. */
  submit: FormFact & { form_destination: string; form_submit_text: string; navigated: boolean }
  /** The submission is known to have worked. */
  success: FormStepFact & FormProgress & { step_seconds: number }
  /** Known to have failed: native or library validation (`validation`), an error, or the code given to `fail`. */
  failure: FormStepFact & {
    error_code: string
    invalid_fields: number
    /** Their names, in alphabetical order, with commas between them. */
    invalid_field_names: string
    step_seconds: number
    seconds_since_start: number
  }
  /** Started and left without a known end: removed, another page, or the document unloaded. Once for each attempt. */
  abandon: FormStepFact & FormProgress & { last_field: string; step_seconds: number }
  /** The same attempt goes on after `abandon`: the visitor came back to a page kept alive by the browser. */
  resume: FormFact & { seconds_since_start: number }
}

/** Which film, and how it stands. What is ignored counts nowhere: neither as position nor as duration. */
export interface FilmFact {
  /** GA4: `video_title`. The `name` of the component. */
  video_title: string
  /** GA4: `video_provider`. */
  video_provider: string
  /** GA4: `video_url`, without query and fragment; empty for `blob:` sources. */
  video_url: string
  /** GA4: `video_current_time`, seconds. */
  video_current_time: number
  /** GA4: `video_duration`, seconds; 0 while unknown or live. */
  video_duration: number
  /** GA4: `visible`: any part of the player is in the viewport of a visible tab. */
  visible: boolean
  /** A stream without an end: nothing is in percent. */
  live: boolean
  /** Playback began by itself: muted by the attribute, or without a click, tap or key in the seconds before. */
  autoplay: boolean
  /** Without sound now. */
  muted: boolean
  /** Played at least once, of the duration, 0-100. */
  watched_percent: number
  /** The furthest position, 0-100, also by a jump. */
  reached_percent: number
  /** How often playback began from the start. */
  plays: number
}

/** One shape for start, marks and completion. */
export interface VideoFact extends FilmFact {
  /** GA4: `video_percent`: the mark for `progress` (0 for a mark in seconds), 0 for `start`, 100 for `complete`. */
  video_percent: number
  /** The mark passed, as written: `25%`, `30s`; `start`, `complete`. */
  video_mark: string
  /** Seconds of the film really played at least once: skipped parts do not count, repeats count once. */
  watched_seconds: number
  /** Played while muted in a hidden tab: not watched. */
  hidden_seconds: number
}

/** Seconds are of the film, and since the last summary: reports add up. */
export interface VideoSummaryFact extends FilmFact {
  /** Played for the first time. */
  watched_seconds: number
  /** Played again. */
  rewatched_seconds: number
  /** Played while muted in a hidden tab: neither of them. */
  hidden_seconds: number
  /** The longest stretch without a jump. */
  longest_seconds: number
  /** Seconds of the film in a second of playback: 2 is twice as fast. */
  average_rate: number
  /** Jumps; going back to the beginning from the end is none. */
  seeks: number
  /** Before the end. */
  pauses: number
  /** How often data ran out. */
  stalls: number
}

export interface VideoFacts {
  /** GA4: `video_start`. */
  start: VideoFact
  /** GA4: `video_progress`. */
  progress: VideoFact
  /** GA4: `video_complete`. Played to the end position, or watched whole. */
  complete: VideoFact
  /** What was watched until the tab was hidden, the page ended or the player went. */
  summary: VideoSummaryFact
}

export interface VisibilityFacts {
  /** Enough of an element was in view, for long enough, in a visible tab. */
  impression: {
    /** The `name` of the component. */
    element_name: string
    /** Of the element's area, in view when it counted, 0-1. */
    visible_ratio: number
    /** Until it counted. */
    visible_seconds: number
  }
  /** Time in view since the last report of an element that had an impression: reports add up. */
  dwell: {
    element_name: string
    /** The most of the element's area that was in view at once, 0-1. */
    visible_ratio: number
    visible_seconds: number
    /** The longest stretch. */
    longest_seconds: number
    /** How often it came into view. */
    views: number
  }
}

export interface ScrollFacts {
  /** GA4: `scroll`. A mark was passed; once for each mark, also when a jump passes several. */
  depth: {
    /** GA4: `percent_scrolled`. The mark. */
    percent_scrolled: number
    /** `page`, or the `name` of a scroll container. */
    scroll_name: string
    /** How much of the content has come into view, by the lowest of it, 0-100. */
    content_percent: number
    /** How much of the way that can be scrolled, 0-100. */
    travel_percent: number
    /** Screenfuls from the top to the lowest that came into view. */
    screens: number
    /** Of those, in view for long enough to be read, 0-100. */
    read_percent: number
    /** `reader`: at least half of them. */
    reading: 'reader' | 'skimmer'
  }
}

export interface AttentionFacts {
  /** So much time of real attention has passed on this page. */
  mark: {
    /** As written: `30s`, `2min`. */
    attention_mark: string
    /** `page`, or the `name` given. */
    attention_name: string
    /** Visible, focused, and with a sign of life in the last 30 s. */
    attention_seconds: number
    focused_seconds: number
    visible_seconds: number
    /** Of the focused ones, those in which a film or a sound played. */
    media_seconds: number
  }
}

export interface PageFacts {
  /** GA4: `page_view`. */
  view: {
    /** GA4: `page_location`, without query and fragment. */
    page_location: string
    page_title: string
    /** GA4: `page_referrer`, without query and fragment. */
    page_referrer: string
    /** Kind of page, if `usePage` or `page` gets a `type`. */
    page_type?: string
  }
}

export interface LinkFact {
  /** GA4: `link_url`, without query and fragment; empty for what is no web address (`tel:`, `mailto:`, `blob:`). */
  link_url: string
  /** GA4: `link_domain`, where the link leads. */
  link_domain: string
  /** GA4: `link_id`, the element's; empty if none. */
  link_id: string
  /** GA4: `link_classes`, the element's. */
  link_classes: string
  /** GA4: `outbound`: another domain than the document's, those above and below it, and `ownDomains`. */
  outbound: boolean
  /** GA4: `link_text`, of a download, at most 100 characters. */
  link_text?: string
  /** GA4: `file_name`, of a download: its `download` attribute, else the last part of the path. */
  file_name?: string
  /** GA4: `file_extension`, of a download, in lower case, without the dot; empty if none. */
  file_extension?: string
}

/** One fact for each use of a link, by what the link is. */
export interface LinkFacts {
  internal: LinkFact
  /** GA4: `click`. */
  outbound: LinkFact
  /** GA4: `file_download`: the attribute `download`, or one of the extensions that GA4 knows. */
  download: LinkFact & { link_text: string; file_name: string; file_extension: string }
  /** `tel:`. The number is not told. */
  phone: LinkFact
  /** `mailto:`. The address is not told. */
  mail: LinkFact
}

export interface SearchFact {
  /** The `name` of the search. */
  search_name: string
  /** GA4: `search_term`. Only what `reveal` returned: what visitors type may be anything. */
  search_term?: string
  /** Signs of the term, without spaces around it. */
  search_length: number
  search_words: number
  /** How many were found; absent if nobody knows. */
  search_results?: number
  /** Names of the filters in use, in alphabetical order, with commas between them. */
  search_filters: string
  /** Counts the searches of this page, from 1. */
  search_number: number
  /** How it came from the one before: the term longer, shorter, another one, or only other filters. */
  search_refinement: 'none' | 'narrowed' | 'widened' | 'changed' | 'filtered'
}

export interface SearchFacts {
  /** GA4: `search`. */
  search: SearchFact
  /** It found nothing; follows `search`. */
  nothing: SearchFact
  /** A filter was used for the first time on this page. */
  filter: { search_name: string; filter_name: string }
}

export interface ChecklistFact {
  checklist_name: string
  items_completed: number
  items_total: number
  /** 0-100, whole. */
  progress_percent: number
}

export interface ChecklistFacts {
  item: ChecklistFact & { item_name: string }
  /** All items are done. */
  complete: ChecklistFact
}

export interface VisitFacts {
  /** Not the first visit of this visitor. */
  return: {
    /** Visits so far, from 1. */
    visit_number: number
    /** Whole days, of 24 hours, since the visit before began. */
    days_since_last: number
  }
}
