import type { Look } from '../../engine/inspection.ts'
import type { ConsentNeed, ConsentState, Decision } from '../../engine/types.ts'
import type { CheckState } from '../parts/words.ts'

/** One of the things that must be so before an event arrives. In its texts, what stands between backticks is code. */
export interface Check {
  readonly name: string
  readonly state: CheckState
  /** The value seen. */
  readonly seen: string
  /** How to make it pass. */
  readonly mend?: string | undefined
  /** The event has fired: this is about the way to that destination. */
  readonly undelivered?: string | undefined
}

/** What could report the event. */
export interface Source {
  readonly component: string
  /** The facts that stand for the event: `click`, `start`. */
  readonly facts: readonly string[]
  readonly inView: boolean
}

export interface Scene {
  readonly event: string
  /** Names of the plan, for a near miss. */
  readonly names: readonly string[]
  readonly look: Look
  readonly needs: Readonly<Record<string, ConsentNeed>>
  readonly consent: Readonly<Record<string, ConsentState>>
  /** Categories that Global Privacy Control of this browser denies. */
  readonly gpc: readonly string[]
  /** Whether what has no answer yet waits for one. */
  readonly holds: boolean
  /** Whether the tracker has a journey: without one no event follows from others. */
  readonly derives: boolean
  readonly sources: readonly Source[]
  /** The newest attempt, if there was one. */
  readonly last: Decision | undefined
  readonly attempts: number
  /** Epoch ms. */
  readonly now: number
}
