import { type ComponentPropsWithoutRef, type ReactNode, useRef } from 'react'
import { useOverlay, useOverlayState } from '../overlay-state.ts'
import { Commands, Cross, DockBottom, DockRight, Sliders } from '../parts/icons.tsx'
import type { Stand } from './places.ts'
import { PopoutButton } from './popout-button.tsx'
import { SETTINGS } from './tab-view.ts'
import { Tabs } from './tabs.tsx'
import { useCatchFocus } from './use-catch-focus.ts'

interface HeadProps {
  readonly id: string
  readonly stand: Stand
  /** Id of the view that is in the panel. */
  readonly shown: string
  /** Handlers that drag a floating panel by its header. */
  readonly carry: ComponentPropsWithoutRef<'header'> | undefined
  /** Content between the tabs and the buttons. */
  readonly children: ReactNode
}

export function Head({ id, stand, shown, carry, children }: HeadProps) {
  const { state } = useOverlay()
  const settings = useOverlayState((now) => now.settings)
  const button = useRef<HTMLButtonElement>(null)
  // Restores the focus that the closed settings had.
  useCatchFocus(button, shown === SETTINGS, false)

  return (
    <header className="head" data-carried={carry !== undefined} {...carry}>
      <Tabs id={id} shown={shown} />
      {children}
      <button
        type="button"
        className="plain square"
        title="Commands (Ctrl+K)"
        aria-haspopup="dialog"
        onClick={() => state.setState({ dialog: 'commands' })}
      >
        <Commands />
        <span className="unseen">Commands</span>
      </button>
      <button
        ref={button}
        type="button"
        className="plain square"
        title="Settings"
        aria-expanded={settings}
        aria-controls={shown === SETTINGS ? `${id}-settings` : undefined}
        onClick={() => state.setState({ settings: !settings })}
      >
        <Sliders />
        <span className="unseen">Settings</span>
      </button>
      <Places stand={stand} />
    </header>
  )
}

/** Buttons that move or close the panel. One that fills a window or an element has none, and a sheet only closes. */
function Places({ stand }: Pick<HeadProps, 'stand'>) {
  const { state } = useOverlay()
  if (stand === 'whole') return null
  const next = stand === 'bottom' ? 'right' : 'bottom'
  const dock = `Dock ${next === 'right' ? 'at the right' : 'at the bottom'}`
  return (
    <>
      {stand !== 'sheet' && (
        <>
          <button
            type="button"
            className="plain square"
            title={dock}
            onClick={() => state.setState({ layout: next })}
          >
            {next === 'right' ? <DockRight /> : <DockBottom />}
            <span className="unseen">{dock}</span>
          </button>
          <PopoutButton square />
        </>
      )}
      <button
        type="button"
        className="plain square"
        title="Close"
        onClick={() => state.setState({ open: false })}
      >
        <Cross />
        <span className="unseen">Close</span>
      </button>
    </>
  )
}
