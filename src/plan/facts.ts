/**
 * Facts that components and hooks report. A name marked "(GA4)" is GA4's
 * (https://support.google.com/analytics/answer/9216061). No fact contains the value of a field or a query string.
 */

/** Identifies the form. Part of every form fact. */
export interface FormFact {
  /** The `name` of the component (GA4). */
  form_name: string
  /** The element's `id`; empty without one (GA4). */
  form_id: string
}

/** Identifies the form and the step in view. */
export interface FormStepFact extends FormFact {
  /** Name of the `<FormStep>` in view; empty in a form of one step. */
  step_name: string
  /** Number of the step, from 1; 0 in a form of one step. */
  step_index: number
  /** Number of steps; 0 if unknown. */
  steps_total: number
}

/** Progress of the form submission. Counts named fields that the user can fill in, in all steps seen so far. */
export interface FormProgress {
  /** Seconds since the first interaction. */
  seconds_since_start: number
  /** Number of fields. */
  fields_total: number
  /** Number of fields that the user changed and that are valid. */
  fields_completed: number
  /** Completed share of the form, 0-100. */
  completion_percent: number
  /** How often the user came back to a field after visiting another one. */
  returns: number
  /** How often the user changed a field again. */
  corrections: number
  /** How often a field was found invalid. */
  errors: number
}

/** State of one field in this form submission. */
export interface FieldFact extends FormStepFact {
  /** The field's `name`. */
  field_name: string
  /** State of the field. `corrected`: it is valid now, and was invalid before. */
  field_state: 'valid' | 'invalid' | 'corrected'
  /** Seconds in which the field had the focus. */
  field_seconds: number
  /** How often the user came back to the field. */
  field_returns: number
  /** How often the user changed the field again. */
  field_corrections: number
  /** How often the field was found invalid. */
  field_errors: number
  /** Completed share of the form, 0-100. */
  completion_percent: number
}

/** Facts of `TrackedForm` and `useTrackedForm`. */
export interface FormFacts {
  /** The user typed, chose, pasted or autofilled for the first time. Focus alone does not count. */
  start: FormFact & {
    /** The address that the form submits to (GA4). */
    form_destination: string
    /** The field's `name`. */
    field_name: string
  }
  /** The user left a field after a change. */
  field: FieldFact
  /** A step came into view. */
  step: FormStepFact & {
    /** Direction in which the user moved. */
    step_direction: 'forward' | 'back'
    /** Name of the previous step; empty for the first step. */
    previous_step: string
    /** Seconds in the previous step. */
    previous_step_seconds: number
  }
  /** The application called `calendarOpened`. */
  calendar: FormStepFact
  /** The application called `slotSelected`. The slot itself is not reported. */
  slot: FormStepFact & {
    /** Seconds since the first interaction. */
    seconds_since_start: number
  }
  /** The user submitted the form, and it passed native validation. */
  submit: FormFact & {
    /** The address that the form submits to (GA4). */
    form_destination: string
    /** Text of the submit button (GA4). */
    form_submit_text: string
    /** True if the submission leads to another document. */
    navigated: boolean
  }
  /** The form submission succeeded. */
  success: FormStepFact &
    FormProgress & {
      /** Seconds in this step. */
      step_seconds: number
    }
  /** The form submission failed. */
  failure: FormStepFact & {
    /** `validation`, the code of the error, or the code passed to `fail`. */
    error_code: string
    /** Number of invalid fields. */
    invalid_fields: number
    /** Names of the invalid fields, in alphabetical order, separated by commas. */
    invalid_field_names: string
    /** Seconds in this step. */
    step_seconds: number
    /** Seconds since the first interaction. */
    seconds_since_start: number
  }
  /** The form was started, and then removed or left without a known outcome. */
  abandon: FormStepFact &
    FormProgress & {
      /** Name of the field that had the focus last. */
      last_field: string
      /** Seconds in this step. */
      step_seconds: number
    }
  /** The user came back to an abandoned form through the back/forward cache. */
  resume: FormFact & {
    /** Seconds since the first interaction. */
    seconds_since_start: number
  }
}

/**
 * Identifies the video and describes its playback. Ignored parts count neither for the position nor for the duration.
 */
export interface VideoFactBase {
  /** The `name` of the component (GA4). */
  video_title: string
  /** The `provider` of the component (GA4). */
  video_provider: string
  /** Address without query and fragment; empty for `blob:` (GA4). */
  video_url: string
  /** Position in seconds (GA4). */
  video_current_time: number
  /** Duration in seconds; 0 while unknown or live (GA4). */
  video_duration: number
  /** True if part of the player is in view, in a visible tab (GA4). */
  visible: boolean
  /** True if the video is a live stream. A live stream has no values in percent. */
  live: boolean
  /** True if playback began without a click, tap or key press. */
  autoplay: boolean
  /** True if the sound is off. */
  muted: boolean
  /** Share of the duration played at least once, 0-100. */
  watched_percent: number
  /** Furthest position as a share of the duration, 0-100, also after seeking. */
  reached_percent: number
  /** How often playback began from the start. */
  plays: number
}

