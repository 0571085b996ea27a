import { type MouseEvent, type PointerEvent, useRef } from 'react'

/** Nearer than this to where it began, a press is a click. CSS px. */
const SLACK = 4

interface Drag {
  /** How far the pointer has come, CSS px. */
  readonly onMove: (x: number, y: number) => void
  readonly onEnd: (event: PointerEvent<HTMLElement>) => void
}

/**
 * The handlers of what can be dragged, by its buttons too: a click that is only the end of a drag reaches none. The shield
 * sends them the pointer, wherever it goes.
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
    // By keyboard it has no detail.
    if (click.detail > 0 && dragged.current) click.stopPropagation()
  }

  return { onPointerDown, onPointerMove, onPointerUp, onPointerCancel: onPointerUp, onClickCapture }
}
