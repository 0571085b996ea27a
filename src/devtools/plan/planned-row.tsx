import { driftInWords, type EventCoverage } from '../../plan/coverage/coverage.ts'
import { shapeInWords } from '../../plan/coverage/shapes.ts'
import { afterInWords } from '../../plan/words/after-in-words.ts'
import { rulesInWords } from '../../plan/words/frequency-in-words.ts'
import { useOverlay } from '../overlay-state.ts'
import { OutcomeIcon, TroubleIcon } from '../parts/icons.tsx'
import { outcomes, outcomeWords } from '../parts/words.ts'
import { askWhy } from '../why/why-state.ts'

export function PlannedRow({ found }: { readonly found: EventCoverage }) {
  const overlay = useOverlay()
  const { name, event, outcomes: counts, from, properties, drift } = found
  const status = event?.status ?? 'live'
  const about = [
    event?.stage,
    event?.goal && `towards ${event.goal}`,
    event?.priority && `priority ${event.priority}`,
    event?.owner && `owner ${event.owner}`,
    event?.after ? `fires ${afterInWords(event.after)}` : event && rulesInWords(event.rules),
    from.length > 0 && `from ${from.join(', ')}`,
  ].filter(Boolean)
  return (
    <li className="planned" data-coverage={found.state}>
      <div className="what">
        {outcomes.some((outcome) => counts[outcome]) ? (
          <button
            type="button"
            className="name link"
            title="Show its attempts"
            onClick={() => overlay.showAttempts({ text: `event:"${name}"` })}
          >
            {name}
          </button>
        ) : (
          <span className="name">{name}</span>
        )}
        {event?.macro && <span className="tag">macro</span>}
        {status !== 'live' && <span className="tag">{status}</span>}
      </div>
      <div className="tallies">
        {found.state === 'invalid' && <span className="never">Does not fit the plan</span>}
        {event && !counts.fired && <span className="never">Never fired</span>}
        {!counts.fired && (
          <button type="button" className="link" onClick={() => askWhy(overlay, name)}>
            Why not?<span className="unseen"> {name}</span>
          </button>
        )}
        {outcomes.map((outcome) =>
          counts[outcome] ? (
            <span key={outcome} className="tally" data-outcome={outcome}>
              <OutcomeIcon outcome={outcome} />
              {counts[outcome].toLocaleString('en')} {outcomeWords[outcome].toLowerCase()}
            </span>
          ) : null,
        )}
      </div>
      {about.length > 0 && <p className="about">{about.join(' · ')}</p>}
      {event?.description && <p className="about">{event.description}</p>}
      {properties.length > 0 && (
        <p className="about shapes">
          {properties.map((shape, index) => (
            <span key={shape.name}>
              {index > 0 && ', '}
              <code>{shape.name}</code>: {shapeInWords(shape)}
            </span>
          ))}
        </p>
      )}
      {drift.length > 0 && (
        <ul className="drift">
          {drift.map((each) => (
            <li key={`${each.kind} ${each.property}`} data-drift={each.kind}>
              <TroubleIcon />
              {driftInWords(each)}
            </li>
          ))}
        </ul>
      )}
    </li>
  )
}