/** Properties of start, marks and completion. */
export interface VideoFact extends VideoFactBase {
  /** The mark in percent; 0 for start and for marks in seconds, 100 for complete (GA4). */
  video_percent: number
  /** The mark as you wrote it: `25%`, `30s`; or `start`, `complete`. */
  video_mark: string
  /** Seconds played at least once. Skipped parts do not count. */
  watched_seconds: number
  /** Seconds played muted in a hidden tab. They do not count as watched. */
  hidden_seconds: number
}

/** Properties of a summary. Its seconds count from the previous summary, so that summaries add up. */
export interface VideoSummaryFact extends VideoFactBase {
  /** Seconds played for the first time. */
  watched_seconds: number
  /** Seconds played again. */
  rewatched_seconds: number
  /** Seconds played muted in a hidden tab. They do not count as watched. */
  hidden_seconds: number
  /** Longest playback without seeking, in seconds. */
  longest_seconds: number
  /** Average playback rate: 2 is twice as fast. */
  average_rate: number
  /** Number of seeks. A replay from the end does not count. */
  seeks: number
  /** Number of pauses before the end. */
  pauses: number
  /** How often playback stopped because data was missing. */
  stalls: number
}

/** Facts of `VideoProgress`, `useVideoProgress` and `useVideoSummary`. */
export interface VideoFacts {
  /** Playback began. */
  start: VideoFact
  /** Playback passed a mark. */
  progress: VideoFact
  /** The video played to its end, or was watched completely. */
  complete: VideoFact
  /** The tab was hidden, the page ended or the player was removed. */
  summary: VideoSummaryFact
}

/** Facts of `Impression`, `useImpression` and `useDwell`. */
export interface VisibilityFacts {
  /** Enough of an element was in view for long enough. */
  impression: {
    /** The `name` of the component. */
    element_name: string
    /** Share of the element in view when it counted, 0-1. */
    visible_ratio: number
    /** Seconds in view until it counted. */
    visible_seconds: number
  }
  /** After an impression, the tab was hidden, the page ended or the element was removed. */
  dwell: {
    /** The `name` of the component. */
    element_name: string
    /** Largest share of the element in view, 0-1. */
    visible_ratio: number
    /** Seconds in view since the last report. */
    visible_seconds: number
    /** Longest time in view without a break, in seconds. */
    longest_seconds: number
    /** How often the element came into view. */
    views: number
  }
}

/** Facts of `useScrollDepth`. */
export interface ScrollFacts {
  /** The user scrolled past a mark; once for each mark. */
  depth: {
    /** The mark in percent (GA4). */
    percent_scrolled: number
    /** `page`, or the `name` of a scroll container. */
    scroll_name: string
    /** Share of the content down to the lowest point seen, 0-100. */
    content_percent: number
    /** Share of the scrollable distance that was scrolled, 0-100. */
    travel_percent: number
    /** Number of screenfuls down to the lowest point seen. */
    screens: number
    /** Share of those screenfuls that were in view long enough to read, 0-100. */
    read_percent: number
    /** `reader`: at least half of the screenfuls were read. */
    reading: 'reader' | 'skimmer'
  }
}

/** Facts of `useAttention`. */
export interface AttentionFacts {
  /** The active time on this page passed a mark. */
  mark: {
    /** The mark as you wrote it: `30s`, `2min`. */
    attention_mark: string
    /** `page`, or the `name` that you gave. */
    attention_name: string
    /** Seconds visible, focused, and with activity in the last 30 s. */
    attention_seconds: number
    /** Seconds visible and focused. */
    focused_seconds: number
    /** Seconds visible. */
    visible_seconds: number
    /** Focused seconds in which a video or sound played. */
    media_seconds: number
  }
}

/** Facts of `usePage` and `tracker.page`. */
export interface PageFacts {
  /** A page scope began. */
  view: {
    /** Address without query and fragment (GA4). */
    page_location: string
    /** Title of the document (GA4). */
    page_title: string
    /** Referrer without query and fragment (GA4). */
    page_referrer: string
    /** Kind of page, if `usePage` or `page` gets a `type`. */
    page_type?: string
  }
}

/** Describes the link that the user followed. */
export interface LinkFact {
  /** Address without query and fragment; empty for `tel:`, `mailto:`, `blob:` (GA4). */
  link_url: string
  /** Domain that the link leads to (GA4). */
  link_domain: string
  /** The element's `id`; empty without one (GA4). */
  link_id: string
  /** The element's classes (GA4). */
  link_classes: string
  /** True if the link leads to a domain other than the document's and `ownDomains` (GA4). */
  outbound: boolean
  /** Text of a download link, at most 100 characters (GA4). */
  link_text?: string
  /** Value of the `download` attribute, or else the last part of the path (GA4). */
  file_name?: string
  /** Extension of a download, in lower case, without the dot (GA4). */
  file_extension?: string
}

