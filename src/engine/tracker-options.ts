import type { AnyPlan } from '../plan/define-plan.ts'
import type { Platform } from '../platform/platform.ts'
import type { Duration } from '../support/duration.ts'
import type { InvalidPolicy } from './decision/issue.ts'
import type { AnyDestination } from './delivery/destination.ts'
import type { SignalledCategories } from './permission/consent-need.ts'
import type { ConsentNeed, ConsentState, ConsentUpdate } from './permission/consent-types.ts'
import type { PersonalDataPolicy } from './personal-data/finding.ts'
import type { TrackedEvent } from './pipeline/tracked-event.ts'
import type { TrackerPlugin } from './plugins.ts'
import type { AnyTracker } from './tracker-api.ts'

/** Options of `createTracker`. */
export interface TrackerOptions<P extends AnyPlan> {
  /** The plan, made by `definePlan`. */
  readonly plan: P
  /** Receivers of the events. Default none: decisions are made and recorded, but nothing is sent. */
  readonly destinations?: readonly AnyDestination[] | undefined
  /** Consent so far, for all categories or for each. Default `'pending'`. */
  readonly consent?: ConsentUpdate | ConsentState | undefined
  /**
   * Storage of events that wait for an answer about consent: `memory`, which a page load clears; `tab`, the tab's
   * `sessionStorage` (you decide whether your site may write it before consent); `none`, they are dropped. Default
   * `'memory'`.
   */
  readonly hold?: 'memory' | 'tab' | 'none' | undefined
  /** Categories that a signal of the browser denies. Default `{ gpc: ['marketing'] }`; Do Not Track denies none. */
  readonly signals?: SignalledCategories | undefined
  /** Consent that permits storage of ids, session and counts. Default `{ consent: 'analytics' }`. */
  readonly storage?: { readonly consent: ConsentNeed } | undefined
  /**
   * Times after which a session ends: without activity (`idle`, default `'30min'`), and in total (`max`, default
   * `'24h'`).
   */
  readonly session?: { readonly idle?: Duration | undefined; readonly max?: Duration | undefined } | undefined
  /**
   * Handling of events with invalid properties, for destinations that do not set it: `flag` sends them with
   * the paths in `issues`, `strip` sends them without what is invalid and drops them if that is essential (a
   * value, a currency, an id), `drop` drops them. Default: `'strip'` for destinations that need `marketing`,
   * else `'flag'`.
   */
  readonly invalid?: InvalidPolicy | undefined
  /**
   * Handling of e-mail addresses and other personal data in events. Default: `block` in development, `redact` in
   * production.
   */
  readonly personalData?: PersonalDataPolicy | undefined
  /**
   * True if texts of the page may be sent: `page.title`, `page_title`, `link_text`, `file_name` and `form_submit_text`.
   * False leaves them empty, because a text may name a person ("Continue as Jane"), which no pattern finds. Default
   * true; what looks like personal data is replaced in them.
   */
  readonly texts?: boolean | undefined
  /** Query parameters that stay in addresses. Default none: neither query nor fragment is ever sent. */
  readonly urlParameters?: readonly string[] | undefined
  /**
   * Handling of campaigns. `clickIds` sends the values of `gclid` and similar parameters in `context.landing.campaign`.
   * Default false.
   */
  readonly campaign?: { readonly clickIds?: boolean | undefined } | undefined
  /**
   * Version or commit of the application, sent as `context.release`, so that you can find the release behind a change
   * in figures.
   */
  readonly release?: string | undefined
  /** Names of the traits from `identify` that may be sent. Default: none. */
  readonly traits?: readonly string[] | undefined
  /**
   * Handling of automated browsers and crawlers: `flag` marks their events with `context.bot`, `drop` drops them.
   * Default `'flag'`.
   */
  readonly bots?: 'flag' | 'drop' | undefined
  /**
   * Changes an event before it is queued: returns the event, changed or not, or null to drop it. Synchronous. The
   * result is not validated again, and `issues` stay as they were. If it throws, the event is dropped (`code-threw`).
   */
  readonly beforeSend?: ((event: TrackedEvent) => TrackedEvent | null) | undefined
  /**
   * Plugins, which are only in bundles that import them. `journey()` remembers what counted, for derived events
   * (`after`), `useFunnel`, `useIntent`, `useOccurred` and the order of funnels. Default: none.
   *
   * @example
   * const tracker = createTracker({ plan, plugins: [journey()] })
   */
  readonly plugins?: readonly TrackerPlugin[] | undefined
  /**
   * For hot reload: the tracker that a new version of the same module replaces. It is disposed. This tracker takes over
   * its consent, in place of `consent`, and continues its record.
   *
   * @example
   * const tracker = createTracker({ plan, replaces: import.meta.hot?.data.tracker })
   * if (import.meta.hot) import.meta.hot.data.tracker = tracker
   */
  readonly replaces?: Pick<AnyTracker, 'consent' | 'dispose' | 'record'> | undefined
  /** Platform, for tests. Default: the browser. */
  readonly platform?: Platform | undefined
}
