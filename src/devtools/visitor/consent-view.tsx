import { useState } from 'react'
import { useOverlay, useRecord } from '../overlay-state.ts'
import { Choice } from '../parts/choice.tsx'
import { Facts } from '../parts/section.tsx'
import { consentWords } from '../parts/words.ts'

/** A switch for each category, for trying out what the visitor's answer changes. */
export function ConsentView() {
  const { tracker } = useOverlay()
  const { consent, storage } = useRecord()
  const [overrideGpc, setOverrideGpc] = useState(false)
  const gpc = (navigator as { readonly globalPrivacyControl?: boolean }).globalPrivacyControl === true
  return (
    <div className="scroll">
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
      {gpc && (
        <label className="check">
          <input
            type="checkbox"
            checked={overrideGpc}
            onChange={(event) => setOverrideGpc(event.target.checked)}
          />
          These switches override Global Privacy Control
        </label>
      )}
      <Facts
        facts={[
          [
            'Ids and counts',
            storage === 'persistent'
              ? 'kept in the storage of this browser'
              : 'kept in the memory of this page: they end with it',
          ],
          ['Global Privacy Control', gpc ? 'on: this browser denies marketing' : 'off'],
        ]}
      />
      <p className="muted note">
        The switches change the tracker only, like an answer from your consent banner. The banner is not told,
        and its own answer comes back when the page is loaded again.
      </p>
    </div>
  )
}
