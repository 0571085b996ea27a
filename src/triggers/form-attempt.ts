import type { FormFact, FormFacts, FormStepFact } from '../plan/facts.ts'
import { contained } from './contained.ts'
import {
  belongsTo,
  brokenFields,
  destinationOf,
  failedFields,
  fieldsOf,
  isField,
  isInvalid,
  leavesDocument,
  nameOf,
  submitText,
} from './form-fields.ts'
import { type ErrorCode, type FormOutcome, isAborted, judge } from './form-outcome.ts'
import { correctionsOf, createFields, toSeconds } from './form-progress.ts'

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
  /** Mints the `attemptId`. */
  readonly newId: () => string
  /** Development: 5 s after a submission, nothing has said what became of it. */
  readonly onHint?: (() => void) | undefined
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

/** By then React has committed what came of an event or a promise: `aria-invalid`, a form that is gone. */
const commitMs = 50
const doubleSubmitMs = 1000
const hintMs = 5000

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

  // The latest submission; its verdict is null while it is open.
  let submittedAtMs = 0
  let submitReported = false
  /** Of a step that others follow: it is no attempt to submit the form, and no success of it. */
  let sendsStep = false
  let brokenBefore: Element[] = []
  let promised: unknown
  /** Follows the promise of a submission that came while one was in flight: it counts if that one is aborted for it. */
  let later: (() => void) | undefined
  let verdict: ErrorCode | null | undefined

  function send<F extends keyof FormFacts>(
    fact: F,
    facts: Omit<FormFacts[F], 'form_name' | 'form_id'>,
    key = '',
  ) {
    const payload = { form_name: options.name, form_id: form.getAttribute('id') || '', ...facts }
    report({ fact, factKey: options.name + key, attemptId, payload } as unknown as FormReport)
  }

  const since = (atMs: number) => toSeconds(performance.now() - atMs)
  const elapsed = () => ({ seconds_since_start: since(startedAtMs ?? 0) })
  const inStep = () => ({ ...step, step_seconds: since(stepAtMs) })
  /** Of the way: of steps to come, the fields are not known. */
  const share = () => (step.steps_total ? Math.max(furthestIndex, step.step_index) / step.steps_total : 1)
  /** What is told of the whole attempt when it ends. */
  const ended = () => ({ ...inStep(), ...elapsed(), ...fields.progress(share()) })

  const called = (name: string, element?: Element) =>
    (name && options.fieldName ? options.fieldName(name, element) : name) ?? ''
  const labelOf = (element: Element) => called(nameOf(element), element)

  /** Not in a form that was removed, which has no fields any more. */
  function survey() {
    if (form.isConnected) fields.seen(new Set(fieldsOf(form).map(labelOf).filter(Boolean)))
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
    survey()
    const record = fields.of(field_name)
    const valid = !broken(field)
    const field_state = valid ? (record.valid === false ? 'corrected' : 'valid') : 'invalid'
    if (!valid) record.errors += 1
    record.changes += 1
    record.valid = valid
    send(
      'field',
      {
        ...step,
        ...{ field_name, field_state, field_seconds: fields.seconds(field_name) },
        ...{ field_returns, field_corrections: correctionsOf(record) },
        ...{ field_errors: record.errors, completion_percent: fields.progress(share()).completion_percent },
      },
      `:${attemptId}:${field_name}:${field_state}`,
    )
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
        interact('')
        fail('validation', refused)
      }
      refused = undefined
    })
  }

  function submit(event: SubmitEvent) {
    flush()
    interact('')
    const { submitter } = event
    const nowMs = performance.now()
    if (verdict === null && (promised || nowMs - submittedAtMs < doubleSubmitMs)) return
    submittedAtMs = nowMs
    submitReported = false
    sendsStep = step.step_index < step.steps_total
    brokenBefore = submitter?.hasAttribute('formnovalidate') ? [] : brokenFields(form)
    promised = undefined
    later = undefined
    verdict = null
    const form_destination = destinationOf(form, submitter)
    const form_submit_text = submitText(submitter)
    const leaves = leavesDocument(form, submitter)
    // After the dispatch: React prevents the default of an action only when `onSubmit` has returned.
    soon(() => {
      const navigated = leaves && !event.defaultPrevented
      submitReported = true
      if (!sendsStep) send('submit', { form_destination, form_submit_text, navigated })
      if (typeof verdict === 'string') end(verdict)
      else if (sendsStep && !promised) verdict = undefined
      else if (!navigated) setTimeout(() => verdict === null && !promised && options.onHint?.(), hintMs)
    })
  }

  async function submitted(result: unknown, rejectionIsRead?: boolean): Promise<void> {
    const isPromise = typeof (result as Promise<unknown> | undefined)?.then === 'function'
    if (promised && isPromise) later = () => submitted(result, rejectionIsRead)
    if (verdict !== null || promised) return
    if (isPromise) promised = result
    else if (!options.outcome) return
    const mine = promised
    let value: unknown
    let rejected = false
    try {
      value = await result
    } catch (error) {
      value = error
      rejected = true
    }
    // A plain result has given way to the promise of an action that was called after the handler.
    if (promised === mine) {
      if (rejected && later && isAborted(value)) {
        promised = undefined
        later()
      } else {
        const given = rejected ? undefined : options.outcome?.(value)
        soon(() => {
          const invalid = libraryFields().length > 0 || failedFields(form, brokenBefore).length > 0
          const found = judge(value, rejected, invalid, given)
          // Somebody else may know.
          if (found === undefined) promised = undefined
          if (sendsStep && !found && verdict === null) verdict = undefined
          else if (found !== undefined) conclude(found)
        }, commitMs)
      }
    }
    if (rejected && !rejectionIsRead) throw value
  }

  /** The first word counts, for each submission; without submit events, each. */
  function conclude(errorCode: ErrorCode) {
    if (verdict === undefined) end(errorCode)
    if (verdict !== null) return
    verdict = errorCode
    if (submitReported) end(errorCode)
  }

  function end(errorCode: ErrorCode | undefined) {
    if (startedAtMs === undefined) return
    if (errorCode) {
      fail(errorCode, failedFields(form, brokenBefore), libraryFields())
      if (!form.isConnected && !options.acrossPages) leave()
    } else {
      survey()
      send('success', ended())
      startedAtMs = undefined
      changed.clear()
      onSuccess(step)
    }
  }

  function leave() {
    flush()
    if (startedAtMs === undefined || left || verdict === null) return
    left = 'abandoned'
    survey()
    send('abandon', { ...ended(), last_field: lastField })
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
    const origin = event.target as Element
    const node = origin.closest?.('button') ?? origin
    if (!belongsTo(node, form)) return
    // Libraries mirror a custom control in a hidden native one, also when a program sets or resets it.
    if (!isTrusted && !visited && node.closest('[aria-hidden="true"]')) return
    const name = labelOf(node)
    switch (type) {
      case 'submit':
        submit(event as SubmitEvent)
        return
      case 'invalid':
        refused?.add(node)
        return
      case 'focusin':
        visited = true
        if (isField(node) && name) {
          lastField = name
          fields.focus(name)
        }
        return
      case 'click':
        visited = true
        if ((step.step_name ? /submit|image|button/ : /submit|image/).test((node as HTMLInputElement).type))
          press()
        if (isTrusted || !node.matches('[type=checkbox], [type=radio]')) return
    }
    if (type === 'focusout') fields.blur()
    // A trusted `change` follows an `input`; alone, it is Chromium's when a form is removed under the cursor.
    if (type === 'input' || (!isTrusted && type !== 'focusout')) {
      if (!isField(node)) return
      interact(name)
      if (name) changed.add(name)
    }
    if (type === 'input' || !changed.has(name)) return
    const { returns } = fields.of(name)
    soon(() => look(name, node, returns), commitMs)
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
    ...{ onEvent, submitted, conclude, enterStep, calendarOpened, slotSelected, flush, leave },
  }
}

/** `items[0].title` and `items.0.title` are the same field: libraries write either. */
function plainPath(name: string): string {
  return name.replace(/\[(\w+)\]/g, '.$1')
}
