import { type KeyboardEvent, useEffect, useId, useLayoutEffect, useRef } from 'react'
import { useOverlay, useOverlayState, useTimeline } from '../overlay-state.ts'
import { useCatchFocus } from '../shell/use-catch-focus.ts'
import { hideLike, joinRun, openRun } from './actions.ts'
import { AttemptRow } from './attempt-row.tsx'
import type { Listing } from './listing.ts'
import { earlierProperties } from './preview.ts'
import { rowOf, runAt } from './runs.ts'
import type { Order } from './sort.ts'
import { useRowWindow } from './use-row-window.ts'

/** Row height in px. The style sheet has the same values. */
const heights = { comfortable: 44, compact: 36 } as const

interface AttemptListProps {
  readonly listing: Listing
  /** Index in `found` at which each row starts. */
  readonly starts: readonly number[]
}

const orderWords: Readonly<Record<Order, string>> = {
  newest: 'newest first',
  oldest: 'oldest first',
  event: 'by event',
  verdict: 'by outcome',
  component: 'by component',
  page: 'by page',
}

/** Lists attempts. Renders only the rows in view and the active one. */
export function AttemptList({ listing, starts }: AttemptListProps) {
  const { found, order } = listing
  const { timeline } = useOverlay()
  const rowPx = useOverlayState(({ density }) => heights[density])
  const active = useTimeline((now) => now.active)
  const shown = useTimeline((now) => now.shown)
  const list = useRef<HTMLDivElement>(null)
  const id = useId()
  const indexOf = (number: number | undefined) => (number === undefined ? -1 : rowOf(listing, starts, number))
  const activeIndex = indexOf(active)
  const shownIndex = indexOf(shown)
  const activeRun = runAt(found, starts, activeIndex)
  const rows = useRowWindow(list, { count: starts.length, rowPx, kept: activeIndex })

  // The closed detail may have had the focus.
  useCatchFocus(list, shown, active !== undefined)

  // New rows appear at the top. If the tester has scrolled down, the visible rows stay in place.
  const top = useRef<{ readonly number: number; readonly offset: number } | undefined>(undefined)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the scroll position depends on the rows only
  useLayoutEffect(() => {
    const index = indexOf(top.current?.number)
    if (!top.current || index < 0) return
    const offset = index * rowPx + top.current.offset
    if (list.current?.scrollTop !== offset) rows.scrollTo(offset)
  }, [found, starts])

  // A key or a link may have chosen a row outside of the view.
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when another row is chosen, not when rows move
  useEffect(() => {
    if (activeIndex >= 0) rows.reveal(activeIndex)
  }, [active])

  function onScroll() {
    rows.follow()
    const scrolled = list.current?.scrollTop ?? 0
    const run = scrolled > 0 ? runAt(found, starts, Math.floor(scrolled / rowPx)) : undefined
    top.current = run && { number: run.oldest.number, offset: scrolled % rowPx }
  }

  function moveTo(index: number) {
    const to = Math.max(0, Math.min(index, starts.length - 1))
    const run = runAt(found, starts, to)
    if (!run) return
    timeline.setState(({ shown: was }) => ({
      active: run.newest.number,
      shown: was === undefined ? undefined : run.newest.number,
    }))
    rows.reveal(to)
  }

  function onKeyDown(event: KeyboardEvent) {
    const page = Math.max(1, Math.floor((list.current?.clientHeight ?? 0) / rowPx) - 1)
    const targets: Record<string, number> = {
      ArrowDown: activeIndex + 1,
      ArrowUp: Math.max(0, activeIndex - 1),
      PageDown: activeIndex + page,
      PageUp: activeIndex - page,
      Home: 0,
      End: starts.length - 1,
    }
    const target = targets[event.key]
    if (target !== undefined) moveTo(target)
    else if (event.key === 'Enter' || event.key === ' ')
      timeline.setState(({ active: at }) => ({ shown: at }))
    else if (!activeRun) return
    else if (event.key === 'ArrowRight' && activeRun.length > 1) openRun(timeline, activeRun.oldest.number)
    else if (event.key === 'ArrowLeft') joinRun(timeline, listing, activeRun.newest.number)
    else if (event.key === 'Delete') hideLike(timeline, activeRun.newest)
    else return
    event.preventDefault()
  }

  return (
    <div
      ref={list}
      id={id}
      role="listbox"
      aria-label={`Attempts, ${orderWords[order]}`}
      aria-activedescendant={activeRun && `${id}-${activeRun.oldest.number}`}
      className="list"
      tabIndex={0}
      onKeyDown={onKeyDown}
      onScroll={onScroll}
    >
      <div className="rows" style={{ blockSize: starts.length * rowPx }}>
        {rows.indexes.map((index) => {
          const run = runAt(found, starts, index)
          return (
            run && (
              // Keyed by position: React updates the text of a row instead of creating a new one.
              <div key={index} className="row-place" style={{ insetBlockStart: index * rowPx }}>
                <AttemptRow
                  id={`${id}-${run.oldest.number}`}
                  decision={run.newest}
                  oldest={run.oldest.number}
                  repeats={run.length}
                  before={order === 'newest' ? run.before?.time : undefined}
                  earlier={earlierProperties(found, starts[index] ?? 0, run.newest.event)}
                  position={index + 1}
                  count={starts.length}
                  active={index === activeIndex}
                  shown={index === shownIndex}
                />
              </div>
            )
          )
        })}
      </div>
    </div>
  )
}
