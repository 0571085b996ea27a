import { type KeyboardEvent, useRef } from 'react'
import { type Tab, tabs, useOverlay, useOverlayState } from '../overlay-state.ts'
import { useCatchFocus } from './use-catch-focus.ts'

const titles: Readonly<Record<Tab, string>> = {
  timeline: 'Timeline',
  plan: 'Plan',
  consent: 'Consent',
  session: 'Session',
}

export function Tabs({ id }: { readonly id: string }) {
  const { state } = useOverlay()
  const current = useOverlayState((now) => now.tab)
  const list = useRef<HTMLDivElement>(null)
  const selected = useRef<HTMLButtonElement>(null)

  // A control that changed the tab may have gone with its view.
  useCatchFocus(selected, current, false)

  function focusTab(tab: Tab) {
    list.current?.querySelector<HTMLElement>(`[data-tab=${tab}]`)?.focus()
  }

  function onKeyDown(event: KeyboardEvent) {
    const index = tabs.indexOf(current)
    const steps: Record<string, number> = {
      ArrowRight: index + 1,
      ArrowLeft: index - 1,
      Home: 0,
      End: tabs.length - 1,
    }
    const step = steps[event.key]
    const target = step === undefined ? undefined : tabs.at(step % tabs.length)
    if (!target) return
    event.preventDefault()
    state.setState({ tab: target })
    focusTab(target)
  }

  return (
    <div ref={list} role="tablist" aria-label="Views" className="tabs" onKeyDown={onKeyDown}>
      {tabs.map((tab) => (
        <button
          key={tab}
          ref={tab === current ? selected : undefined}
          type="button"
          role="tab"
          id={`${id}-${tab}`}
          aria-controls={tab === current ? `${id}-panel` : undefined}
          aria-selected={tab === current}
          data-tab={tab}
          tabIndex={tab === current ? 0 : -1}
          onClick={() => state.setState({ tab })}
        >
          {titles[tab]}
        </button>
      ))}
    </div>
  )
}
