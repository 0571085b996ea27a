import type { Deliveries } from '../delivery/deliveries.ts'
import type { Knowledge } from '../knowledge.ts'
import type { Judge } from '../pipeline/judge.ts'
import type { Properties, TriggerContext } from '../pipeline/occurrence.ts'
import type { Settings } from '../settings.ts'
import type { AnyTracker } from '../tracker-api.ts'
import type { Decision } from './decision.ts'

/** Parts of a tracker: for components, and for `inspection.ts`, which only bundles with the overlay have. */
export interface TrackerParts {
  readonly settings: Settings
  /** Time at which the tracker was created, epoch ms. */
  readonly bornAt: number
  /** Returns false after `dispose`. */
  readonly isLive: () => boolean
  readonly newId: () => string
  readonly track: (event: string, properties: Properties | undefined, trigger: TriggerContext) => Decision
  readonly known: Knowledge
  readonly judge: Judge
  readonly status: Deliveries['status']
}

const parts = new WeakMap<object, TrackerParts>()

export function withParts<T extends AnyTracker>(tracker: T, its: TrackerParts): T {
  parts.set(tracker, its)
  return tracker
}

/** Returns the parts of a tracker. Undefined if it tracks nothing. */
export const partsOf = (tracker: object): TrackerParts | undefined => parts.get(tracker)

/** The trigger of all calls by hand. Frozen: it is the same one. */
export const byHand: TriggerContext = Object.freeze({ component: 'track', fact: 'call' })
