import type { AnyPlan } from '../plan/define-plan.ts'
import type { Platform } from '../platform/platform.ts'
import type { SignalledCategories } from './consent-need.ts'
import type { AnyDestination } from './destination.ts'
import type { Journey, JourneyPort } from './journey-port.ts'
import type {
  AnyTracker,
  ConsentNeed,
  ConsentState,
  ConsentUpdate,
  InvalidPolicy,
  PersonalDataPolicy,
  TrackedEvent,
} from './types.ts'

export interface TrackerOptions<P extends AnyPlan> {
  readonly plan: P
  /** Default none: decisions are made and recorded, nothing is sent. */
  readonly destinations?: readonly AnyDestination[] | undefined
  /** The answers so far, for all categories or for each. Default `'pending'`. */
  readonly consent?: ConsentUpdate | ConsentState | undefined
  /**
   * Where occurrences wait while no answer is there: in `memory`, which a page load loses; in the storage of the `tab`
   * (whether that may be written before consent is the site's to judge); `none`: they are dropped. Default `'memory'`.
   */
  readonly hold?: 'memory' | 'tab' | 'none' | undefined
  /** Categories that a signal of the browser denies. Default `{ gpc: ['marketing'] }`; Do Not Track denies none. */
  readonly signals?: SignalledCategories | undefined
  /** Which consent permits ids, session and counts to be stored. Default `{ consent: 'analytics' }`. */
  readonly storage?: { readonly consent: ConsentNeed } | undefined
  /** Defaults: 30 minutes without activity, 24 hours in all. */
  readonly session?:
    | { readonly idleMinutes?: number | undefined; readonly maxHours?: number | undefined }
    | undefined
  /**
   * Handling of events with invalid properties, for destinations that do not set it: `flag` sends them with
   * the paths in `issues`, `strip` sends them without what is invalid and drops them if that is essential (a
   * value, a currency, an id), `drop` drops them. Default: `'strip'` for destinations that need `marketing`,
   * else `'flag'`.
   */
  readonly invalid?: InvalidPolicy | undefined
  /** What becomes of e-mail addresses and the like. Default: `block` in development, `redact` in production. */
  readonly personalData?: PersonalDataPolicy | undefined
  /**
   * True if texts of the page may be sent: `page.title`, `page_title`, `link_text`, `file_name` and
   * `form_submit_text`. False: they are empty, because a text may name a person ("Continue as Jane"), which no pattern
   * finds. Default true; what looks like personal data is replaced in them.
   */
  readonly texts?: boolean | undefined
  /** Query parameters that stay in addresses. Default none: neither query nor fragment is ever sent. */
  readonly urlParameters?: readonly string[] | undefined
  /** `clickIds`: the values of `gclid` and its like travel in `context.landing.campaign`. Default false. */
  readonly campaign?: { readonly clickIds?: boolean | undefined } | undefined
  /** Names of the traits given to `identify` that may travel. Default none. */
  readonly traits?: readonly string[] | undefined
  /** Automated browsers and crawlers: `context.bot` flags them, or their events are dropped. Default `'flag'`. */
  readonly bots?: 'flag' | 'drop' | undefined
  /**
   * Last word before an event is queued: returns it, changed or not, or null to drop it. Synchronous. It is not validated again;
   * `issues` stay as they were. If it throws, the event is dropped (`code-threw`).
   */
  readonly beforeSend?: ((event: TrackedEvent) => TrackedEvent | null) | undefined
  /**
   * `createTracker({ plan, journey })`, imported like this function: remembers what counted, for derived events (`after`),
   * `useFunnel`, `useIntent`, `useOccurred` and the order of funnels. Default: nothing is remembered.
   */
  readonly journey?: ((port: JourneyPort) => Journey) | undefined
  /**
   * For hot reload: the tracker that a new version of the same module replaces. It is disposed; its answers about consent take
   * the place of `consent`, and its record goes on in this one.
   *
   * @example
   * const tracker = createTracker({ plan, replaces: import.meta.hot?.data.tracker })
   * if (import.meta.hot) import.meta.hot.data.tracker = tracker
   */
  readonly replaces?: Pick<AnyTracker, 'consent' | 'dispose' | 'record'> | undefined
  /** Default: the browser. */
  readonly platform?: Platform | undefined
}
