import type { Outcome } from '../../engine/types.ts'
import type { PlannedEvent } from '../../plan/define-plan.ts'
import { useOverlay } from '../overlay-state.ts'
import { OutcomeIcon } from '../parts/icons.tsx'
import { outcomes, outcomeWords, rulesInWords } from '../parts/words.ts'
import { askWhy } from '../why/why-state.ts'

interface PlannedRowProps {
  readonly name: string
  readonly event: PlannedEvent | undefined
  readonly counts: Readonly<Record<Outcome, number>> | undefined
}

export function PlannedRow({ name, event, counts }: PlannedRowProps) {
  const overlay = useOverlay()
  const status = event?.status ?? 'live'
  const about = event
    ? [
        event.stage,
        event.goal && `towards ${event.goal}`,
        event.owner && `owner ${event.owner}`,
        rulesInWords(event.rules),
      ]
    : []
  return (
    <li className="planned">
      <div className="what">
        <button
          type="button"
          className="name link"
          title="Show its attempts"
          onClick={() => overlay.showAttempts({ text: `event:"${name}"` })}
        >
          {name}
        </button>
        {event?.macro && <span className="tag">macro</span>}
        {status !== 'live' && <span className="tag">{status}</span>}
      </div>
      <div className="tallies">
        {!counts?.fired && <span className="never">Never fired</span>}
        {!counts?.fired && (
          <button type="button" className="link" onClick={() => askWhy(overlay, name)}>
            Why not?<span className="unseen"> {name}</span>
          </button>
        )}
        {outcomes.map((outcome) =>
          counts?.[outcome] ? (
            <span key={outcome} className="tally" data-outcome={outcome}>
              <OutcomeIcon outcome={outcome} />
              {counts[outcome].toLocaleString('en')} {outcomeWords[outcome].toLowerCase()}
            </span>
          ) : null,
        )}
      </div>
      {about.length > 0 && <p className="about">{about.filter(Boolean).join(' · ')}</p>}
      {event?.description && <p className="about">{event.description}</p>}
    </li>
  )
}
