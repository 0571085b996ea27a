import { useEffect, useRef } from 'react'
import { useOverlay } from '../overlay-state.ts'
import { usePageState } from '../page/page-state.ts'

/** Replaces the folded panel while the tester picks an element, and gives the focus back afterwards. */
export function PickBar() {
  const { page } = useOverlay()
  const catching = usePageState(page, (now) => now.catching)
  const cancel = useRef<HTMLButtonElement>(null)

  useEffect(() => {
    const root = cancel.current?.getRootNode() as ShadowRoot | undefined
    const before = root?.activeElement as HTMLElement | null | undefined
    cancel.current?.focus()
    return () => before?.focus()
  }, [])

  return (
    <div className="pick-bar">
      <span role="status">{catching ? 'Click an element of the page. Escape cancels.' : 'One moment…'}</span>
      <button
        ref={cancel}
        type="button"
        className="plain boxed"
        onClick={() => page.setState({ picking: false })}
      >
        Cancel
      </button>
    </div>
  )
}
