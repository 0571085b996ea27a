import { memo } from 'react'
import type { Decision } from '../../engine/types.ts'
import { useOverlay } from '../overlay-state.ts'
import { VerdictIcon } from '../parts/icons.tsx'
import { plainText, shorten } from '../parts/plain-value.ts'
import { clockTime } from '../parts/time-words.ts'
import { newsOf, outcomeWords, toneOf } from '../parts/words.ts'

interface AttemptRowProps {
  readonly id: string
  readonly decision: Decision
  /** From 1. */
  readonly position: number
  readonly count: number
  readonly active: boolean
  readonly shown: boolean
}

export const AttemptRow = memo(function AttemptRow({
  id,
  decision,
  position,
  count,
  active,
  shown,
}: AttemptRowProps) {
  const { state } = useOverlay()
  const { event, outcome, properties, time, trigger, first } = decision
  const news = newsOf(decision)
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list has the keys
    // biome-ignore lint/a11y/useFocusableInteractive: the list has the focus, and names its active row
    <div
      id={id}
      role="option"
      aria-selected={shown}
      aria-posinset={position}
      aria-setsize={count}
      className={active ? 'row active' : 'row'}
      data-outcome={outcome}
      data-tone={toneOf(decision)}
      onClick={() => state.setState({ active: decision.number, shown: decision.number })}
    >
      <VerdictIcon decision={decision} />
      <span className="what">
        <span className="name">{event}</span>{' '}
        {properties && <span className="sample">{shorten(plainText(properties), 200)}</span>}
      </span>{' '}
      <time className="time" dateTime={new Date(time).toISOString()}>
        {clockTime(time)}
      </time>{' '}
      <span className="why">
        <span className="verdict">{outcomeWords[outcome]}</span>{' '}
        {news.text && <span data-trouble={news.trouble}>{news.text}</span>}
        {first && first.outcome !== outcome && (
          <span> · was {outcomeWords[first.outcome].toLowerCase()}</span>
        )}
      </span>{' '}
      <span className="from">{trigger.component}</span>
    </div>
  )
})
