import { type MouseEvent, type PointerEvent, useRef } from 'react'

/** Nearer than this to where it began, a press is a click. CSS px. */
const SLACK = 4

interface Drag {
  /** How far the pointer has come, CSS px. */
  readonly onMove: (x: number, y: number) => void
  readonly onEnd: (event: PointerEvent<HTMLElement>) => void
}

/**
 * The handlers of what can be dragged; the shield sends them the pointer, wherever it goes. `endsDrag` says of a click
 * whether it is only the end of a drag.
 */
export function useDrag({ onMove, onEnd }: Drag) {
  const from = useRef<{ readonly x: number; readonly y: number } | undefined>(undefined)
  const dragged = useRef(false)

  function onPointerDown({ button, target, currentTarget, clientX, clientY }: PointerEvent<HTMLElement>) {
    dragged.current = false
    const control = (target as Element).closest('button')
    if (button === 0 && (!control || control === currentTarget)) from.current = { x: clientX, y: clientY }
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

  return {
    handlers: { onPointerDown, onPointerMove, onPointerUp, onPointerCancel: onPointerUp },
    // A click by keyboard has no detail.
    endsDrag: (click: MouseEvent) => click.detail > 0 && dragged.current,
  }
}
