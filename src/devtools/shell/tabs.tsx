import { type KeyboardEvent, Suspense, useEffect, useRef } from 'react'
import { useOverlay, useOverlayState } from '../overlay-state.ts'
import { SETTINGS } from './tab-view.ts'
import { useCatchFocus } from './use-catch-focus.ts'
import { useMeasured } from './use-measured.ts'
import { useViews, viewOf } from './views.tsx'

/** Width in CSS px over which the tabs fade out at each end. The style sheet has the same value. */
const FADE = 10

interface TabsProps {
  readonly id: string
  /** Id of the view that is in the panel. */
  readonly shown: string
}

export function Tabs({ id, shown }: TabsProps) {
  const { state } = useOverlay()
  const views = useViews()
  const current = viewOf(
    useOverlayState((now) => now.tab),
    views,
  )
  const settings = useOverlayState((now) => now.settings)
  const list = useRef<HTMLDivElement>(null)
  const selected = useRef<HTMLButtonElement>(null)

  // The control that changed the tab may have disappeared with its view.
  useCatchFocus(selected, shown === SETTINGS ? current.id : shown, false)

  const choose = (tab: string) => state.setState({ tab, settings: false })

  const { width } = useMeasured(list)

  // Scrolls the selected tab into view.
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when the tab or the width changes
  useEffect(() => {
    const [all, tab] = [list.current, selected.current]
    if (!all || !tab) return
    const [start, end] = [tab.offsetLeft - FADE, tab.offsetLeft + tab.offsetWidth + FADE]
    all.scrollLeft = Math.min(start, Math.max(all.scrollLeft, end - all.clientWidth))
  }, [current.id, width])

  function onKeyDown(event: KeyboardEvent) {
    const index = views.indexOf(current)
    const steps: Record<string, number> = {
      ArrowRight: index + 1,
      ArrowLeft: index - 1,
      Home: 0,
      End: views.length - 1,
    }
    const step = steps[event.key]
    const target = step === undefined ? undefined : views.at(step % views.length)
    if (!target) return
    event.preventDefault()
    choose(target.id)
    list.current?.querySelector<HTMLElement>(`[data-tab=${target.id}]`)?.focus()
  }

  return (
    <div ref={list} role="tablist" aria-label="Views" className="tabs" onKeyDown={onKeyDown}>
      {views.map((view) => (
        <button
          key={view.id}
          ref={view === current ? selected : undefined}
          type="button"
          role="tab"
          id={`${id}-${view.id}`}
          aria-controls={view === current && shown !== SETTINGS ? `${id}-panel` : undefined}
          aria-selected={view === current && !settings}
          data-tab={view.id}
          tabIndex={view === current ? 0 : -1}
          onClick={() => choose(view.id)}
        >
          {view.title}
          {view.Count && (
            <Suspense fallback={null}>
              <view.Count />
            </Suspense>
          )}
        </button>
      ))}
    </div>
  )
}
