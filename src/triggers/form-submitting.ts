import { ask, own } from '../support/unclobbered.ts'
import { elapsed, type FormAttempt, flush, send, soon } from './form-attempt.ts'
import { blur, interact, labelOf, libraryFields, progressOf, refuse, survey } from './form-changes.ts'
import {
  brokenFields,
  destinationOf,
  failedFields,
  fieldsOf,
  isDismissal,
  isShown,
  leavesDocument,
  submitText,
} from './form-fields.ts'
import { watchNavigation } from './form-navigation.ts'
import type { ErrorCode } from './form-outcome.ts'
import { inStep } from './form-steps.ts'
import { commitMs, createSubmission, type Submission } from './form-submission.ts'

const doubleSubmitMs = 1000

/** Reset events that a form library handles itself, and therefore prevents. */
export const libraryResets = new WeakSet<Event>()

const isOpen = ({ submission }: FormAttempt) => submission?.isOpen() ?? false

/**
 * Records fields that are invalid after a button press: a submit button, or in a step any button. Scripts also check
 * validity while the user types, which does not count.
 */
export function press(attempt: FormAttempt): void {
  attempt.refused = new Set()
  soon(attempt, () => {
    const { refused } = attempt
    if (refused?.size) {
      // Changes made before the button press come first: engines fire `change` and `invalid` in different orders.
      flush(attempt)
      interact(attempt)
      fail(attempt, 'validation', refused)
    }
    attempt.refused = undefined
  })
}

export function onSubmit(attempt: FormAttempt, event: SubmitEvent): void {
  const { submitter } = event
  const { form } = attempt
  const leaves = leavesDocument(form, submitter)
  if (isDismissal(form, submitter)) dismiss(attempt)
  else submit(attempt, submitter, () => leaves && !event.defaultPrevented)
}

/** Abandons the form if the button closes its dialog. Without a dialog, such a button does nothing. */
function dismiss(attempt: FormAttempt): void {
  attempt.isDismissing = true
  const dialog = ask(attempt.form, 'closest', 'dialog') as HTMLDialogElement | null
  soon(attempt, () => {
    attempt.isDismissing = false
    if (dialog && !attempt.options.acrossPages && (!dialog.open || !isShown(attempt.form))) leave(attempt)
  })
}

/** Watches for submissions by script. While a submission is open, they belong to it. */
export function watchScript(attempt: FormAttempt, linkClick: Event | undefined): void {
  stopWatch(attempt)
  if (isOpen(attempt)) return
  const onNavigation = (event: Event) => {
    attempt.watch = undefined
    soon(attempt, () => {
      if (event.type !== 'navigate' || !event.defaultPrevented)
        submit(attempt, null, () => leavesDocument(attempt.form, null))
    })
  }
  const onNothing = () => {
    attempt.watch = undefined
    if (attempt.isLeaving) leave(attempt)
  }
  attempt.watch = watchNavigation(attempt.form, linkClick, onNavigation, onNothing)
}

function stopWatch(attempt: FormAttempt): void {
  attempt.watch?.stop()
  attempt.watch = undefined
}

function submit(attempt: FormAttempt, submitter: HTMLElement | null, isNavigated: () => boolean): void {
  stopWatch(attempt)
  flush(attempt)
  interact(attempt)
  if (isRepeated(attempt)) return
  survey(attempt)
  const { step_index, steps_total } = attempt.step
  const isStep = step_index < steps_total
  const submission = begin(attempt, submitter, isStep)
  attempt.submission = submission
  attempt.reset = []
  const form_destination = destinationOf(attempt.form, submitter)
  const form_submit_text = submitText(submitter)
  // Runs after the dispatch, because React prevents the default of an action only after `onSubmit` has returned.
  soon(attempt, () => {
    const navigated = isNavigated()
    if (!isStep) send(attempt, 'submit', { form_destination, form_submit_text, navigated })
    submission.reported(navigated)
  })
}

/**
 * True while a submission of the same step is in flight. A submission of an earlier step does not count: the user has
 * moved on.
 */
function isRepeated({ submission: last, step }: FormAttempt): boolean {
  if (!last?.isOpen() || last.step_index !== step.step_index) return false
  return last.isAwaited() || performance.now() - last.atMs < doubleSubmitMs
}

