/**
 * Kind of an alarm:
 *
 * - `silence`: no event for longer than usual at these hours.
 * - `sessions`: many more or fewer sessions than on such a day.
 * - `missing`, `dropped`, `risen`: an event happened never, less often, or more often per session than before.
 * - `never seen`: an event of the plan has not happened once.
 * - `issues`: more events are invalid, or at a new path.
 * - `property`: a property that almost all events had is gone.
 * - `unknown events`: events arrive that the plan does not have.
 * - `copies`: events arrive many times, or different events have one id.
 * - `clock`: most events come from wrong clocks.
 * - `bots`: the share of bots has doubled.
 * - `old version`: many events come from a version of the plan that was replaced two weeks ago.
 */
export type AlarmKind =
  | 'silence'
  | 'sessions'
  | 'missing'
  | 'dropped'
  | 'risen'
  | 'never seen'
  | 'issues'
  | 'property'
  | 'unknown events'
  | 'copies'
  | 'clock'
  | 'bots'
  | 'old version'

/** Something that needs a look. */
export interface Alarm {
  readonly kind: AlarmKind
  /** Name of the event in the plan; null if the alarm is about all events. */
  readonly event: string | null
  /** Owner of the event in the plan. */
  readonly owner: string | null
  /** First day with this alarm, `YYYY-MM-DD`. */
  readonly since: string
  /** False if there was such an alarm in the 7 days before: it was reported then. */
  readonly isNew: boolean
  /** Release of the application that appeared when the alarm began. Null if none did, or it is unknown. */
  readonly release: string | null
  /** One sentence with the figures. It contains no text of strangers. */
  readonly message: string
}
