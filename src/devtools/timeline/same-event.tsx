import { useState } from 'react'
import { useStore } from 'zustand'
import type { Decision } from '../../engine/record/decision.ts'
import { duration } from '../../support/duration-in-words.ts'
import { useOverlay } from '../overlay-state.ts'
import { Section } from '../parts/section.tsx'
import { verdictOf, verdictWords } from '../parts/verdict.ts'
import { DifferenceTable } from './difference-table.tsx'
import { indexIn } from './timeline-state.ts'

interface SameEventProps {
  readonly decision: Decision
  /** All attempts, oldest first. */
  readonly decisions: readonly Decision[]
}

/** Links to the previous and the next attempt of the same event, and to marked ones; compares with each of them. */
export function SameEvent({ decision, decisions }: SameEventProps) {
  const { timeline, notes } = useOverlay()
  const marked = useStore(notes)
  const [compared, setCompared] = useState<number>()
  const at = indexIn(decisions, decision.number)
  const isSame = ({ event }: Decision) => event === decision.event
  const neighbours = [decisions.slice(0, at).findLast(isSame), decisions.slice(at + 1).find(isSame)]
  const others = new Set([
    ...neighbours.filter((other) => other !== undefined),
    ...decisions.filter(({ number }) => marked[number]?.marked && number !== decision.number).slice(-5),
  ])
  return (
    <Section title="Same event, and marked attempts">
      {others.size === 0 && <p className="muted">No other attempt.</p>}
      <ul>
        {[...others].map((other) => (
          <li key={other.number}>
            <button
              type="button"
              className="link"
              onClick={() => timeline.setState({ active: other.number, shown: other.number })}
            >
              {isSame(other) ? '' : `${other.event} `}
              {duration(Math.abs(other.time - decision.time))}{' '}
              {other.time < decision.time ? 'earlier' : 'later'}
            </button>{' '}
            <span className="muted">{verdictWords[verdictOf(other)].toLowerCase()}</span>{' '}
            <button
              type="button"
              className="link"
              aria-expanded={compared === other.number}
              onClick={() => setCompared(compared === other.number ? undefined : other.number)}
            >
              Compare<span className="unseen"> with attempt {other.number}</span>
            </button>
            {compared === other.number && <DifferenceTable decision={decision} other={other} />}
          </li>
        ))}
      </ul>
    </Section>
  )
}
