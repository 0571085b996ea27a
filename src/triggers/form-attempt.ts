import type { FormFact, FormFacts, FormStepFact } from '../plan/facts.ts'
import { ask } from '../support/unclobbered.ts'
import type { UnknownReason } from '../support/unknown-outcome.ts'
import { contained } from './contained.ts'
import type { FocusWatch } from './focus-loss.ts'
import type { NavigationWatch } from './form-navigation.ts'
import type { FormOutcome } from './form-outcome.ts'
import { type createFields, toSeconds } from './form-progress.ts'
import type { Submission } from './form-submission.ts'

/**
 * Options of a form observer. They are read on demand, so that a single object with getters can follow a component's
 * props.
 */
export interface FormOptions {
  readonly name: string
  /** Judges what `onSubmit` or an action returned, or what its promise was fulfilled with. */
  readonly outcome?: ((result: unknown) => FormOutcome) | undefined
  /**
   * Returns the name under which a field is reported; null leaves the field out. `element` is undefined if only a form
   * library knows the field.
   */
  readonly fieldName?: ((name: string, element: Element | undefined) => string | null) | undefined
  /** Returns the names of the fields that a form library considers invalid now. */
  readonly invalidFields?: (() => readonly string[]) | undefined
  readonly acrossPages?: boolean | undefined
  /** Creates an `attemptId`. */
  readonly newId: () => string
  /** Called when a submission ends with an unknown outcome. */
  readonly onUnknown?: ((attemptId: string, why: UnknownReason) => void) | undefined
  /** Called 5 s later, in development, if the outcome is still unknown. */
  readonly onHint?: ((why: UnknownReason) => void) | undefined
}

export type FormReport = {
  readonly [F in keyof FormFacts]: {
    readonly fact: F
    readonly factKey: string
    readonly attemptId: string
    readonly payload: FormFacts[F]
  }
}[keyof FormFacts]

export type FormStep = Omit<FormStepFact, keyof FormFact>

/** State of one attempt at a form. Other modules work on it: steps, field changes, submissions and the listener. */
export interface FormAttempt {
  readonly id: string
  readonly options: FormOptions
  readonly report: (fact: FormReport) => void
  /** Called after a success to begin the next attempt. */
  readonly onSuccess: (step: FormStep) => void
  /** Tasks that are scheduled for later, with their delay in ms; `flush` runs them at once. */
  readonly pending: Map<() => void, number>
  /** The form element. It changes when an attempt across pages continues in another element. */
  form: HTMLFormElement
  /** Undefined until the first interaction, and again after a success. */
  startedAtMs?: number | undefined
  left?: 'abandoned' | 'resumed'
  /** True once the user has focused or clicked into the form. */
  visited?: boolean
  linkClick?: Event

  step: FormStep
  stepAtMs: number
  /** Index of the last step that was entered. */
  enteredIndex: number
  furthestIndex: number

  readonly fields: ReturnType<typeof createFields>
  /** Fields that have changed since they were last checked. */
  readonly changed: Set<string>
  focused?: FocusWatch | undefined
  lastField: string

  /** The latest submission. */
  submission?: Submission | undefined
  /** Controls that the browser has found invalid in this task, since the user pressed a submit button. */
  refused?: Set<Element> | undefined
  /** True while a button closes the dialog. A handler's result then does not belong to a submission. */
  isDismissing?: boolean
  /** True while another step is entered: the fields of the last one are gone, and still count. */
  isMoving?: boolean
  /** Names of the fields that were reset. */
  reset: readonly string[]
  /** Watch for a submission by script. */
  watch?: NavigationWatch | undefined
  /** True if the form was left while it is unknown whether a script has submitted it. */
  isLeaving?: boolean
}

type OwnFacts<F extends keyof FormFacts> = Omit<FormFacts[F], 'form_name' | 'form_id'>

export function send<F extends keyof FormFacts>(
  { id, form, options, report }: FormAttempt,
  fact: F,
  facts: OwnFacts<F>,
  key = '',
): void {
  const payload = { form_name: options.name, form_id: ask(form, 'getAttribute', 'id') || '', ...facts }
  report({ fact, factKey: options.name + key, attemptId: id, payload } as unknown as FormReport)
}

export const secondsSince = (atMs: number): number => toSeconds(performance.now() - atMs)

export const elapsed = ({ startedAtMs = 0 }: FormAttempt) => ({
  seconds_since_start: secondsSince(startedAtMs),
})

export function soon({ pending }: FormAttempt, task: () => void, delayMs = 0): void {
  pending.set(task, delayMs)
  setTimeout(
    contained(() => pending.delete(task) && task()),
    delayMs,
  )
}

/** Runs all scheduled tasks now, except those with a longer delay. */
export function flush({ pending }: FormAttempt, longestMs = Number.POSITIVE_INFINITY): void {
  for (const [task, delayMs] of pending) {
    if (delayMs > longestMs) continue
    pending.delete(task)
    task()
  }
}
