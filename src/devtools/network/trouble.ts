import type { DeliveryRequest } from '../../engine/delivery/delivery.ts'
import { plural } from '../parts/time-words.ts'

/** Description of a failed delivery, and how to fix it. */
export interface Trouble {
  readonly what: string
  readonly fix: string
}

interface Circumstances {
  readonly error?: string | undefined
  readonly request?: DeliveryRequest | undefined
  /** URL of the page. */
  readonly page: string
  readonly online: boolean
  /** Number of events that the destination has lost so far. */
  readonly lost: number
}

/** Failures within this many ms did not come from a server. */
const AT_ONCE_MS = 25
/** Failures after at least this many ms are timeouts: `http()` waits 10 s for a response. */
const TIMED_OUT_MS = 9_900

const statusMends: Readonly<Record<number, string>> = {
  401: 'Check key and `headers`.',
  403: 'Check key and `headers`, and what the server allows this origin.',
  404: 'Check the `url`: nothing is there.',
  405: 'Check the `url`: it takes no POST.',
  410: 'Check the `url`: it is gone for good.',
  413: 'It is tried again in halves. Send less with each event, or allow the server more.',
  415: 'The server does not take this content type. Check `headers` and `encode`.',
  429: 'Nothing to fix: the server has asked for a pause, and the tracker keeps it.',
}

/** Explains a failed delivery; returns undefined if nothing failed. */
export function troubleOf({ error, request, page, online, lost }: Circumstances): Trouble | undefined {
  const { status, transport, url = '', sentAt, answeredAt = 0 } = request ?? {}
  if (error === 'offline' || (!online && error))
    return { what: 'The browser is offline.', fix: 'Queued events leave when the network is back.' }
  if (status !== undefined && (status < 200 || status > 299)) {
    const known = statusMends[status]
    if (status >= 500)
      return {
        what: `The server failed: HTTP ${status}.`,
        fix: `Look into the log of the server. ${
          lost ? `${plural(lost, 'event')} ${lost === 1 ? 'is' : 'are'} lost already` : 'None is lost so far'
        }; those that are queued are tried again.`,
      }
    return {
      what: `The server rejected it: HTTP ${status}.`,
      fix: known ?? 'Compare what was sent with what the endpoint takes: `encode` must be its format.',
    }
  }
  if (!error) return undefined
  if (/is not on the page yet$/.test(error))
    return {
      what: `${error}.`,
      fix: 'Load its snippet before, or wait: it is tried again. A content blocker may keep it away.',
    }
  if (transport === undefined || transport === 'send')
    return { what: `It failed: ${error}`, fix: 'The code of the destination threw this error.' }
  const took = answeredAt - (sentAt ?? 0)
  if (took >= TIMED_OUT_MS)
    return { what: 'No answer in 10 seconds.', fix: 'The server is too slow, or hangs. It is asked again.' }
  const cors = isElsewhere(url, page)
    ? ' Another origin must answer with `Access-Control-Allow-Origin`, also to the preflight of `headers`.'
    : ''
  return took < AT_ONCE_MS
    ? {
        what: `The browser blocked it at once (${error}).`,
        fix: `Most often a content blocker: try a window without extensions. Else the page’s policy (\`connect-src\`), or nothing listens there.${cors}`,
      }
    : {
        what: `No answer came back (${error}).`,
        fix: `Check that the address is right and the server runs.${cors} A redirect counts as no answer, too.`,
      }
}

export function isElsewhere(url: string, page: string): boolean {
  try {
    return new URL(url, page).origin !== new URL(page).origin
  } catch {
    return false
  }
}
