import { type ComponentType, lazy, Suspense, useId } from 'react'
import { type Tab, useOverlay, useOverlayState } from '../overlay-state.ts'
import { Cross } from '../parts/icons.tsx'
import { PlanView } from '../plan/plan-view.tsx'
import { Timeline } from '../timeline/timeline.tsx'
import { ConsentView } from '../visitor/consent-view.tsx'
import { Announcer } from './announcer.tsx'
import { Tabs } from './tabs.tsx'

const views: Readonly<Record<Tab, ComponentType>> = {
  timeline: Timeline,
  plan: PlanView,
  consent: ConsentView,
  session: lazy(async () => ({ default: (await import('../session/session-view.tsx')).SessionView })),
}

export function Panel() {
  const { state, tracker } = useOverlay()
  const tab = useOverlayState((now) => now.tab)
  const id = useId()
  const View = views[tab]
  return (
    <>
      <h2 className="unseen">Microconversions</h2>
      <header className="head">
        <Tabs id={id} />
        <span className="plan-name" title="Plan and version">
          {tracker.plan.name} <span className="muted">v{tracker.plan.version}</span>
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
        <Suspense>
          <View />
        </Suspense>
      </div>
      <Announcer />
    </>
  )

  function clear() {
    tracker.record.clear()
    state.setState({ active: undefined, shown: undefined })
  }
}
