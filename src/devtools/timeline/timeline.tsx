import { type KeyboardEvent, lazy, Suspense, useMemo } from 'react'
import { useOverlay, useOverlayState, useRecord } from '../overlay-state.ts'
import { Empty } from '../parts/empty.tsx'
import { plural } from '../parts/time-words.ts'
import { useNarrow } from '../shell/use-narrow.ts'
import { AttemptList } from './attempt-list.tsx'
import { Detail } from './detail.tsx'
import { matching } from './filter.ts'
import { FilterBar } from './filter-bar.tsx'

/** Every attempt, and one of them in detail: side by side, or one in place of the other where there is no room. */
export function Timeline() {
  const { state } = useOverlay()
  const { decisions, forgotten } = useRecord()
  const text = useOverlayState((now) => now.text)
  const outcomes = useOverlayState((now) => now.outcomes)
  const shown = useOverlayState((now) => now.shown)
  const narrow = useNarrow()
  const found = useMemo(() => matching(decisions, { text, outcomes }), [decisions, text, outcomes])
  const decision = shown === undefined ? undefined : decisions.find(({ number }) => number === shown)
  const detail = decision && <Detail key={decision.number} decision={decision} />

  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== 'Escape' || event.defaultPrevented || !decision) return
    event.preventDefault()
    state.setState({ shown: undefined })
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape from anywhere inside
    <div className="timeline" onKeyDown={onKeyDown}>
      {narrow && detail ? (
        detail
      ) : (
        <>
          <FilterBar decisions={decisions} />
          <div className={detail ? 'split' : 'whole'}>
            {found.length > 0 ? <AttemptList decisions={found} /> : <NoAttempt total={decisions.length} />}
            {detail}
          </div>
          <footer className="foot">
            <span>
              {found.length < decisions.length && `${found.length.toLocaleString('en')} of `}
              {plural(decisions.length, 'attempt')}
            </span>
            {forgotten > 0 && <span>{forgotten.toLocaleString('en')} earlier no longer kept</span>}
          </footer>
        </>
      )}
    </div>
  )
}

/** What looks for the reason comes only where there is nothing else to show. */
const Quiet = lazy(async () => ({
  default: await import('../health/quiet.tsx').then(
    (loaded) => loaded.Quiet,
    () => NothingYet,
  ),
}))

function NothingYet() {
  return (
    <Empty title="Nothing yet">Each attempt to emit an event appears here, with what became of it.</Empty>
  )
}

function NoAttempt({ total }: { readonly total: number }) {
  const { state } = useOverlay()
  const { counts } = useRecord()
  if (total === 0) {
    return Object.keys(counts).length > 0 ? (
      <NothingYet />
    ) : (
      <Suspense fallback={<NothingYet />}>
        <Quiet />
      </Suspense>
    )
  }
  return (
    <Empty title="No attempt matches">
      <button
        type="button"
        className="plain boxed"
        onClick={() => state.setState({ text: '', outcomes: [] })}
      >
        Show all {total.toLocaleString('en')}
      </button>
    </Empty>
  )
}
