import { type PointerEvent, type UIEvent, useEffect, useRef } from 'react'
import type { Decision } from '../../engine/record/decision.ts'
import { useOverlay } from '../overlay-state.ts'
import type { Listing } from './listing.ts'

/**
 * Leaves out attempts newer than `heldAt`, and counts them. A list whose held attempts have all gone does not hold.
 */
export function holding(
  listing: Listing,
  heldAt = Number.POSITIVE_INFINITY,
): { readonly listing: Listing; readonly fresh: number } {
  if (heldAt === Number.POSITIVE_INFINITY) return { listing, fresh: 0 }
  const isHeld = ({ number }: Decision) => number <= heldAt
  const found = listing.found.filter(isHeld)
  const fresh = listing.found.length - found.length
  if (fresh === 0 || found.length === 0) return { listing, fresh: 0 }
  const kinds = listing.kinds.filter((_, index) => isHeld(listing.found[index] as Decision))
  return { listing: { ...listing, found, kinds }, fresh }
}

/**
 * Returns handlers for the element around the list. The list holds still under the pointer, so that no row moves away
 * from a click, and while it is scrolled.
 */
export function useHold() {
  const { timeline, record } = useOverlay()
  const isOver = useRef(false)
  const isScrolled = useRef(false)
  const release = () => timeline.setState({ heldAt: undefined })
  useEffect(() => () => timeline.setState({ heldAt: undefined }), [timeline])

  function settle() {
    if (!isOver.current && !isScrolled.current) release()
    else if (timeline.getState().heldAt === undefined)
      timeline.setState({ heldAt: record.get().decisions.at(-1)?.number })
  }

  return {
    // React misses an enter event that comes straight from another root, such as the app's.
    onPointerOver({ pointerType }: PointerEvent) {
      // A finger leaves nothing behind that a row could move away from.
      isOver.current = pointerType !== 'touch'
      settle()
    },
    onPointerOut({ currentTarget, relatedTarget }: PointerEvent) {
      isOver.current = currentTarget.contains(relatedTarget as Node | null)
      settle()
    },
    onScrollCapture({ target }: UIEvent) {
      const wasScrolled = isScrolled.current
      isScrolled.current = (target as Element).scrollTop > 0
      // Later, when the list has forgotten where it was scrolled to.
      if (wasScrolled && !isScrolled.current) setTimeout(release)
      else settle()
    },
  }
}
