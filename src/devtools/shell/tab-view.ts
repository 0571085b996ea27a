import type { ComponentType } from 'react'

export interface TabView {
  /** Also its name in what the overlay remembers. */
  readonly id: string
  readonly title: string
  readonly View: ComponentType
  /** Beside the title: how much there is to see. Comes when the panel is at rest. */
  readonly Count?: ComponentType | undefined
}
