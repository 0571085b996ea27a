import { useState } from 'react'
import type { Decision } from '../../engine/record/decision.ts'
import { useOverlay, useTimeline } from '../overlay-state.ts'
import { TroubleIcon } from '../parts/icons.tsx'
import { readOnce } from '../parts/read-once.ts'
import { inDigits } from '../parts/time-words.ts'
import { isProblem } from '../parts/verdict.ts'

/** Filter for mistakes, failed deliveries and failed forms, with their number. */
export function ProblemsChip({ decisions }: { readonly decisions: readonly Decision[] }) {
  const { timeline } = useOverlay()
  const only = useTimeline((now) => now.problems)
  const [read] = useState(() => readOnce(isProblem))
  const count = read(decisions).filter(Boolean).length
  return (
    <button
      type="button"
      className="chip"
      data-problems={count > 0}
      aria-pressed={only}
      onClick={() => timeline.setState({ problems: !only, shown: undefined })}
    >
      <TroubleIcon />
      <span className="chip-label">Problems</span> <span className="count">{inDigits(count)}</span>
    </button>
  )
}
