import { useRecord } from '../overlay-state.ts'
import { Prose } from '../parts/prose.tsx'
import { plural } from '../parts/time-words.ts'

/** Notice that events are held while consent is pending, with the call that sends them. */
export function ConsentNotice() {
  const { consent, counts } = useRecord('summary')
  const held = Object.values(counts).reduce((sum, outcomes) => sum + outcomes.held, 0)
  if (held === 0 || !Object.values(consent).includes('pending')) return null
  return (
    <p className="notice">
      <Prose>{`Consent is pending, ${plural(held, 'event')} held. To send: \`tracker.consent.update('granted')\``}</Prose>
    </p>
  )
}
