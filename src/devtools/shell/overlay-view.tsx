import { Suspense, useEffect, useRef } from 'react'
import { createPortal } from 'react-dom'
import { onLater } from '../load-later.ts'
import { useOverlay, useOverlayState } from '../overlay-state.ts'
import { Timeline } from '../timeline/timeline.tsx'
import { TimelineSlot } from '../timeline/timeline-slot.ts'
import { Launcher } from './launcher.tsx'
import { Panel } from './panel.tsx'
import { useShortcut } from './use-shortcut.ts'
import { useStand } from './use-stand.ts'

const Watch = onLater((parts) => parts.Watch)

/** Renders the button or the panel, in the page or in a separate window. Never modal, and never traps the focus. */
export function OverlayView() {
  const open = useOverlayState((now) => now.open)
  const popout = useOverlayState((now) => now.popout)
  const hidden = useOverlayState((now) => now.hidden)
  const watches = useOverlayState((now) => now.watched.length > 0)
  const { embedded } = useOverlay()
  const stand = useStand()
  const panel = useRef<HTMLElement>(null)
  const launcher = useRef<HTMLButtonElement>(null)
  const shownBefore = useRef(false)
  const cameFrom = useShortcut()
  const inPage = embedded || (open && !popout)

  useEffect(() => {
    // Moves the focus only after the tester opens or closes the panel: the app keeps its focus on page load.
    if (shownBefore.current && inPage) focusIn(panel.current)
    if (shownBefore.current && !inPage) (cameFrom.current ?? launcher.current)?.focus()
    if (!inPage) cameFrom.current = undefined
    shownBefore.current = true
  }, [inPage, cameFrom])

  return (
    <TimelineSlot.Provider value={Timeline}>
      {inPage && <Panel ref={panel} stand={stand} />}
      {!inPage && !hidden && <Launcher ref={launcher} />}
      {popout && createPortal(<Panel stand="whole" />, popout.container)}
      {watches && (
        <Suspense fallback={null}>
          <Watch />
        </Suspense>
      )}
    </TimelineSlot.Provider>
  )
}

/** Focuses the list, where arrow keys work at once; without one, the panel. */
function focusIn(panel: HTMLElement | null): void {
  const list = panel?.querySelector<HTMLElement>('.view .list')
  ;(list ?? panel)?.focus()
}
