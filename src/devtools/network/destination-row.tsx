import { duration } from '../../support/duration-in-words.ts'
import { useOverlay } from '../overlay-state.ts'
import { consentWords, needInWords } from '../parts/detail-words.ts'
import { ago, inDigits, plural } from '../parts/time-words.ts'
import { lossesOf, tallyOf } from '../parts/words.ts'
import { networkOf } from './network-state.ts'
import { RequestLine } from './request-line.tsx'
import { failureOf, flightOf, pauseOf, queueOf, type Standing } from './requests.ts'
import { TroubleText } from './trouble-text.tsx'

interface DestinationRowProps {
  readonly standing: Standing
  readonly now: number
  readonly shown: boolean
}

export function DestinationRow({ standing, now, shown }: DestinationRowProps) {
  const overlay = useOverlay()
  const { name, need, consent, ended, requests } = standing
  const failure = failureOf(standing)
  return (
    <li className={shown ? 'destination shown' : 'destination'} data-trouble={failure !== undefined}>
      <div className="destination-head">
        <button
          type="button"
          className="link name"
          aria-current={shown || undefined}
          onClick={() => networkOf(overlay).setState({ destination: name, event: undefined })}
        >
          {name}
        </button>
        <span className="tag" data-consent={consent}>
          {consentWords[consent]}
        </span>
        {need !== undefined && <span className="muted">needs {needInWords(need)}</span>}
      </div>
      <p className="tallies">
        {tallyOf(ended).map(({ state, text }) => (
          <span key={state} data-state={state}>
            {text}
          </span>
        ))}
        <span>{queueInWords(standing, now)}</span>
      </p>
      <Pause standing={standing} now={now} />
      {failure && <TroubleText {...failure} lost={lossesOf(ended)} />}
      {requests[0] ? (
        <p className="muted last">
          Last: <RequestLine sent={requests[0]} now={now} answers={standing.answers} />
        </p>
      ) : (
        <p className="muted">Nothing was sent to it yet.</p>
      )}
    </li>
  )
}

/** Describes the queue, such as `3 queued, the oldest for 12 s, 1 held`. */
export function queueInWords(standing: Standing, now: number): string {
  const { length, since, held } = queueOf(standing)
  const also = held > 0 ? `, ${inDigits(held)} held` : ''
  if (length === 0) return `none queued${also}`
  return `${inDigits(length)} queued, ${length === 1 ? '' : 'the oldest '}for ${duration(now - since)}${also}`
}

/** Explains why the destination sends nothing at present, and for how long. */
export function Pause({ standing, now }: Omit<DestinationRowProps, 'shown'>) {
  const { consent, lane, requests } = standing
  const pause = pauseOf(standing, now)
  const flight = flightOf(standing)
  const lines = []
  if (consent === 'pending') lines.push('Waits for consent.')
  if (consent === 'denied') lines.push('Gets nothing: consent is denied.')
  if (pause) {
    const { status, retryAfter } = requests.find((each) => each.request.error)?.request ?? {}
    const why =
      pause.why === 'retry-after'
        ? `The server has asked for a pause (HTTP ${status}, Retry-After: ${retryAfter}): next try`
        : pause.why === 'breaker'
          ? 'Paused after 5 failures; next try'
          : 'After the failure, next try'
    lines.push(`${why} in ${duration(pause.until - now)}.`)
  } else if (lane?.waits === 'breaker' && requests[0]?.request.error) {
    lines.push('Paused after 5 failures: single events test whether the endpoint is back.')
  }
  if (flight)
    lines.push(`On its way: ${plural(flight.eventIds.length, 'event')}, sent ${ago(flight.sentAt, now)}.`)
  return lines.map((line) => (
    <p key={line} className="pause">
      {line}
    </p>
  ))
}
