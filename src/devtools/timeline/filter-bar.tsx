import { type KeyboardEvent, type ReactNode, Suspense, useEffect, useId, useRef, useState } from 'react'
import type { Decision, Outcome } from '../../engine/record/decision.ts'
import { onLater } from '../load-later.ts'
import { useOverlay, useTimeline } from '../overlay-state.ts'
import { Bin, Columns, Funnel, OutcomeIcon, Pause, Play } from '../parts/icons.tsx'
import { readOnce } from '../parts/read-once.ts'
import { inDigits } from '../parts/time-words.ts'
import { outcomes, outcomeWords } from '../parts/words.ts'
import { clearAttempts, togglePause } from './actions.ts'
import { readTerms } from './filter-terms.ts'
import { ProblemsChip } from './problems-chip.tsx'

const FilterFields = onLater((parts) => parts.FilterFields)
const ViewOptions = onLater((parts) => parts.ViewOptions)

interface FilterBarProps {
  readonly decisions: readonly Decision[]
  /** Number of attempts since the pause. */
  readonly waiting: number
  /** Number of attempts that were found, after the chips. */
  readonly children: ReactNode
}

export function FilterBar({ decisions, waiting, children }: FilterBarProps) {
  const overlay = useOverlay()
  const { timeline } = overlay
  const text = useTimeline((now) => now.text)
  const paused = useTimeline((now) => now.pausedAt !== undefined)
  const [fold, setFold] = useState<'filters' | 'view'>()
  const field = useSoughtField()
  const id = useId()
  const { terms, error } = readTerms(text)
  const asked = terms.filter(({ field }) => field).length

  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== 'Escape' || event.defaultPrevented) return
    if (event.target instanceof HTMLInputElement && event.target.type === 'search' && text)
      timeline.setState({ text: '' })
    else if (fold) setFold(undefined)
    else return
    event.preventDefault()
  }

  const toggles = {
    filters: { icon: <Funnel />, label: asked ? `Filters (${asked})` : 'Filters' },
    view: { icon: <Columns />, label: 'View' },
  } as const
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape from anywhere inside
    <div className="bar" onKeyDown={onKeyDown}>
      <search className="filter">
        <input
          ref={field}
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
              className="plain tool"
              aria-expanded={fold === name}
              aria-controls={fold === name ? `${id}-fold` : undefined}
              onClick={() => setFold(fold === name ? undefined : name)}
            >
              <Tool {...toggles[name]} />
            </button>
          ))}
          <button type="button" className="plain tool" onClick={() => togglePause(overlay)}>
            {paused ? (
              <Tool icon={<Play />} label={`Resume (${inDigits(waiting)} new)`} />
            ) : (
              <Tool icon={<Pause />} label="Pause" />
            )}
          </button>
          <button type="button" className="plain tool" onClick={() => clearAttempts(overlay)}>
            <Tool icon={<Bin />} label="Clear" />
          </button>
        </div>
        <div className="chip-row">
          <Outcomes decisions={decisions} />
          <ProblemsChip decisions={decisions} />
          {children}
        </div>
        <OfferedFilter />
        {error && (
          <p id={`${id}-error`} className="error" role="alert">
            This regular expression cannot be used, and nothing is filtered: {error}
          </p>
        )}
      </search>
      {fold && (
        <div key={fold} id={`${id}-fold`} className="fold">
          <Suspense fallback={null}>
            {fold === 'filters' ? <FilterFields decisions={decisions} /> : <ViewOptions />}
          </Suspense>
        </div>
      )}
    </div>
  )
}

/** Shows an icon in a narrow panel, and the label in a wide one; a screen reader always has the label. */
function Tool({ icon, label }: { readonly icon: ReactNode; readonly label: string }) {
  return (
    <>
      {icon}
      <span className="tool-label">{label}</span>
    </>
  )
}

/** Returns a ref for the search field, which gets the focus when the tester asks for it by key or command. */
function useSoughtField() {
  const { timeline } = useOverlay()
  const seeking = useTimeline((now) => now.seeking)
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (!seeking) return
    field.current?.select()
    field.current?.focus()
    timeline.setState({ seeking: false })
  }, [seeking, timeline])
  return field
}

/** Shows the filter of a link, and runs it only after a click: another person's expression may be malicious. */
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
        onClick={() =>
          timeline.setState({ text: offered, outcomes: [], problems: false, offered: undefined })
        }
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
          <span className="chip-label">{outcomeWords[outcome]}</span>{' '}
          <span className="count">{inDigits(counts[index] ?? 0)}</span>
        </button>
      ))}
    </fieldset>
  )
}
