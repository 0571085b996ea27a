import { instrumentsOf } from '../../react/wiring/instruments.ts'
import { ask, own } from '../../support/unclobbered.ts'
import { useOverlay } from '../overlay-state.ts'
import { framing } from './page-state.ts'

/**
 * Frames the element that an attempt came from on hover, and scrolls to it on click. Renders nothing if the element is
 * unknown or no longer on the page.
 */
export function OriginButton({ number }: { readonly number: number }) {
  const { tracker, page } = useOverlay()
  const element = instrumentsOf(tracker).originOf(number)
  if (!element || !own(element, 'isConnected')) return null
  return (
    <button
      type="button"
      className="plain boxed"
      onClick={() => ask(element, 'scrollIntoView', { block: 'center', behavior: 'instant' })}
      {...framing(page, () => element)}
    >
      Show its element
    </button>
  )
}
