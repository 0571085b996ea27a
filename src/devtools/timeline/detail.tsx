import { Suspense, useId, useMemo } from 'react'
import { useStore } from 'zustand'
import type { Decision } from '../../engine/record/decision.ts'
import { useOverlay, useTimeline } from '../overlay-state.ts'
import { OriginButton } from '../page/origin-button.tsx'
import { describe } from '../parts/describe.ts'
import { findingInWords, issueInWords } from '../parts/detail-words.ts'
import { Cross, Star, VerdictIcon } from '../parts/icons.tsx'
import { JsonView } from '../parts/json-view.tsx'
import { onDemand } from '../parts/on-demand.ts'
import { Section } from '../parts/section.tsx'
import { inDigits } from '../parts/time-words.ts'
import { useNow } from '../parts/use-now.ts'
import { useStyles } from '../parts/use-styles.ts'
import { verdictOf, verdictWords } from '../parts/verdict.ts'
import { Back } from '../parts/view-icons.tsx'
import { ShareBar, ShareHint } from '../session/share-bar.tsx'
import { useCatchFocus } from '../shell/use-catch-focus.ts'
import { stacksOf } from '../source/source-of.ts'
import { detailStyles } from '../styles/detail.ts'
import { askWhy } from '../why/why-state.ts'
import { hideLike, joinRun, openRun, similarInWords } from './actions.ts'
import { Causes, ConsentFacts, Deliveries, EventFacts, Frequency, Origin } from './detail-sections.tsx'
import { kindOf } from './filter.ts'
import type { Listing } from './listing.ts'
import { Note } from './note.tsx'
import { annotate } from './notes.ts'
import { runAround } from './runs.ts'
import { SameEvent } from './same-event.tsx'

/** Production builds do not capture where an attempt came from. */
const InTheCode =
  process.env.NODE_ENV === 'production'
    ? undefined
    : onDemand(async () => (await import('../source/source-section.tsx')).SourceSection)

interface DetailProps {
  readonly decision: Decision
  /** All attempts, oldest first. */
  readonly decisions: readonly Decision[]
  readonly listing: Listing
}

/** Shows one attempt: what happened and why in sentences, then all recorded details. */
export function Detail({ decision, decisions, listing }: DetailProps) {
  const overlay = useOverlay()
  const { timeline, notes, tracker } = overlay
  const marked = useStore(notes, (all) => all[decision.number]?.marked)
  const grouped = useTimeline((at) => at.grouped)
  const opened = useTimeline((at) => at.opened)
  const { event, outcome, properties, issues, leftOut } = decision
  const verdict = verdictOf(decision)
  const now = useNow()
  const id = useId()
  const pane = useStyles<HTMLElement>(detailStyles)
  const planned = tracker.plan.events.get(event)
  const run = grouped ? runAround(listing, decision.number) : undefined
  const kind = kindOf(decision)
  const similar = useMemo(() => decisions.filter((other) => kindOf(other) === kind).length, [decisions, kind])
  const isOpen = run !== undefined && opened.includes(run.oldest.number)
  const stacks = process.env.NODE_ENV === 'production' ? undefined : stacksOf(tracker, decision.number)
  useCatchFocus(pane, undefined, true)

  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls
    <article ref={pane} className="detail" aria-labelledby={id} tabIndex={0}>
      <header className="detail-head">
        <button
          type="button"
          className="plain square back"
          onClick={() => timeline.setState({ shown: undefined })}
        >
          <Back />
          <Cross />
          <span className="unseen">Close the detail</span>
        </button>
        <h3 id={id} className="name">
          {event}
        </h3>
        <ShareBar decision={decision} />
      </header>
      <div className="lead" data-verdict={verdict}>
        <p className="badge">
          <VerdictIcon verdict={verdict} />
          <span className="verdict">{verdictWords[verdict]}</span>{' '}
          <code className="muted">{decision.reason}</code>
        </p>
        <p>{describe(decision, { now, planned, names: [...tracker.plan.events.keys()] })}</p>
        {planned?.description && <p className="muted">{planned.description}</p>}
      </div>
      <div className="actions">
        <button
          type="button"
          className="plain boxed"
          aria-pressed={marked === true}
          onClick={() => annotate(notes, decision.number, { marked: marked ? undefined : true })}
        >
          <Star />
          Mark
        </button>
        <button
          type="button"
          className="plain boxed"
          aria-describedby={`${id}-similar`}
          onClick={() => hideLike(timeline, decision)}
        >
          Hide similar ({inDigits(similar)})
        </button>
        <button type="button" className="plain boxed" onClick={() => askWhy(overlay, event)}>
          {outcome === 'fired' ? 'Would it fire again?' : 'Why not?'}
        </button>
        <OriginButton number={decision.number} />
        {run && run.length > 1 && (
          <button
            type="button"
            className="plain boxed"
            onClick={() =>
              isOpen ? joinRun(timeline, listing, decision.number) : openRun(timeline, run.oldest.number)
            }
          >
            {isOpen ? `Group ${run.length}` : `Ungroup ${run.length}`}
          </button>
        )}
        <p id={`${id}-similar`} className="muted similar">
          Similar: {similarInWords(decision)}.
        </p>
      </div>
      <ShareHint />
      <Section title="Properties">
        {properties ? (
          <JsonView value={properties} empty="None." />
        ) : (
          <p className="muted">Not kept: the overlay was not watching at that time.</p>
        )}
        {leftOut && (
          <p>
            Left out, because the plan declares no <code>properties</code> for this event:{' '}
            <code>{leftOut.join(', ')}</code>
          </p>
        )}
      </Section>
      {issues && issues.length > 0 && (
        <Section title="Issues">
          <ul className="issues">
            {issues.map((issue) => (
              <li key={issueInWords(issue)}>{issueInWords(issue)}</li>
            ))}
          </ul>
        </Section>
      )}
      {decision.personalData && (
        <Section title="Personal data, replaced">
          <ul className="issues">
            {decision.personalData.map((finding) => (
              <li key={findingInWords(finding)}>{findingInWords(finding)}</li>
            ))}
          </ul>
        </Section>
      )}
      <Causes decision={decision} />
      <Frequency states={decision.frequency} planned={planned} now={now} />
      <Deliveries decision={decision} />
      <ConsentFacts consent={decision.consent} />
      <Origin decision={decision} />
      {stacks && InTheCode && (
        <Suspense fallback={null}>
          <InTheCode decision={decision} stacks={stacks} />
        </Suspense>
      )}
      <SameEvent decision={decision} decisions={decisions} />
      <EventFacts decision={decision} planned={planned} now={now} />
      <Note number={decision.number} />
    </article>
  )
}
