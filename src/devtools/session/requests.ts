import type { Decision, Delivery } from '../../engine/types.ts'
import { derivedId } from '../../support/hash.ts'
import { libraryVersion } from '../../support/version.ts'
import { type Session, writeSession } from './session-file.ts'
import { isoTime } from './tables.ts'

/** Names nobody: an address that the record does not know. */
const UNKNOWN_URL = 'https://unknown.invalid/'

interface Sent {
  readonly decision: Decision
  readonly destination: string
  readonly delivery: Delivery
  readonly body: string
}

/** What destinations took as text, as `http()` does: those have requests of their own. */
function sentTexts({ decisions }: Session): readonly Sent[] {
  return decisions.flatMap((decision) =>
    Object.entries(decision.deliveries).flatMap(([destination, delivery]) =>
      typeof delivery.payload === 'string' && delivery.attempts > 0
        ? [{ decision, destination, delivery, body: bodyOf(delivery.payload, decision) }]
        : [],
    ),
  )
}

/** One native item is a batch of its own: that is what a collector takes. Another encoding is left as it is. */
function bodyOf(item: string, { time }: Decision): string {
  return /^\{.*"sessionId":.*"anonymousId":/s.test(item)
    ? `{"schema":"${BATCH_SCHEMA}","requestId":"${derivedId(item)}","sentAt":${time},"events":[${item}]}`
    : item
}

/** As `http()` has it; a test compares the two. */
export const BATCH_SCHEMA = 'react-microconversions/batch/1'

/**
 * HAR 1.2 (http://www.softwareishard.com/blog/har-12-spec/) with one entry for each event that `http()` has sent, as far as
 * the record knows it; the session itself goes along as `_session`, so that the file can be opened here again.
 */
export function harOf(session: Session): string {
  const entries = sentTexts(session).map(entryOf)
  const log = {
    version: '1.2',
    creator: { name: 'react-microconversions', version: libraryVersion },
    entries,
    comment: `What the record of plan ${session.plan.name} ${session.plan.version} knows: no headers.`,
    _session: JSON.parse(writeSession(session)),
  }
  return JSON.stringify({ log }, null, 2)
}

function entryOf({ decision, destination, delivery, body }: Sent) {
  const request = delivery.requests?.at(-1)
  const status = request?.status ?? statusOf(delivery)
  const waitMs = request?.answeredAt === undefined ? 0 : request.answeredAt - request.sentAt
  return {
    startedDateTime: isoTime(request?.sentAt ?? decision.time),
    time: waitMs,
    request: {
      method: 'POST',
      url: addressOf(request?.url, decision.page.url),
      httpVersion: 'unknown',
      cookies: [],
      headers: [],
      queryString: [],
      postData: { mimeType: 'application/json', params: [], text: body },
      headersSize: -1,
      bodySize: new TextEncoder().encode(body).length,
      comment: 'One event, which may have gone in a batch with others. The record does not know the headers.',
    },
    response: {
      status: status ?? 0,
      statusText: '',
      httpVersion: 'unknown',
      cookies: [],
      headers: [],
      content: { size: 0, mimeType: 'x-unknown' },
      redirectURL: '',
      headersSize: -1,
      bodySize: -1,
      comment: `${delivery.state} after attempt ${delivery.attempts}${status === undefined ? '; the status is not known' : ''}`,
    },
    cache: {},
    timings: {
      send: 0,
      wait: waitMs,
      receive: 0,
      comment: 'From the call to the known outcome, as a whole.',
    },
    comment: `${decision.event} to ${destination}`,
  }
}

function addressOf(url: string | undefined, page: string): string {
  try {
    return url === undefined ? UNKNOWN_URL : new URL(url, page).href
  } catch {
    return UNKNOWN_URL
  }
}

function statusOf({ error }: Delivery): number | undefined {
  const [, status] = /^HTTP (\d{3})$/.exec(error ?? '') ?? []
  return status === undefined ? undefined : Number(status)
}

/** One command for each event that `http()` has sent, for a POSIX shell; `COLLECTOR_URL` is the reader's to set. */
export function curlOf(session: Session): string {
  const commands = sentTexts(session).map(({ decision, destination, body }) =>
    [
      `# ${inOneLine(`${decision.event} to ${destination}, ${isoTime(decision.time)}`)}`,
      `curl --request POST "$COLLECTOR_URL" \\`,
      `  --header 'content-type: application/json' \\`,
      `  --data-raw ${shellQuoted(body)}`,
    ].join('\n'),
  )
  return commands.length
    ? `${[`: "\${COLLECTOR_URL:?Set it to the address of your collector.}"`, ...commands].join('\n\n')}\n`
    : '# No attempt here has been sent by http().\n'
}

/** Between single quotes a POSIX shell changes nothing; NUL, which no argument can hold, is left out. */
function shellQuoted(text: string): string {
  return `'${text.replaceAll('\0', '').replaceAll("'", `'\\''`)}'`
}

/** For a comment that ends with its line, by whatever counts as one. */
export function inOneLine(text: string): string {
  return text.replace(/[\s\0]+/g, ' ')
}
