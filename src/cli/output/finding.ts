import type { Level } from '../project/settings.ts'

/** A result of `check` about a plan. */
export interface Finding {
  readonly rule: string
  readonly level: Level
  readonly message: string
  readonly events: readonly string[]
  readonly file?: string | undefined
  /** Line in `file`, from 1. */
  readonly line?: number | undefined
}
