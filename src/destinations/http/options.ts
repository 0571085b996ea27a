import { attempt } from '../../support/attempt.ts'
import { DURATIONS, type Duration, durationMs } from '../../support/duration.ts'
import { createWarn, type ErrorCode, MicroconversionError } from '../../support/errors.ts'
import { ignoreRejection } from '../../support/is-promise.ts'
import { messageOf } from '../../support/message-of.ts'
import type { HttpHeaders } from './transport.ts'

/** An invalid option, with its error code. */
export interface Fault {
  readonly code: ErrorCode
  readonly message: string
}

/** Options as they are given; without a compiler, they may have any type. */
interface Given {
  readonly name: unknown
  readonly url: unknown
  readonly headers: unknown
  readonly batch: { readonly maxAge: Duration; readonly maxEvents: unknown; readonly maxBytes: unknown }
  readonly encode: unknown
  readonly credentials: unknown
  readonly finalStatuses: unknown
}

/**
 * Returns the first invalid option. Throws it in development; in production the events are rejected with its message,
 * and the page continues.
 */
export function faultOf({ name, url, headers, batch, ...others }: Given): Fault | undefined {
  const isMade = typeof headers === 'function'
  const faults = [
    { code: 'RMC021', option: 'url', wrong: urlFault(url) },
    { code: 'RMC022', option: 'headers', wrong: isMade ? undefined : headersFault(headers) },
    { code: 'RMC023', option: 'batch', wrong: batchFault(batch) },
    ...otherFaults({ name, ...others }),
  ] as const
  const found = faults.find(({ wrong }) => wrong)
  const fault = found && {
    code: found.code,
    message: `http({ name: "${messageOf(name)}" }): \`${found.option}\` ${found.wrong}`,
  }
  if (fault && process.env.NODE_ENV !== 'production')
    throw new MicroconversionError(fault.code, fault.message)
  return fault
}

/**
 * Returns a function that reads the headers for each request. It throws while they are unusable, so that the request is
 * tried again.
 */
export function headersOf(
  name: string,
  headers: HttpHeaders | (() => HttpHeaders) | undefined,
): (() => HttpHeaders) | undefined {
  if (!headers) return undefined
  const warn = createWarn()
  return () => {
    const given: unknown = typeof headers === 'function' ? headers() : headers
    const fault = headersFault(given)
    if (fault) {
      ignoreRejection(given)
      const message = `http({ name: "${name}" }): what \`headers()\` returned ${fault}`
      if (process.env.NODE_ENV !== 'production') warn('RMC340', message)
      throw new Error(message)
    }
    const entries = Object.entries((given ?? {}) as HttpHeaders).filter(([, value]) => value !== undefined)
    // Names have no case: `fetch` would join a second `Content-Type` to the first.
    return Object.fromEntries(entries.map(([header, value]) => [header.toLowerCase(), value]))
  }
}

function urlFault(url: unknown): string | undefined {
  if (typeof url !== 'string') return `is no string but ${url === null ? 'null' : typeof url}.`
  if (!url.trim())
    return 'is empty, so that events would be posted to the page. Give the address of your collector.'
  if (!/^\s*(?:https?:\/\/|\.{0,2}\/)/i.test(url))
    return `is ${shown(url)}, neither an http(s) address nor a path that begins with a slash.`
  const address = attempt(() => new URL(url, SAMPLE))
  // If the page has overwritten `URL` itself, the URL cannot be judged.
  if (!address) return attempt(() => new URL(SAMPLE)) && `is ${shown(url)}, which is no address.`
  return address.username || address.password
    ? 'has a user name or a password, which fetch() refuses. Use `headers`.'
    : undefined
}

const SAMPLE = 'https://host.invalid'

/** Returns the URL for a message: without the query, and not at all if it may contain a password. */
const shown = (url: string) =>
  url.includes('@') ? 'an address with an @' : `"${url.replace(/[?#].*/s, '').slice(0, 200)}"`

function batchFault({ maxAge, ...counts }: Given['batch']): string | undefined {
  if (Number.isNaN(durationMs(maxAge)))
    return `has \`maxAge: ${messageOf(maxAge)}\`. Give a time like ${DURATIONS}.`
  const isBad = (value: unknown) => !(typeof value === 'number' && value >= 1)
  const [name, value] = Object.entries(counts).find((entry) => isBad(entry[1])) ?? []
  return name && `has \`${name}: ${messageOf(value)}\`. Give a number of at least 1.`
}

const CREDENTIALS: readonly unknown[] = ['omit', 'same-origin', 'include']

function otherFaults({ name, encode, credentials, finalStatuses }: Omit<Given, 'url' | 'headers' | 'batch'>) {
  const { item, batch } = Object(encode) as { readonly item?: unknown; readonly batch?: unknown }
  const isEncoding = typeof item === 'function' && typeof batch === 'function'
  const expected = {
    name: typeof name !== 'string' && 'is no string.',
    encode: !isEncoding && 'is no encoding, such as `segmentBatch({ writeKey })`.',
    credentials: !CREDENTIALS.includes(credentials) && `is none of ${CREDENTIALS.join(', ')}.`,
    finalStatuses: !Array.isArray(finalStatuses) && 'is no list of statuses, such as [400, 422].',
  }
  return Object.entries(expected).map(([option, wrong]) => ({ code: 'RMC024' as const, option, wrong }))
}

/** A token of RFC 9110, and a value that `fetch()` accepts. */
const HEADER_NAME = /^[\w!#$%&'*+.^`|~-]+$/
const HEADER_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/

function headersFault(headers: unknown): string | undefined {
  if (headers === undefined) return undefined
  if (typeof headers !== 'object' || headers === null || Symbol.iterator in headers || 'then' in headers)
    return 'is no plain object of strings, such as { authorization: "Bearer …" }.'
  for (const [name, value] of Object.entries(headers)) {
    if (!HEADER_NAME.test(name)) return `has "${name}", which is no name of a header.`
    // Never shows the value: it is usually a secret.
    if (value !== undefined && (typeof value !== 'string' || !HEADER_VALUE.test(value)))
      return `has a value under "${name}" that no header can have: a string of Latin characters in one line is needed.`
  }
  return undefined
}
