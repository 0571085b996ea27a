/** Value of a column. Objects and lists are stored as JSON text. */
export type Cell = string | number | boolean | null

/**
 * A stored event as a flat row, with the same columns in NDJSON, Parquet and ClickHouse. Times are whole epoch milliseconds, days
 * are `YYYY-MM-DD`, and texts are well-formed Unicode without NUL. A row of kind `refused` has only an id of its own, the time of
 * receipt, `issues`, and data about the request.
 */
export type EventRow = {
  /** `refused`: the event did not match the wire format, or `enrich` failed; `issues` has the path of the first fault. */
  readonly kind: 'event' | 'refused'
  /** UUID. De-duplicate rows by `id` and `name`. */
  readonly id: string
  /** The application's id of the event, such as an order number, if it is not a UUID; `id` is derived from it. */
  readonly given_id: string | null
  /** Name of the event as destinations receive it: its `wireName`, or its name in the plan. */
  readonly name: string
  readonly plan: string
  readonly plan_version: string
  readonly event_version: string
  readonly origin: 'browser' | 'server'

  /** Time of the event, corrected by the browser's clock skew if that is above a minute; never after `received_at`. */
  readonly time: number
  /** Time of the event by the browser's clock. */
  readonly time_raw: number
  /** Time of receipt by the server's clock. */
  readonly received_at: number
  /** Day of `time_raw` in UTC: the same for each copy of the event. */
  readonly day: string
  /** Day of `time` in the site's time zone (`timeZone` of the collector). */
  readonly site_day: string

  readonly session_id: string | null
  /** Id of the user: this browser profile while its storage lasts. */
  readonly anonymous_id: string
  /** The id passed to `identify`, or its SHA-256. */
  readonly user_id: string | null
  /** Number from 0 to 63, derived from `anonymous_id`. */
  readonly bucket: number
  /**
   * Wire names of the events that rollout or sampling excludes for this user, such as `,demo_booked,quiz_started,`. Null if the
   * collector does not have this version of the plan.
   */
  readonly outside: string | null

  readonly page_number: number | null
  readonly page_path: string | null
  readonly page_type: string | null
  /** The application's version. */
  readonly release: string | null
  /** Address of the session replay at the time of the event. */
  readonly replay: string | null

  readonly landing_path: string | null
  readonly referrer_class: string | null
  readonly utm_source: string | null
  readonly utm_medium: string | null
  readonly utm_campaign: string | null
  readonly utm_term: string | null
  readonly utm_content: string | null
  /** Name of an advertising platform's click parameter, such as `gclid`; never its value. */
  readonly click: string | null

  readonly device: string | null
  readonly language: string | null
  readonly time_zone: string | null
  readonly visit: number | null
  readonly returning_user: boolean | null
  readonly days_since_last: number | null
  readonly bot: boolean | null
  /** True if ids and counts outlive the page. */
  readonly persistent: boolean | null

  readonly stage: string | null
  readonly intent: string | null
  readonly goal: string | null
  readonly status: 'live' | 'shadow' | null
  readonly sample_rate: number | null
  readonly rollout: number | null

  readonly amount: number | null
  readonly currency: string | null

  readonly component: string | null
  readonly fact: string | null
  readonly fact_key: string | null
  readonly attempt_id: string | null
  /** True if a tester fired the event in the overlay. */
  readonly synthetic: boolean | null
  /** JSON list of the ids of the events that a derived event follows from. */
  readonly causes: string | null
  /** Time at which a derived event was due, if it was found later. */
  readonly due_at: number | null

  /** True if the event matches its plan. Null if it could not be checked, for example without this version of the plan. */
  readonly valid: boolean | null
  /** JSON list of the paths of faults, such as `properties.items.0.price`; `name` for an event that is not in the plan. */
  readonly issues: string
  /** Server's clock minus the browser's, in ms. Null if the batch does not say when it was sent. */
  readonly skew: number | null
  readonly request_id: string | null

  /** JSON object. */
  readonly properties: string | null
  /** JSON object of the event's scope. */
  readonly scope: string | null
  /** JSON object of the user's traits. */
  readonly traits: string | null
  /** JSON object: the variants that the user had seen, by experiment. */
  readonly experiments: string | null
  /** JSON object: the consent state of each category. */
  readonly consent: string | null
}
