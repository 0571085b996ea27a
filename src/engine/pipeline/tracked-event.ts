import type { Intent, Money } from '../../plan/event.ts'
import type { Landing } from '../page/landing-types.ts'
import type { PageContext } from '../page/page.ts'
import type { ConsentSnapshot } from '../permission/consent-types.ts'
import type { StorageKind } from '../storage/storage-kind.ts'
import type { Device } from '../who/device.ts'
import type { UserContext } from '../who/visit.ts'
import type { AddedContext } from './added-context.ts'
import type { Properties, TriggerContext } from './occurrence.ts'

/** An event as destinations receive it. */
export interface TrackedEvent {
  /** Id of the event: a UUID, or the id that `track` or the event's `id` in the plan gave. */
  readonly id: string
  /** Wire name of the event. */
  readonly name: string
  readonly version: string
  readonly properties: Properties
  /** Time of the event, epoch ms. */
  readonly time: number
  readonly page: PageContext
  readonly sessionId: string
  readonly anonymousId: string
  readonly userId?: string | undefined
  readonly context: EventContext
  readonly stage?: string | undefined
  readonly intent?: Intent | undefined
  readonly goal?: string | undefined
  readonly value?: Money | undefined
  readonly consent: ConsentSnapshot
  /** Share of units whose events are kept, 0-1. */
  readonly sampleRate: number
  /** Share of users for whom the event exists, 0-1. Undefined: all. */
  readonly rollout?: number | undefined
  /** True for an event with `status: 'shadow'`, at a destination that asks for them. */
  readonly shadow?: true | undefined
  readonly trigger: TriggerContext
  /**
   * Paths of invalid properties, such as `items.0.price`, also of those that were removed; `''` stands for all
   * properties.
   */
  readonly issues?: readonly string[] | undefined
  /** For a derived event, the ids of its causes that this destination received. */
  readonly causes?: readonly string[] | undefined
  /** Time at which a derived event was due, epoch ms, if it was found later. */
  readonly dueAt?: number | undefined
}

/** Circumstances of an event. */
export interface EventContext extends AddedContext {
  readonly plan: string
  readonly planVersion: string
  /** Version of the application, from the tracker's `release`. */
  readonly release?: string | undefined
  /** Lifetime of the event's ids and counts: the page (`memory`) or the browser's storage (`persistent`). */
  readonly storage: StorageKind
  readonly scope: Properties
  /** Start of the session. `unknown` if it was lost before consent; never guessed from a later page. */
  readonly landing: Landing | 'unknown'
  readonly device: Device
  /** The user's visits. Undefined if nothing is stored, and they are unknown. */
  readonly user?: UserContext | undefined
  /** True if the browser seems to be automated. */
  readonly bot: boolean
  /** Traits from `identify` that the tracker's `traits` allows. */
  readonly traits?: Properties | undefined
}
