import type { FormProgress } from '../plan/facts.ts'
import type { UnknownReason } from '../support/unknown-outcome.ts'
import { contained } from './contained.ts'
import { type ErrorCode, type FormOutcome, isAborted, verdictOf } from './form-outcome.ts'
import type { Answer, Answering } from './handler-call.ts'

/** By then React has committed what came of an event or a promise: `aria-invalid`, a form that is gone. */
export const commitMs = 50
const hintMs = 5000

export interface SubmissionOptions {
  readonly atMs: number
  /** It sends a step that others follow: no attempt to submit the form, and no success of it. */
  readonly isStep: boolean
  /**
   * Progress at the submission: an application may disable or reset its fields before the answer has come.
   */
  readonly progress: Omit<FormProgress, 'seconds_since_start'>
  readonly brokenBefore: readonly Element[]
  /** Later, or sooner if the page is left. */
  readonly soon: (task: () => void, delayMs: number) => void
  readonly outcome: () => ((result: unknown) => FormOutcome) | undefined
  /** True if a field is invalid now; `isPlain`: because of what a handler without a promise has just done. */
  readonly isInvalid: (isPlain: boolean) => boolean
  readonly onEnd: (code: ErrorCode) => void
  readonly onStepSent: () => void
  readonly onUnknown: (why: UnknownReason) => void
  /** 5 s after that, and still nothing is known. */
  readonly onHint: (why: UnknownReason) => void
}

export type Submission = ReturnType<typeof createSubmission>

/** One submission, until something says what became of it. The first word counts. */
export function createSubmission(options: SubmissionOptions) {
  const { isStep, brokenBefore, progress, atMs } = options
  let verdict: ErrorCode | undefined
  let why: UnknownReason = 'unseen'
  let isReported = false
  /** Answer that decides the outcome. */
  let awaited: Answering | undefined
  /**
   * Answer of a second submission while one is in flight, or of an action: counts if the first is aborted for
   * it, or is unknown.
   */
  let later: Answering | undefined

  const isOpen = () => verdict === undefined

  function conclude(code: ErrorCode) {
    if (!isOpen()) return
    verdict = code
    if (isReported) options.onEnd(code)
  }

  function doubt() {
    if (isStep) return options.onStepSent()
    options.onUnknown(why)
    setTimeout(
      contained(() => isOpen() && !awaited && options.onHint(why)),
      hintMs,
    )
  }

  function submitted(answering: Answering) {
    if (!isOpen()) return
    const isPromise = answering instanceof Promise
    // A plain result gives way to the promise of an action that is called after the handler.
    if (!(awaited instanceof Promise)) isPromise || !awaited ? follow(answering) : undefined
    else if (isPromise) later = answering
  }

  function follow(answering: Answering) {
    awaited = answering
    later = undefined
    const judge = contained((answer: Answer) => {
      if (awaited !== answering) return
      if (later && answer.kind === 'rejected' && isAborted(answer.value)) return follow(later)
      options.soon(() => {
        if (awaited !== answering || !isOpen()) return
        const found = verdictOf(answer, options.isInvalid(answer.kind === 'plain'), options.outcome())
        if ('unknown' in found) {
          why = found.unknown
          awaited = undefined
          if (later) follow(later)
          else doubt()
        } else if (isStep && found.code === '') options.onStepSent()
        else conclude(found.code)
      }, commitMs)
    })
    if (answering instanceof Promise) void answering.then(judge)
    else judge(answering)
  }

  return {
    atMs,
    progress,
    brokenBefore,
    isOpen,
    isAwaited: () => awaited !== undefined,
    submitted,
    conclude,
    /** The submission is reported, and its end may be. */
    reported(navigated: boolean) {
      isReported = true
      if (verdict !== undefined) options.onEnd(verdict)
      else if (!navigated && !awaited) doubt()
    },
  }
}
