/** What is read of a form: names, states, addresses and the text of a button; never the value of a field. */

const invalidSelector = ':invalid:not(form, fieldset), [aria-invalid="true"]'
const submitTextLength = 100

/** The form that an element belongs to; `form=` joins a control from anywhere in the tree. */
export function formOf(element: Element): Element | null {
  const form: unknown = (element as HTMLInputElement).form
  return typeof form === 'object' ? (form as Element | null) : element.closest('form')
}

export function isField(element: Element): boolean {
  return !/^(hidden|submit|button|reset|image)$/.test((element as HTMLInputElement).type)
}

export function isSubmitButton(element: Element): boolean {
  return /^(submit|image)$/.test((element as HTMLInputElement).type)
}

/** By attributes: a control called `id` or `name` would shadow the property of its form. */
export function nameOf(element: Element): string {
  return element.getAttribute('name') || element.id
}

export function isInvalid(field: Element): boolean {
  return field.matches(invalidSelector)
}

/** None in a form that was removed: its attributes are those of its last moment, and say nothing. */
export function invalidFields(form: HTMLFormElement): Element[] {
  if (!form.isConnected) return []
  const tree = form.getRootNode() as Document | ShadowRoot
  return [...tree.querySelectorAll(invalidSelector)].filter((field) => formOf(field) === form)
}

/** The controls of one name, such as radio buttons, are one field. */
export function countFields(fields: Iterable<Element>): number {
  return new Set(Array.from(fields, (field) => nameOf(field) || field)).size
}

/** Without query and fragment; empty without an `action`, and for React's function actions (a `javascript:` address). */
export function destinationOf(form: HTMLFormElement, submitter?: Element | null): string {
  const action = submitAttribute(form, submitter, 'action')
  if (!action) return ''
  try {
    const url = new URL(action, form.baseURI)
    return url.protocol.startsWith('http') ? url.origin + url.pathname : ''
  } catch {
    return ''
  }
}

/** Whether a submission that nobody prevents takes the document away: not into a dialog's end, a frame or another tab. */
export function leavesDocument(form: HTMLFormElement, submitter: Element | null): boolean {
  return (
    submitAttribute(form, submitter, 'method')?.toLowerCase() !== 'dialog' &&
    /^(_self|_parent|_top)?$/i.test(submitAttribute(form, submitter, 'target') ?? '')
  )
}

export function submitText(submitter: HTMLElement | null): string {
  const text = submitter?.matches('input')
    ? (submitter.getAttribute('value') ?? submitter.getAttribute('alt'))
    : (submitter?.innerText ?? submitter?.textContent)
  return (text ?? '').replace(/\s+/g, ' ').trim().slice(0, submitTextLength)
}

function submitAttribute(
  form: HTMLFormElement,
  submitter: Element | null | undefined,
  name: string,
): string | null {
  return submitter?.getAttribute(`form${name}`) ?? form.getAttribute(name)
}
