import { useEffect, useState } from 'react'
import type { CollectorMode } from '../../support/collect-plugin.ts'
import { tellCollector } from '../collector.ts'

const modes: readonly { readonly mode: CollectorMode; readonly label: string }[] = [
  { mode: 'ok', label: 'answers' },
  { mode: 'fail', label: 'fails' },
  { mode: 'slow', label: 'is slow' },
  { mode: 'reject', label: 'refuses' },
]

/** Part of the demo, not of the site: chooses the answer to its requests, which the overlay then shows. */
export function CollectorControl() {
  const [chosen, choose] = useState<CollectorMode>('ok')
  useEffect(() => tellCollector(chosen), [chosen])
  return (
    <fieldset className="collector">
      <legend>Collector</legend>
      {modes.map(({ mode, label }) => (
        <label key={mode}>
          <input type="radio" name="collector" checked={mode === chosen} onChange={() => choose(mode)} />
          {label}
        </label>
      ))}
    </fieldset>
  )
}
