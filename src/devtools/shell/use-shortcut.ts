import { type RefObject, useEffect, useRef } from 'react'
import { useOverlay } from '../overlay-state.ts'
import { isWriting, shortcutOf } from './shortcut.ts'

/** Opens and closes by keyboard, from anywhere but a field. Returns where the focus was when it opened. */
export function useShortcut(): RefObject<HTMLElement | undefined> {
  const { state, embedded } = useOverlay()
  const cameFrom = useRef<HTMLElement | undefined>(undefined)

  useEffect(() => {
    if (embedded) return undefined
    function onKeyDown(event: KeyboardEvent) {
      const { shortcut, open, popout } = state.getState()
      if (!shortcut || shortcutOf(event) !== shortcut) return
      if (event.defaultPrevented || event.repeat || isWriting(event)) return
      event.preventDefault()
      if (popout) {
        popout.window.close()
        return
      }
      if (!open) cameFrom.current = focusedElement()
      state.setState({ open: !open })
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [state, embedded])

  return cameFrom
}

/** In whichever shadow root it is; not the body. */
function focusedElement(): HTMLElement | undefined {
  let element = document.activeElement
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement
  return element instanceof HTMLElement && element !== document.body ? element : undefined
}
