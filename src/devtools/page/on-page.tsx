import { Suspense, useEffect } from 'react'
import { useOverlay, useOverlayState } from '../overlay-state.ts'
import { onDemand } from '../parts/on-demand.ts'
import { usePageState } from './page-state.ts'

const PageMarks = onDemand(async () => (await import('./page-marks.tsx')).PageMarks)

/** What is drawn over the page: comes when there is something to draw. */
export function OnPage() {
  const { page } = useOverlay()
  const used = usePageState(page, ({ framed, picking, marked }) => framed.length > 0 || picking || marked)
  const open = useOverlayState((now) => now.open)
  const tab = useOverlayState((now) => now.tab)

  // What somebody pointed at in a view has gone with it, and who leaves picks no more.
  // biome-ignore lint/correctness/useExhaustiveDependencies: at each change of these two
  useEffect(() => page.setState({ framed: [], picking: false }), [page, open, tab])

  return used ? (
    <Suspense fallback={null}>
      <PageMarks />
    </Suspense>
  ) : null
}
