/** What became of a submission, as far as the value that a handler or an action returned can say. */
export type FormOutcome = 'success' | 'failure' | 'unknown'

/** `errorCode` of a failure; a success has none. */
export interface Verdict {
  readonly errorCode?: string | undefined
}

const errorCodeLength = 100
const success: Verdict = {}

/**
 * A fulfilled promise is a success unless it is a response that is not `ok`, or a field is invalid: form libraries
 * fulfil when validation stops them (T1). `given` is the verdict of the developer's own `outcome`.
 */
export function judgeFulfilled(value: unknown, invalid: number, given?: FormOutcome): Verdict | undefined {
  if (given === 'unknown') return undefined
  const { ok, status } = Object(value) as { ok?: unknown; status?: unknown }
  const refused = given ? given === 'failure' : ok === false && !isRedirect(value)
  if (refused)
    return { errorCode: typeof status === 'number' ? `http_${status}` : invalid ? 'validation' : 'error' }
  return invalid && !given ? { errorCode: 'validation' } : success
}

/** A thrown redirect is a success (T4). Anything else fails by its code or its name; a message may hold what was typed. */
export function judgeRejected(error: unknown): Verdict {
  if (isRedirect(error)) return success
  const { code, status } = Object(error) as { code?: unknown; status?: unknown }
  if (typeof code === 'string') return { errorCode: code.slice(0, errorCodeLength) }
  if (error instanceof Error) return { errorCode: error.name }
  return { errorCode: typeof status === 'number' ? `http_${status}` : 'error' }
}

/** Next.js rejects with a digest, routers throw a `Response`. */
function isRedirect(value: unknown): boolean {
  const { digest, status } = Object(value) as { digest?: unknown; status?: unknown }
  return (
    String(digest).startsWith('NEXT_REDIRECT') ||
    (value instanceof Response && Math.floor(Number(status) / 100) === 3)
  )
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
