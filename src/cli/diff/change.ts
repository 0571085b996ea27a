/**
 * Severity of a change:
 *
 * - `breaking`: reports that read the events stop working.
 * - `figures`: numbers before and after are not comparable.
 * - `safe`: additions.
 * - `words`: texts that only people read.
 */
export type ChangeLevel = 'breaking' | 'figures' | 'safe' | 'words'

export const changeLevels: readonly ChangeLevel[] = ['breaking', 'figures', 'safe', 'words']

export interface Change {
  readonly level: ChangeLevel
  /** Subject of the change: the name of an event, `funnel x`, or `plan`. */
  readonly of: string
  readonly event?: string
  readonly message: string
}

export function changeOf(event: string, level: ChangeLevel, message: string): Change {
  return { level, of: event, event, message }
}
