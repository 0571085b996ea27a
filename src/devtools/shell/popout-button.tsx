import { useState } from 'react'
import { useOverlay } from '../overlay-state.ts'
import { NewWindow } from '../parts/icons.tsx'
import { popOut } from './popout.ts'

/**
 * Button that moves the panel to a separate window, and shows in its label if the browser blocks it. `square`: shows an
 * icon, with the label for screen readers.
 */
export function PopoutButton({ square = false }: { readonly square?: boolean | undefined }) {
  const overlay = useOverlay()
  const [blocked, setBlocked] = useState(false)
  const label = blocked ? 'The browser blocked the window' : 'Open in a window'

  async function open() {
    if (!(await popOut(overlay))) setBlocked(true)
  }

  return (
    <button
      type="button"
      className={square ? 'plain square roomy' : 'plain boxed'}
      title={label}
      onClick={open}
    >
      {square && <NewWindow />}
      <span className={square ? 'unseen' : undefined} aria-live="polite">
        {label}
      </span>
    </button>
  )
}
