import type { FormFacts } from '../plan/facts.ts'
import {
  countFields,
  destinationOf,
  formOf,
  invalidFields,
  isField,
  isInvalid,
  leavesDocument,
  nameOf,
  overruledFields,
  submitText,
} from './form-fields.ts'
import { type ErrorCode, type FormOutcome, judgeFulfilled, judgeRejected } from './form-outcome.ts'

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

/** React has committed what came of an event or a promise: `aria-invalid`, a form that is gone. */
const commitMs = 50
const doubleSubmitMs = 1000
const hintMs = 5000

/** What happens to one form until it succeeds; `onSuccess` makes room for the next attempt. */
export function createAttempt(
  form: HTMLFormElement,
  options: FormOptions,
  report: (fact: FormReport) => void,
  onSuccess: () => void,
) {
  const attemptId = options.newId()
  const changed = new Set<string>()
  const states = new Map<string, FormFacts['field']['field_state']>()
  const pending = new Set<() => void>()
  let startedAtMs: number | undefined
  let abandoned = false
  let resumed = false
  let visited = false
  let lastField = ''
  let step = { step_name: '', step_index: 0 }
  /** Controls that the browser found invalid since a submit button was pressed in this task. */
  let refused: Set<Element> | undefined
  /** The latest submission. */
  let submittedAtMs: number | undefined
  let submitReported = false
  let invalidBefore: Element[] = []
  let awaited: Promise<unknown> | undefined
  let verdict: ErrorCode | undefined

  function send<F extends keyof FormFacts>(
    fact: F,
    facts: Omit<FormFacts[F], 'form_name' | 'form_id'>,
    key = '',
  ) {
    const payload = { form_name: options.name, form_id: form.getAttribute('id') ?? '', ...facts }
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
    } else if (abandoned && !resumed) {
      resumed = true
      send('resume', elapsed())
    }
  }

  function look(field_name: string, field: Element) {
    if (!changed.delete(field_name)) return
    const corrected = states.get(field_name) === 'invalid'
    const field_state = isInvalid(field) ? 'invalid' : corrected ? 'corrected' : 'valid'
    states.set(field_name, field_state)
    send('field', { ...step, field_name, field_state }, `:${field_name}:${field_state}`)
  }

  function fail(error_code: string, invalid: Iterable<Element>) {
    for (const field of invalid) states.set(nameOf(field), 'invalid')
    send('failure', { error_code, invalid_fields: countFields(invalid), ...elapsed() })
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

  const awaitsOutcome = () => submittedAtMs !== undefined && verdict === undefined

  function submit(event: SubmitEvent) {
    flush()
    interact('')
    const { submitter, timeStamp } = event
    if (awaitsOutcome() && (awaited || timeStamp - (submittedAtMs ?? 0) < doubleSubmitMs)) return
    submittedAtMs = timeStamp
    submitReported = false
    invalidBefore = submitter?.hasAttribute('formnovalidate') ? [] : invalidFields(form)
    awaited = verdict = undefined
    const form_destination = destinationOf(form, submitter)
    const form_submit_text = submitText(submitter)
    const leaves = leavesDocument(form, submitter)
    // After the dispatch: React prevents the default of an action only when `onSubmit` has returned.
    soon(() => {
      const navigated = leaves && !event.defaultPrevented
      submitReported = true
      send('submit', { form_destination, form_submit_text, navigated })
      if (verdict !== undefined) end(verdict)
      else if (!navigated) setTimeout(() => awaitsOutcome() && !awaited && options.onHint?.(), hintMs)
    })
  }

  /** The first word counts, for each submission; without submit events, each. */
  function conclude(errorCode: ErrorCode) {
    if (submittedAtMs !== undefined) {
      if (!awaitsOutcome()) return
      verdict = errorCode
      if (!submitReported) return
    }
    end(errorCode)
  }

  function end(errorCode: ErrorCode) {
    if (startedAtMs === undefined) return
    if (errorCode) {
      fail(errorCode, invalidFields(form))
      if (!form.isConnected) leave()
    } else {
      send('success', elapsed())
      onSuccess()
    }
  }

  function leave() {
    flush()
    if (startedAtMs === undefined || abandoned || awaitsOutcome()) return
    abandoned = true
    const fields_completed = [...states.values()].filter((state) => state !== 'invalid').length
    send('abandon', { ...step, last_field: lastField, ...elapsed(), fields_completed })
  }

  return {
    form,
    flush,
    leave,
    conclude,

    submitted(result: unknown, rejectionIsRead?: boolean) {
      if (!awaitsOutcome() || awaited) return
      const promise = Promise.resolve(result)
      if (typeof (result as Promise<unknown> | undefined)?.then === 'function') awaited = promise
      else if (!options.outcome) return
      // A plain result gives way to the promise of an action that is called after it.
      const expected = awaited
      const judge = (find: () => ErrorCode | undefined) =>
        soon(() => {
          const found = awaited === expected ? find() : undefined
          if (found !== undefined) conclude(found)
        }, commitMs)
      promise.then(
        (value) => {
          if (awaited !== expected) return
          const given = options.outcome?.(value)
          judge(() => judgeFulfilled(value, countFields(overruledFields(form, invalidBefore)), given))
        },
        (error: unknown) => {
          judge(() => judgeRejected(error))
          if (!rejectionIsRead) throw error
        },
      )
    },

    enterStep(step_name: string, step_index: number) {
      if (step.step_name === step_name && step.step_index === step_index) return
      const step_direction = step_index < step.step_index ? 'back' : 'forward'
      step = { step_name, step_index }
      send('step', { ...step, step_direction }, `:${step_name}`)
    },

    onEvent(event: Event) {
      const { type, isTrusted } = event
      const origin = event.target as Element
      const node = origin.closest('button') ?? origin
      if (node !== form && formOf(node) !== form) return
      // Libraries mirror a custom control in a hidden native one, also when a program sets or resets it.
      if (!isTrusted && !visited && node.closest('[aria-hidden="true"]')) return
      const name = nameOf(node)
      switch (type) {
        case 'submit':
          return submit(event as SubmitEvent)
        case 'invalid':
          return refused?.add(node)
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
      if (type !== 'focusout' && (type === 'input' || !isTrusted) && isField(node)) {
        interact(name)
        if (name) changed.add(name)
      }
      if (type !== 'input' && changed.has(name)) soon(() => look(name, node), commitMs)
    },
  }
}
