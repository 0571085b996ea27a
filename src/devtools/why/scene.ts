import type { ConsentNeed, ConsentState } from '../../engine/permission/consent-types.ts'
import type { Decision } from '../../engine/record/decision.ts'
import type { Look } from '../../engine/record/inspection.ts'
import type { CheckState } from '../parts/words.ts'

/** One condition for an event to arrive. In its texts, backticks mark code. */
export interface Check {
  readonly name: string
  readonly state: CheckState
  /** Observed value. */
  readonly seen: string
  /** How to fix it. */
  readonly fix?: string | undefined
  /** Set if the event fires, but does not reach this destination. */
  readonly undelivered?: string | undefined
}

/** Component on the page that can report the event. */
export interface Source {
  readonly component: string
  /** Facts that fire the event, such as `click` or `start`. */
  readonly facts: readonly string[]
  readonly inView: boolean
}

export interface Scene {
  readonly event: string
  /** Event names of the plan, to suggest a similar one. */
  readonly names: readonly string[]
  readonly look: Look
  readonly needs: Readonly<Record<string, ConsentNeed>>
  /** Destinations that also get events with `status: 'shadow'`. */
  readonly shadows: readonly string[]
  readonly consent: Readonly<Record<string, ConsentState>>
  /** Consent categories that this browser's Global Privacy Control denies. */
  readonly gpc: readonly string[]
  /** True if the tracker holds events while consent is pending. */
  readonly holds: boolean
  /** True if the tracker has a journey, which derived events need. */
  readonly derives: boolean
  readonly sources: readonly Source[]
  /** Newest attempt of the event, if any. */
  readonly last: Decision | undefined
  readonly attempts: number
  /** Current time in epoch ms. */
  readonly now: number
}
