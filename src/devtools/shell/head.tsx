import { type ComponentPropsWithoutRef, useRef } from 'react'
import { useOverlay, useOverlayState } from '../overlay-state.ts'
import { Cross, Sliders } from '../parts/icons.tsx'
import { PopoutButton } from './popout-button.tsx'
import { Tabs } from './tabs.tsx'
import { useCatchFocus } from './use-catch-focus.ts'

interface HeadProps {
  readonly id: string
  /** In a window or an element of its own: nothing to close. */
  readonly whole: boolean
  /** The handlers that make it the handle of a floating panel. */
  readonly carry: ComponentPropsWithoutRef<'header'> | undefined
}

export function Head({ id, whole, carry }: HeadProps) {
  const { state, tracker, embedded } = useOverlay()
  const settings = useOverlayState((now) => now.settings)
  const button = useRef<HTMLButtonElement>(null)
  // The settings had it, and are closed.
  useCatchFocus(button, settings, false)

  return (
    <header className="head" data-carried={carry !== undefined} {...carry}>
      <Tabs id={id} />
      <span className="plan-name" title="Plan and version">
        {tracker.plan.name} <span className="muted">v{tracker.plan.version}</span>
      </span>
      <button
        ref={button}
        type="button"
        className="plain square"
        title="Settings"
        aria-expanded={settings}
        aria-controls={settings ? `${id}-settings` : undefined}
        onClick={() => state.setState({ settings: !settings })}
      >
        <Sliders />
        <span className="unseen">Settings</span>
      </button>
      {!whole && !embedded && <PopoutButton square />}
      {!whole && (
        <button
          type="button"
          className="plain square"
          title="Close"
          onClick={() => state.setState({ open: false })}
        >
          <Cross />
          <span className="unseen">Close</span>
        </button>
      )}
    </header>
  )
}
