import { useState } from 'react'
import { useOverlay, useRecord } from '../overlay-state.ts'
import { Choice } from '../parts/choice.tsx'
import { consentWords } from '../parts/detail-words.ts'
import { hasGpc } from '../parts/gpc.ts'

/** Switch for each consent category, to try out other answers of the user. */
export function ConsentSwitches() {
  const { tracker } = useOverlay()
  const { consent } = useRecord()
  const [overrideGpc, setOverrideGpc] = useState(false)
  return (
    <>
      {Object.entries(consent).map(([category, current]) => (
        <Choice
          key={category}
          code
          name={category}
          options={consentWords}
          value={current}
          onChange={(next) => tracker.consent.update({ [category]: next }, { overrideGpc })}
        />
      ))}
      {hasGpc() && (
        <label className="check">
          <input
            type="checkbox"
            checked={overrideGpc}
            onChange={(event) => setOverrideGpc(event.target.checked)}
          />
          These switches override Global Privacy Control
        </label>
      )}
      <p className="muted note">
        The switches change the tracker only, like an answer from your consent banner. The banner does not
        change, and its own answer comes back when the page is loaded again.
      </p>
    </>
  )
}
