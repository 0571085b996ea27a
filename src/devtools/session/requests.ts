import type { Delivery } from '../../engine/delivery/delivery.ts'
import type { Decision } from '../../engine/record/decision.ts'
import { derivedId } from '../../support/hash.ts'
import { libraryVersion } from '../../support/version.ts'
import { type Session, writeSession } from './session-file.ts'
import { isoTime } from './tables.ts'

/** Placeholder for a URL that the record does not have. */
const UNKNOWN_URL = 'https://unknown.invalid/'

interface Sending {
  readonly decision: Decision
  readonly destination: string
  readonly delivery: Delivery
  readonly item: string
}

/** Payloads of one request, as far as the session has them. */
type Sent = readonly [Sending, ...(readonly Sending[])]

/** Groups text payloads, such as those of `http()`, by request. */
function sentTexts({ decisions }: Session): readonly Sent[] {
  const found = new Map<string, [Sending, ...Sending[]]>()
  for (const decision of decisions) {
    for (const [destination, delivery] of Object.entries(decision.deliveries)) {
      const { payload: item, attempts, requests } = delivery
      if (typeof item !== 'string' || attempts === 0) continue
      // How another encoding combines events into a batch is unknown.
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

const isNative = (item: string) => /^\{.*"context":\{.*"anonymousId":/s.test(item)

/** Returns the index of a part in a list without duplicates. Adds the part if it is new. */
function placeIn(texts: string[], part: unknown): number {
  const text = JSON.stringify(part)
  if (!texts.includes(text)) texts.push(text)
  return texts.indexOf(text)
}

/**
 * Returns the body of a request. Native items form a batch again, which is what a collector takes; another encoding
 * stays as it is.
 */
function bodyOf(sent: Sent): string {
  const [{ item, delivery, decision }] = sent
  if (!isNative(item)) return item
  const { eventIds = [], sentAt = decision.time } = delivery.requests?.at(-1) ?? {}
  const place = ({ decision: { eventId = '' } }: Sending) => eventIds.indexOf(eventId)
  const items = [...sent].sort((one, other) => place(one) - place(other)).map((each) => each.item)
  const contexts: string[] = []
  const pages: string[] = []
  const events = items.map((text) => {
    const { context, page, ...own } = JSON.parse(text)
    return JSON.stringify({
      ...own,
      context: placeIn(contexts, context) || undefined,
      page: placeIn(pages, page) || undefined,
    })
  })
  const head = `"schema":"${BATCH_SCHEMA}","requestId":"${derivedId(items.join())}","sentAt":${sentAt}`
  return `{${head},"contexts":[${contexts}],"pages":[${pages}],"events":[${events}]}`
}

/** Returns the batch that carried one event, without the other events in it; undefined for another encoding. */
export function batchOf(sending: Omit<Sending, 'item'>): unknown {
  const { payload } = sending.delivery
  if (typeof payload !== 'string' || !isNative(payload)) return undefined
  return JSON.parse(bodyOf([{ ...sending, item: payload }]))
}

const titleOf = (sent: Sent) =>
  `${sent.map(({ decision }) => decision.event).join(', ')} to ${sent[0].destination}`

/** Schema name of a batch, equal to that of `http()`. A test compares the two. */
export const BATCH_SCHEMA = 'react-microconversions/batch/2'

/**
 * Writes a HAR 1.2 file (http://www.softwareishard.com/blog/har-12-spec/) with one entry for each request of `http()`
 * in the record. Includes the session as `_session`, so that the overlay can open the file again.
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

/** Writes one POSIX shell command for each request of `http()`. The reader sets `COLLECTOR_URL`. */
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

/**
 * Quotes a text for a POSIX shell, which changes nothing between single quotes. Drops NUL, which no argument can
 * contain.
 */
function shellQuoted(text: string): string {
  return `'${text.replaceAll('\0', '').replaceAll("'", `'\\''`)}'`
}

/** Replaces line breaks of any kind by spaces, for a line comment. */
export function inOneLine(text: string): string {
  return text.replace(/[\s\0]+/g, ' ')
}
