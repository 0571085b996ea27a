import type { FormFact, FormFacts, FormStepFact } from '../plan/facts.ts'
import { attempt } from '../support/attempt.ts'
import { ask, own } from '../support/unclobbered.ts'
import type { UnknownReason } from '../support/unknown-outcome.ts'
import { contained } from './contained.ts'
import { type FocusWatch, hasFocus, watchFocus } from './focus-loss.ts'
import {
  belongsTo,
  brokenFields,
  destinationOf,
  failedFields,
  fieldsOf,
  isDismissal,
  isField,
  isFillable,
  isForm,
  isInvalid,
  isShown,
  leavesDocument,
  nameOf,
  submitText,
} from './form-fields.ts'
import { followsLink, watchNavigation } from './form-navigation.ts'
import type { ErrorCode, FormOutcome } from './form-outcome.ts'
import { correctionsOf, createFields, toSeconds } from './form-progress.ts'
import { commitMs, createSubmission, type Submission } from './form-submission.ts'
import type { Answering } from './handler-call.ts'

/** Read when they are needed, so that one object with getters can follow a component's props. */
export interface FormOptions {
  readonly name: string
  /** Judges what `onSubmit` or an action returned, or what its promise was fulfilled with. */
  readonly outcome?: ((result: unknown) => FormOutcome) | undefined
  /** How a field is called in what is reported; null leaves it out. Without an element: only a form library knows it. */
  readonly fieldName?: ((name: string, element: Element | undefined) => string | null) | undefined
  /** Names of the fields that a form library holds to be invalid now. */
  readonly invalidFields?: (() => readonly string[]) | undefined
  readonly acrossPages?: boolean | undefined
  /** Makes the `attemptId`. */
  readonly newId: () => string
  /** A submission has ended, and nothing says how. */
  readonly onUnknown?: ((attemptId: string, why: UnknownReason) => void) | undefined
  /** Development: 5 s after that, and still nothing does. */
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

export type FormAttempt = ReturnType<typeof createAttempt>

export type FormStep = Omit<FormStepFact, keyof FormFact>

const noStep: FormStep = { step_name: '', step_index: 0, steps_total: 0 }

const doubleSubmitMs = 1000

/** Resets that a form library makes itself, and therefore prevents. */
export const libraryResets = new WeakSet<Event>()

/**
 * What happens to one form until it succeeds; `onSuccess` makes room for the next attempt. An attempt across pages
 * goes on in another element, and is left only with the document.
 */
export function createAttempt(
  form: HTMLFormElement,
  options: FormOptions,
  report: (fact: FormReport) => void,
  onSuccess: (step: FormStep) => void,
  step = noStep,
) {
  const attemptId = options.newId()
  const changed = new Set<string>()
  const fields = createFields()
  const pending = new Set<() => void>()
  let startedAtMs: number | undefined
  let left: 'abandoned' | 'resumed' | undefined
  let visited = false
  let lastField = ''
  let enteredIndex = 0
  let furthestIndex = 0
  let moves = 0
  let stepAtMs = performance.now()
  /** Controls that the browser found invalid since a submit button was pressed in this task. */
  let refused: Set<Element> | undefined
  /** The latest. */
  let submission: Submission | undefined
  /** A button closes the dialog: what a handler returns is not about a submission. */
  let isDismissing = false
  /** Fields that were reset. */
  let reset: readonly string[] = []
  let linkClick: Event | undefined
  let stopWatching = () => {}
  let focused: FocusWatch | undefined

  function send<F extends keyof FormFacts>(
    fact: F,
    facts: Omit<FormFacts[F], 'form_name' | 'form_id'>,
    key = '',
  ) {
    const payload = { form_name: options.name, form_id: ask(form, 'getAttribute', 'id') || '', ...facts }
    report({ fact, factKey: options.name + key, attemptId, payload } as unknown as FormReport)
  }

  const since = (atMs: number) => toSeconds(performance.now() - atMs)
  const elapsed = () => ({ seconds_since_start: since(startedAtMs ?? 0) })
  const inStep = () => ({ ...step, step_seconds: since(stepAtMs) })
  /** Of the way: of steps to come, the fields are not known. */
  const share = () => (step.steps_total ? Math.max(furthestIndex, step.step_index) / step.steps_total : 1)
  const progress = () => fields.progress(share())
  const isOpen = () => submission?.isOpen() ?? false

  const called = (name: string, element?: Element) =>
    (name && options.fieldName ? attempt(() => options.fieldName?.(name, element)) : name) ?? ''
  /** Empty of what is no field: buttons have names, and a form may. */
  const labelOf = (element: Element) => (isField(element) ? called(nameOf(element), element) : '')

  /** Not of a form that was removed or is hidden: it has no fields now, and keeps those that it had. */
  function survey() {
    if (!isShown(form)) return
    const named = fieldsOf(form).map((field) => [labelOf(field), field] as const)
    const seen = named.filter(([name, field]) => name && (fields.isTouched(name) || isFillable(field, form)))
    fields.seen(new Set(seen.map(([name]) => name)))
  }

  const libraryFields = () => (options.invalidFields?.() ?? []).map(plainPath)
  const broken = (field: Element) => isInvalid(field) || libraryFields().includes(plainPath(nameOf(field)))

  function soon(task: () => void, delayMs = 0) {
    pending.add(task)
    setTimeout(
      contained(() => pending.delete(task) && task()),
      delayMs,
    )
  }

  function flush() {
    for (const task of pending) {
      pending.delete(task)
      task()
    }
  }

  function interact(field_name: string) {
    lastField = field_name || lastField
    if (startedAtMs === undefined) {
      startedAtMs = performance.now()
      survey()
      send('start', { form_destination: destinationOf(form), field_name })
    } else if (left === 'abandoned') {
      left = 'resumed'
      send('resume', elapsed())
    }
  }

  /** `field_returns` until it was left: the visitor may be back already. */
  function look(field_name: string, field: Element, field_returns: number) {
    if (!changed.delete(field_name)) return
    const record = fields.of(field_name)
    const field_seconds = fields.seconds(field_name)
    const valid = !broken(field)
    const field_state = valid ? (record.valid === false ? 'corrected' : 'valid') : 'invalid'
    if (!valid) record.errors += 1
    record.changes += 1
    record.valid = valid
    // At last, because it forgets a field that was removed alone.
    survey()
    send(
      'field',
      {
        ...step,
        ...{ field_name, field_state, field_seconds },
        ...{ field_returns, field_corrections: correctionsOf(record) },
        ...{ field_errors: record.errors, completion_percent: fields.progress(share()).completion_percent },
      },
      `:${attemptId}:${field_name}:${field_state}`,
    )
  }

  /** Looks at a change once React has committed what comes of it. */
  function settle(name: string, field: Element) {
    if (!changed.has(name)) return
    const { returns } = fields.of(name)
    soon(() => look(name, field, returns), commitMs)
  }

  /** Also a field that had the focus before the form was observed, as by `autofocus`. */
  function follow(name: string, field: Element) {
    if (!name || field === focused?.field || !hasFocus(field)) return
    focused?.stop()
    focused = watchFocus(field, () => {
      blur()
      settle(name, field)
    })
  }

  /** No field has the focus any more, or it is of no interest. */
  function blur() {
    focused?.stop()
    focused = undefined
    fields.blur()
  }

  function fail(error_code: string, invalid: Iterable<Element>, named: readonly string[] = []) {
    // Controls of one name, such as radio buttons, are one field.
    const found = new Map<string | Element, string>(named.map((name) => [name, called(name)]))
    const here = fieldsOf(form).filter((field) => found.has(plainPath(nameOf(field))))
    for (const field of [...here, ...invalid]) found.set(plainPath(nameOf(field)) || field, labelOf(field))
    const names = [...new Set(found.values())].filter(Boolean).sort()
    for (const name of names) {
      const record = fields.of(name)
      record.errors += 1
      record.valid = false
    }
    send('failure', {
      ...inStep(),
      ...{ error_code, invalid_fields: found.size, invalid_field_names: names.join(',') },
      ...elapsed(),
    })
  }

  /** Scripts ask for validity while somebody types, too: a try is what follows a button; in a step, any button. */
  function press() {
    refused = new Set()
    soon(() => {
      if (refused?.size) {
        // What was changed before the button was pressed: engines give `change` and `invalid` in different orders.
        flush()
        interact('')
        fail('validation', refused)
      }
      refused = undefined
    })
  }

  function onSubmit(event: SubmitEvent) {
    const { submitter } = event
    if (isDismissal(form, submitter)) return dismiss()
    const leaves = leavesDocument(form, submitter)
    submit(submitter, () => leaves && !event.defaultPrevented)
  }

  /** The form is left if the dialog closes; without one, such a button does nothing. */
  function dismiss() {
    isDismissing = true
    const dialog = ask(form, 'closest', 'dialog') as HTMLDialogElement | null
    soon(() => {
      isDismissing = false
      if (dialog && !options.acrossPages && (!dialog.open || !isShown(form))) leave()
    })
  }

  /** Watches submissions by script; an open submission goes on with them. */
  function watchScript() {
    stopWatching()
    if (isOpen()) return
    stopWatching = watchNavigation(form, linkClick, (event) =>
      soon(() => {
        if (event.type !== 'navigate' || !event.defaultPrevented) submit(null, () => true)
      }),
    )
  }

  function submit(submitter: HTMLElement | null, isNavigated: () => boolean) {
    flush()
    interact('')
    const atMs = performance.now()
    if (submission?.isOpen() && (submission.isAwaited() || atMs - submission.atMs < doubleSubmitMs)) return
    survey()
    const isStep = step.step_index < step.steps_total
    const brokenBefore = submitter?.hasAttribute('formnovalidate') ? [] : brokenFields(form)
    const failedBefore = failedFields(form, brokenBefore)
    const current = createSubmission({
      ...{ atMs, isStep, soon, progress: progress(), brokenBefore },
      outcome: () => options.outcome,
      isInvalid: (isPlain) =>
        libraryFields().length > 0 ||
        failedFields(form, brokenBefore).some((field) => !isPlain || !failedBefore.includes(field)),
      onEnd: end,
      onStepSent: () => {
        if (submission === current) submission = undefined
      },
      onUnknown(why) {
        restart()
        options.onUnknown?.(attemptId, why)
      },
      onHint: (why) => options.onHint?.(why),
    })
    submission = current
    reset = []
    const form_destination = destinationOf(form, submitter)
    const form_submit_text = submitText(submitter)
    // After the dispatch: React prevents the default of an action only when `onSubmit` has returned.
    soon(() => {
      const navigated = isNavigated()
      if (!isStep) send('submit', { form_destination, form_submit_text, navigated })
      current.reported(navigated)
    })
  }

  function submitted(answering: Answering) {
    if (!isDismissing) submission?.submitted(answering)
  }

  /** The first word counts, for each submission; without submit events, each. */
  function conclude(errorCode: ErrorCode) {
    if (submission) submission.conclude(errorCode)
    else end(errorCode)
  }

  function end(errorCode: ErrorCode) {
    if (startedAtMs === undefined) return
    if (errorCode) {
      restart()
      fail(errorCode, failedFields(form, submission?.brokenBefore ?? []), libraryFields())
      if (!own(form, 'isConnected') && !options.acrossPages) leave()
    } else {
      if (!submission) survey()
      send('success', { ...inStep(), ...elapsed(), ...(submission?.progress ?? progress()) })
      startedAtMs = undefined
      changed.clear()
      blur()
      onSuccess(step)
    }
  }

  function leave() {
    focused?.look()
    flush()
    if (startedAtMs === undefined || left || isOpen()) return
    left = 'abandoned'
    survey()
    send('abandon', { ...inStep(), ...elapsed(), ...progress(), last_field: lastField })
  }

  function onReset(event: Event) {
    // The last change came before the reset.
    flush()
    const names = fieldsOf(form).map(labelOf).filter(Boolean)
    soon(() => {
      if (event.defaultPrevented && !libraryResets.has(event)) return
      reset = names
      // React resets the form of an action that has succeeded, also of a step: what was sent stays filled in.
      if (!isOpen()) restart()
    })
  }

  /** After a reset, nothing is filled in. */
  function restart() {
    for (const name of reset) changed.delete(name)
    fields.reset(reset)
    reset = []
  }

  function enterStep(step_name: string, step_index: number, steps_total = 0) {
    if (step.step_name === step_name && step.step_index === step_index) {
      step = { ...step, steps_total }
      return
    }
    // What was changed last belongs to the step that it was in.
    flush()
    const previous = {
      previous_step: step.step_name,
      previous_step_seconds: step.step_name ? since(stepAtMs) : 0,
    }
    const step_direction = step_index < enteredIndex ? 'back' : 'forward'
    enteredIndex = step_index
    furthestIndex = Math.max(furthestIndex, step_index)
    step = { step_name, step_index, steps_total }
    stepAtMs = performance.now()
    fields.enter(step_name + moves)
    survey()
    send('step', { ...step, step_direction, ...previous }, `:${step_name}`)
  }

  function calendarOpened() {
    send('calendar', step, `:${attemptId}`)
  }

  function slotSelected() {
    interact('')
    send('slot', { ...step, ...elapsed() }, `:${attemptId}`)
  }

  function onEvent(event: Event) {
    const { type, isTrusted } = event
    if (type === 'click' && followsLink(event)) linkClick = event
    const origin = event.target as Element
    const node = (isForm(origin) ? null : origin.closest?.('button')) ?? origin
    if (!belongsTo(node, form)) return
    // Libraries mirror a custom control in a hidden native one, also when a program sets or resets it.
    if (!isTrusted && !visited && ask(node, 'closest', '[aria-hidden="true"]')) return
    switch (type) {
      case 'submit':
        return onSubmit(event as SubmitEvent)
      case 'reset':
        return onReset(event)
      case 'formdata':
        return watchScript()
      case 'invalid':
        refused?.add(node)
        return
    }
    const name = labelOf(node)
    if (type === 'focusin') {
      visited = true
      if (name) {
        lastField = name
        fields.focus(name)
        follow(name, node)
      }
      return
    }
    if (type === 'click') {
      visited = true
      if (pressed(node)) press()
      if (isTrusted || !ask(node, 'matches', '[type=checkbox], [type=radio]')) return
    }
    if (type === 'focusout') blur()
    // A trusted `change` follows an `input`; alone, it is Chromium's when a form is removed under the cursor.
    if (type === 'input' || (!isTrusted && type !== 'focusout')) {
      if (!isField(node)) return
      interact(name)
      if (name) changed.add(name)
      follow(name, node)
    }
    if (type !== 'input') settle(name, node)
  }

  /** A button that validates: in a step, of any kind. */
  function pressed(node: Element) {
    const kinds = step.step_name ? /submit|image|button/ : /submit|image/
    return kinds.test(own(node as HTMLInputElement, 'type')) && !isDismissal(form, node)
  }

  return {
    form: () => form,
    /** The attempt goes on in another element. */
    moveTo(next: HTMLFormElement) {
      if (next === form) return
      flush()
      form = next
      moves += 1
      fields.enter(step.step_name + moves)
    },
    ...{ onEvent, submitted, conclude, enterStep, calendarOpened, slotSelected, flush, leave, blur },
  }
}

/** `items[0].title` and `items.0.title` are the same field: libraries write either. */
function plainPath(name: string): string {
  return name.replace(/\[(\w+)\]/g, '.$1')
}
