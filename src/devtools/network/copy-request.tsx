import { useOverlay } from '../overlay-state.ts'
import { CopyButton } from '../parts/copy-button.tsx'
import { sessionOf } from '../session/session-file.ts'
import { sessionStore } from '../session/session-store.ts'
import { type Writers, writers } from '../session/writers.ts'
import type { SentRequest } from './requests.ts'

interface CopyRequestProps {
  /** Destination name. */
  readonly destination: string
  readonly sent: SentRequest
}

/**
 * Copies one request as a shell command or for other tools, redacted like the files of the Session view. Renders
 * nothing if the payload was not text.
 */
export function CopyRequest({ destination, sent: { request, sendings } }: CopyRequestProps) {
  const { tracker } = useOverlay()
  const { plan, record } = tracker
  if (!sendings.some(({ delivery }) => typeof delivery.payload === 'string')) return null

  function text(write: Writers['curl']): string {
    const decisions = sendings.map(({ decision, delivery }) => ({
      ...decision,
      // A request in flight does not count as an attempt yet.
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
