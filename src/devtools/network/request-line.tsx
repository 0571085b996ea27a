import { duration } from '../../support/duration-in-words.ts'
import { clockTime, plural } from '../parts/time-words.ts'
import type { Sending, SentRequest } from './requests.ts'

interface RequestLineProps {
  readonly sent: SentRequest
  readonly now: number
  /** True if the destination acknowledges requests. */
  readonly answers: boolean
}

/** Describes a request: time, number of events, transport and result. */
export function RequestLine({ sent: { request, sendings }, now, answers }: RequestLineProps) {
  const { sentAt, answeredAt, eventIds, transport } = request
  const bytes = sizeOf(sendings)
  return (
    <span className="request-line">
      <time dateTime={new Date(sentAt).toISOString()}>{clockTime(sentAt)}</time>{' '}
      <span>{plural(eventIds.length, 'event')}</span> <span>{transport}</span>{' '}
      <span className="answer" data-trouble={request.error !== undefined}>
        {answerInWords(request, answers)}
      </span>{' '}
      {transport !== 'beacon' && (
        <span className="muted">
          {answeredAt === undefined ? `for ${duration(now - sentAt)}` : duration(answeredAt - sentAt)}
        </span>
      )}{' '}
      {bytes > 0 && (
        <span className="muted">
          {sendings.length < eventIds.length ? 'over ' : ''}
          {bytes < 1000 ? `${bytes} B` : `${(bytes / 1000).toFixed(1)} kB`}
        </span>
      )}
    </span>
  )
}

/** Returns the size of the known payloads in bytes. Counts the parts that they share once. */
function sizeOf(sendings: readonly Sending[]): number {
  const texts = sendings.flatMap(({ delivery }) =>
    typeof delivery.payload === 'string' ? delivery.payload : [],
  )
  const shared = new Set(texts.flatMap((text) => text.split('\n').slice(1)))
  const own = texts.map((text) => text.split('\n', 1)[0])
  return new TextEncoder().encode([...own, ...shared].join('')).length
}

/** Describes the result of a request, such as `200`, `no answer` or `on its way`. */
export function answerInWords(
  { status, error, answeredAt, transport }: SentRequest['request'],
  answers: boolean,
): string {
  if (status !== undefined) return String(status)
  if (transport === 'beacon') return 'handed to the browser'
  if (answeredAt === undefined) return 'on its way'
  if (transport === 'send') return error ? 'failed' : answers ? 'done' : 'handed over'
  return 'no answer'
}
