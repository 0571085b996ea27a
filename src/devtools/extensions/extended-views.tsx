import { useMemo } from 'react'
import { useExtensions, useOverlay } from '../overlay-state.ts'
import { type TabView, views } from '../shell/views.tsx'
import { ExtensionBoundary } from './extension-boundary.tsx'
import type { TabExtension } from './extensions.ts'

/** The overlay's tabs, then those of the application. */
export function useViews(): readonly TabView[] {
  const tabs = useExtensions((now) => now.tabs)
  return useMemo(() => [...views, ...tabs.map(asView)], [tabs])
}

const made = new WeakMap<TabExtension, TabView>()

function asView(tab: TabExtension): TabView {
  const known = made.get(tab)
  if (known) return known
  const { id, title, View } = tab
  function ExtensionView() {
    const { tracker } = useOverlay()
    return (
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls
      <div className="scroll extension" tabIndex={0}>
        <ExtensionBoundary name={`The tab “${title}”`}>
          <View tracker={tracker} />
        </ExtensionBoundary>
      </div>
    )
  }
  const view = { id, title, View: ExtensionView }
  made.set(tab, view)
  return view
}
