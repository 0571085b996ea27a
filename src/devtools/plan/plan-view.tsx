import { useState } from 'react'
import { useOverlay, useRecord } from '../overlay-state.ts'
import { Empty } from '../parts/empty.tsx'
import { plural } from '../parts/time-words.ts'
import { PlannedRow } from './planned-row.tsx'

/** The plan beside what happened: which events have fired, which never did, and what the plan does not know. */
export function PlanView() {
  const { tracker } = useOverlay()
  const { counts } = useRecord()
  const [missingOnly, setMissingOnly] = useState(false)
  const planned = [...tracker.plan.events]
  const missing = planned.filter(([name]) => !counts[name]?.fired)
  const unplanned = Object.keys(counts).filter((name) => !tracker.plan.events.has(name))
  return (
    <div className="scroll">
      <div className="summary">
        <p>
          <strong>
            {planned.length - missing.length} of {plural(planned.length, 'planned event')}
          </strong>{' '}
          fired so far.
        </p>
        <label className="check">
          <input
            type="checkbox"
            checked={missingOnly}
            onChange={(event) => setMissingOnly(event.target.checked)}
          />
          Only those that never fired
        </label>
      </div>
      <ul className="events">
        {(missingOnly ? missing : planned).map(([name, event]) => (
          <PlannedRow key={name} name={name} event={event} counts={counts[name]} />
        ))}
      </ul>
      {missingOnly && missing.length === 0 && (
        <Empty title="Nothing is missing">Each event of the plan has fired.</Empty>
      )}
      {unplanned.length > 0 && (
        <>
          <h3 className="subtitle">Seen, but not in the plan</h3>
          <ul className="events">
            {unplanned.map((name) => (
              <PlannedRow key={name} name={name} event={undefined} counts={counts[name]} />
            ))}
          </ul>
        </>
      )}
    </div>
  )
}
