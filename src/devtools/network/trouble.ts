import type { DeliveryRequest } from '../../engine/types.ts'

/** What went wrong, and what somebody can do about it. */
export interface Trouble {
  readonly what: string
  readonly mend: string
}

interface Circumstances {
  readonly error?: string | undefined
  readonly request?: DeliveryRequest | undefined
  /** The address of the page. */
  readonly page: string
  readonly online: boolean
}

/** A failure before anything can have come back from a server. */
const AT_ONCE_MS = 25
/** `http()` waits 10 s for an answer. */
const TIMED_OUT_MS = 9_900

const statusMends: Readonly<Record<number, string>> = {
  401: 'Check key and `headers`.',
  403: 'Check key and `headers`, and what the server allows this origin.',
  404: 'Check the `url`: nothing is there.',
  405: 'Check the `url`: it takes no POST.',
  410: 'Check the `url`: it is gone for good.',
  413: 'It is tried again in halves. Send less with each event, or allow the server more.',
  415: 'The server does not take this content type. Check `headers` and `encode`.',
  429: 'Nothing to mend here: the server has asked for a pause, and it is kept.',
}

/** Undefined: nothing went wrong. */
export function troubleOf({ error, request, page, online }: Circumstances): Trouble | undefined {
  const { status, transport, url = '', sentAt, answeredAt = 0 } = request ?? {}
  if (error === 'offline' || (!online && error))
    return { what: 'The browser is offline.', mend: 'What waits leaves by itself when the network is back.' }
  if (status !== undefined && (status < 200 || status > 299)) {
    const known = statusMends[status]
    if (status >= 500)
      return {
        what: `The server failed: HTTP ${status}.`,
        mend: 'Look into the log of the server. Nothing is lost meanwhile.',
      }
    return {
      what: `The server refused it: HTTP ${status}.`,
      mend: known ?? 'Compare what was sent with what the endpoint takes: `encode` must be its format.',
    }
  }
  if (!error) return undefined
  if (/is not on the page yet$/.test(error))
    return {
      what: `${error}.`,
      mend: 'Load its snippet before, or wait: it is tried again. A content blocker may keep it away.',
    }
  if (transport === undefined || transport === 'send')
    return { what: `It failed: ${error}`, mend: 'This is what the destination itself has thrown.' }
  const took = answeredAt - (sentAt ?? 0)
  if (took >= TIMED_OUT_MS)
    return { what: 'No answer in 10 seconds.', mend: 'The server is too slow, or hangs. It is asked again.' }
  const cors = isElsewhere(url, page)
    ? ' Another origin must answer with `Access-Control-Allow-Origin`, also to the preflight of `headers`.'
    : ''
  return took < AT_ONCE_MS
    ? {
        what: `The browser refused it at once (${error}).`,
        mend: `Most often a content blocker: try a window without extensions. Else the page’s policy (\`connect-src\`), or nothing listens there.${cors}`,
      }
    : {
        what: `No answer came back (${error}).`,
        mend: `Check that the address is right and the server runs.${cors} A redirect counts as no answer, too.`,
      }
}

export function isElsewhere(url: string, page: string): boolean {
  try {
    return new URL(url, page).origin !== new URL(page).origin
  } catch {
    return false
  }
}
