import { useEffect, useRef } from 'react'
import { createPortal } from 'react-dom'
import { useOverlay, useOverlayState } from '../overlay-state.ts'
import { Launcher } from './launcher.tsx'
import { Panel } from './panel.tsx'
import { useShortcut } from './use-shortcut.ts'
import { useStand } from './use-stand.ts'

/** A button, or the panel: in the page, or in a window of its own. Never a modal, never a trap. */
export function OverlayView() {
  const open = useOverlayState((now) => now.open)
  const popout = useOverlayState((now) => now.popout)
  const hidden = useOverlayState((now) => now.hidden)
  const { embedded } = useOverlay()
  const stand = useStand()
  const panel = useRef<HTMLElement>(null)
  const launcher = useRef<HTMLButtonElement>(null)
  const shownBefore = useRef(false)
  const cameFrom = useShortcut()
  const inPage = embedded || (open && !popout)

  useEffect(() => {
    // Only where somebody opened or closed it: the app's page load keeps its focus.
    if (shownBefore.current && inPage) panel.current?.focus()
    if (shownBefore.current && !inPage) (cameFrom.current ?? launcher.current)?.focus()
    if (!inPage) cameFrom.current = undefined
    shownBefore.current = true
  }, [inPage, cameFrom])

  return (
    <>
      {inPage && <Panel ref={panel} stand={stand} />}
      {!inPage && !hidden && <Launcher ref={launcher} />}
      {popout && createPortal(<Panel stand="whole" />, popout.container)}
    </>
  )
}
