import { scrub } from '../support/address.ts'

/** What is read of a form: names, states, addresses and the text of a button; never the value of a field. */

const brokenRule = ':invalid:not(form, fieldset)'
const marked = '[aria-invalid="true"]'
const invalid = `${brokenRule}, ${marked}`
const control = 'input, select, textarea, [contenteditable]'
const submitTextLength = 100

/** The form that an element belongs to; `form=` joins a control from anywhere in the tree. */
export function formOf(element: Element): Element | null {
  return (element as HTMLInputElement).form || element.closest?.('form')
}

export function belongsTo(element: Element, form: Element): boolean {
  return element === form || formOf(element) === form
}

/** Not hidden, and neither a button nor a link. */
export function isField(element: Element): boolean {
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
  if (!form.isConnected) return []
  const tree = form.getRootNode() as Document | ShadowRoot
  return [...tree.querySelectorAll(selector)].filter((field) => formOf(field) === form)
}

/** Not removed, nor hidden with its page; a form without a box of its own is seen by what is in it. */
export function isShown(form: HTMLFormElement): boolean {
  const elements = [form, ...form.querySelectorAll('*')]
  return form.isConnected && elements.some((element) => element.checkVisibility?.() ?? true)
}

/** As written, scrubbed; only an address of the web, not React's `javascript:` of a function action. */
export function destinationOf(form: HTMLFormElement, submitter?: Element | null): string {
  const action = submitAttribute(form, submitter, 'action')
  return /^\s*(?!https?:)[a-z][\w.+-]*:/i.test(action) ? '' : scrub(action)
}

/** Whether a submission that nobody prevents takes the document away: not a dialog's, nor one into a frame or a new tab. */
export function leavesDocument(form: HTMLFormElement, submitter: Element | null): boolean {
  return (
    !/^dialog$/i.test(submitAttribute(form, submitter, 'method')) &&
    /^(_self|_parent|_top)?$/i.test(submitAttribute(form, submitter, 'target'))
  )
}

/**
 * What is written on the button, at most 100 characters. The `value` of an `<input type="submit">` is its label, and that
 * of a `<button>` is data.
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
  return submitter?.getAttribute(`form${name}`) ?? form.getAttribute(name) ?? ''
}
