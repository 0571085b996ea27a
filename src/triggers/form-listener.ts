import { ask, own } from '../support/unclobbered.ts'
import {
  elapsed,
  type FormAttempt,
  type FormOptions,
  type FormReport,
  type FormStep,
  flush,
  send,
} from './form-attempt.ts'
import { blur, change, focus, interact, labelOf, settle, survey } from './form-changes.ts'
import { watchChoice } from './form-choice.ts'
import { belongsTo, isDismissal, isField, isForm } from './form-fields.ts'
import { followsLink } from './form-navigation.ts'
import type { ErrorCode } from './form-outcome.ts'
import { createFields } from './form-progress.ts'
import { enterStep, isIn, noStep } from './form-steps.ts'
import { conclude, leave, onReset, onSubmit, press, watchScript } from './form-submitting.ts'
import type { Submitted } from './handler-call.ts'

export type FormListener = ReturnType<typeof createListener>

/**
 * Listens to one form until it succeeds; `onSuccess` then begins the next attempt. An attempt across pages continues in
 * another element, and is abandoned only with the document.
 */
export function createListener(
  form: HTMLFormElement,
  options: FormOptions,
  report: (fact: FormReport) => void,
  onSuccess: (step: FormStep) => void,
  step = noStep,
) {
  const attempt: FormAttempt = {
    ...{ id: options.newId(), options, report, onSuccess, pending: new Map(), form },
    ...{ step, stepAtMs: performance.now(), enteredIndex: 0, furthestIndex: 0 },
    ...{ fields: createFields(), changed: new Set(), lastField: '', reset: [] },
  }
  let moves = 0
  const enterPart = () => attempt.fields.enter(attempt.step.step_name + moves)
  return {
    form: () => attempt.form,
    isStarted: () => attempt.startedAtMs !== undefined,
    isInFlight: () => attempt.submission?.isOpen() ?? false,
    /** Continues the attempt in another element. */
    moveTo(next: HTMLFormElement) {
      if (next === attempt.form) return
      flush(attempt)
      attempt.form = next
      moves += 1
      enterPart()
    },
    enterStep(step_name: string, step_index: number, steps_total = 0) {
      const next = { step_name, step_index, steps_total }
      if (isIn(attempt, step_name, step_index)) {
        attempt.step = next
        return
      }
      // The last change belongs to the step in which it was made.
      attempt.isMoving = true
      flush(attempt)
      attempt.isMoving = false
      const entered = enterStep(attempt, next)
      enterPart()
      survey(attempt)
      send(attempt, 'step', entered, `:${step_name}`)
    },
    calendarOpened: () => send(attempt, 'calendar', attempt.step, `:${attempt.id}`),
    slotSelected() {
      interact(attempt)
      send(attempt, 'slot', { ...attempt.step, ...elapsed(attempt) }, `:${attempt.id}`)
    },
    submitted(...given: Parameters<Submitted>) {
      if (!attempt.isDismissing) attempt.submission?.submitted(...given)
    },
    conclude: (code: ErrorCode) => conclude(attempt, code),
    flush: () => flush(attempt),
    leave: () => leave(attempt),
    blur: () => blur(attempt),
    onEvent: (event: Event) => hear(attempt, event),
  }
}

function hear(attempt: FormAttempt, event: Event): void {
  const { type, isTrusted } = event
  const origin = event.target as Element
  const node = (isForm(origin) ? null : origin.closest?.('button')) ?? origin
  if (type === 'click' && followsLink(event)) attempt.linkClick = event
  else watchChoice(attempt, event, node)
  if (type === 'click' && isValidating(attempt, node)) press(attempt)
  if (!belongsTo(node, attempt.form)) return
  // Menus that open at once take the focus and the click away from their button.
  if (type === 'pointerdown') attempt.visited = true
  if (/^(pointer|key)/.test(type)) return
  // Libraries mirror a custom control in a hidden native one, and update that one when a program sets or resets the
  // value.
  if (!isTrusted && !attempt.visited && ask(node, 'closest', '[aria-hidden="true"]')) return
  if (type === 'submit') onSubmit(attempt, event as SubmitEvent)
  else if (type === 'reset') onReset(attempt, event)
  else if (type === 'formdata') watchScript(attempt, attempt.linkClick)
  else if (type === 'invalid') attempt.refused?.add(node)
  else hearField(attempt, event, node)
}

function hearField(attempt: FormAttempt, { type, isTrusted }: Event, node: Element): void {
  const name = labelOf(attempt, node)
  if (type === 'focusin') {
    attempt.visited = true
    if (name) focus(attempt, name, node)
    return
  }
  if (type === 'click') {
    attempt.visited = true
    if (isTrusted || !ask(node, 'matches', '[type=checkbox], [type=radio]')) return
  }
  if (type === 'focusout') blur(attempt)
  // Editors such as Lexical and Slate prevent what the browser would do, and no `input` follows.
  if (type === 'beforeinput' && !(node as HTMLElement).isContentEditable) return
  // A trusted `change` always follows an `input`; on its own, it is Chromium's when a focused field is removed.
  const isInput = type.endsWith('input')
  if (isInput || (!isTrusted && type !== 'focusout')) {
    if (!isField(node)) return
    change(attempt, name, node)
  }
  if (!isInput) settle(attempt, name, node)
}

/**
 * True for a button that validates: a submit button, or any button within a step or outside of the form, whose handler
 * may submit the form by a script.
 */
function isValidating({ form, step }: FormAttempt, node: Element): boolean {
  const kinds = step.step_name || !belongsTo(node, form) ? /submit|image|button/ : /submit|image/
  // A custom element need not have the property, and a script may click the document.
  const type = own(node as HTMLInputElement, 'type') ?? own(node, 'getAttribute')?.call(node, 'type')
  return kinds.test(type ?? '') && !isDismissal(form, node)
}
