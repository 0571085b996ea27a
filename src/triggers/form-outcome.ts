import { attempt } from '../support/attempt.ts'
import { cut } from '../support/cut.ts'
import type { UnknownReason } from '../support/unknown-outcome.ts'
import { type Answer, read } from './handler-call.ts'

/** Outcome of a form submission. */
export type FormOutcome = 'success' | 'failure' | 'unknown'

/** Code of a failure; empty for a success. */
export type ErrorCode = string

/** Code of a known outcome, or the reason why it is unknown. */
export type JudgedOutcome = { readonly code: ErrorCode } | { readonly unknown: UnknownReason }

const errorCodeLength = 100
const validation = 'validation'
const success: JudgedOutcome = { code: '' }

/**
 * Decides the outcome of a submission from the result of its handler. A success needs evidence: a promise that has
 * waited, or was fulfilled with a value that reports no failure. `outcome` is the application's own judgment of the
 * returned value; it is not called for a rejection or a refusal. `isInvalid` is true if a field is marked invalid, or
 * was invalid when the form was submitted.
 */
export function outcomeOf(
  { kind, value }: Answer,
  isInvalid: boolean,
  outcome?: ((result: unknown) => FormOutcome) | undefined,
): JudgedOutcome {
  if (kind === 'refused') return { code: String(value) }
  if (kind === 'rejected') return { code: isRedirect(value) ? '' : codeOf(value) }
  if (outcome) {
    const given = attempt(() => outcome(value))
    if (given === 'success') return success
    return given === 'failure' ? { code: codeOf(value) } : { unknown: 'unsure' }
  }
  if (kind === 'plain' && !isInvalid) return { unknown: value === undefined ? 'nothing' : 'plain' }
  if (isRedirect(value)) return success
  const failed = isOpaque(value) ? undefined : attempt(() => isFailure(value))
  if (failed) return { code: codeOf(value) }
  if (isInvalid) return { code: validation }
  if (failed === undefined) return { unknown: 'unreadable' }
  return kind === 'at-once' ? { unknown: kind } : success
}

/** True for a failure that an invalid field has caused. */
export const isInvalid = (outcome: JudgedOutcome): boolean => 'code' in outcome && outcome.code === validation

/** Names under which results report their state. */
const STATES = ['status', 'state', 'type', 'kind', 'result', '_tag']
/** Redux Toolkit resolves a failed thunk with a `…/rejected` action. The wrong one of two is `Left` by convention. */
const FAILED = /^(?:(?:.*\/)?rejected|err(?:or)?|fail(?:ed|ure)?|invalid|denied|declined)$/i
/** Names of one error: `error`, `serverError`, `isError`, `error_message`. */
const ERROR = /error(?:_?(?:message|msg|text))?$/i
/** Names of a collection of errors: `errors`, `fieldErrors`, and `issues` of Standard Schema. */
const ERRORS = /errors$|^issues$/i

type Told = { readonly [property: string]: unknown }

/**
 * True if the value reports a failure. Judges by shape, so that it recognizes results of another realm, an HTTP client
 * or a form state. Looks into a list of results, and into `data`, where HTTP clients put the body (`isPart`). An object
 * with an `id` is a record of the application, in which a state has another meaning. Throws if a getter does.
 */
export function isFailure(value: unknown, isPart = false): boolean {
  if (value === false) return !isPart
  if (isError(value)) return true
  if (typeof value !== 'object' || value === null) return false
  if (Array.isArray(value)) return !isPart && value.some((part) => isFailure(part, true))
  const told = value as Told
  const isRecord = 'id' in told
  if (isRecord && isPart) return false
  // `error` of a class instance may be a getter of its prototype.
  const names = ['error', 'errors', ...Object.keys(told)].filter((name) => !/^no_?err/i.test(name))
  return (
    ['ok', 'success', 'valid'].some((name) => [false, 0, 'false'].includes(told[name] as string)) ||
    names.some((name) =>
      ERRORS.test(name) ? isFilled(told[name]) : ERROR.test(name) && holdsError(told[name]),
    ) ||
    (isRecord ? ['status'] : STATES).some((name) => isFailed(told[name])) ||
    isFailed(Object(told['meta']).requestStatus) ||
    [told['status'], told['statusCode']].some(
      (code) => typeof code === 'number' && code >= 400 && code < 600,
    ) ||
    (!isPart && isFailure(told['data'], true))
  )
}

const isFailed = (state: unknown) => state === 'Left' || (typeof state === 'string' && FAILED.test(state))

/** True for an error value. A method, such as `error()` of a logger, is not one. */
function holdsError(error: unknown): boolean {
  return Boolean(error) && typeof error !== 'function'
}

/**
 * True for a response that cannot be read: that of another origin under `mode: 'no-cors'`, or a redirect that was not
 * followed. Both are not `ok`, whatever the server answered.
 */
const isOpaque = (value: unknown): boolean =>
  /^opaque/.test(String(read(value, 'type'))) && read(value, 'status') === 0

/**
 * True if the collection contains an error; `{}`, `{ email: undefined }` and `{ email: { _errors: [] } }` contain none.
 */
function isFilled(errors: unknown, depth = 0): boolean {
  if (typeof errors !== 'object' || errors === null) return holdsError(errors)
  if (Array.isArray(errors)) return errors.some(Boolean)
  const isMap = /Map|Set/.test(tagOf(errors))
  if ((!isMap && tagOf(errors) !== '[object Object]') || depth > 5) return true
  const found = isMap ? [...(errors as Map<unknown, unknown>).values()] : Object.values(errors)
  return found.some((one) => isFilled(one, depth + 1))
}

/** Returns the type tag of a value, which is the same in every realm. */
const tagOf = (value: unknown): string => Object.prototype.toString.call(value)

const isError = (value: unknown): boolean =>
  value instanceof Error || /^\[object (Error|DOMException)\]$/.test(tagOf(value))

/**
 * True for a redirect: Next.js throws an error with a digest, routers throw a response, or an object that says so.
 */
function isRedirect(value: unknown): boolean {
  const [digest, status, headers] = ['digest', 'status', 'headers'].map((name) => read(value, name))
  return (
    /^NEXT_REDIRECT/.test(String(digest)) ||
    (Boolean(headers) && /^3..$/.test(String(status))) ||
    read(value, 'isRedirect') === true
  )
}

/**
 * Returns the code of an error or result: its `code`, its status or its name. Never its message, which may contain what
 * the user typed.
 */
export function codeOf(value: unknown, isWithin = false): ErrorCode {
  const [code, status, name] = ['code', 'status', 'name'].map((property) => read(value, property))
  if (typeof code === 'string') return cut(code, errorCodeLength)
  if (typeof status === 'number' && (status < 200 || status > 399)) return `http_${status}`
  if (attempt(() => isError(value))) return String(name)
  const within = read(value, 'error') || read(value, 'serverError')
  if (typeof within === 'object' && !isWithin) return codeOf(within, true)
  return ['fieldErrors', 'validationErrors'].some((name) => attempt(() => isFilled(read(value, name))))
    ? validation
    : 'error'
}

/** True if the application aborted the request, because it sends another one instead or the user has left. */
export function isAborted(error: unknown): boolean {
  return read(error, 'name') === 'AbortError'
}
