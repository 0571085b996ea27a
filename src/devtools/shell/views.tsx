import { type ComponentType, useMemo } from 'react'
import { useExtensions } from '../overlay-state.ts'
import { onDemand } from '../parts/on-demand.ts'
import { Timeline } from '../timeline/timeline.tsx'
import type { TabView } from './tab-view.ts'

const timeline: TabView = { id: 'timeline', title: 'Timeline', View: Timeline }

/** The tabs, in their order. Of those that few open not a byte comes before its tab is chosen. */
export const views: readonly TabView[] = [
  timeline,
  { id: 'why', title: 'Why not?', View: onDemand(async () => (await import('../why/why-view.tsx')).WhyView) },
  {
    id: 'network',
    title: 'Network',
    View: onDemand(async () => (await import('../network/network-view.tsx')).NetworkView),
  },
  { id: 'plan', title: 'Plan', View: onDemand(async () => (await import('../plan/plan-view.tsx')).PlanView) },
  {
    id: 'journey',
    title: 'Journey',
    View: onDemand(async () => (await import('../journey/journey-view.tsx')).JourneyView),
  },
  {
    id: 'health',
    title: 'Health',
    View: onDemand(async () => (await import('../health/health-view.tsx')).HealthView),
    Count: atRest(async () => (await import('../health/health-count.tsx')).HealthCount),
  },
  {
    id: 'visitor',
    title: 'Visitor',
    View: onDemand(async () => (await import('../visitor/visitor-view.tsx')).VisitorView),
  },
  {
    id: 'session',
    title: 'Session',
    View: onDemand(async () => (await import('../session/session-view.tsx')).SessionView),
  },
]

/** With those of extensions after them. */
export function useViews(): readonly TabView[] {
  const tabs = useExtensions((now) => now.tabs)
  return useMemo(() => [...views, ...tabs], [tabs])
}

/** In the place of the view while they are open. */
export const Settings = onDemand(async () => (await import('./settings-view.tsx')).SettingsView)

/** Nothing, where it cannot be loaded: it is an extra. */
function atRest(load: () => Promise<ComponentType>): ComponentType {
  return onDemand(async () => {
    await new Promise<void>((resolve) => setTimeout(resolve, AT_REST_MS))
    return load().catch(() => () => null)
  })
}
const AT_REST_MS = 1000

/** Names of before. */
const renamed: Readonly<Record<string, string>> = { consent: 'visitor' }

/** The timeline for an id that no view has: an older version may have remembered it. */
export function viewOf(id: string, all: readonly TabView[] = views): TabView {
  const named = (name: string | undefined) => all.find((view) => view.id === name)
  return named(id) ?? named(renamed[id]) ?? timeline
}
