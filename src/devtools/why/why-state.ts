import type { Overlay } from '../overlay-state.ts'

/** Opens the "Why not?" view for an event. */
export function askWhy({ state, page }: Overlay, event: string): void {
  page.setState({ picked: undefined })
  state.setState({ tab: 'why', asked: event, settings: false })
}
