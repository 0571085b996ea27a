import type { RefObject } from 'react'
import { type Overlay, useOverlay } from '../overlay-state.ts'
import { seek, togglePause } from '../timeline/actions.ts'
import type { TabView } from './tab-view.ts'
import { isPlain, useKeys } from './use-keys.ts'
import { useViews } from './views.tsx'

/** Obeys the keys of the panel. palette/keys-help.tsx lists them. */
export function usePanelKeys(panel: RefObject<HTMLElement | null>): void {
  const overlay = useOverlay()
  const views = useViews()
  useKeys(panel, (event) => {
    const act = isPlain(event) ? actionOf(event.key, overlay, views) : undefined
    const opens = isPaletteKey(event)
    if (!act && !opens) return
    event.preventDefault()
    if (opens) overlay.state.setState({ dialog: 'commands' })
    else act?.()
  })
}

/** Ctrl+K, or Cmd+K on a Mac. */
const isPaletteKey = ({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent) =>
  (ctrlKey || metaKey) && !altKey && !shiftKey && key.toLowerCase() === 'k'

function actionOf(key: string, overlay: Overlay, views: readonly TabView[]): (() => void) | undefined {
  const { state } = overlay
  if (/^[1-9]$/.test(key)) {
    const view = views[Number(key) - 1]
    return view && (() => state.setState({ tab: view.id, settings: false }))
  }
  const actions: Readonly<Record<string, () => void>> = {
    '/': () => seek(overlay),
    p: () => togglePause(overlay),
    '?': () => state.setState({ dialog: 'keys' }),
  }
  return Object.hasOwn(actions, key) ? actions[key] : undefined
}