/** Facts of `TrackedLink`, `useTrackedLink` and `useContentLinks`. Each use of a link reports one of them. */
export interface LinkFacts {
  /** The user followed a link to one of the site's own domains. */
  internal: LinkFact
  /** The user followed a link to another domain. */
  outbound: LinkFact
  /** The user followed a link that has `download`, or an extension that GA4 knows. */
  download: LinkFact & {
    /** Text of a download link, at most 100 characters (GA4). */
    link_text: string
    /** Value of the `download` attribute, or else the last part of the path (GA4). */
    file_name: string
    /** Extension of a download, in lower case, without the dot (GA4). */
    file_extension: string
  }
  /** The user followed a `tel:` link. The number is not reported. */
  phone: LinkFact
  /** The user followed a `mailto:` link. The address is not reported. */
  mail: LinkFact
}

/** Describes a search, without its term unless `reveal` returns one. */
export interface SearchFact {
  /** The `name` of the search. */
  search_name: string
  /** The term that `reveal` returned (GA4). */
  search_term?: string
  /** Number of characters of the term, without spaces around it. */
  search_length: number
  /** Number of words of the term. */
  search_words: number
  /** Number of results; absent if unknown. */
  search_results?: number
  /** Names of the filters in use, in alphabetical order, separated by commas. */
  search_filters: string
  /** Number of this search on the page, from 1. */
  search_number: number
  /** How the search differs from the previous one. */
  search_refinement: 'none' | 'narrowed' | 'widened' | 'changed' | 'filtered'
}

/** Facts of `useSearchTracking`. */
export interface SearchFacts {
  /** The user stopped typing, and the number of results is known. */
  search: SearchFact
  /** The search found nothing. Follows `search`. */
  nothing: SearchFact
  /** A filter was used for the first time on this page. */
  filter: {
    /** The `name` of the search. */
    search_name: string
    /** Name of the filter. */
    filter_name: string
  }
}

/** Describes the progress of a checklist. */
export interface ChecklistFact {
  /** The `name` of the checklist. */
  checklist_name: string
  /** Number of completed items. */
  items_completed: number
  /** Number of items. */
  items_total: number
  /** Share of completed items, 0-100, rounded. */
  progress_percent: number
}

/** Facts of `useChecklist`. */
export interface ChecklistFacts {
  /** An item was completed. */
  item: ChecklistFact & {
    /** Name of the item. */
    item_name: string
  }
  /** All items are completed. */
  complete: ChecklistFact
}

/** Facts of `useReturnVisit`. */
export interface VisitFacts {
  /** A visit began that is not the user's first one. */
  return: {
    /** Number of visits so far, from 1. */
    visit_number: number
    /** Whole days since the previous visit began. */
    days_since_last: number
  }
}

/** Identifies an embedded scheduler. It has the properties of a form fact, so that a funnel may mix both. */
export interface SchedulerFact extends FormStepFact {
  /** The scheduling service, such as `calendly`. */
  scheduler_provider: string
}

/** Facts of `TrackedScheduler` and `useScheduler`. */
export interface SchedulerFacts {
  /** At least half of the loaded scheduler was in view. */
  open: SchedulerFact
  /** The user selected a slot. The slot itself is not reported. */
  slot: SchedulerFact & {
    /** Seconds since the scheduler was opened. */
    seconds_since_start: number
  }
  /** The service confirmed the booking. */
  booked: SchedulerFact & {
    /** Seconds since the scheduler was opened. */
    seconds_since_start: number
    /** Kind of meeting, as an id or a constant of the service; absent if the service does not say. */
    meeting_type?: string
    /** Duration of the meeting; absent if the service does not say. */
    meeting_minutes?: number
  }
  /** The scheduler could not be loaded, or the booking failed. */
  failed: SchedulerFact & {
    /** Code of the service, or `error`. */
    error_code: string
    /** Seconds since the scheduler was opened. */
    seconds_since_start: number
  }
}

/** Identifies a chat. */
export interface ChatFact {
  /** The `name` of the chat. */
  chat_name: string
  /** The chat service, such as `intercom`. */
  chat_provider: string
}

/** Facts of `useChat`. No message is read. */
export interface ChatFacts {
  /** The user opened the chat. */
  open: ChatFact
  /** The user sent the first message of a conversation. */
  start: ChatFact
}

/** Facts of the functions in `react-microconversions/experiments`. */
export interface ExperimentFacts {
  /** The user saw a variant. */
  viewed: {
    /** Name of the experiment. */
    experiment_id: string
    /** Name of the variant. */
    variant_id: string
  }
}
