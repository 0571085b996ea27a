import { type KeyboardEvent, Suspense, useEffect, useRef } from 'react'
import { useOverlay, useOverlayState } from '../overlay-state.ts'
import { useCatchFocus } from './use-catch-focus.ts'
import { useMeasured } from './use-measured.ts'
import { useViews, viewOf } from './views.tsx'

/** CSS px at each end where tabs fade out: the style sheet says the same. */
const FADE = 10

export function Tabs({ id }: { readonly id: string }) {
  const { state } = useOverlay()
  const views = useViews()
  const current = viewOf(
    useOverlayState((now) => now.tab),
    views,
  )
  const settings = useOverlayState((now) => now.settings)
  const list = useRef<HTMLDivElement>(null)
  const selected = useRef<HTMLButtonElement>(null)

  // A control that changed the tab may have gone with its view.
  useCatchFocus(selected, current.id, false)

  const choose = (tab: string) => state.setState({ tab, settings: false })

  const { width } = useMeasured(list)

  // Where there are more tabs than room, the chosen one is in sight.
  // biome-ignore lint/correctness/useExhaustiveDependencies: at each change of the tab and of the room
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
          aria-controls={view === current && !settings ? `${id}-panel` : undefined}
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
