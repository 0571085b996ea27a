import type { FormFacts } from '../plan/facts.ts'
import {
  countFields,
  destinationOf,
  formOf,
  invalidFields,
  isField,
  isInvalid,
  isMarkedInvalid,
  leavesDocument,
  nameOf,
  submitText,
} from './form-fields.ts'
import { type FormOutcome, judgeFulfilled, judgeRejected, type Verdict } from './form-outcome.ts'

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

/** From the first interaction to a success; `onSuccess` makes room for the next. */
export function createAttempt(
  form: HTMLFormElement,
  options: FormOptions,
  report: (fact: FormReport) => void,
  onSuccess: () => void,
) {
  const attemptId = options.newId()
  const changed = new Set<string>()
  const states = new Map<string, FormFacts['field']['field_state']>()
  const refused = new Set<Element>()
  const pending = new Set<() => void>()
  let startedAtMs: number | undefined
  let abandoned = false
  let resumed = false
  /** Focus or a click has been inside. */
  let entered = false
  let triedToSubmit = false
  let lastField = ''
  let step = { step_name: '', step_index: 0 }
  // Of the latest submission:
  let submittedAtMs: number | undefined
  let submitReported = false
  let invalidBefore: Element[] = []
  let awaited: Promise<unknown> | undefined
  let verdict: Verdict | undefined

  function send<F extends keyof FormFacts>(
    fact: F,
    facts: Omit<FormFacts[F], 'form_name' | 'form_id'>,
    key = '',
  ) {
    const payload = { form_name: options.name, form_id: form.getAttribute('id') ?? '', ...facts }
    report({ fact, factKey: options.name + key, attemptId, payload } as unknown as FormReport)
  }

  function secondsSinceStart() {
    return { seconds_since_start: Math.round((performance.now() - (startedAtMs ?? 0)) / 100) / 10 }
  }

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

  function interact(field_name = '') {
    lastField = field_name || lastField
    if (startedAtMs === undefined) {
      startedAtMs = performance.now()
      send('start', { form_destination: destinationOf(form), field_name })
    } else if (abandoned && !resumed) {
      resumed = true
      send('resume', secondsSinceStart())
    }
  }

  function look(field_name: string, field: Element) {
    if (!changed.delete(field_name)) return
    const corrected = states.get(field_name) === 'invalid'
    const field_state = isInvalid(field) ? 'invalid' : corrected ? 'corrected' : 'valid'
    states.set(field_name, field_state)
    send('field', { ...step, field_name, field_state }, `:${field_name}:${field_state}`)
  }

  function failed(error_code: string, invalid: Iterable<Element>) {
    for (const field of invalid) states.set(nameOf(field), 'invalid')
    send('failure', { error_code, invalid_fields: countFields(invalid), ...secondsSinceStart() })
  }

  /** Scripts ask for validity too, while somebody types: only a pressed button or the focus that the browser moves is a try. */
  function refuse(field: Element) {
    if (!refused.size) {
      const pressed = triedToSubmit
      soon(() => {
        if (pressed || triedToSubmit) {
          interact()
          failed('validation', refused)
        }
        refused.clear()
        triedToSubmit = false
      })
    }
    refused.add(field)
  }

  const awaitsOutcome = () => submittedAtMs !== undefined && !verdict

  function submit(event: SubmitEvent) {
    flush()
    interact()
    const nowMs = performance.now()
    const { submitter } = event
    if (awaitsOutcome() && (awaited || nowMs - (submittedAtMs ?? 0) < doubleSubmitMs)) return
    submittedAtMs = nowMs
    submitReported = false
    invalidBefore = submitter?.hasAttribute('formnovalidate') ? [] : invalidFields(form)
    awaited = verdict = undefined
    const facts = {
      form_destination: destinationOf(form, submitter),
      form_submit_text: submitText(submitter),
    }
    const leaves = leavesDocument(form, submitter)
    // After the dispatch: React prevents the default of an action only when `onSubmit` has returned.
    soon(() => {
      const navigated = leaves && !event.defaultPrevented
      submitReported = true
      send('submit', { ...facts, navigated })
      if (verdict) end(verdict)
      else if (!navigated) setTimeout(() => awaited || verdict || options.onHint?.(), hintMs)
    })
  }

  /** The first word counts for each submission; without submit events, any. */
  function conclude(found: Verdict) {
    if (submittedAtMs === undefined) return end(found)
    if (verdict) return
    verdict = found
    if (submitReported) end(found)
  }

  function end({ errorCode }: Verdict) {
    if (startedAtMs === undefined) return
    if (errorCode === undefined) {
      send('success', secondsSinceStart())
      onSuccess()
    } else {
      failed(errorCode, invalidFields(form))
      if (!form.isConnected) leave()
    }
  }

  function leave() {
    flush()
    if (startedAtMs === undefined || abandoned || awaitsOutcome()) return
    abandoned = true
    send('abandon', {
      ...step,
      last_field: lastField,
      ...secondsSinceStart(),
      fields_completed: [...states.values()].filter((state) => state !== 'invalid').length,
    })
  }

  function onEvent(event: Event) {
    const origin = event.target as Element
    const node = origin.closest?.('button') ?? origin
    if (!origin.closest || (node !== form && formOf(node) !== form)) return
    // Libraries mirror a custom control in a hidden native one, also when a program sets or resets it.
    if (!event.isTrusted && !entered && node.closest('[aria-hidden="true"]')) return
    const { type } = event
    if (type === 'submit') return submit(event as SubmitEvent)
    if (type === 'invalid') return refuse(node)
    if (type === 'focusin') triedToSubmit ||= refused.has(node)
    entered ||= /click|focusin/.test(type)
    if (type === 'click' && isSubmitButton(node)) {
      triedToSubmit = true
      soon(() => {
        triedToSubmit = false
      })
    }
    if (!isField(node)) return
    const name = nameOf(node)
    if (type === 'focusin' && 'validity' in node) lastField = name || lastField
    // A trusted `change` follows an `input`, or a success: Chromium fires it when a form is removed under the cursor.
    const byLibrary = !event.isTrusted && (type === 'change' || (type === 'click' && isChecked))
    if (type === 'input' || byLibrary) {
      interact(name)
      if (name) changed.add(name)
    }
    if (type !== 'input' && changed.has(name)) soon(() => look(name, node), commitMs)
  }
