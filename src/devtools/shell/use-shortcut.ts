import { type RefObject, useEffect, useRef } from 'react'
import { type Overlay, useOverlay } from '../overlay-state.ts'
import { isWriting, shortcutOf } from './shortcut.ts'

/** Opens or closes the panel if the key press is the shortcut. */
export function obeyShortcut(event: KeyboardEvent, { state, embedded }: Overlay): void {
  const { shortcut, open, popout } = state.getState()
  if (embedded || !shortcut || shortcutOf(event) !== shortcut) return
  if (event.defaultPrevented || event.repeat || isWriting(event)) return
  event.preventDefault()
  if (popout) popout.window.close()
  else state.setState({ open: !open })
}

/**
 * Listens for the shortcut in the page; key presses in the overlay do not arrive there. Returns the element that had
 * the focus when the panel opened.
 */
export function useShortcut(): RefObject<HTMLElement | undefined> {
  const overlay = useOverlay()
  const cameFrom = useRef<HTMLElement | undefined>(undefined)

  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      const before = overlay.state.getState().open
      obeyShortcut(event, overlay)
      if (!before && overlay.state.getState().open) cameFrom.current = focusedElement()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [overlay])

  return cameFrom
}

/** Returns the focused element, in any open shadow root; undefined for the body. */
function focusedElement(): HTMLElement | undefined {
  let element = document.activeElement
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement
  return element instanceof HTMLElement && element !== document.body ? element : undefined
}
