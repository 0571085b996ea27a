import { type KeyboardEvent, Suspense, useMemo } from 'react'
import { useStore } from 'zustand'
import { useExtensions, useOverlay, useRecord, useTimeline } from '../overlay-state.ts'
import { Empty } from '../parts/empty.tsx'
import { onDemand } from '../parts/on-demand.ts'
import { inDigits, plural } from '../parts/time-words.ts'
import { useNarrow } from '../shell/use-narrow.ts'
import { AttemptList } from './attempt-list.tsx'
import { FilterBar } from './filter-bar.tsx'
import { createListing } from './listing.ts'
import { startsOf } from './runs.ts'
import { attemptsOf, indexIn } from './timeline-state.ts'

/** Comes with the first row that somebody opens. */
const Detail = onDemand(async () => (await import('./detail.tsx')).Detail)

/** Every attempt, and one of them in detail: side by side, or one in place of the other where there is no room. */
export function Timeline() {
  const { timeline, notes: store, tracker } = useOverlay()
  const { decisions: recorded, forgotten } = useRecord()
  const text = useTimeline((now) => now.text)
  const outcomes = useTimeline((now) => now.outcomes)
  const shown = useTimeline((now) => now.shown)
  const grouped = useTimeline((now) => now.grouped)
  const opened = useTimeline((now) => now.opened)
  const earlier = useTimeline((now) => now.earlier)
  const pausedAt = useTimeline((now) => now.pausedAt)
  const notes = useStore(store)
  const columns = useExtensions((now) => now.columns)
  const narrow = useNarrow()
  const decisions = useMemo(() => attemptsOf(recorded, { earlier, pausedAt }), [recorded, earlier, pausedAt])
  const list = useMemo(
    () => createListing({ text, outcomes }, { plan: tracker.plan, notes, columns }),
    [text, outcomes, tracker, notes, columns],
  )
  const listing = useMemo(() => list(decisions), [list, decisions])
  const starts = useMemo(() => startsOf(listing, grouped, opened), [listing, grouped, opened])
  const { found } = listing
  const decision = shown === undefined ? undefined : decisions[indexIn(decisions, shown)]
  const detail = decision && (
    <Suspense fallback={<div className="detail" aria-busy="true" />}>
      <Detail key={decision.number} decision={decision} decisions={decisions} listing={listing} />
    </Suspense>
  )
  const waiting = pausedAt === undefined ? 0 : Math.max(0, (recorded.at(-1)?.number ?? 0) - pausedAt)

  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== 'Escape' || event.defaultPrevented || !decision) return
    event.preventDefault()
    timeline.setState({ shown: undefined })
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape from anywhere inside
    <div className="timeline" onKeyDown={onKeyDown}>
      {narrow && detail ? (
        detail
      ) : (
        <>
          <FilterBar decisions={decisions} waiting={waiting} />
          <div className={detail ? 'split' : 'whole'}>
            {found.length > 0 ? (
              <AttemptList listing={listing} starts={starts} />
            ) : (
              <NoAttempt total={decisions.length} />
            )}
            {detail}
          </div>
          <footer className="foot">
            <span>
              {found.length < decisions.length && `${inDigits(found.length)} of `}
              {plural(decisions.length, 'attempt')}
              {earlier.length > 0 && `, ${inDigits(earlier.length)} from before the reload`}
            </span>
            {forgotten > 0 && <span>{inDigits(forgotten)} earlier no longer kept</span>}
          </footer>
        </>
      )}
    </div>
  )
}

/** What looks for the reason comes only where there is nothing else to show. */
const Quiet = onDemand(() =>
  import('../health/quiet.tsx').then(
    (loaded) => loaded.Quiet,
    () => NothingYet,
  ),
)

function NothingYet() {
  return (
    <Empty title="Nothing yet">Each attempt to emit an event appears here, with what became of it.</Empty>
  )
}

function NoAttempt({ total }: { readonly total: number }) {
  const { timeline } = useOverlay()
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
        onClick={() => timeline.setState({ text: '', outcomes: [] })}
      >
        Show all {inDigits(total)}
      </button>
    </Empty>
  )
}
