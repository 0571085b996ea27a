import type { ComponentType } from 'react'

/** Id of the view of the settings, which has no tab. */
export const SETTINGS = 'settings'

export interface TabView {
  /** Identifies the tab, also in localStorage. */
  readonly id: string
  /** Label of the tab. */
  readonly title: string
  readonly View: ComponentType
  /** Count beside the title. Loads 1 s after the first render. */
  readonly Count?: ComponentType | undefined
}
