import { type ComponentType, lazy } from 'react'
import { PlanView } from '../plan/plan-view.tsx'
import { Timeline } from '../timeline/timeline.tsx'
import { ConsentView } from '../visitor/consent-view.tsx'

export interface TabView {
  /** Also its name in what the overlay remembers. */
  readonly id: string
  readonly title: string
  readonly View: ComponentType
}

const timeline: TabView = { id: 'timeline', title: 'Timeline', View: Timeline }

/** The tabs, in their order. A view that few open is `onDemand(() => import(…).then(…))`: not a byte before its tab is chosen. */
export const views: readonly TabView[] = [
  timeline,
  { id: 'why', title: 'Why not?', View: onDemand(async () => (await import('../why/why-view.tsx')).WhyView) },
  {
    id: 'network',
    title: 'Network',
    View: onDemand(async () => (await import('../network/network-view.tsx')).NetworkView),
  },
  { id: 'plan', title: 'Plan', View: PlanView },
  { id: 'consent', title: 'Consent', View: ConsentView },
]

export function onDemand(load: () => Promise<ComponentType>): ComponentType {
  return lazy(async () => ({ default: await load() }))
}

/** The timeline for an id that no view has: an older version may have remembered it. */
export function viewOf(id: string): TabView {
  return views.find((view) => view.id === id) ?? timeline
}
