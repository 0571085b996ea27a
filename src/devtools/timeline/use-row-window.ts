import { type RefObject, useState } from 'react'
import { useMeasured } from '../shell/use-measured.ts'

/** Rows rendered beyond each end of the view, so that a short scroll shows no gap. */
const BEYOND = 10

interface RowWindow {
  /** Indexes of the rows to render, in order. */
  readonly indexes: readonly number[]
  /** Call on each scroll of the list. */
  readonly follow: () => void
  readonly scrollTo: (px: number) => void
  /** Scrolls a row into view, as little as possible. */
  readonly reveal: (index: number) => void
}

/** Renders only the rows in view of a list whose rows all have the same height, and the row at `kept`. */
export function useRowWindow(
  list: RefObject<HTMLElement | null>,
  { count, rowPx, kept }: { readonly count: number; readonly rowPx: number; readonly kept: number },
): RowWindow {
  const { height } = useMeasured(list)
  const [top, setTop] = useState(0)
  const inView = Math.ceil(height / rowPx) + 1
  const first = Math.max(0, Math.min(top, count - inView) - BEYOND)
  const end = Math.min(count, first + inView + 2 * BEYOND)
  const indexes = Array.from({ length: Math.max(0, end - first) }, (_, index) => first + index)
  if (kept >= 0 && kept < first) indexes.unshift(kept)
  else if (kept >= end && kept < count) indexes.push(kept)

  function follow() {
    setTop(Math.floor((list.current?.scrollTop ?? 0) / rowPx))
  }

  function scrollTo(px: number) {
    if (list.current) list.current.scrollTop = px
    // The scroll event would come after the next frame has been drawn.
    follow()
  }

  return {
    indexes,
    follow,
    scrollTo,
    reveal(index) {
      const { scrollTop = 0, clientHeight = 0 } = list.current ?? {}
      const least = (index + 1) * rowPx - clientHeight
      if (index * rowPx < scrollTop) scrollTo(index * rowPx)
      else if (least > scrollTop) scrollTo(least)
    },
  }
}
