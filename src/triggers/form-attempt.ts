import type { FormFacts } from '../plan/facts.ts'
import {
  brokenFields,
  destinationOf,
  failedFields,
  formOf,
  isField,
  isInvalid,
  leavesDocument,
  nameOf,
  submitText,
} from './form-fields.ts'
import { type ErrorCode, type FormOutcome, judge } from './form-outcome.ts'

/** Read when they are needed, so that one object with getters can follow a component's props. */
export interface FormOptions {
  readonly name: string
  /** Judges what `onSubmit` or an action returned, or what its promise was fulfilled with. */
  readonly outcome?: ((result: unknown) => FormOutcome) | undefined
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

export type FormStep = Pick<FormFacts['step'], 'step_name' | 'step_index'>

/** By then React has committed what came of an event or a promise: `aria-invalid`, a form that is gone. */
const commitMs = 50
const doubleSubmitMs = 1000
const hintMs = 5000

/** What happens to one form until it succeeds; `onSuccess` makes room for the next attempt. */
export function createAttempt(
  form: HTMLFormElement,
  options: FormOptions,
  report: (fact: FormReport) => void,
  onSuccess: (step: FormStep) => void,
  step: FormStep = { step_name: '', step_index: 0 },
) {
  const attemptId = options.newId()
  const changed = new Set<string>()
  const validity = new Map<string | Element, boolean>()
  const pending = new Set<() => void>()
  let startedAtMs: number | undefined
  let left: 'abandoned' | 'resumed' | undefined
  let visited = false
  let lastField = ''
  let reachedIndex = 0
  /** Controls that the browser found invalid since a submit button was pressed in this task. */
  let refused: Set<Element> | undefined

  // The latest submission; its verdict is null while it is open.
  let submittedAtMs = 0
  let submitReported = false
  let brokenBefore: Element[] = []
  let promised: unknown
  let verdict: ErrorCode | null | undefined

  function send<F extends keyof FormFacts>(
    fact: F,
    facts: Omit<FormFacts[F], 'form_name' | 'form_id'>,
    key = '',
  ) {
    const payload = { form_name: options.name, form_id: form.getAttribute('id') || '', ...facts }
    report({ fact, factKey: options.name + key, attemptId, payload } as unknown as FormReport)
  }

  const elapsed = () => ({
    seconds_since_start: Math.round((performance.now() - (startedAtMs ?? 0)) / 100) / 10,
  })

  function soon(task: () => void, delayMs = 0) {
    pending.add(task)
    setTimeout(() => pending.delete(task) && task(), delayMs)
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
      send('start', { form_destination: destinationOf(form), field_name })
    } else if (left === 'abandoned') {
      left = 'resumed'
      send('resume', elapsed())
    }
  }

  function look(field_name: string, field: Element) {
    if (!changed.delete(field_name)) return
    const valid = !isInvalid(field)
    const field_state = valid ? (validity.get(field_name) === false ? 'corrected' : 'valid') : 'invalid'
    validity.set(field_name, valid)
    send('field', { ...step, field_name, field_state }, `:${field_name}:${field_state}`)
  }

  function fail(error_code: string, invalid: Iterable<Element>) {
    // Controls of one name, such as radio buttons, are one field.
    const fields = new Set(Array.from(invalid, (field) => nameOf(field) || field))
    for (const field of fields) validity.set(field, false)
    send('failure', { error_code, invalid_fields: fields.size, ...elapsed() })
  }

  /** Scripts ask for validity too, while somebody types: it is a try only when a button was pressed. */
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
    brokenBefore = submitter?.hasAttribute('formnovalidate') ? [] : brokenFields(form)
    promised = undefined
    verdict = null
    const form_destination = destinationOf(form, submitter)
    const form_submit_text = submitText(submitter)
    const leaves = leavesDocument(form, submitter)
    // After the dispatch: React prevents the default of an action only when `onSubmit` has returned.
    soon(() => {
      const navigated = leaves && !event.defaultPrevented
      submitReported = true
      send('submit', { form_destination, form_submit_text, navigated })
      if (verdict !== null) end(verdict)
      else if (!navigated) setTimeout(() => verdict === null && !promised && options.onHint?.(), hintMs)
    })
  }

  async function submitted(result: unknown, rejectionIsRead?: boolean) {
    if (verdict !== null || promised) return
    if (typeof (result as Promise<unknown> | undefined)?.then === 'function') promised = result
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
      const given = rejected ? undefined : options.outcome?.(value)
      soon(() => {
        const found = judge(value, rejected, failedFields(form, brokenBefore).length > 0, given)
        if (found !== undefined) conclude(found)
      }, commitMs)
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
      fail(errorCode, failedFields(form, brokenBefore))
      if (!form.isConnected) leave()
    } else {
      send('success', elapsed())
      startedAtMs = undefined
      changed.clear()
      onSuccess(step)
    }
  }

  function leave() {
    flush()
    if (startedAtMs === undefined || left || verdict === null) return
    left = 'abandoned'
    const fields_completed = [...validity.values()].filter(Boolean).length
    send('abandon', { ...step, last_field: lastField, ...elapsed(), fields_completed })
  }

  function enterStep(step_name: string, step_index: number) {
    if (step.step_name === step_name && step.step_index === step_index) return
    const step_direction = step_index < reachedIndex ? 'back' : 'forward'
    reachedIndex = step_index
    step = { step_name, step_index }
    send('step', { ...step, step_direction }, `:${step_name}`)
  }

  function onEvent(event: Event) {
    const { type, isTrusted } = event
    const origin = event.target as Element
    const node = origin.closest?.('button') ?? origin
    if (node !== form && formOf(node) !== form) return
    // Libraries mirror a custom control in a hidden native one, also when a program sets or resets it.
    if (!isTrusted && !visited && node.closest('[aria-hidden="true"]')) return
    const name = nameOf(node)
    switch (type) {
      case 'submit':
        submit(event as SubmitEvent)
        return
      case 'invalid':
        refused?.add(node)
        return
      case 'focusin':
        visited = true
        if (isField(node)) lastField = name || lastField
        return
      case 'click':
        visited = true
        if (/submit|image/.test((node as HTMLInputElement).type)) press()
        if (isTrusted || !node.matches('[type=checkbox], [type=radio]')) return
    }
    // A trusted `change` follows an `input`; alone, it is Chromium's when a form is removed under the cursor.
    if (type === 'input' || (!isTrusted && type !== 'focusout')) {
      if (!isField(node)) return
      interact(name)
      if (name) changed.add(name)
    }
    if (type !== 'input' && changed.has(name)) soon(() => look(name, node), commitMs)
  }

  return { form, onEvent, submitted, conclude, enterStep, flush, leave }
}
