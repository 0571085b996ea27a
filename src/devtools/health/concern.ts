/** Something of which somebody should know. `problem`: the numbers are wrong, or soon will be. */
export interface Concern {
  /** Stable while it lasts. */
  readonly id: string
  readonly tone: 'problem' | 'note'
  readonly title: string
  /** What was seen; never a value. */
  readonly evidence: readonly string[]
  /** Numbers of the newest attempts that show it. */
  readonly attempts: readonly number[]
  readonly mend: string
}

/** As many as are shown as evidence. */
export const MAX_SHOWN = 5