function begin(attempt: FormAttempt, submitter: HTMLElement | null, isStep: boolean): Submission {
  const { options } = attempt
  const brokenBefore = submitter?.hasAttribute('formnovalidate') ? [] : brokenFields(attempt.form)
  const failed = () => failedFields(attempt.form, brokenBefore)
  const failedBefore = failed()
  const submission = createSubmission({
    ...{ atMs: performance.now(), step_index: attempt.step.step_index, isStep },
    ...{ progress: progressOf(attempt), brokenBefore },
    soon: (task, delayMs) => soon(attempt, task, delayMs),
    outcome: () => options.outcome,
    isInvalid: (isPlain) =>
      libraryFields(attempt).length > 0 ||
      failed().some((field) => !isPlain || !failedBefore.includes(field)),
    isStale: () =>
      libraryFields(attempt).length === 0 &&
      failed().length > 0 &&
      failed().every((field) => failedBefore.includes(field)),
    onEnd(code) {
      if (attempt.submission === submission) end(attempt, code)
    },
    onStepSent: () => {
      if (attempt.submission === submission) attempt.submission = undefined
    },
    onUnknown(why) {
      restart(attempt)
      options.onUnknown?.(attempt.id, why)
    },
    onHint: (why) => options.onHint?.(why),
  })
  return submission
}

/** Concludes the submission with the first outcome reported. Without a submission, each outcome counts. */
export function conclude(attempt: FormAttempt, code: ErrorCode): void {
  if (attempt.submission) attempt.submission.conclude(code)
  else end(attempt, code)
}

function end(attempt: FormAttempt, code: ErrorCode): void {
  const { submission } = attempt
  if (attempt.startedAtMs === undefined) return
  if (code) {
    restart(attempt)
    const failed = failedFields(attempt.form, submission?.brokenBefore ?? [])
    fail(attempt, code, failed, libraryFields(attempt))
    if (!own(attempt.form, 'isConnected') && !attempt.options.acrossPages) leave(attempt)
  } else {
    if (!submission) survey(attempt)
    const progress = submission?.progress ?? progressOf(attempt)
    send(attempt, 'success', { ...inStep(attempt), ...elapsed(attempt), ...progress })
    attempt.startedAtMs = undefined
    attempt.changed.clear()
    blur(attempt)
    attempt.onSuccess(attempt.step)
  }
}

function fail(
  attempt: FormAttempt,
  error_code: string,
  invalid: Iterable<Element>,
  named: readonly string[] = [],
): void {
  const refused = refuse(attempt, invalid, named)
  send(attempt, 'failure', { ...inStep(attempt), error_code, ...refused, ...elapsed(attempt) })
}

export function leave(attempt: FormAttempt): void {
  attempt.focused?.look()
  flush(attempt)
  if (attempt.startedAtMs === undefined || attempt.left || isOpen(attempt)) return
  // The form may have been sent by a script, and replaced by its thanks.
  attempt.isLeaving = attempt.watch?.isLong ?? false
  if (attempt.isLeaving) return
  attempt.left = 'abandoned'
  survey(attempt)
  const facts = { ...inStep(attempt), ...elapsed(attempt), ...progressOf(attempt) }
  send(attempt, 'abandon', { ...facts, last_field: attempt.lastField })
}

export function onReset(attempt: FormAttempt, event: Event): void {
  // The last change came before the reset. React resets a form after its action, before a slow commit clears old errors.
  flush(attempt, commitMs)
  const names = fieldsOf(attempt.form).map((field) => labelOf(attempt, field))
  soon(attempt, () => {
    if (event.defaultPrevented && !libraryResets.has(event)) return
    attempt.reset = names.filter(Boolean)
    // React resets a form after its action succeeds, also in a step: the submitted fields still count as filled in.
    if (!isOpen(attempt)) restart(attempt)
  })
}

/** After a reset, no field counts as filled in. */
function restart(attempt: FormAttempt): void {
  const { changed, fields } = attempt
  for (const name of attempt.reset) changed.delete(name)
  fields.reset(attempt.reset)
  attempt.reset = []
}
