import { useOverlay } from '../overlay-state.ts'
import { CopyButton } from '../parts/copy-button.tsx'
import { curlOf, harOf } from '../session/requests.ts'
import { type Session, sessionOf } from '../session/session-file.ts'
import { sessionStore } from '../session/session-store.ts'
import type { SentRequest } from './requests.ts'

const forms: Readonly<Record<string, (session: Session) => string>> = { cURL: curlOf, HAR: harOf }

interface CopyRequestProps {
  /** Its name. */
  readonly destination: string
  readonly sent: SentRequest
}

/** One request for a shell or for other tools, redacted as what the session view saves. Nothing, where no text was sent. */
export function CopyRequest({ destination, sent: { request, sendings } }: CopyRequestProps) {
  const { tracker } = useOverlay()
  if (!sendings.some(({ delivery }) => typeof delivery.payload === 'string')) return null

  function session(): Session {
    const decisions = sendings.map(({ decision, delivery }) => ({
      ...decision,
      // On its way it is no attempt yet.
      deliveries: { [destination]: { ...delivery, attempts: 1, requests: [request] } },
    }))
    const { allowed } = sessionStore(tracker).getState()
    return sessionOf({ ...tracker.record.get(), decisions }, tracker.plan, { made: Date.now(), allowed })
  }

  return (
    <p className="muted">
      {Object.entries(forms).map(([name, write]) => (
        <CopyButton key={name} text={() => write(session())}>
          Copy as {name}
        </CopyButton>
      ))}{' '}
      with the values that are allowed under Session
    </p>
  )
}
