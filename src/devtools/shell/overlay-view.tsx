import { type KeyboardEvent, useEffect, useRef } from 'react'
import type { OverlayPosition } from '../create-devtools.tsx'
import { useOverlay, useOverlayState } from '../overlay-state.ts'
import { Launcher } from './launcher.tsx'
import { Panel } from './panel.tsx'

/** The landmark: a button, or the panel in its place. Never a modal, never a trap. */
export function OverlayView({ position }: { readonly position: OverlayPosition }) {
  const { state } = useOverlay()
  const open = useOverlayState((now) => now.open)
  const region = useRef<HTMLElement>(null)
  const launcher = useRef<HTMLButtonElement>(null)
  const shownBefore = useRef(false)

  useEffect(() => {
    // Only where somebody opened or closed it: the app's page load keeps its focus.
    if (shownBefore.current) (open ? region : launcher).current?.focus()
    shownBefore.current = true
  }, [open])

  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== 'Escape' || event.defaultPrevented || !open) return
    event.preventDefault()
    state.setState({ open: false })
  }

  return (
    <section
      ref={region}
      aria-label="Microconversions"
      className={open ? 'panel' : 'closed'}
      data-position={position}
      dir="ltr"
      lang="en"
      tabIndex={-1}
      onKeyDown={onKeyDown}
    >
      {open ? <Panel /> : <Launcher ref={launcher} />}
    </section>
  )
}
