import { type ComponentType, useEffect, useMemo } from 'react'
import { type LaterParts, loadLater, onLater } from '../load-later.ts'
import { useExtensions, useOverlay } from '../overlay-state.ts'
import { onDemand } from '../parts/on-demand.ts'
import { Timeline } from '../timeline/timeline.tsx'
import type { TabView } from './tab-view.ts'

/** Views in the order of their tabs, after the timeline. */
const later = {
  why: onLater((parts) => parts.WhyView),
  network: onLater((parts) => parts.NetworkView),
  plan: onLater((parts) => parts.PlanView),
  journey: onLater((parts) => parts.JourneyView),
  health: onLater((parts) => parts.HealthView),
  user: onLater((parts) => parts.UserView),
  session: onLater((parts) => parts.SessionView),
  checklist: onLater((parts) => parts.ChecklistView),
} satisfies Record<string, ComponentType>

const titles: Readonly<Record<keyof typeof later, string>> = {
  why: 'Why not?',
  network: 'Network',
  plan: 'Plan',
  journey: 'Journey',
  health: 'Health',
  user: 'User',
  session: 'Session',
  checklist: 'Checklist',
}

const timeline: TabView = { id: 'timeline', title: 'Timeline', View: Timeline }
const HealthCount = atRest((parts) => parts.HealthCount)

/** Built-in tabs, in order. */
export const views: readonly TabView[] = [
  timeline,
  ...(Object.keys(later) as (keyof typeof later)[]).map((id) => ({
    id,
    title: titles[id],
    View: later[id],
    Count: id === 'health' ? HealthCount : undefined,
  })),
]

/** Loads the views while the browser is idle, so that the first look at each is immediate. */
export function usePrefetch(): void {
  useEffect(() => whenIdle(() => void loadLater().catch(() => {})), []) // the view itself reports it
}

/** Safari has no `requestIdleCallback`. */
function whenIdle(run: () => void): () => void {
  if (!('requestIdleCallback' in window)) {
    const timer = setTimeout(run, 500)
    return () => clearTimeout(timer)
  }
  const request = requestIdleCallback(run, { timeout: 5_000 })
  return () => cancelIdleCallback(request)
}

/** Returns the built-in tabs, followed by those of extensions. */
export function useViews(): readonly TabView[] {
  const added = useExtensions((now) => now.tabs)
  const { tabs } = useOverlay()
  return useMemo(() => [...views.filter(({ id }) => tabs?.includes(id) ?? true), ...added], [added, tabs])
}

/** Settings, which replace the view while they are open. */
export const Settings = onLater((parts) => parts.SettingsView)

/** Loads an optional component 1 s after it first renders. Renders nothing if loading fails. */
function atRest(select: (parts: LaterParts) => ComponentType): ComponentType {
  return onDemand<object>(async () => {
    await new Promise<void>((resolve) => setTimeout(resolve, AT_REST_MS))
    return loadLater().then(select, () => () => null)
  })
}
const AT_REST_MS = 1000

/** Former tab ids, and their current ones. */
const renamed: Readonly<Record<string, string>> = { consent: 'user', visitor: 'user' }

/**
 * Returns the tab with this id. Falls back to the timeline, because an older version may have stored an id that no
 * longer exists.
 */
export function viewOf(id: string, all: readonly TabView[] = views): TabView {
  const named = (name: string | undefined) => all.find((view) => view.id === name)
  return named(id) ?? named(renamed[id]) ?? timeline
}
