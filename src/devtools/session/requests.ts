import type { Decision, Delivery } from '../../engine/types.ts'
import { derivedId } from '../../support/hash.ts'
import { libraryVersion } from '../../support/version.ts'
import { type Session, writeSession } from './session-file.ts'
import { isoTime } from './tables.ts'

/** Names nobody: an address that the record does not know. */
const UNKNOWN_URL = 'https://unknown.invalid/'

interface Sending {
  readonly decision: Decision
  readonly destination: string
  readonly delivery: Delivery
  readonly item: string
}

/** What one request has carried, as far as the session has it. */
type Sent = readonly [Sending, ...(readonly Sending[])]

/** What destinations took as text, as `http()` does: those have requests of their own. */
function sentTexts({ decisions }: Session): readonly Sent[] {
  const found = new Map<string, [Sending, ...Sending[]]>()
  for (const decision of decisions) {
    for (const [destination, delivery] of Object.entries(decision.deliveries)) {
      const { payload: item, attempts, requests } = delivery
      if (typeof item !== 'string' || attempts === 0) continue
      // How another encoding makes a batch is not known here.
      const request = isNative(item) ? requests?.at(-1)?.requestId : undefined
      const key = `${destination} ${request ?? decision.number}`
      const sending = { decision, destination, delivery, item }
      const others = found.get(key)
      if (others) others.push(sending)
      else found.set(key, [sending])
    }
  }
  return [...found.values()]
}

const isNative = (item: string) => /^\{.*"sessionId":.*"anonymousId":/s.test(item)

/** Native items become a batch again: that is what a collector takes. Another encoding is left as it is. */
function bodyOf(sent: Sent): string {
  const [{ item, delivery, decision }] = sent
  if (!isNative(item)) return item
  const { eventIds = [], sentAt = decision.time } = delivery.requests?.at(-1) ?? {}
  const place = ({ decision: { eventId = '' } }: Sending) => eventIds.indexOf(eventId)
  const items = [...sent].sort((one, other) => place(one) - place(other)).map((each) => each.item)
  return `{"schema":"${BATCH_SCHEMA}","requestId":"${derivedId(items.join())}","sentAt":${sentAt},"events":[${items}]}`
}

const titleOf = (sent: Sent) =>
  `${sent.map(({ decision }) => decision.event).join(', ')} to ${sent[0].destination}`

/** As `http()` has it; a test compares the two. */
export const BATCH_SCHEMA = 'react-microconversions/batch/1'

/**
 * HAR 1.2 (http://www.softwareishard.com/blog/har-12-spec/) with one entry for each request of `http()`, as far as the
 * record knows it; the session itself goes along as `_session`, so that the file can be opened here again.
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

function entryOf(sent: Sent) {
  const [{ decision, delivery }] = sent
  const body = bodyOf(sent)
  const request = delivery.requests?.at(-1)
  const status = request?.status ?? statusOf(delivery)
  const waitMs = request?.answeredAt === undefined ? 0 : request.answeredAt - request.sentAt
  const unknown = (request?.eventIds.length ?? 0) - sent.length
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
      comment: `The record does not know the headers${unknown > 0 ? `, nor ${unknown} more events of this request` : ''}.`,
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
    comment: titleOf(sent),
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

/** One command for each request of `http()`, for a POSIX shell; `COLLECTOR_URL` is the reader's to set. */
export function curlOf(session: Session): string {
  const commands = sentTexts(session).map((sent) =>
    [
      `# ${inOneLine(`${titleOf(sent)}, ${isoTime(sent[0].decision.time)}`)}`,
      `curl --request POST "$COLLECTOR_URL" \\`,
      `  --header 'content-type: application/json' \\`,
      `  --data-raw ${shellQuoted(bodyOf(sent))}`,
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
