import { type KeyboardEvent, Suspense, useId, useState } from 'react'
import type { Decision, Outcome } from '../../engine/types.ts'
import { useOverlay, useTimeline } from '../overlay-state.ts'
import { OutcomeIcon } from '../parts/icons.tsx'
import { onDemand } from '../parts/on-demand.ts'
import { readOnce } from '../parts/read-once.ts'
import { inDigits } from '../parts/time-words.ts'
import { outcomes, outcomeWords } from '../parts/words.ts'
import { useNarrow } from '../shell/use-narrow.ts'
import { readTerms } from './filter-terms.ts'

const FilterFields = onDemand(async () => (await import('./filter-fields.tsx')).FilterFields)
const ViewOptions = onDemand(async () => (await import('./view-options.tsx')).ViewOptions)

interface FilterBarProps {
  readonly decisions: readonly Decision[]
  /** Attempts since the pause. */
  readonly waiting: number
}

export function FilterBar({ decisions, waiting }: FilterBarProps) {
  const { timeline, notes, tracker, record } = useOverlay()
  const text = useTimeline((now) => now.text)
  const chosen = useTimeline((now) => now.outcomes)
  const paused = useTimeline((now) => now.pausedAt !== undefined)
  const [fold, setFold] = useState<'filters' | 'view'>()
  const narrow = useNarrow()
  const id = useId()
  const { terms, error } = readTerms(text)
  const asked = terms.filter(({ field }) => field).length + (narrow ? chosen.length : 0)

  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== 'Escape' || event.defaultPrevented) return
    if (event.target instanceof HTMLInputElement && event.target.type === 'search' && text)
      timeline.setState({ text: '' })
    else if (fold) setFold(undefined)
    else return
    event.preventDefault()
  }

  function pause() {
    const newest = record.get().decisions.at(-1)?.number ?? 0
    timeline.setState(({ pausedAt }) => ({ pausedAt: pausedAt === undefined ? newest : undefined }))
  }

  function clear() {
    tracker.record.clear()
    notes.setState({}, true)
    timeline.setState({ active: undefined, shown: undefined, opened: [], earlier: [] })
  }

  const toggles = { filters: asked ? `Filters (${asked})` : 'Filters', view: 'View' } as const
  const chips = <Outcomes decisions={decisions} />
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape from anywhere inside
    <div className="bar" onKeyDown={onKeyDown}>
      <search className="filter">
        <input
          type="search"
          aria-label="Filter attempts"
          aria-invalid={error !== undefined}
          aria-describedby={error && `${id}-error`}
          placeholder="Filter by event, reason, property…"
          autoComplete="off"
          spellCheck={false}
          value={text}
          onChange={(event) => timeline.setState({ text: event.target.value })}
        />
        <div className="tools">
          {(['filters', 'view'] as const).map((name) => (
            <button
              key={name}
              type="button"
              className="plain"
              aria-expanded={fold === name}
              aria-controls={fold === name ? `${id}-fold` : undefined}
              onClick={() => setFold(fold === name ? undefined : name)}
            >
              {toggles[name]}
            </button>
          ))}
          <button type="button" className="plain" onClick={pause}>
            {paused ? `Resume (${inDigits(waiting)} new)` : 'Pause'}
          </button>
          <button type="button" className="plain" onClick={clear}>
            Clear
          </button>
        </div>
        {!narrow && chips}
        <OfferedFilter />
        {error && (
          <p id={`${id}-error`} className="error" role="alert">
            Not a regular expression that can be used, so it filters nothing: {error}
          </p>
        )}
      </search>
      {fold && (
        <div key={fold} id={`${id}-fold`} className="fold">
          {fold === 'filters' && narrow && chips}
          <Suspense fallback={null}>
            {fold === 'filters' ? <FilterFields decisions={decisions} /> : <ViewOptions />}
          </Suspense>
        </div>
      )}
    </div>
  )
}

/**
 * Shows the filter of a link, and runs it only after a click: another person's expression may be meant to
 * harm.
 */
function OfferedFilter() {
  const { timeline } = useOverlay()
  const offered = useTimeline((now) => now.offered)
  if (offered === undefined) return null
  const close = () => timeline.setState({ offered: undefined })
  return (
    <fieldset className="offered">
      <legend>The link to this page has a filter with a regular expression:</legend>
      <code>{offered}</code>
      <button
        type="button"
        onClick={() => timeline.setState({ text: offered, outcomes: [], offered: undefined })}
      >
        Run this filter from the link
      </button>
      <button type="button" className="plain" onClick={close}>
        Ignore it
      </button>
    </fieldset>
  )
}

function Outcomes({ decisions }: { readonly decisions: readonly Decision[] }) {
  const { timeline } = useOverlay()
  const chosen = useTimeline((now) => now.outcomes)
  const [indexOf] = useState(() => readOnce(({ outcome }) => outcomes.indexOf(outcome)))
  const counts = outcomes.map(() => 0)
  for (const index of indexOf(decisions)) counts[index] = (counts[index] ?? 0) + 1

  function toggle(outcome: Outcome) {
    const rest = chosen.filter((other) => other !== outcome)
    timeline.setState({ outcomes: rest.length < chosen.length ? rest : [...chosen, outcome] })
  }

  return (
    <fieldset className="chips">
      <legend className="unseen">Outcomes</legend>
      {outcomes.map((outcome, index) => (
        <button
          key={outcome}
          type="button"
          className="chip"
          data-outcome={outcome}
          aria-pressed={chosen.includes(outcome)}
          onClick={() => toggle(outcome)}
        >
          <OutcomeIcon outcome={outcome} />
          {outcomeWords[outcome]} <span className="count">{inDigits(counts[index] ?? 0)}</span>
        </button>
      ))}
    </fieldset>
  )
}
