import { forwardRef } from 'react'
import type { Outcome, RecordState } from '../../engine/types.ts'
import { useOverlay, useRecord } from '../overlay-state.ts'
import { Mark, OutcomeIcon } from '../parts/icons.tsx'
import { outcomes, outcomeWords } from '../parts/words.ts'

/** The closed overlay: how many fired, and how many did not. */
export const Launcher = forwardRef<HTMLButtonElement>(function Launcher(_, ref) {
  const { state } = useOverlay()
  const { counts } = useRecord('summary')
  const totals = totalsOf(counts)
  const shown = outcomes.filter((outcome) => outcome === 'fired' || totals[outcome] > 0)
  return (
    <button
      ref={ref}
      type="button"
      className="launcher"
      aria-expanded={false}
      onClick={() => state.setState({ open: true })}
    >
      <Mark />
      <span className="unseen">Open microconversions: </span>
      {shown.map((outcome) => (
        <span key={outcome} className="tally" data-outcome={outcome}>
          <OutcomeIcon outcome={outcome} />
          {totals[outcome].toLocaleString('en')} {outcomeWords[outcome].toLowerCase()}
        </span>
      ))}
    </button>
  )
})

function totalsOf(counts: RecordState['counts']): Record<Outcome, number> {
  const totals = { fired: 0, held: 0, dropped: 0, shadowed: 0 }
  for (const byOutcome of Object.values(counts)) {
    for (const outcome of outcomes) totals[outcome] += byOutcome[outcome]
  }
  return totals
}
