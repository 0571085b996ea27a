export type FormOutcome = 'success' | 'failure' | 'unknown'

/** Of a failure; empty for a success. */
export type ErrorCode = string

const errorCodeLength = 100

/**
 * What a settled promise says of a submission, undefined if nothing. Fulfilled is a success, unless a response is not `ok`
 * or a field is invalid: form libraries fulfil when validation stops them (T1). Rejected is a failure, unless it is a
 * redirect, for which Next.js throws a digest and routers a response (T4). `ok: null` knows no more than that it ended.
 * `given` is the developer's own verdict.
 */
export function judge(
  value: unknown,
  rejected: boolean,
  invalid: boolean,
  given?: FormOutcome,
): ErrorCode | undefined {
  const { ok, status, digest } = Object(value) as { [property: string]: unknown }
  const redirected = /^(NEXT_REDIRECT|3..$)/.test(String(digest ?? status))
  if (given ? given === 'unknown' : ok === null) return undefined
  if (given ? given === 'failure' : !redirected && (rejected || ok === false)) return codeOf(value)
  return invalid && !given && !redirected ? 'validation' : ''
}

/** Of an error or an answer: its `code`, its status, its name; never its message, which may hold what was typed. */
export function codeOf(value: unknown): ErrorCode {
  const { code, status } = Object(value) as { [property: string]: unknown }
  if (typeof code === 'string') return code.slice(0, errorCodeLength)
  if (typeof status === 'number') return `http_${status}`
  return value instanceof Error ? value.name : 'error'
}

/** By an application that sends again instead, or has left. */
export function isAborted(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError'
}

/**
 * The same function, whose result also goes to `submitted`: an action of `useActionState` or `<form action>`, whose
 * dispatch returns nothing, or an `onSubmit`. A rejection of an `onSubmit` has no other reader: pass `false` for it.
 */
export function trackAction<Arguments extends unknown[], Result>(
  action: (...given: Arguments) => Result,
  submitted: (result: unknown, rejectionIsRead: boolean) => void,
  rejectionIsRead = true,
): (...given: Arguments) => Result {
  return (...given) => {
    let result: Result
    try {
      result = action(...given)
    } catch (error) {
      const rejection = Promise.reject(error)
      rejection.catch(() => {})
      submitted(rejection, true)
      throw error
    }
    submitted(result, rejectionIsRead)
    return result
  }
}
