import { type KeyboardEvent, useId, useLayoutEffect, useRef } from 'react'
import { Virtualizer, type VirtualizerHandle } from 'virtua'
import { useOverlay, useOverlayState, useTimeline } from '../overlay-state.ts'
import { useCatchFocus } from '../shell/use-catch-focus.ts'
import { hideLike, joinRun, openRun } from './actions.ts'
import { AttemptRow } from './attempt-row.tsx'
import type { Listing } from './listing.ts'
import { rowOf, runAt } from './runs.ts'

/** Height of a row in px; the style sheet says the same. */
const heights = { comfortable: 44, compact: 36 } as const

interface AttemptListProps {
  readonly listing: Listing
  /** Where each row starts in it. */
  readonly starts: readonly number[]
}

/** Newest first; only the rows in view are in the document, and the one with the keyboard. */
export function AttemptList({ listing, starts }: AttemptListProps) {
  const { found } = listing
  const { timeline } = useOverlay()
  const rowPx = useOverlayState(({ density }) => heights[density])
  const active = useTimeline((now) => now.active)
  const shown = useTimeline((now) => now.shown)
  const list = useRef<HTMLDivElement>(null)
  const scroller = useRef<VirtualizerHandle>(null)
  const id = useId()
  const indexOf = (number: number | undefined) => (number === undefined ? -1 : rowOf(found, starts, number))
  const activeIndex = indexOf(active)
  const shownIndex = indexOf(shown)
  const activeRun = runAt(found, starts, activeIndex)

  // The detail that is closed may have had it.
  useCatchFocus(list, shown, active !== undefined)

  // Rows arrive on top: whoever has scrolled away from there keeps what is under the eyes.
  const top = useRef<{ readonly number: number; readonly offset: number } | undefined>(undefined)
  const before = useRef(found)
  const onTop =
    found[0]?.number !== before.current[0]?.number && found.at(-1)?.number === before.current.at(-1)?.number
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is under the eyes moves with the rows only
  useLayoutEffect(() => {
    before.current = found
    const index = indexOf(top.current?.number)
    if (!top.current || index < 0) return
    const offset = index * rowPx + top.current.offset
    // Rows that went from the bottom meanwhile, or in between: `shift` has not seen them.
    if (list.current?.scrollTop !== offset) scroller.current?.scrollTo(offset)
  }, [found, starts])

  function rememberTop() {
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
    scroller.current?.scrollToIndex(to, { align: 'nearest' })
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
      aria-label="Attempts, newest first"
      aria-activedescendant={activeRun && `${id}-${activeRun.oldest.number}`}
      className="list"
      tabIndex={0}
      onKeyDown={onKeyDown}
      onScroll={rememberTop}
    >
      <Virtualizer
        ref={scroller}
        data={starts}
        itemSize={rowPx}
        shift={onTop && top.current !== undefined}
        keepMounted={activeIndex < 0 ? [] : [activeIndex]}
      >
        {(_, index) => {
          const run = runAt(found, starts, index)
          return run ? (
            <AttemptRow
              // By place: a row that another takes the place of changes its text, and is not made anew.
              key={index}
              id={`${id}-${run.oldest.number}`}
              decision={run.newest}
              oldest={run.oldest.number}
              repeats={run.length}
              before={run.before?.time}
              position={index + 1}
              count={starts.length}
              active={index === activeIndex}
              shown={index === shownIndex}
            />
          ) : (
            <div key={index} />
          )
        }}
      </Virtualizer>
    </div>
  )
}
