import { attempt } from '../support/attempt.ts'
import { createWarn, type ErrorCode, MicroconversionError } from '../support/errors.ts'
import type { HttpHeaders } from './transport.ts'

/** Fault of an option, with its error code. */
export interface Fault {
  readonly code: ErrorCode
  readonly message: string
}

/** In development a fault of the definition is thrown; in production the events are rejected with it, and the page goes on. */
export function faultOf(name: string, url: unknown, headers: unknown, batch: object): Fault | undefined {
  const faults = [
    { code: 'RMC021', option: 'url', wrong: urlFault(url) },
    {
      code: 'RMC022',
      option: 'headers',
      wrong: typeof headers === 'function' ? undefined : headersFault(headers),
    },
    { code: 'RMC023', option: 'batch', wrong: batchFault(batch) },
  ] as const
  const found = faults.find(({ wrong }) => wrong)
  const fault = found && {
    code: found.code,
    message: `http({ name: "${name}" }): \`${found.option}\` ${found.wrong}`,
  }
  if (fault && process.env.NODE_ENV !== 'production')
    throw new MicroconversionError(fault.code, fault.message)
  return fault
}

/** Read for each request; throws, so that the request is tried again, while they cannot be used. */
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
      if (given instanceof Promise) given.catch(() => {})
      const message = `http({ name: "${name}" }): what \`headers()\` returned ${fault}`
      if (process.env.NODE_ENV !== 'production') warn('RMC340', message)
      throw new Error(message)
    }
    return Object.fromEntries(Object.entries(given ?? {}).filter(([, value]) => value !== undefined))
  }
}

function urlFault(url: unknown): string | undefined {
  if (typeof url !== 'string') return `is no string but ${url === null ? 'null' : typeof url}.`
  if (!url.trim())
    return 'is empty, so that events would be posted to the page. Give the address of your collector.'
  if (!/^\s*(?:https?:\/\/|\.{0,2}\/)/i.test(url))
    return `is "${url}", neither an http(s) address nor a path that begins with a slash.`
  const address = attempt(() => new URL(url, SAMPLE))
  // If the page has broken `URL` itself, the address cannot be judged.
  if (!address) return attempt(() => new URL(SAMPLE)) && `is "${url}", which is no address.`
  return address.username || address.password
    ? 'has a user name or a password, which fetch() refuses. Use `headers`.'
    : undefined
}

const SAMPLE = 'https://host.invalid'

const least = (name: string) => (name === 'maxAgeMs' ? 0 : 1)

function batchFault(batch: object): string | undefined {
  const [name, value] = Object.entries(batch).find(([name, value]) => !(value >= least(name))) ?? []
  return name && `has \`${name}: ${String(value)}\`. Give a number of at least ${least(name)}.`
}

/** RFC 9110: a token, and a value that fetch() takes. */
const HEADER_NAME = /^[\w!#$%&'*+.^`|~-]+$/
const HEADER_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/

function headersFault(headers: unknown): string | undefined {
  if (headers === undefined) return undefined
  if (typeof headers !== 'object' || headers === null || Symbol.iterator in headers || 'then' in headers)
    return 'is no plain object of strings, such as { authorization: "Bearer …" }.'
  for (const [name, value] of Object.entries(headers)) {
    if (!HEADER_NAME.test(name)) return `has "${name}", which is no name of a header.`
    // Never the value: it is a secret, most often.
    if (value !== undefined && (typeof value !== 'string' || !HEADER_VALUE.test(value)))
      return `has a value under "${name}" that no header can have: a string of Latin characters in one line is needed.`
  }
  return undefined
}
