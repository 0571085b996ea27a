import type { RefObject } from 'react'
import { useOverlay } from '../overlay-state.ts'
import { positionAt } from './places.ts'
import { useDrag } from './use-drag.ts'

/**
 * Returns handlers that drag `region` by one of its parts. It follows the pointer and settles at the nearest position.
 */
export function useCarry(region: RefObject<HTMLElement | null>) {
  const { state } = useOverlay()
  return useDrag({
    onMove: (x, y) => region.current?.style.setProperty('transform', `translate(${x}px, ${y}px)`),
    onEnd({ clientX, clientY }) {
      region.current?.style.removeProperty('transform')
      state.setState({ position: positionAt(clientX, clientY, innerWidth, innerHeight) })
    },
  })
}
