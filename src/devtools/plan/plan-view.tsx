import { useMemo, useState } from 'react'
import type { Decision } from '../../engine/record/decision.ts'
import { inspectionOf } from '../../engine/record/inspection.ts'
import type { AnyTracker } from '../../engine/tracker-api.ts'
import { type CoverageState, coverageOf, type StageShare } from '../../plan/coverage/coverage.ts'
import { hintsFor } from '../../plan/review.ts'
import { useOverlay, useRecord } from '../overlay-state.ts'
import { reportersOf } from '../page/reporters.ts'
import { Choice } from '../parts/choice.tsx'
import { Empty } from '../parts/empty.tsx'
import { plural } from '../parts/time-words.ts'
import { useNow } from '../parts/use-now.ts'
import { useViewStyles } from '../parts/use-styles.ts'
import { planStyles } from '../styles/plan.ts'
import { arrange, noWish } from './arrange.ts'
import { unwantedFacts } from './available.ts'
import { PlanFilter } from './plan-filter.tsx'
import { PlannedRow } from './planned-row.tsx'

type Span = 'page' | 'session' | 'all'
const spans = { page: 'This page', session: 'This session', all: 'All' } as const

/** States that need attention. */
const gaps: ReadonlySet<CoverageState> = new Set(['missing', 'invalid', 'unplanned'])

/**
 * Compares the plan with the record: events that fired, events that never fired, and events that are not in the plan.
 */
export function PlanView() {
  const { tracker } = useOverlay()
  const record = useRecord('summary')
  const [span, setSpan] = useState<Span>('session')
  const [gapsOnly, setGapsOnly] = useState(false)
  const [wish, setWish] = useState(noWish)
  const styled = useViewStyles<HTMLDivElement>(planStyles)
  // A new page, or other elements on it, do not change the record: render once a second.
  useNow()
  const { page, time } = beginOf(tracker, span, record.decisions)
  const whole = page === undefined && time === undefined
  const coverage = useMemo(() => {
    const within = (decision: Decision) =>
      page === undefined ? decision.time >= (time ?? 0) : decision.page.number === page
    return coverageOf({ plan: tracker.plan, record, within: whole ? undefined : within })
  }, [tracker, record, page, time, whole])
  const shown = arrange(
    coverage.events.filter(({ state }) => !gapsOnly || gaps.has(state)),
    wish,
  )
  const isFiltered = Boolean(wish.search || wish.owner || wish.stage)
  const hints = hintsFor(tracker.plan)
  const unwanted = unwantedFacts(reportersOf(tracker))
  const percent = coverage.expected ? Math.round((coverage.seen / coverage.expected) * 100) : 0
  return (
    <div ref={styled} className="scroll">
      <div className="summary">
        <p>
          <strong>
            {coverage.seen} of {plural(coverage.expected, 'planned event')}
          </strong>{' '}
          fired <span className="percent">({percent}%)</span>
        </p>
        <Choice name="Attempts of" options={spans} value={span} onChange={setSpan} />
        <label className="check">
          <input type="checkbox" checked={gapsOnly} onChange={(event) => setGapsOnly(event.target.checked)} />
          Only gaps
        </label>
      </div>
      <PlanFilter events={coverage.events} wish={wish} onChange={setWish} />
      {!whole && record.forgotten > 0 && (
        <p className="muted note">
          {plural(record.forgotten, 'earlier attempt')} no longer kept: what they were is known under “All”
          only.
        </p>
      )}
      <ul className="events">
        {shown
          .filter(({ state }) => state !== 'unplanned')
          .map((found) => (
            <PlannedRow key={found.name} found={found} />
          ))}
      </ul>
      {shown.length === 0 &&
        (isFiltered ? (
          <Empty title="No event matches">Change the search, the owner or the stage.</Empty>
        ) : gapsOnly ? (
          <Empty title="Nothing is missing">Each event of the plan has fired, and matches the plan.</Empty>
        ) : null)}
      {shown.some(({ state }) => state === 'unplanned') && (
        <>
          <h3 className="subtitle">Seen, but not in the plan</h3>
          <ul className="events">
            {shown
              .filter(({ state }) => state === 'unplanned')
              .map((found) => (
                <PlannedRow key={found.name} found={found} />
              ))}
          </ul>
        </>
      )}
      {unwanted.length > 0 && (
        <>
          <h3 className="subtitle">Available on this page, not wanted</h3>
          <ul className="plain-list">
            {unwanted.map(({ component, facts, elements }) => (
              <li key={component}>
                <span className="name">{component}</span>
                {elements > 1 && <span className="muted"> ×{elements}</span>}: {facts.join(', ')}
              </li>
            ))}
          </ul>
        </>
      )}
      {coverage.stages.some(({ stage }) => stage) && <Stages stages={coverage.stages} />}
      {hints.length > 0 && (
        <>
          <h3 className="subtitle">Hints for the plan</h3>
          <ul className="plain-list hints">
            {hints.map(({ message }) => (
              <li key={message}>{message}</li>
            ))}
          </ul>
        </>
      )}
    </div>
  )
}

function Stages({ stages }: { readonly stages: readonly StageShare[] }) {
  return (
    <>
      <h3 className="subtitle">By stage</h3>
      <ul className="stages">
        {stages.map(({ stage, planned, seen, fired, share }) => (
          <li key={stage}>
            <span className="name">{stage || 'no stage'}</span>
            <span>
              {seen} of {plural(planned, 'event')}
            </span>
            <span className="muted">
              {fired.toLocaleString('en')} fired, {Math.round(share * 100)}%
            </span>
            <span className="meter" style={{ inlineSize: `${share * 100}%` }} />
          </li>
        ))}
      </ul>
    </>
  )
}

/** Start of the selected time span. Without `page` and `time`, the span contains all attempts. */
interface Begin {
  readonly page?: number | undefined
  /** Start time in epoch ms. */
  readonly time?: number | undefined
}

function beginOf(tracker: AnyTracker, span: Span, decisions: readonly Decision[]): Begin {
  const inspection = inspectionOf(tracker)
  if (span === 'page') {
    const here = inspection?.look({ event: '' }).occurrence ?? decisions.at(-1)
    return { page: here?.page.number ?? 0 }
  }
  const { startedAt = 0 } = inspection?.who().session ?? {}
  return span === 'session' && inspection && startedAt > inspection.bornAt ? { time: startedAt } : {}
}
