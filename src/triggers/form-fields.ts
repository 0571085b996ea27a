/** What is read of a form: names, states, addresses and the text of a button; never the value of a field. */

const invalid = ':invalid:not(form, fieldset), [aria-invalid="true"]'
const submitTextLength = 100

/** The form that an element belongs to; `form=` joins a control from anywhere in the tree. */
export function formOf(element: Element): Element | null {
  return (element as HTMLInputElement).form || element.closest('form')
}

/** Not hidden, and not a button. */
export function isField(element: Element): boolean {
  return !/^(hidden|submit|button|reset|image)$/.test((element as HTMLInputElement).type)
}

export function nameOf(element: Element): string {
  return element.getAttribute('name') || element.id
}

export function isInvalid(field: Element): boolean {
  return field.matches(invalid)
}

/** None in a form that was removed: its attributes are those of its last moment, and say nothing. */
export function invalidFields(form: HTMLFormElement): Element[] {
  if (!form.isConnected) return []
  const tree = form.getRootNode() as Document | ShadowRoot
  return [...tree.querySelectorAll(invalid)].filter((field) => formOf(field) === form)
}

/** Invalid by script, or already when they were sent: `:invalid` alone may be a form that its success has emptied. */
export function overruledFields(form: HTMLFormElement, before: readonly Element[]): Element[] {
  return invalidFields(form).filter(
    (field) =>
      field.matches('[aria-invalid="true"]') ||
      (field as HTMLInputElement).validity?.customError ||
      before.includes(field),
  )
}

/** Controls of one name, such as radio buttons, are one field. */
export function countFields(fields: Iterable<Element>): number {
  return new Set(Array.from(fields, (field) => nameOf(field) || field)).size
}

/** As written, without query and fragment; only an address of the web, not React's `javascript:` of a function action. */
export function destinationOf(form: HTMLFormElement, submitter?: Element | null): string {
  return submitAttribute(form, submitter, 'action').replace(/^(?!https?:)[\w.+-]+:.*|[?#].*/s, '')
}

/** Whether a submission that nobody prevents takes the document away: not a dialog's, nor one into a frame or a new tab. */
export function leavesDocument(form: HTMLFormElement, submitter: Element | null): boolean {
  return (
    !/^dialog$/i.test(submitAttribute(form, submitter, 'method')) &&
    /^(_self|_parent|_top)?$/i.test(submitAttribute(form, submitter, 'target'))
  )
}

/** What is written on the button, at most 100 characters. */
export function submitText(submitter: HTMLElement | null): string {
  const text = submitter?.innerText || submitter?.getAttribute('value') || ''
  return text.replace(/\s+/g, ' ').trim().slice(0, submitTextLength)
}

/** Attributes, because a control called `action` shadows the property of its form. */
function submitAttribute(form: HTMLFormElement, submitter: Element | null | undefined, name: string): string {
  return submitter?.getAttribute(`form${name}`) ?? form.getAttribute(name) ?? ''
}
