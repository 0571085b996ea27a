/** What became of a submission, as far as the value that a handler or an action returned can say. */
export type FormOutcome = 'success' | 'failure' | 'unknown'

/** Empty for a success. */
export type ErrorCode = string

const errorCodeLength = 100

/**
 * A fulfilled promise is a success, unless `ok` of a response is false or a field is invalid: form libraries fulfil when
 * validation stops them (T1). `given` is the developer's own verdict. Undefined if nothing is known.
 */
export function judgeFulfilled(value: unknown, invalidFields: number, given?: FormOutcome): ErrorCode | undefined {
  if (given === 'unknown') return undefined
  if (given ? given === 'failure' : refuses(value)) return errorCodeOf(value)
  return invalidFields && !given ? 'validation' : ''
}

/** A thrown redirect is a success (T4): Next.js rejects with a digest, routers throw a response. */
export function judgeRejected(error: unknown): ErrorCode {
  return isRedirect(error) ? '' : errorCodeOf(error)
}

function refuses(value: unknown): boolean {
  return (value as Response | undefined)?.ok === false && !isRedirect(value)
}

function isRedirect(value: unknown): boolean {
  const { digest, status } = Object(value) as { digest?: unknown; status?: number }
  return /^NEXT_REDIRECT|^3..$/.test(`${digest ?? status}`)
}

/** Never the message, which may hold what was typed. */
function errorCodeOf(error: unknown): ErrorCode {
  const { code, status } = Object(error) as { code?: unknown; status?: unknown }
  if (typeof code === 'string') return code.slice(0, errorCodeLength)
  if (typeof status === 'number') return `http_${status}`
  return error instanceof Error ? error.name : 'error'
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
      submitted(Promise.reject(error), true)
      throw error
    }
    submitted(result, rejectionIsRead)
    return result
  }
}
