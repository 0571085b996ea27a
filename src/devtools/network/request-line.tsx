import { clockTime, duration, plural } from '../parts/time-words.ts'
import type { Sending, SentRequest } from './requests.ts'

interface RequestLineProps {
  readonly sent: SentRequest
  readonly now: number
  /** Of its destination. */
  readonly answers: boolean
}

/** When, how many events, how, and what came of it. */
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

/** Of the encoded events that are known. */
function sizeOf(sendings: readonly Sending[]): number {
  let size = 0
  for (const { delivery } of sendings)
    if (typeof delivery.payload === 'string') size += new TextEncoder().encode(delivery.payload).length
  return size
}

/** `200`, `no answer`, `on its way`. */
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
