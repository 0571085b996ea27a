import { useOverlay } from '../overlay-state.ts'
import { CopyButton } from '../parts/copy-button.tsx'
import { sessionOf } from '../session/session-file.ts'
import { sessionStore } from '../session/session-store.ts'
import { useWriters } from '../session/use-writers.ts'
import type { Writers } from '../session/writers.ts'
import type { SentRequest } from './requests.ts'

interface CopyRequestProps {
  /** Its name. */
  readonly destination: string
  readonly sent: SentRequest
}

/** One request for a shell or for other tools, redacted as what the session view saves. Nothing, where no text was sent. */
export function CopyRequest({ destination, sent: { request, sendings } }: CopyRequestProps) {
  const { tracker } = useOverlay()
  const { plan, record } = tracker
  const writers = useWriters()
  if (!writers || !sendings.some(({ delivery }) => typeof delivery.payload === 'string')) return null

  function text(write: Writers['curl']): string {
    const decisions = sendings.map(({ decision, delivery }) => ({
      ...decision,
      // On its way it is no attempt yet.
      deliveries: { [destination]: { ...delivery, attempts: 1, requests: [request] } },
    }))
    const { allowed } = sessionStore(tracker).getState()
    const session = sessionOf({ ...record.get(), decisions }, plan, { made: Date.now(), allowed })
    return write({ session, plan, attempts: [] })
  }

  return (
    <p className="muted">
      <CopyButton text={() => text(writers.curl)}>Copy as cURL</CopyButton>
      <CopyButton text={() => text(writers.har)}>Copy as HAR</CopyButton> with the values that are allowed
      under Session
    </p>
  )
}
