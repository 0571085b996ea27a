import { useId, useState } from 'react'
import type { ConsentState } from '../../engine/types.ts'
import { useOverlay, useRecord } from '../overlay-state.ts'
import { Facts } from '../parts/section.tsx'
import { consentWords } from '../parts/words.ts'

const states: readonly ConsentState[] = ['pending', 'granted', 'denied']

/** A switch for each category, for trying out what the visitor's answer changes. */
export function ConsentView() {
  const { tracker } = useOverlay()
  const { consent, storage } = useRecord()
  const [overrideGpc, setOverrideGpc] = useState(false)
  const gpc = (navigator as { readonly globalPrivacyControl?: boolean }).globalPrivacyControl === true
  return (
    <div className="scroll">
      {Object.entries(consent).map(([category, current]) => (
        <Category
          key={category}
          category={category}
          current={current}
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

interface CategoryProps {
  readonly category: string
  readonly current: ConsentState
  readonly onChange: (next: ConsentState) => void
}

function Category({ category, current, onChange }: CategoryProps) {
  const id = useId()
  return (
    <fieldset className="category">
      <legend className="name">{category}</legend>
      <div className="switch">
        {states.map((state) => (
          <label key={state} data-state={state}>
            <input type="radio" name={id} checked={state === current} onChange={() => onChange(state)} />
            <span>{consentWords[state]}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
