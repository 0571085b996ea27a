import { createAttempt, type FormAttempt, type FormOptions, type FormReport } from './form-attempt.ts'

/** Outlives effects, as an attempt does: one for each mounted component, whatever becomes of its element and its effects. */
export interface FormObserver {
  /** Returns `stop`. The attempt goes on when the same element is observed again, and ends when it was removed. */
  readonly observe: (form: HTMLFormElement) => () => void
  /** What the handler of the submission in flight returned; a rejection stays unhandled unless somebody else reads it. */
  readonly submitted: (result: unknown, rejectionIsRead?: boolean) => void
  readonly succeed: () => void
  readonly fail: (errorCode?: string) => void
  readonly enterStep: (name: string, index: number) => void
  /** A page scope ends: a form that is no longer rendered was left. Before the next scope begins. */
  readonly leavePage: () => void
}

const types = ['input', 'change', 'click', 'focusin', 'focusout', 'invalid', 'submit']

/**
 * Listens in the capture phase at the root of the form's tree: controls joined by `form=` stand outside of the form, and
 * no handler can hide an event. Nothing is prevented, changed or submitted.
 */
export function createFormObserver(options: FormOptions, report: (fact: FormReport) => void): FormObserver {
  let attempt: FormAttempt | undefined
  /** Holds the latest submission, also when its form has given way to another. */
  let sender: FormAttempt | undefined
  let step: [name: string, index: number] | undefined
  let observing = false

  function begin(form: HTMLFormElement) {
    attempt = createAttempt(form, options, report, () => attempt?.form === form && begin(form))
  }

  function onEvent(event: Event) {
    attempt?.onEvent(event)
    if (event.type === 'submit') sender = attempt
  }

  function leave() {
    attempt?.leave()
  }

  const concerned = () => (sender?.awaitsOutcome() ? sender : attempt)

  return {
    observe(form) {
      if (attempt?.form !== form) {
        leave()
        begin(form)
        if (step) attempt?.enterStep(...step)
        step = undefined
      }
      observing = true
      const tree = form.getRootNode()
      const view = form.ownerDocument.defaultView
      for (const type of types) tree.addEventListener(type, onEvent, true)
      view?.addEventListener('pagehide', leave)
      return () => {
        observing = false
        for (const type of types) tree.removeEventListener(type, onEvent, true)
        // Hidden by Activity or run twice by StrictMode, the form is still there, and may still be left with its page (L2).
        setTimeout(() => {
          if (observing) return
          if (!form.isConnected) leave()
          else if (attempt?.isStarted()) return
          view?.removeEventListener('pagehide', leave)
        })
      }
    },
    submitted: (...given) => concerned()?.submitted(...given),
    succeed: () => concerned()?.conclude({}),
    fail: (errorCode = 'error') => concerned()?.conclude({ errorCode }),
    enterStep(...next) {
      if (attempt?.form.isConnected) attempt.enterStep(...next)
      else step = next
    },
    leavePage() {
      attempt?.flush()
      if (attempt && !isRendered(attempt.form)) leave()
    },
  }
}

/** Not removed, nor hidden with the page that it was on; the children speak for a form without a box of its own. */
function isRendered(form: HTMLFormElement): boolean {
  return form.isConnected && [form, ...form.children].some((element) => element.getClientRects().length)
}
