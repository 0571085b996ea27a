import type { FormFacts } from '../plan/facts.ts'
import {
  countFields,
  destinationOf,
  formOf,
  invalidFields,
  isField,
  isInvalid,
  isSubmitButton,
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
  /** Development: nothing said within 5 s what became of a submission. */
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

/** Outlives effects, as the attempt does: one for each mounted component, whatever its element and its effects do. */
export interface FormObserver {
  /** Returns `stop`. The attempt goes on when the same element is observed again, and ends when it was removed. */
  readonly observe: (form: HTMLFormElement) => () => void
  /** What the handler of the submission in flight returned. Unless its rejection is read elsewhere, it is left unhandled. */
  readonly submitted: (result: unknown, rejectionIsRead?: boolean) => void
  readonly succeed: () => void
  readonly fail: (errorCode?: string) => void
  readonly enterStep: (name: string, index: number) => void
  /** The page scope ends: a form that is no longer rendered was left. To be called before the next scope begins. */
  readonly leavePage: () => void
}

interface Step {
  readonly name: string
  readonly index: number
}

interface Attempt {
  readonly id: string
  readonly form: HTMLFormElement
  startedAtMs?: number
  /** Focus or a click has been inside. */
  entered?: boolean
  abandoned?: boolean
  resumed?: boolean
  lastField: string
  step?: Step
  readonly changed: Set<string>
  readonly states: Map<string, FormFacts['field']['field_state']>
}

interface Submission {
  readonly attempt: Attempt
  readonly atMs: number
  /** Already against the browser's rules when it was submitted, by `novalidate`. */
  readonly invalid: readonly Element[]
  reported?: boolean
  /** Submitted again while in flight: later results are those of the repetition. */
  repeated?: boolean
  closed?: boolean
  result?: Promise<unknown>
  /** Said before the submit fact was reported. */
  verdict?: Verdict
}

/** React has committed what came of an event or a promise: `aria-invalid`, a form that is gone. */
const commitMs = 50
const doubleSubmitMs = 1000
const hintMs = 5000
const types = ['input', 'change', 'click', 'focusin', 'focusout', 'invalid', 'submit']

/**
 * Listens in the capture phase at the root of the form's tree: controls joined by `form=` stand outside of the form, and
 * no handler can hide an event. Nothing is prevented, changed or submitted.
 */
export function createFormObserver(options: FormOptions, report: (fact: FormReport) => void): FormObserver {
  let attempt: Attempt | undefined
  let submission: Submission | undefined
  let step: Step | undefined
  /** Entered before its form was observed: effects of children run first. */
  let waitingStep: Step | undefined
  let submitClicked: boolean | undefined
  const refused = new Set<Element>()
  const pending = new Set<() => void>()

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

  function send<F extends keyof FormFacts>(
    of: Attempt,
    fact: F,
    facts: Omit<FormFacts[F], 'form_name' | 'form_id'>,
    key = '',
  ) {
    const payload = { form_name: options.name, form_id: of.form.getAttribute('id') ?? '', ...facts }
    report({ fact, factKey: options.name + key, attemptId: of.id, payload } as unknown as FormReport)
  }

  function begin(form: HTMLFormElement): Attempt {
    return { id: options.newId(), form, lastField: '', changed: new Set(), states: new Map() }
  }

  function interact(of: Attempt, field_name: string) {
    if (of.startedAtMs === undefined) {
      of.startedAtMs = performance.now()
      listenForPageEnd(of, 'addEventListener')
      send(of, 'start', { form_destination: destinationOf(of.form), field_name })
    } else if (of.abandoned && !of.resumed) {
      of.resumed = true
      send(of, 'resume', { seconds_since_start: secondsSinceStart(of) })
    }
  }

  function listenForPageEnd(of: Attempt, verb: 'addEventListener' | 'removeEventListener') {
    of.form.ownerDocument.defaultView?.[verb]('pagehide', onPageHide)
  }

  function onPageHide() {
    flush()
    if (attempt) abandon(attempt)
  }

  function abandon(of: Attempt) {
    const awaited = submission?.attempt === of && !submission.closed
    if (of.startedAtMs === undefined || of.abandoned || awaited) return
    of.abandoned = true
    send(of, 'abandon', {
      ...stepFacts(),
      last_field: of.lastField,
      seconds_since_start: secondsSinceStart(of),
      fields_completed: [...of.states.values()].filter((state) => state !== 'invalid').length,
    })
  }

  function stepFacts() {
    return { step_name: step?.name ?? '', step_index: step?.index ?? 0 }
  }

  function showStep(of: Attempt, next: Step) {
    if (step?.name === next.name && step.index === next.index) return
    step = next
    const step_direction = next.index < (of.step?.index ?? 0) ? 'back' : 'forward'
    of.step = next
    send(of, 'step', { ...stepFacts(), step_direction }, `:${next.name}`)
  }

  function onChange(of: Attempt, field: Element, done: boolean) {
    if (!isField(field)) return
    const name = nameOf(field)
    interact(of, name)
    if (!name) return
    of.lastField = name
    of.changed.add(name)
    if (done) soon(() => look(of, name, field), commitMs)
  }

  function look(of: Attempt, field_name: string, field: Element) {
    if (!of.changed.delete(field_name)) return
    const corrected = of.states.get(field_name) === 'invalid'
    const field_state = isInvalid(field) ? 'invalid' : corrected ? 'corrected' : 'valid'
    of.states.set(field_name, field_state)
    send(of, 'field', { ...stepFacts(), field_name, field_state }, `:${field_name}:${field_state}`)
  }

  function failed(of: Attempt, error_code: string, invalid: Iterable<Element>) {
    for (const field of invalid) if (nameOf(field)) of.states.set(nameOf(field), 'invalid')
    const invalid_fields = countFields(invalid)
    send(of, 'failure', { error_code, invalid_fields, seconds_since_start: secondsSinceStart(of) })
  }

  /** Scripts ask for validity too, while somebody types: only a pressed button or the focus that the browser moves is a try. */
  function onInvalid(of: Attempt, field: Element) {
    if (!refused.size) {
      const pressed = submitClicked
      soon(() => {
        if (pressed || submitClicked) {
          interact(of, '')
          failed(of, 'validation', refused)
        }
        refused.clear()
      })
    }
    refused.add(field)
  }

  function onSubmit(of: Attempt, event: SubmitEvent) {
    flush()
    interact(of, '')
    const { form } = of
    const { submitter } = event
    const inFlight = submission?.attempt === of && !submission.closed ? submission : undefined
    if (
      inFlight &&
      (inFlight.result || !inFlight.reported || performance.now() - inFlight.atMs < doubleSubmitMs)
    ) {
      inFlight.repeated = true
      return
    }
    const exempt = submitter?.hasAttribute('formnovalidate')
    const current: Submission = {
      attempt: of,
      atMs: performance.now(),
      invalid: exempt ? [] : invalidFields(form),
    }
    submission = current
    const form_submit_text = submitText(submitter)
    const form_destination = destinationOf(form, submitter)
    const leaves = leavesDocument(form, submitter)
    // After the dispatch: React prevents the default of an action only when `onSubmit` has returned.
    soon(() => {
      const navigated = leaves && !event.defaultPrevented
      current.reported = true
      send(of, 'submit', { form_destination, form_submit_text, navigated })
      if (current.verdict) close(current, current.verdict)
      else if (!navigated) setTimeout(() => current.closed || current.result || options.onHint?.(), hintMs)
    })
  }

  function close(of: Submission, verdict: Verdict) {
    if (of.closed || !of.reported) {
      of.verdict ??= verdict
      return
    }
    of.closed = true
    end(of.attempt, verdict)
  }

  function end(of: Attempt, { errorCode }: Verdict) {
    if (of.startedAtMs === undefined) return
    if (errorCode !== undefined) {
      failed(of, errorCode, invalidFields(of.form))
      if (!of.form.isConnected) abandon(of)
      return
    }
    send(of, 'success', { seconds_since_start: secondsSinceStart(of) })
    if (of !== attempt) return
    listenForPageEnd(of, 'removeEventListener')
    attempt = begin(of.form)
  }

  /** In the developer's words. Without submit events, the attempt itself is what ends. */
  function conclude(verdict: Verdict) {
    if (submission && (!submission.closed || submission.attempt === attempt)) close(submission, verdict)
    else if (attempt) end(attempt, verdict)
  }

  function onEvent(event: Event) {
    const origin = event.target as Element
    const node = origin.closest?.('button') ?? origin
    const of = attempt
    if (!of || !origin.closest || (node !== of.form && formOf(node) !== of.form)) return
    // Libraries mirror a custom control in a hidden native one, also when a program sets or resets it.
    if (!event.isTrusted && !of.entered && node.closest('[aria-hidden="true"]')) return
    switch (event.type) {
      case 'submit':
        return onSubmit(of, event as SubmitEvent)
      case 'invalid':
        return onInvalid(of, node)
      case 'focusin':
        of.entered = true
        if (refused.has(node)) submitClicked = true
        if ('validity' in node && isField(node)) of.lastField = nameOf(node) || of.lastField
        return
      case 'focusout':
        return of.changed.has(nameOf(node)) ? onChange(of, node, true) : undefined
      case 'click':
        of.entered = true
        if (isSubmitButton(node)) {
          submitClicked = true
          soon(() => (submitClicked = false))
        }
        // A mirror's own way to say that it was checked.
        if (!event.isTrusted && node.matches('[type=checkbox], [type=radio]')) onChange(of, node, true)
        return
      default:
        onChange(of, node, event.type === 'change')
    }
  }

  return {
    observe(form) {
      if (attempt?.form !== form) {
        if (attempt) abandon(attempt)
        attempt = begin(form)
        step = undefined
        if (waitingStep) showStep(attempt, waitingStep)
        waitingStep = undefined
      }
      const tree = form.getRootNode()
      for (const type of types) tree.addEventListener(type, onEvent, true)
      return () => {
        for (const type of types) tree.removeEventListener(type, onEvent, true)
        // Hidden by Activity or run twice by StrictMode, it is still there, and pagehide still counts (L2).
        soon(() => {
          if (attempt?.form !== form || form.isConnected) return
          abandon(attempt)
          listenForPageEnd(attempt, 'removeEventListener')
        })
      }
    },
    submitted(result, rejectionIsRead) {
      const current = submission
      if (!current || current.closed || current.verdict || current.repeated) return
      const isPromise = typeof (Object(result) as { then?: unknown }).then === 'function'
      if (!isPromise && (current.result || !options.outcome)) return
      const awaited = Promise.resolve(result)
      current.result = awaited
      const judge = (verdict: () => Verdict | undefined) => {
        soon(() => {
          const found = current.result === awaited && verdict()
          if (found) close(current, found)
        }, commitMs)
      }
      awaited.then(
        (value) => {
          const given = options.outcome?.(value)
          judge(() => judgeFulfilled(value, countFields(breaking(current)), given))
        },
        (error: unknown) => {
          judge(() => judgeRejected(error))
          if (!rejectionIsRead) throw error
        },
      )
    },
    succeed: () => conclude({}),
    fail: (errorCode = 'error') => conclude({ errorCode }),
    enterStep(name, index) {
      if (attempt?.form.isConnected) showStep(attempt, { name, index })
      else waitingStep = { name, index }
    },
    leavePage() {
      flush()
      if (attempt && !isRendered(attempt.form)) abandon(attempt)
    },
  }
}

/** `:invalid` alone would call a form that was emptied by its own success a failure. */
function breaking({ attempt, invalid }: Submission): Element[] {
  return invalidFields(attempt.form).filter(
    (field) =>
      field.getAttribute('aria-invalid') === 'true' ||
      (field as HTMLInputElement).validity?.customError ||
      invalid.includes(field),
  )
}

function secondsSinceStart({ startedAtMs = 0 }: Attempt): number {
  return Math.round((performance.now() - startedAtMs) / 100) / 10
}

/** Not removed, nor hidden with the page that it was on; the children speak for a form without a box of its own. */
function isRendered(form: HTMLFormElement): boolean {
  return form.isConnected && [form, ...form.children].some((element) => element.getClientRects().length)
}
