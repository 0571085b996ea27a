import { type Answer, type Answering, answer, callHandler, isAnswer } from '../../triggers/handler-call.ts'

/**
 * Matches calls of the application's handler to submissions of a form library. Both happen in the same order, and a
 * rejected submission calls no handler.
 */
export function createHandlerCalls() {
  const open: { answering?: Answering }[] = []
  return {
    /** Calls the handler. `judge` may correct the answer by what the library knows once the handler has finished. */
    call<Result>(handler: () => Result, judge = (found: Answer) => found): Result {
      return callHandler(handler, (answering) => {
        const caller = open.find((submission) => !submission.answering)
        if (caller) caller.answering = isAnswer(answering) ? judge(answering) : answering.then(judge)
      })
    },
    /**
     * Resolves to the answer of the handler that `submit` called, or undefined if it called none. Rejects if `submit`
     * does.
     */
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

/** Answer for a submission that the library did not accept. The default code means that a field is invalid. */
export const refused = (code = 'validation') => answer('refused', code)
