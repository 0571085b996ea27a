import { type Answer, type Answering, answer, callHandler } from '../triggers/handler-call.ts'

/**
 * Tells which call of the application's handler belongs to which submission of a form library: both happen in the same
 * order, and a submission that is refused calls nothing.
 */
export function createHandlerCalls() {
  const open: { answering?: Answering }[] = []
  return {
    /** `judge`: what the library knows when the handler has ended may say more than its answer. */
    call<Result>(handler: () => Result, judge = (found: Answer) => found): Result {
      return callHandler(handler, (answering) => {
        const caller = open.find((submission) => !submission.answering)
        if (caller) caller.answering = answering instanceof Promise ? answering.then(judge) : judge(answering)
      })
    },
    /** Resolves to how the handler ended that `submit` has called, undefined if none; rejects as `submit` does. */
    async during(submit: () => Promise<unknown>): Promise<Answering | undefined> {
      const submission: (typeof open)[number] = {}
      open.push(submission)
      try {
        await submit()
      } finally {
        open.splice(open.indexOf(submission), 1)
      }
      return submission.answering
    },
  }
}

export type HandlerCalls = ReturnType<typeof createHandlerCalls>

/** A field is invalid, or the library has another reason not to accept what was submitted. */
export const refused = (code = 'validation') => answer('refused', code)
