import { ask, own } from '../support/unclobbered.ts'
import { contained } from './contained.ts'
import {
  createAttempt,
  type FormAttempt,
  type FormOptions,
  type FormReport,
  type FormStep,
} from './form-attempt.ts'
import { belongsTo, isShown, viewOf } from './form-fields.ts'
import type { Answering } from './handler-call.ts'

/** Outlives effects, as an attempt does: one for each mounted component, whatever becomes of its element and its effects. */
export interface FormObserver {
  /** Returns `stop`. The attempt goes on when the same element is observed again, and ends when it was removed. */
  readonly observe: (form: HTMLFormElement) => () => void
  /** Passes on how a call of the application's handler ends, for the submission in flight. */
  readonly submitted: (answering: Answering) => void
  readonly succeed: () => void
  readonly fail: (errorCode?: string) => void
  readonly enterStep: (name: string, index: number, total?: number) => void
  readonly calendarOpened: () => void
  readonly slotSelected: () => void
  /** To be called before another page scope begins: a form that is gone, or hidden, was left on this page. */
  readonly leavePage: () => void
}

const types = ['input', 'change', 'click', 'focusin', 'focusout', 'invalid', 'submit', 'reset', 'formdata']

/**
 * Listens in the capture phase at the root of the form's tree: controls joined by `form=` stand outside of the form, and
 * no handler can hide an event. Nothing is prevented, changed or submitted.
 */
export function createFormObserver(options: FormOptions, report: (fact: FormReport) => void): FormObserver {
  let attempt: FormAttempt | undefined
  const begin = (form: HTMLFormElement, step?: FormStep) => {
    const mine: FormAttempt = createAttempt(
      form,
      options,
      report,
      (last) => attempt === mine && begin(mine.form(), last),
      step,
    )
    attempt = mine
  }
  const leave = () => attempt?.leave()
  let onPageHide = leave
  /** Of a form that is gone, unless its attempt has moved to another element. */
  const end = (form: HTMLFormElement) => {
    if (own(form, 'isConnected') || options.acrossPages || attempt?.form() !== form) return
    leave()
    viewOf(form)?.removeEventListener('pagehide', onPageHide)
  }

  return {
    observe(form) {
      if (attempt && options.acrossPages) attempt.moveTo(form)
      else if (attempt?.form() !== form) {
        leave()
        attempt?.blur()
        begin(form)
      }
      const onEvent = contained((event: Event) => {
        if (options.acrossPages && belongsTo(event.target as Element, form)) attempt?.moveTo(form)
        if (attempt?.form() === form) attempt.onEvent(event)
      })
      // The form itself, if it is in no tree yet.
      const tree = ask(form, 'getRootNode')
      const listen = (verb: 'addEventListener' | 'removeEventListener') => {
        const method = tree === form ? own(form, verb) : tree[verb]
        for (const type of types) method.call(tree, type, onEvent, true)
      }
      listen('addEventListener')
      if (onPageHide === leave) onPageHide = contained(leave)
      viewOf(form)?.addEventListener('pagehide', onPageHide)
      return () => {
        listen('removeEventListener')
        // StrictMode and Activity stop too: a form that is still there may be shown again, or be left with
        // its page.
        setTimeout(contained(() => end(form)))
      }
    },
    submitted: (answering) => attempt?.submitted(answering),
    succeed: () => attempt?.conclude(''),
    fail: (errorCode = 'error') => attempt?.conclude(errorCode),
    enterStep: (...given) => attempt?.enterStep(...given),
    calendarOpened: () => attempt?.calendarOpened(),
    slotSelected: () => attempt?.slotSelected(),
    leavePage() {
      if (!attempt) return
      const form = attempt.form()
      if (options.acrossPages || isShown(form)) attempt.flush()
      else leave()
      end(form)
    },
  }
}
