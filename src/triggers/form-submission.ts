import type { FormProgress } from '../plan/facts.ts'
import type { UnknownReason } from '../support/unknown-outcome.ts'
import { contained } from './contained.ts'
import {
  type ErrorCode,
  type FormOutcome,
  isAborted,
  isInvalid,
  type JudgedOutcome,
  outcomeOf,
} from './form-outcome.ts'
import { type Answer, type Answering, isAnswer } from './handler-call.ts'

/**
 * Time in ms by which React has committed the result of an event or a promise, such as `aria-invalid` or a removed
 * form.
 */
export const commitMs = 50
const hintMs = 5000
/** Time in ms in which a commit clears the marks of an earlier try. A transition may hold it back. */
const clearMs = 1000

export interface SubmissionOptions {
  readonly atMs: number
  /** Index of the submitted step; 0 in a form without steps. */
  readonly step_index: number
  /** True if more steps follow: the submission is neither a submission nor a success of the form. */
  readonly isStep: boolean
  /**
   * Progress at the time of submission, because an application may disable or reset its fields before the response
   * arrives.
   */
  readonly progress: Omit<FormProgress, 'seconds_since_start'>
  readonly brokenBefore: readonly Element[]
  /** Schedules a task for later, or earlier if the user leaves the page. */
  readonly soon: (task: () => void, delayMs: number) => void
  readonly outcome: () => ((result: unknown) => FormOutcome) | undefined
  /**
   * Returns true if a field is invalid now. `isPlain`: only fields that a handler without a promise has just marked
   * count.
   */
  readonly isInvalid: (isPlain: boolean) => boolean
  /** Returns true if no field is invalid but those that already were when the form was submitted. */
  readonly isStale: () => boolean
  readonly onEnd: (code: ErrorCode) => void
  readonly onStepSent: () => void
  readonly onUnknown: (why: UnknownReason) => void
  /** Called 5 s later if the outcome is still unknown. */
  readonly onHint: (why: UnknownReason) => void
}

export type Submission = ReturnType<typeof createSubmission>

/** Follows one submission until its outcome is known. The first outcome counts. */
export function createSubmission(options: SubmissionOptions) {
  const { isStep, step_index, brokenBefore, progress, atMs } = options
  let verdict: ErrorCode | undefined
  let why: UnknownReason = 'unseen'
  let isReported = false
  /** Result that decides the outcome. */
  let awaited: Answering | undefined
  let awaitsAction = false
  /**
   * Result of a second submission while one is in flight, or of an action. Counts if the first is aborted because of
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
    const hint = contained(() => isOpen() && !awaited && options.onHint(why))
    setTimeout(hint, hintMs)
  }

  function submitted(answering: Answering, isAction: boolean) {
    if (!isOpen()) return
    const isThere = isAnswer(answering)
    // What the handler returned gives way to the action that is called after it: only the action sends the form.
    const givesWay = awaited && (isAnswer(awaited) || (isAction && !awaitsAction))
    if (!awaited || (!isThere && givesWay)) follow(answering, isAction)
    else if (!isThere) later = answering
  }

  function follow(answering: Answering, isAction = awaitsAction) {
    awaitsAction = isAction
    awaited = answering
    later = undefined
    const judge = contained((answer: Answer) => {
      if (awaited !== answering) return
      if (later && answer.kind === 'rejected' && isAborted(answer.value)) return follow(later)
      const look = (isLast: boolean) => {
        if (awaited !== answering || !isOpen()) return
        const isPlain = answer.kind === 'plain'
        const found = outcomeOf(answer, options.isInvalid(isPlain), options.outcome())
        const isOld = !isLast && !isPlain && isInvalid(found) && options.isStale()
        isOld ? options.soon(() => look(true), clearMs) : settle(found)
      }
      options.soon(() => look(false), commitMs)
    })
    if (isAnswer(answering)) judge(answering)
    else void answering.then(judge)
  }

  function settle(found: JudgedOutcome) {
    if ('unknown' in found) {
      why = found.unknown
      awaited = undefined
      if (later) follow(later)
      else doubt()
    } else if (isStep && found.code === '') options.onStepSent()
    else conclude(found.code)
  }

  return {
    atMs,
    step_index,
    progress,
    brokenBefore,
    isOpen,
    isAwaited: () => awaited !== undefined,
    submitted,
    conclude,
    /** Called once the submission is reported; its outcome may be reported from then on. */
    reported(navigated: boolean) {
      isReported = true
      if (verdict !== undefined) options.onEnd(verdict)
      else if (!navigated && !awaited) doubt()
    },
  }
}
