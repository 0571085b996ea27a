import { Fragment, type MouseEvent, memo } from 'react'
import { useStore } from 'zustand'
import type { Decision } from '../../engine/types.ts'
import { instrumentsOf } from '../../react/instruments.ts'
import { useExtensions, useOverlay, useTimeline } from '../overlay-state.ts'
import { framing } from '../page/page-state.ts'
import { PlanIcon, Star, VerdictIcon } from '../parts/icons.tsx'
import { plainText, shorten } from '../parts/plain-value.ts'
import { clockTime, duration, inDigits } from '../parts/time-words.ts'
import { newsOf, outcomeWords, planStateOf, toneOf } from '../parts/words.ts'
import { openRun } from './actions.ts'
import { DeliveryDots } from './delivery-dots.tsx'
import { pageOf } from './filter.ts'

interface AttemptRowProps {
  readonly id: string
  /** The newest of the row. */
  readonly decision: Decision
  /** The number of the oldest. */
  readonly oldest: number
  readonly repeats: number
  /** Epoch ms of the row below. */
  readonly before: number | undefined
  /** From 1. */
  readonly position: number
  readonly count: number
  readonly active: boolean
  readonly shown: boolean
}

export const AttemptRow = memo(function AttemptRow({
  id,
  decision,
  oldest,
  repeats,
  before,
  position,
  count,
  active,
  shown,
}: AttemptRowProps) {
  const { timeline, notes, tracker, page: marks } = useOverlay()
  const hidden = useTimeline((now) => now.hidden)
  const said = useStore(notes, (all) => all[decision.number])
  const { event, outcome, properties, time, trigger, page, first } = decision
  const news = newsOf(decision)
  const planned = planStateOf(decision, tracker.plan)
  const has = (column: string) => !hidden.includes(column)
  const extensions = useExtensions((now) => now.columns)

  function open(click: MouseEvent) {
    click.stopPropagation()
    openRun(timeline, oldest)
  }

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
      onClick={() => timeline.setState({ active: decision.number, shown: decision.number })}
      {...framing(marks, () => instrumentsOf(tracker).originOf(decision.number))}
    >
      <VerdictIcon decision={decision} />
      <span className="what">
        {said?.marked && (
          <span role="img" aria-label="Marked" className="star">
            <Star />
          </span>
        )}
        <span className="name">{event}</span>{' '}
        {repeats > 1 && (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the right arrow key of the list
          // biome-ignore lint/a11y/noStaticElementInteractions: the detail has a button for it
          <span className="repeats" title="Show each of them" onClick={open}>
            ×{inDigits(repeats)}
          </span>
        )}{' '}
        {has('plan') && (
          <span className="mark" data-plan={planned}>
            <PlanIcon state={planned} />
            <span className={planned === 'planned' ? 'unseen' : 'tag'}>{planned}</span>
          </span>
        )}{' '}
        {trigger.synthetic && <span className="tag">by a tester</span>}{' '}
        {said?.note && <span className="sample">“{said.note}”</span>}{' '}
        {has('properties') && properties && (
          <span className="sample">{shorten(plainText(properties), 200)}</span>
        )}
      </span>{' '}
      <span className="when">
        {has('destinations') && <DeliveryDots deliveries={decision.deliveries} />}{' '}
        {has('time') && <time dateTime={new Date(time).toISOString()}>{clockTime(time)}</time>}
      </span>{' '}
      <span className="why">
        <span className="verdict">{outcomeWords[outcome]}</span>{' '}
        {has('reason') && news.text && <span data-trouble={news.trouble}>{news.text}</span>}
        {has('reason') && first && first.outcome !== outcome && (
          <span> · was {outcomeWords[first.outcome].toLowerCase()}</span>
        )}
      </span>{' '}
      <span className="where">
        {has('component') && <span className="from">{trigger.component}</span>}{' '}
        {has('trigger') && <span className="fact">{trigger.fact}</span>}{' '}
        {has('page') && <span className="page">{pageOf(page)}</span>}{' '}
        {extensions.map(({ id: column, title, textOf }) => {
          const text = has(column) && textOf(decision)
          return (
            text && (
              <Fragment key={column}>
                <span className="own" title={title}>
                  <span className="unseen">{title}: </span>
                  {text}
                </span>{' '}
              </Fragment>
            )
          )
        })}
        {has('delta') && (
          <span className="delta">{before !== undefined && `+${duration(time - before)}`}</span>
        )}
      </span>
    </div>
  )
})
