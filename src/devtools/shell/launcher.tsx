import { forwardRef, type KeyboardEvent, useRef } from 'react'
import type { Outcome } from '../../engine/record/decision.ts'
import type { RecordState } from '../../engine/record/record-view.ts'
import { useOverlay, useOverlayState, useRecord } from '../overlay-state.ts'
import { Mark, OutcomeIcon } from '../parts/icons.tsx'
import { inDigits } from '../parts/time-words.ts'
import { outcomes, outcomeWords } from '../parts/words.ts'
import { Frame } from './frame.tsx'
import { positionBeyond } from './places.ts'
import { useCarry } from './use-carry.ts'

/**
 * Button of the closed overlay, with the number of fired events and of the others. Moves by dragging or with the arrow
 * keys.
 */
export const Launcher = forwardRef<HTMLButtonElement>(function Launcher(_, ref) {
  const { state, because } = useOverlay()
  const { counts } = useRecord('summary')
  const shortcut = useOverlayState((now) => now.shortcut)
  const region = useRef<HTMLElement>(null)
  const handlers = useCarry(region)
  const totals = totalsOf(counts)
  const shown = outcomes.filter((outcome) => outcome === 'fired' || totals[outcome] > 0)

  function onKeyDown(event: KeyboardEvent) {
    const position = positionBeyond(state.getState().position, event.key)
    if (!position) return
    event.preventDefault()
    state.setState({ position })
  }

  function open() {
    const { popout } = state.getState()
    state.setState({ open: true })
    popout?.window.close()
  }

  return (
    <Frame ref={region} className="closed">
      <button
        ref={ref}
        type="button"
        className="launcher"
        aria-expanded={false}
        aria-description="Drag it, or press an arrow key, to move it."
        aria-keyshortcuts={shortcut.replace('Ctrl', 'Control') || undefined}
        title={[because, shortcut].filter(Boolean).join(' · ') || undefined}
        onClick={open}
        onKeyDown={onKeyDown}
        {...handlers}
      >
        <Mark />
        <span className="unseen">Open microconversions: </span>
        {shown.map((outcome) => (
          <span key={outcome} className="tally" data-outcome={outcome}>
            <OutcomeIcon outcome={outcome} />
            {inDigits(totals[outcome])} {outcomeWords[outcome].toLowerCase()}
          </span>
        ))}
      </button>
    </Frame>
  )
})

function totalsOf(counts: RecordState['counts']): Record<Outcome, number> {
  const totals = { fired: 0, held: 0, dropped: 0, shadowed: 0 }
  for (const byOutcome of Object.values(counts)) {
    for (const outcome of outcomes) totals[outcome] += byOutcome[outcome]
  }
  return totals
}
