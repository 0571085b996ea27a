import { type MouseEvent, type PointerEvent, useRef } from 'react'

/** Distance in CSS px below which a press is a click. */
const SLACK = 4

interface Drag {
  /** Called with the distance from the start in CSS px. */
  readonly onMove: (x: number, y: number) => void
  readonly onEnd: (event: PointerEvent<HTMLElement>) => void
}

/**
 * Returns handlers for a draggable element. It can be dragged by its buttons too: the click that ends a drag does not
 * reach them. The shield sends it pointer events wherever the pointer is.
 */
export function useDrag({ onMove, onEnd }: Drag) {
  const from = useRef<{ readonly x: number; readonly y: number } | undefined>(undefined)
  const dragged = useRef(false)

  function onPointerDown({ button, clientX, clientY }: PointerEvent<HTMLElement>) {
    dragged.current = false
    if (button === 0) from.current = { x: clientX, y: clientY }
  }

  function onPointerMove({ clientX, clientY }: PointerEvent<HTMLElement>) {
    if (!from.current) return
    const [x, y] = [clientX - from.current.x, clientY - from.current.y]
    if (!dragged.current && Math.hypot(x, y) < SLACK) return
    dragged.current = true
    onMove(x, y)
  }

  function onPointerUp(event: PointerEvent<HTMLElement>) {
    from.current = undefined
    if (dragged.current) onEnd(event)
  }

  function onClickCapture(click: MouseEvent) {
    // A click by keyboard has no detail.
    if (click.detail > 0 && dragged.current) click.stopPropagation()
  }

  return { onPointerDown, onPointerMove, onPointerUp, onPointerCancel: onPointerUp, onClickCapture }
}
