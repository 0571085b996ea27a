import type { KeyboardEvent } from 'react'
import type { Decision, Outcome } from '../../engine/types.ts'
import { useOverlay, useOverlayState } from '../overlay-state.ts'
import { OutcomeIcon } from '../parts/icons.tsx'
import { outcomes, outcomeWords } from '../parts/words.ts'

export function FilterBar({ decisions }: { readonly decisions: readonly Decision[] }) {
  const { state } = useOverlay()
  const text = useOverlayState((now) => now.text)
  const chosen = useOverlayState((now) => now.outcomes)
  const counts = { fired: 0, held: 0, dropped: 0, shadowed: 0 }
  for (const { outcome } of decisions) counts[outcome]++

  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== 'Escape' || !text) return
    event.preventDefault()
    state.setState({ text: '' })
  }

  function toggle(outcome: Outcome) {
    const rest = chosen.filter((other) => other !== outcome)
    state.setState({ outcomes: rest.length < chosen.length ? rest : [...chosen, outcome] })
  }

  return (
    <search className="filter">
      <input
        type="search"
        aria-label="Filter attempts"
        placeholder="Filter by event, reason, property…"
        autoComplete="off"
        spellCheck={false}
        value={text}
        onChange={(event) => state.setState({ text: event.target.value })}
        onKeyDown={onKeyDown}
      />
      <fieldset className="chips">
        <legend className="unseen">Outcomes</legend>
        {outcomes.map((outcome) => (
          <button
            key={outcome}
            type="button"
            className="chip"
            data-outcome={outcome}
            aria-pressed={chosen.includes(outcome)}
            onClick={() => toggle(outcome)}
          >
            <OutcomeIcon outcome={outcome} />
            {outcomeWords[outcome]} <span className="count">{counts[outcome].toLocaleString('en')}</span>
          </button>
        ))}
      </fieldset>
    </search>
  )
}
