/** One occurrence that counts. A page remembers its own and, if storage is permitted, those of earlier visits. */
export interface JourneyStep {
  readonly event: string
  /** Time of the occurrence, epoch ms. */
  readonly time: number
  /** Id of its session. */
  readonly session: string
}

/** Steps of the user up to now. */
export interface History {
  /** Steps, oldest first: up to 50 of each event, from the last 180 days. */
  readonly steps: readonly JourneyStep[]
  /** Id of the present session. */
  readonly session: string
  /** Time of the snapshot, epoch ms. */
  readonly now: number
}

/**
 * Access to the user's history. Returns the same object until something changes. While it has subscribers, it also
 * changes as time passes: every ten seconds at first, every minute after a longer time without a change.
 */
export interface JourneyView {
  readonly get: () => History
  /** Returns an unsubscribe function. */
  readonly subscribe: (listener: () => void) => () => void
}

/**
 * Kind of an anomaly: `skipped-step`, a step of a funnel without the previous one; `missing-start`, the last step of a
 * funnel that never began; `double-macro`, a macro conversion twice in a session.
 */
export type AnomalyKind = 'skipped-step' | 'missing-start' | 'double-macro'

/** Event in an order that the plan does not expect. */
export interface Anomaly {
  readonly kind: AnomalyKind
  readonly funnel?: string | undefined
  /** The step that should have come first. */
  readonly missing?: string | undefined
}
