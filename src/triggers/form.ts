import { ask, own } from '../support/unclobbered.ts'
import { contained } from './contained.ts'
import type { FormOptions, FormReport, FormStep } from './form-attempt.ts'
import { belongsTo, isShown, viewOf } from './form-fields.ts'
import { createListener, type FormListener } from './form-listener.ts'
import type { Submitted } from './handler-call.ts'

/** Observer of one mounted component. It outlives the component's effects and elements, because an attempt does. */
export interface FormObserver {
  /**
   * Observes an element. Returns a stop function. The attempt continues if the same element is observed again, and ends
   * if it was removed.
   */
  readonly observe: (form: HTMLFormElement) => () => void
  /** Passes on the result of the application's handler, for the submission in flight. */
  readonly submitted: Submitted
  readonly succeed: () => void
  readonly fail: (errorCode?: string) => void
  readonly enterStep: (name: string, index: number, total?: number) => void
  readonly calendarOpened: () => void
  readonly slotSelected: () => void
  /** Must be called before another page scope begins: a form that is removed or hidden was abandoned on this page. */
  readonly leavePage: () => void
}

const types =
  'beforeinput input change click pointerdown pointerup keydown keyup focusin focusout invalid submit reset formdata'.split(
    ' ',
  )

/**
 * Creates an observer that listens in the capture phase at the root of the form's tree. Controls with a `form`
 * attribute may be outside the form, and no handler can hide an event from it. It prevents, changes and submits
 * nothing.
 */
export function createFormObserver(options: FormOptions, report: (fact: FormReport) => void): FormObserver {
  let attempt: FormListener | undefined
  const begin = (form: HTMLFormElement, step?: FormStep) => {
    const mine: FormListener = createListener(
      form,
      options,
      report,
      (last) => attempt === mine && begin(mine.form(), last),
      step,
    )
    attempt = mine
  }
  /** Attempt in flight whose form has given way to another element: an application resets its form by a new `key`. */
  let earlier: FormListener | undefined
  /** Returns the attempt whose end the application reports. */
  const ending = () => (attempt?.isStarted() ? attempt : (earlier ?? attempt))
  const leave = () => attempt?.leave()
  let onPageHide = leave
  /** Ends the attempt of a form that was removed, unless the attempt has moved to another element. */
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
        if (attempt?.isInFlight()) earlier = attempt
        begin(form)
      }
      const onEvent = contained((event: Event) => {
        if (options.acrossPages && belongsTo(event.target as Element, form)) attempt?.moveTo(form)
        if (attempt?.form() === form) attempt.onEvent(event)
      })
      // The root is the form itself if it is not in a document.
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
        // Deferred, because StrictMode and Activity also stop the observer: a form that is still connected may be shown
        // again, or be abandoned with its page.
        setTimeout(contained(() => end(form)))
      }
    },
    submitted: (...given) => attempt?.submitted(...given),
    succeed: () => ending()?.conclude(''),
    fail: (errorCode = 'error') => ending()?.conclude(errorCode),
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
