import { Fragment, type MouseEvent, memo } from 'react'
import { useStore } from 'zustand'
import type { Decision } from '../../engine/record/decision.ts'
import { instrumentsOf } from '../../react/wiring/instruments.ts'
import { duration } from '../../support/duration-in-words.ts'
import { useExtensions, useOverlay, useTimeline } from '../overlay-state.ts'
import { framing } from '../page/page-state.ts'
import { PlanIcon, Star, VerdictIcon } from '../parts/icons.tsx'
import { shorten } from '../parts/plain-value.ts'
import { clockTime, inDigits, shortClock } from '../parts/time-words.ts'
import { verdictOf, verdictWords } from '../parts/verdict.ts'
import { newsOf, outcomeWords, planStateOf } from '../parts/words.ts'
import { useNarrow } from '../shell/use-narrow.ts'
import { openRun } from './actions.ts'
import { DeliveryBadges } from './delivery-badges.tsx'
import { pageOf } from './filter.ts'
import { previewOf } from './preview.ts'

interface AttemptRowProps {
  readonly id: string
  /** Newest attempt of the row. */
  readonly decision: Decision
  /** Number of the oldest attempt of the row. */
  readonly oldest: number
  readonly repeats: number
  /** Time of the attempt in the row below, in epoch ms. */
  readonly before: number | undefined
  /** Properties of the previous attempt of the same event. */
  readonly earlier: Decision['properties']
  /** Position in the list, from 1. */
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
  earlier,
  position,
  count,
  active,
  shown,
}: AttemptRowProps) {
  const { timeline, notes, tracker, page: marks } = useOverlay()
  const hidden = useTimeline((now) => now.hidden)
  const said = useStore(notes, (all) => all[decision.number])
  const { event, outcome, properties, time, trigger, page, first } = decision
  const planned = planStateOf(decision, tracker.plan)
  const verdict = verdictOf(decision)
  const has = (column: string) => !hidden.includes(column)
  const news = newsOf(decision, !has('destinations'))
  const sample = has('properties') && properties && previewOf(properties, earlier)
  const extensions = useExtensions((now) => now.columns)
  const narrow = useNarrow()

  function open(click: MouseEvent) {
    click.stopPropagation()
    openRun(timeline, oldest)
  }

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list handles the keys
    // biome-ignore lint/a11y/useFocusableInteractive: the list has the focus, and references its active row
    <div
      id={id}
      role="option"
      aria-selected={shown}
      aria-posinset={position}
      aria-setsize={count}
      className={active ? 'row active' : 'row'}
      data-outcome={outcome}
      data-verdict={verdict}
      onClick={() => timeline.setState({ active: decision.number, shown: decision.number })}
      {...framing(marks, () => instrumentsOf(tracker).originOf(decision.number))}
    >
      <VerdictIcon verdict={verdict} />
      <span className="what">
        {said?.marked && (
          <span role="img" aria-label="Marked" className="star">
            <Star />
          </span>
        )}
        <span className="name" title={event}>
          {event}
        </span>{' '}
        {repeats > 1 && (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the right arrow key in the list does the same
          // biome-ignore lint/a11y/noStaticElementInteractions: the detail pane has a button for it
          <span className="repeats" title="Show each of them" onClick={open}>
            ×{inDigits(repeats)}
          </span>
        )}{' '}
        {has('plan') && planned !== 'planned' && (
          <span className="mark" data-plan={planned}>
            <PlanIcon state={planned} />
            <span className="tag">{planned}</span>
          </span>
        )}{' '}
        {trigger.synthetic && <span className="tag">by a tester</span>}{' '}
        {said?.note && <span className="sample">“{said.note}”</span>}{' '}
        {sample && <span className="sample">{shorten(sample, 200)}</span>}
      </span>{' '}
      <span className="when">
        {has('time') && (
          <time dateTime={new Date(time).toISOString()}>{narrow ? shortClock(time) : clockTime(time)}</time>
        )}
      </span>{' '}
      <span className="why">
        <span className="verdict">{verdictWords[verdict]}</span>{' '}
        {has('reason') && news.text && <span data-trouble={news.trouble}>{news.text}</span>}
        {has('reason') && first && first.outcome !== outcome && (
          <span> · was {outcomeWords[first.outcome].toLowerCase()}</span>
        )}{' '}
        {has('destinations') && <DeliveryBadges deliveries={decision.deliveries} />}
      </span>{' '}
      <span className="where">
        {has('component') && (
          <span className="from" title={trigger.component}>
            {trigger.component}
          </span>
        )}{' '}
        {has('trigger') && <span className="fact">{trigger.fact}</span>}{' '}
        {has('page') && (
          <span className="page" title={pageOf(page)}>
            {pageOf(page)}
          </span>
        )}{' '}
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
