import type { Overlay } from '../overlay-state.ts'

/** Asks why an event does not fire, from wherever its name stands. */
export function askWhy({ state, page }: Overlay, event: string): void {
  page.setState({ picked: undefined })
  state.setState({ tab: 'why', asked: event })
}
