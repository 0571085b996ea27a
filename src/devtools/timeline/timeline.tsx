import { type KeyboardEvent, type MouseEvent, Suspense, useMemo, useRef } from 'react'
import { useStore } from 'zustand'
import { loadLater, onLater } from '../load-later.ts'
import { useExtensions, useOverlay, useRecord, useTimeline } from '../overlay-state.ts'
import { Empty } from '../parts/empty.tsx'
import { onDemand } from '../parts/on-demand.ts'
import { inDigits, plural } from '../parts/time-words.ts'
import { isPlain, useKeys } from '../shell/use-keys.ts'
import { useNarrow } from '../shell/use-narrow.ts'
import { stepFrom } from './actions.ts'
import { AttemptList } from './attempt-list.tsx'
import { FilterBar } from './filter-bar.tsx'
import { holding, useHold } from './hold.ts'
import { ListHead } from './list-head.tsx'
import { createListing } from './listing.ts'
import { startsOf } from './runs.ts'
import { attemptsOf, indexIn } from './timeline-state.ts'
import { useExpressions } from './use-expressions.ts'

/** Loads when the tester opens the first row. */
const Detail = onLater((parts) => parts.Detail)

/** Lists all attempts and shows one in detail, side by side. In a narrow panel the detail replaces the list. */
export function Timeline() {
  const { timeline, notes: store, tracker } = useOverlay()
  const { decisions: recorded } = useRecord()
  const text = useTimeline((now) => now.text)
  const outcomes = useTimeline((now) => now.outcomes)
  const problems = useTimeline((now) => now.problems)
  const order = useTimeline((now) => now.order)
  const shown = useTimeline((now) => now.shown)
  const grouped = useTimeline((now) => now.grouped)
  const opened = useTimeline((now) => now.opened)
  const earlier = useTimeline((now) => now.earlier)
  const pausedAt = useTimeline((now) => now.pausedAt)
  const notes = useStore(store)
  const columns = useExtensions((now) => now.columns)
  const narrow = useNarrow()
  const decisions = useMemo(() => attemptsOf(recorded, { earlier, pausedAt }), [recorded, earlier, pausedAt])
  const ready = useExpressions(text)
  // biome-ignore lint/correctness/useExhaustiveDependencies: `ready` changes what the text means
  const list = useMemo(
    () => createListing({ text, outcomes, problems }, { plan: tracker.plan, notes, columns }, order),
    [text, outcomes, problems, tracker, notes, columns, order, ready],
  )
  const heldAt = useTimeline((now) => now.heldAt)
  const { listing, fresh } = useMemo(() => holding(list(decisions), heldAt), [list, decisions, heldAt])
  const starts = useMemo(() => startsOf(listing, grouped, opened), [listing, grouped, opened])
  const { found } = listing
  const place = useRef<HTMLDivElement>(null)
  const hold = useHold()
  const decision = shown === undefined ? undefined : decisions[indexIn(decisions, shown)]
  const detail = decision && (
    <Suspense fallback={<div className="detail" aria-busy="true" />}>
      <Detail key={decision.number} decision={decision} decisions={decisions} listing={listing} />
    </Suspense>
  )
  const waiting = pausedAt === undefined ? 0 : Math.max(0, (recorded.at(-1)?.number ?? 0) - pausedAt)

  useKeys(place, (event) => {
    const step = isPlain(event) ? { j: 1, k: -1 }[event.key] : undefined
    if (step === undefined) return
    event.preventDefault()
    stepFrom(timeline, { listing, starts }, step)
  })

  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== 'Escape' || event.defaultPrevented || !decision) return
    event.preventDefault()
    timeline.setState({ shown: undefined })
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape from anywhere inside
    <div ref={place} className="timeline" onKeyDown={onKeyDown}>
      {narrow && detail ? (
        detail
      ) : (
        <>
          <FilterBar decisions={decisions} waiting={waiting}>
            <Found found={found.length} total={decisions.length} />
          </FilterBar>
          <div className={detail ? 'split' : 'whole'}>
            {found.length > 0 ? (
              <div className="list-side">
                <ListHead />
                <div className="held-list" {...hold}>
                  <AttemptList listing={listing} starts={starts} />
                  {fresh > 0 && <Fresh count={fresh} />}
                </div>
              </div>
            ) : (
              <NoAttempt total={decisions.length} />
            )}
            {detail}
          </div>
        </>
      )}
    </div>
  )
}

/** Number of attempts that the filter found, and of those that are no longer in the record. */
function Found({ found, total }: { readonly found: number; readonly total: number }) {
  const { forgotten } = useRecord()
  const earlier = useTimeline((now) => now.earlier.length)
  return (
    <p className="found">
      <span>
        {found < total && `${inDigits(found)} of `}
        {plural(total, 'attempt')}
        {earlier > 0 && `, ${inDigits(earlier)} from before the reload`}
      </span>
      {forgotten > 0 && <span>{inDigits(forgotten)} earlier no longer kept</span>}
    </p>
  )
}

/** Shows the attempts that came while the list held still. */
function Fresh({ count }: { readonly count: number }) {
  const { timeline } = useOverlay()

  function show({ currentTarget }: MouseEvent) {
    const list = currentTarget.parentElement?.querySelector('.list')
    // Scrolling to the top releases the list, after the list has forgotten where it was scrolled to.
    if (list && list.scrollTop > 0) list.scrollTop = 0
    else timeline.setState({ heldAt: undefined })
  }

  return (
    <button type="button" className="fresh" onClick={show}>
      {inDigits(count)} new
    </button>
  )
}

/** Explanation of an empty timeline. Loads only if there are no attempts. */
const Quiet = onDemand(() =>
  loadLater().then(
    (parts) => parts.Quiet,
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
        onClick={() => timeline.setState({ text: '', outcomes: [], problems: false })}
      >
        Show all {inDigits(total)}
      </button>
    </Empty>
  )
}
