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
}

export interface FormFacts {
  /** GA4: `form_start`. First real interaction of an attempt: typing, choosing, paste or autofill; not focus alone. */
  start: FormFact & { form_destination: string; field_name: string }
  /** A field was left after a change: `corrected` was invalid before and is valid now. Names, never values. */
  field: FormStepFact & { field_name: string; field_state: 'valid' | 'invalid' | 'corrected' }
  /** A step came into view. */
  step: FormStepFact & { step_direction: 'forward' | 'back' }
  /** GA4: `form_submit`. An attempt to submit that passed native validation; `navigated`: the document leaves with it. */
  submit: FormFact & { form_destination: string; form_submit_text: string; navigated: boolean }
  /** The submission is known to have worked. */
  success: FormFact & { seconds_since_start: number }
  /** Known to have failed: native or library validation (`validation`), an error, or the code given to `fail`. */
  failure: FormFact & { error_code: string; invalid_fields: number; seconds_since_start: number }
  /** Started and left without a known end: removed, another page, or the document unloaded. Once for each attempt. */
  abandon: FormStepFact & { last_field: string; seconds_since_start: number; fields_completed: number }
  /** The same attempt goes on after `abandon`: the visitor came back to a page kept alive by the browser. */
  resume: FormFact & { seconds_since_start: number }
}

/** One shape for all three facts of a media element. */
export interface VideoFact {
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
  /** GA4: `video_percent`: the mark for `progress` (0 for a mark in seconds), 0 for `start`, 100 for `complete`. */
  video_percent: number
  /** GA4: `visible`: any part of the player is in the viewport of a visible tab. */
  visible: boolean
  /** The mark passed, as written: `25%`, `30s`; `start`, `complete`. */
  video_mark: string
  /** Seconds of the film really played at least once: skipped parts do not count, repeats count once. */
  watched_seconds: number
  /** `watched_seconds` of the duration, 0-100. */
  watched_percent: number
  /** The furthest position, 0-100, also by a jump. */
  reached_percent: number
  /** Played while muted in a hidden tab: not watched. */
  hidden_seconds: number
  /** How often playback began from the start. */
  plays: number
}

export interface VideoFacts {
  /** GA4: `video_start`. */
  start: VideoFact
  /** GA4: `video_progress`. */
  progress: VideoFact
  /** GA4: `video_complete`. Played to the end position, or watched whole. */
  complete: VideoFact
}

export interface PageFacts {
  /** GA4: `page_view`. */
  view: {
    /** GA4: `page_location`, without query and fragment. */
    page_location: string
    page_title: string
    /** GA4: `page_referrer`, without query and fragment. */
    page_referrer: string
  }
}
