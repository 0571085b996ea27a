import { Suspense, useEffect } from 'react'
import { onLater } from '../load-later.ts'
import { useOverlay, useOverlayState } from '../overlay-state.ts'
import { usePageState } from './page-state.ts'

const PageMarks = onLater((parts) => parts.PageMarks)

/** Marks over the page. Loads when there is something to draw. */
export function OnPage() {
  const { page, embedded } = useOverlay()
  const used = usePageState(page, ({ framed, picking, marked }) => framed.length > 0 || picking || marked)
  const open = useOverlayState((now) => now.open)
  const tab = useOverlayState((now) => now.tab)

  // The control that framed an element disappears with its view, and leaving the view ends picking.
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when `open` or `tab` changes
  useEffect(() => page.setState({ framed: [], picking: false }), [page, open, tab])

  return used && (open || embedded) ? (
    <Suspense fallback={null}>
      <PageMarks />
    </Suspense>
  ) : null
}
