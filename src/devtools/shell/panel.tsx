import { useId } from 'react'
import { useOverlay, useOverlayState } from '../overlay-state.ts'
import { Cross } from '../parts/icons.tsx'
import { Announcer } from './announcer.tsx'
import { Tabs } from './tabs.tsx'
import { ViewBoundary } from './view-boundary.tsx'
import { viewOf } from './views.tsx'

export function Panel() {
  const { state, tracker } = useOverlay()
  const { id: tab, View } = viewOf(useOverlayState((now) => now.tab))
  const id = useId()
  return (
    <>
      <h2 className="unseen">Microconversions</h2>
      <header className="head">
        <Tabs id={id} />
        <span className="plan-name" title="Plan and version">
          {tracker.plan.name} {tracker.plan.version && <span className="muted">v{tracker.plan.version}</span>}
        </span>
        <button type="button" className="plain" onClick={clear}>
          Clear
        </button>
        <button type="button" className="plain square" onClick={() => state.setState({ open: false })}>
          <Cross />
          <span className="unseen">Close</span>
        </button>
      </header>
      <div id={`${id}-panel`} role="tabpanel" aria-labelledby={`${id}-${tab}`} className="view">
        <ViewBoundary key={tab}>
          <View />
        </ViewBoundary>
      </div>
      <Announcer />
    </>
  )

  function clear() {
    tracker.record.clear()
    state.setState({ active: undefined, shown: undefined })
  }
}
