import { scrub } from '../support/address.ts'

/** What is read of a form: names, states, addresses and the text of a button; never the value of a field. */

import { ask, own } from '../support/unclobbered.ts'

const brokenRule = ':invalid:not(form, fieldset)'
const marked = '[aria-invalid="true"]'
const invalid = `${brokenRule}, ${marked}`
const control = 'input, select, textarea, [contenteditable]'
/** May be invisible itself: what a visitor sees and uses is its label. */
const labelled = 'input:is([type=checkbox], [type=radio], [type=file])'
const submitTextLength = 100

export const isForm = (node: Element): boolean => own(node, 'localName') === 'form'

/** The form that an element belongs to; `form=` joins a control from anywhere in the tree. */
export function formOf(element: Element): Element | null {
  if (isForm(element)) return element
  return (element as HTMLInputElement).form || element.closest?.('form')
}

export function belongsTo(element: Element, form: Element): boolean {
  return element === form || formOf(element) === form
}

/** A control that is filled in: not hidden, and neither a button nor a link, nor the form itself. */
export function isField(element: Element): boolean {
  if (isForm(element)) return false
  const { type } = element as HTMLInputElement
  return !/^(hidden|submit|button|reset|image|fieldset|output)$/.test(type) && element.localName !== 'a'
}

export function nameOf(element: Element): string {
  return element.getAttribute('name') || element.id
}

export function isInvalid(field: Element): boolean {
  return field.matches(invalid)
}

/** Those of the browser, text that is edited in place, and custom elements with a name. */
export function fieldsOf(form: HTMLFormElement): Element[] {
  return find(form, `${control}, [name]`).filter(
    (field) => isField(field) && (field.matches(control) || field.localName.includes('-')),
  )
}

/**
 * True if a visitor can fill in the field now: it is neither disabled nor read-only, and can be seen. Traps
 * for robots are not seen: they are hidden, transparent, cut off, off the page, or hidden from assistive
 * technology within the form.
 */
export function isFillable(field: Element, form: HTMLFormElement): boolean {
  if (field.matches(':disabled, [readonly], [aria-disabled=true], [aria-readonly=true]')) return false
  const away = field.closest('[aria-hidden=true], [inert]')
  if (away && away !== form && ask(form, 'contains', away)) return false
  const labels = field.matches(labelled) ? ((field as HTMLInputElement).labels ?? []) : []
  return [field, ...labels].some((element) => isSeen(element, form))
}

/** Styles by which authors hide text for screen readers, and traps for robots. */
const CLIPPED = /^rect\([01]px(?:,? [01]px){3}\)$/
const NOTHING_LEFT = /^inset\((?:[5-9]\d|100)%/

function isSeen(element: Element, form: HTMLFormElement): boolean {
  const view = viewOf(form)
  // An environment without layout, as jsdom, sees everything.
  if (!view || !element.checkVisibility) return true
  if (view.getComputedStyle(element).display === 'contents') return true
  if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) return false
  let { right, bottom } = element.getBoundingClientRect()
  for (let box: Element | undefined = element; box; box = parentOf(box)) {
    const { width, height, left } = ask(box, 'getBoundingClientRect')
    const { overflow, position, clip, clipPath } = view.getComputedStyle(box)
    if ((box === element || overflow !== 'visible') && (width <= 1 || height <= 1)) return false
    if (NOTHING_LEFT.test(clipPath) || (position !== 'static' && CLIPPED.test(clip))) return false
    if (position === 'fixed' && left >= view.innerWidth) return false
    // Scrolled out of view is not off the page.
    right += own(box, 'scrollLeft')
    bottom += own(box, 'scrollTop')
  }
  return right > 0 && bottom > 0
}

function parentOf(element: Element): Element | undefined {
  return own(element, 'parentElement') ?? (ask(element, 'getRootNode') as Partial<ShadowRoot>).host
}

/** Those that break a rule of the browser: all of them only where `novalidate` lets a form be submitted as it is. */
export function brokenFields(form: HTMLFormElement): Element[] {
  return find(form, brokenRule)
}

/** Marked by a script, or broken already `before`: `:invalid` by itself may be a form that its success has emptied. */
export function failedFields(form: HTMLFormElement, before: readonly Element[]): Element[] {
  return find(form, invalid).filter(
    (field) =>
      field.matches(marked) || (field as HTMLInputElement).validity?.customError || before.includes(field),
  )
}

/** Nothing in a form that was removed: its attributes are those of its last moment, and say nothing. */
function find(form: HTMLFormElement, selector: string): Element[] {
  if (!own(form, 'isConnected')) return []
  const tree = ask(form, 'getRootNode') as Document | ShadowRoot
  return [...tree.querySelectorAll(selector)].filter((field) => field !== form && formOf(field) === form)
}

/** Not removed, nor hidden with its page; a form without a box of its own is seen by what is in it. */
export function isShown(form: HTMLFormElement): boolean {
  const elements = [form, ...ask(form, 'querySelectorAll', '*')]
  const isVisible = (element: Element) => own(element, 'checkVisibility')?.call(element) ?? true
  return own(form, 'isConnected') && elements.some(isVisible)
}

/** Returns the window of the page that the form is on. */
export function viewOf(form: HTMLFormElement): (Window & typeof globalThis) | null {
  return own(form, 'ownerDocument').defaultView
}

/**
 * Returns the `action` as written, scrubbed; only an address of the web, not React's `javascript:` of a
 * function action.
 */
export function destinationOf(form: HTMLFormElement, submitter?: Element | null): string {
  const action = submitAttribute(form, submitter, 'action')
  return /^\s*(?!https?:)[a-z][\w.+-]*:/i.test(action) ? '' : scrub(action)
}

const isDialog = (method: string | null): boolean => /^dialog$/i.test(method ?? '')

/** Whether a submission that nobody prevents takes the document away: not a dialog's, nor one into a frame or a new tab. */
export function leavesDocument(form: HTMLFormElement, submitter: Element | null): boolean {
  return (
    !isDialog(submitAttribute(form, submitter, 'method')) &&
    /^(_self|_parent|_top)?$/i.test(submitAttribute(form, submitter, 'target'))
  )
}

/**
 * True if a button closes a dialog instead of sending the form: by its `formmethod`, or as `cancel` of a
 * dialog's form.
 */
export function isDismissal(form: HTMLFormElement, submitter: Element | null): boolean {
  if (!submitter) return false
  if (isDialog(submitter.getAttribute('formmethod'))) return true
  return isDialog(submitAttribute(form, submitter, 'method')) && submitter.getAttribute('value') === 'cancel'
}

/**
 * Returns the text of the button, at most 100 characters. The `value` of an `<input type="submit">` is its
 * label, and that of a `<button>` is data.
 */
export function submitText(submitter: HTMLElement | null): string {
  const label = submitter?.matches('input[type=submit i]') && submitter.getAttribute('value')
  return (label || (submitter?.innerText ?? submitter?.textContent) || '')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, submitTextLength)
}

/** Attributes, because a control called `action` shadows the property of its form. */
function submitAttribute(form: HTMLFormElement, submitter: Element | null | undefined, name: string): string {
  return submitter?.getAttribute(`form${name}`) ?? ask(form, 'getAttribute', name) ?? ''
}
