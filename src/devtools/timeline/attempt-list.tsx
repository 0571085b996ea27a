import { type KeyboardEvent, useId, useLayoutEffect, useRef } from 'react'
import { Virtualizer, type VirtualizerHandle } from 'virtua'
import type { Decision } from '../../engine/types.ts'
import { useOverlay, useOverlayState } from '../overlay-state.ts'
import { useCatchFocus } from '../shell/use-catch-focus.ts'
import { AttemptRow } from './attempt-row.tsx'

/** Height of a row in px; the style sheet says the same. */
const ROW = 44

/** Newest first; only the rows in view are in the document, and the one with the keyboard. */
export function AttemptList({ decisions }: { readonly decisions: readonly Decision[] }) {
  const { state } = useOverlay()
  const active = useOverlayState((now) => now.active)
  const shown = useOverlayState((now) => now.shown)
  const list = useRef<HTMLDivElement>(null)
  const id = useId()
  const activeIndex = active === undefined ? -1 : indexOf(decisions, active)
  const scroller = useRef<VirtualizerHandle>(null)
  // The detail that is closed may have had it.
  useCatchFocus(list, shown, active !== undefined)

  // Rows arrive on top: whoever has scrolled away from there keeps what is under the eyes.
  const top = useRef<{ readonly number: number; readonly offset: number } | undefined>(undefined)
  const before = useRef(decisions)
  const onTop =
    decisions[0]?.number !== before.current[0]?.number &&
    decisions.at(-1)?.number === before.current.at(-1)?.number
  useLayoutEffect(() => {
    before.current = decisions
    const index = top.current ? indexOf(decisions, top.current.number) : -1
    if (!top.current || index < 0) return
    const offset = index * ROW + top.current.offset
    // Where others went from the bottom meanwhile, `shift` has not seen it.
    if (list.current?.scrollTop !== offset) scroller.current?.scrollTo(offset)
  }, [decisions])

  function rememberTop() {
    const scrolled = list.current?.scrollTop ?? 0
    const decision = scrolled > 0 ? decisions[Math.floor(scrolled / ROW)] : undefined
    top.current = decision && { number: decision.number, offset: scrolled % ROW }
  }

  function moveTo(index: number) {
    const decision = decisions[Math.max(0, Math.min(index, decisions.length - 1))]
    if (!decision) return
    state.setState(({ shown: before }) => ({
      active: decision.number,
      shown: before === undefined ? undefined : decision.number,
    }))
    scroller.current?.scrollToIndex(indexOf(decisions, decision.number), { align: 'nearest' })
  }

  function onKeyDown(event: KeyboardEvent) {
    const page = Math.max(1, Math.floor((list.current?.clientHeight ?? 0) / ROW) - 1)
    const targets: Record<string, number> = {
      ArrowDown: activeIndex + 1,
      ArrowUp: Math.max(0, activeIndex - 1),
      PageDown: activeIndex + page,
      PageUp: activeIndex - page,
      Home: 0,
      End: decisions.length - 1,
    }
    const target = targets[event.key]
    if (target !== undefined) moveTo(target)
    else if (event.key === 'Enter' || event.key === ' ') state.setState(({ active: at }) => ({ shown: at }))
    else return
    event.preventDefault()
  }

  return (
    <div
      ref={list}
      id={id}
      role="listbox"
      aria-label="Attempts, newest first"
      aria-activedescendant={activeIndex < 0 ? undefined : `${id}-${active}`}
      className="list"
      tabIndex={0}
      onKeyDown={onKeyDown}
      onScroll={rememberTop}
    >
      <Virtualizer
        ref={scroller}
        data={decisions}
        itemSize={ROW}
        shift={onTop && top.current !== undefined}
        keepMounted={activeIndex < 0 ? [] : [activeIndex]}
      >
        {(decision, index) => (
          <AttemptRow
            key={decision.number}
            id={`${id}-${decision.number}`}
            decision={decision}
            position={index + 1}
            count={decisions.length}
            active={decision.number === active}
            shown={decision.number === shown}
          />
        )}
      </Virtualizer>
    </div>
  )
}

/** Newest first: numbers fall. */
function indexOf(decisions: readonly Decision[], number: number): number {
  let low = 0
  let high = decisions.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const found = decisions[middle]?.number ?? 0
    if (found === number) return middle
    if (found > number) low = middle + 1
    else high = middle - 1
  }
  return -1
}
