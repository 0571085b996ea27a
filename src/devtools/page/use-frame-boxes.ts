import { useEffect, useState } from 'react'
import { ask, own } from '../../support/unclobbered.ts'

export interface Box {
  readonly top: number
  readonly left: number
  readonly width: number
  readonly height: number
}

/**
 * Returns the viewport boxes of the elements, updated once per frame; null for an element outside of the viewport. Idle
 * without elements.
 */
export function useFrameBoxes(elements: readonly Element[]): readonly (Box | null)[] {
  const [boxes, setBoxes] = useState<readonly (Box | null)[]>([])
  useEffect(() => {
    if (elements.length === 0) return setBoxes([])
    let frame = 0
    const follow = () => {
      frame = requestAnimationFrame(follow)
      const next = elements.map(boxOf)
      setBoxes((before) => (same(before, next) ? before : next))
    }
    follow()
    return () => cancelAnimationFrame(frame)
  }, [elements])
  return boxes
}

function boxOf(element: Element): Box | null {
  if (!own(element, 'isConnected')) return null
  const { top, left, width, height } = ask(element, 'getBoundingClientRect')
  const { clientWidth, clientHeight } = own(element, 'ownerDocument').documentElement
  const seen =
    width > 0 &&
    height > 0 &&
    top < clientHeight &&
    left < clientWidth &&
    top + height > 0 &&
    left + width > 0
  return seen ? { top, left, width, height } : null
}

function same(before: readonly (Box | null)[], next: readonly (Box | null)[]): boolean {
  return (
    before.length === next.length &&
    next.every((box, index) => {
      const other = before[index]
      if (!box || !other) return box === (other ?? null)
      return (
        box.top === other.top &&
        box.left === other.left &&
        box.width === other.width &&
        box.height === other.height
      )
    })
  )
}
