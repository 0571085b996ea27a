import type { ColumnExtension, DevtoolsExtensions, TabExtension } from './extensions.ts'

/** What the overlay takes of what it is given: each id once. */
export interface Accepted {
  readonly tabs: readonly TabExtension[]
  readonly columns: readonly ColumnExtension[]
  readonly destinations: NonNullable<DevtoolsExtensions['destinations']>
  readonly styles: string
}

export const noExtensions: Accepted = { tabs: [], columns: [], destinations: {}, styles: '' }
