import { attempt } from '../support/attempt.ts'
import type { UnknownReason } from '../support/unknown-outcome.ts'
import { type Answer, read } from './handler-call.ts'

export type FormOutcome = 'success' | 'failure' | 'unknown'

/** Of a failure; empty for a success. */
export type ErrorCode = string

/** The code of a known end, or why it is unknown. */
export type Verdict = { readonly code: ErrorCode } | { readonly unknown: UnknownReason }

const errorCodeLength = 100
const validation = 'validation'

/**
 * Decides what an answer says of a submission. Success needs evidence: a promise that has waited, or was fulfilled with a
 * value in which no failure is seen. `outcome` is the application's own verdict on what was returned; it is not asked
 * about a rejection or a refusal. `isInvalid`: a field is marked, or was invalid when the form was submitted.
 */
export function verdictOf(
  { kind, value }: Answer,
  isInvalid: boolean,
  outcome?: ((result: unknown) => FormOutcome) | undefined,
): Verdict {
  if (kind === 'refused') return { code: String(value) }
  if (kind === 'rejected') return { code: isRedirect(value) ? '' : codeOf(value) }
  if (outcome) {
    const given = attempt(() => outcome(value))
    if (given === 'success') return { code: '' }
    return given === 'failure' ? { code: codeOf(value) } : { unknown: 'unsure' }
  }
  if (kind === 'plain' && !isInvalid) return { unknown: value === undefined ? 'nothing' : 'plain' }
  if (isRedirect(value)) return { code: '' }
  const failed = attempt(() => isFailure(value))
  if (failed) return { code: codeOf(value) }
  if (isInvalid) return { code: validation }
  if (failed === undefined) return { unknown: 'unreadable' }
  return kind === 'at-once' ? { unknown: kind } : { code: '' }
}

interface Told {
  readonly [property: string]: unknown
}

/**
 * Judges by shape, so that answers of another realm, of a client or of a form state are recognized. Throws if
 * a getter does.
 */
export function isFailure(value: unknown): boolean {
  if (value === false || isError(value)) return true
  const { ok, success, error, serverError, errors, fieldErrors, formErrors, validationErrors } = Object(
    value,
  ) as Told
  const { status, type, meta } = Object(value) as Told
  return (
    ok === false ||
    success === false ||
    holdsError(error) ||
    holdsError(serverError) ||
    [errors, fieldErrors, formErrors, validationErrors].some((found) => isFilled(found)) ||
    [status, Object(meta).requestStatus].some((state) => /^(error|rejected)$/i.test(String(state))) ||
    (typeof status === 'number' && status >= 400 && status < 600) ||
    // The action of a rejected thunk of Redux Toolkit.
    (typeof type === 'string' && type.endsWith('/rejected'))
  )
}

/** A method, as `error()` of a logger, is none. */
function holdsError(error: unknown): boolean {
  return Boolean(error) && typeof error !== 'function'
}

/**
 * True if there is an error in it; `{}`, `{ email: undefined }` and `{ email: { _errors: [] } }` hold none.
 */
function isFilled(errors: unknown, depth = 0): boolean {
  if (typeof errors !== 'object' || errors === null) return holdsError(errors)
  if (Array.isArray(errors)) return errors.some(Boolean)
  const isMap = /Map|Set/.test(tagOf(errors))
  if ((!isMap && tagOf(errors) !== '[object Object]') || depth > 5) return true
  const found = isMap ? [...(errors as Map<unknown, unknown>).values()] : Object.values(errors)
  return found.some((one) => isFilled(one, depth + 1))
}

/** The same in every realm. */
const tagOf = (value: unknown): string => Object.prototype.toString.call(value)

const isError = (value: unknown): boolean =>
  value instanceof Error || /^\[object (Error|DOMException)\]$/.test(tagOf(value))

/** Next.js throws a digest, routers a response: the visitor is taken on. */
function isRedirect(value: unknown): boolean {
  const [digest, status, headers] = ['digest', 'status', 'headers'].map((name) => read(value, name))
  return /^NEXT_REDIRECT/.test(String(digest)) || (Boolean(headers) && /^3..$/.test(String(status)))
}

/** Returns the code of an error or answer: its `code`, its status, its name; never its message, which may hold what was typed. */
export function codeOf(value: unknown, isWithin = false): ErrorCode {
  const [code, status, name] = ['code', 'status', 'name'].map((property) => read(value, property))
  if (typeof code === 'string') return code.slice(0, errorCodeLength)
  if (typeof status === 'number' && (status < 200 || status > 399)) return `http_${status}`
  if (attempt(() => isError(value))) return String(name)
  const within = read(value, 'error') || read(value, 'serverError')
  if (typeof within === 'object' && !isWithin) return codeOf(within, true)
  return ['fieldErrors', 'validationErrors'].some((name) => attempt(() => isFilled(read(value, name))))
    ? validation
    : 'error'
}

/** By an application that sends again instead, or has left. */
export function isAborted(error: unknown): boolean {
  return read(error, 'name') === 'AbortError'
}
