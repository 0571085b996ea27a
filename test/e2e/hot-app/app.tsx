import { MicroconversionProvider, TrackedButton } from 'react-microconversions'
import { MicroconversionDevtools } from 'react-microconversions/devtools'
import { tracker } from './hot-reload.ts'

Object.assign(globalThis, { hotTracker: tracker })

export function App() {
  return (
    <MicroconversionProvider tracker={tracker}>
      <p>Plan {tracker.plan.version}</p>
      <TrackedButton type="button" event="offer_taken">
        Take it
      </TrackedButton>
      <button type="button" onClick={() => tracker.consent.update('granted')}>
        Allow
      </button>
      <MicroconversionDevtools defaultOpen />
    </MicroconversionProvider>
  )
}
