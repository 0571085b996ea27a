import { scrub } from '../support/address.ts'
import { cut } from '../support/cut.ts'
import { hostOf } from '../support/host-of.ts'

/** Reads names, states, URLs and button texts of a form; never the value of a field. */

import { ask, own } from '../support/unclobbered.ts'

const brokenRule = ':invalid:not(form, fieldset)'
const marked = '[aria-invalid="true"]'
const invalid = `${brokenRule}, ${marked}`
const control = 'input, select, textarea, [contenteditable]:not([contenteditable=false])'
/** Controls that may be invisible themselves, because the user sees and clicks their label. */
const labelled = 'input:is([type=checkbox], [type=radio], [type=file])'
const submitTextLength = 100

export const isForm = (node: Element): boolean => own(node, 'localName') === 'form'

/**
 * Returns the form that an element belongs to. The `form` attribute can connect a control from anywhere in the tree,
 * and then the form around it does not count. A custom element need not have a `form` property, or has its attribute
 * there.
 */
export function formOf(element: Element): Element | null {
  if (isForm(element)) return element
  const { form } = element as { readonly form?: unknown }
  if (form && typeof form === 'object') return form as Element
  const id = element.getAttribute?.('form')
  if (id && (form !== undefined || element.localName.includes('-')))
    return (element.getRootNode() as Document).getElementById?.(id)
  return element.closest?.('form')
}

export function belongsTo(element: Element, form: Element): boolean {
  return element === form || formOf(element) === form
}

/** True for a control that the user fills in: not hidden, not a button or a link, and not the form itself. */
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

/** Returns the fields of a form: native controls, text that is edited in place, and custom elements with a name. */
export function fieldsOf(form: HTMLFormElement): Element[] {
  return find(form, `${control}, [name]`).filter(
    (field) => isField(field) && (field.matches(control) || field.localName.includes('-')),
  )
}

/**
 * True if a user can fill in the field now: it is neither disabled nor read-only, and is visible. Honeypot fields for
 * bots are excluded: they are hidden, transparent, clipped, off the page, or hidden from assistive technology within
 * the form.
 */
export function isFillable(field: Element, form: HTMLFormElement): boolean {
  if (field.matches(':disabled, [readonly], [aria-disabled=true], [aria-readonly=true]')) return false
  const away = field.closest('[aria-hidden=true], [inert]')
  if (away && away !== form && ask(form, 'contains', away)) return false
  const labels = field.matches(labelled) ? ((field as HTMLInputElement).labels ?? []) : []
  return [field, ...labels].some((element) => isSeen(element, form))
}

/** Styles by which authors hide text for screen readers, and honeypot fields. */
const CLIPPED = /^rect\([01]px(?:,? [01]px){3}\)$/
const NOTHING_LEFT = /^inset\((?:[5-9]\d|100)%/

function isSeen(element: Element, form: HTMLFormElement): boolean {
  const view = viewOf(form)
  // Without layout, as in jsdom, everything counts as visible.
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
    // A field that is scrolled out of view is not off the page.
    right += own(box, 'scrollLeft')
    bottom += own(box, 'scrollTop')
  }
  return right > 0 && bottom > 0
}

function parentOf(element: Element): Element | undefined {
  return own(element, 'parentElement') ?? hostOf(ask(element, 'getRootNode'))
}

/** Returns the fields that violate a native constraint. With `novalidate` the form can still be submitted. */
export function brokenFields(form: HTMLFormElement): Element[] {
  return find(form, brokenRule)
}

/**
 * Returns the fields that a script marked as invalid, or that were already invalid `before`. `:invalid` alone is not
 * enough: a form that was cleared after its success matches it as well.
 */
export function failedFields(form: HTMLFormElement, before: readonly Element[]): Element[] {
  return find(form, invalid).filter(
    (field) =>
      field.matches(marked) || (field as HTMLInputElement).validity?.customError || before.includes(field),
  )
}

/** Returns the checked controls and the selected options. */
export const chosenIn = (form: HTMLFormElement): Element[] => find(form, ':checked')

/** True if a control of the form has opened a menu, a list or a dialog of its own. */
export const hasOpenMenu = (form: HTMLFormElement): boolean => find(form, '[aria-expanded=true]').length > 0

/** Finds the elements of a form that match a selector. Returns none for a removed form, whose attributes are outdated. */
function find(form: HTMLFormElement, selector: string): Element[] {
  if (!own(form, 'isConnected')) return []
  const tree = ask(form, 'getRootNode') as Document | ShadowRoot
  return [...tree.querySelectorAll(selector)].filter((field) => field !== form && formOf(field) === form)
}

/**
 * True if the form is neither removed nor hidden with its page. A form without a box of its own counts as shown if any
 * of its content is.
 */
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
 * Returns the `action` attribute without query, fragment and tokens. Returns an empty string unless it is a web
 * address: React sets a `javascript:` URL for a function action.
 */
export function destinationOf(form: HTMLFormElement, submitter?: Element | null): string {
  const action = submitAttribute(form, submitter, 'action')
  return /^\s*(?!https?:)[a-z][\w.+-]*:/i.test(action) ? '' : scrub(action)
}

const isDialog = (method: string | null): boolean => /^dialog$/i.test(method ?? '')

/**
 * True if the submission navigates the document away unless its default is prevented: not for the form of a dialog, nor
 * for a target that is a frame or a new tab.
 */
export function leavesDocument(form: HTMLFormElement, submitter: Element | null): boolean {
  return (
    !isDialog(submitAttribute(form, submitter, 'method')) &&
    /^(_self|_parent|_top)?$/i.test(submitAttribute(form, submitter, 'target'))
  )
}

/**
 * True if a button closes a dialog instead of sending the form: by its `formmethod`, or as the `cancel` button of a
 * dialog's form.
 */
export function isDismissal(form: HTMLFormElement, submitter: Element | null): boolean {
  if (!submitter) return false
  if (isDialog(submitter.getAttribute('formmethod'))) return true
  return isDialog(submitAttribute(form, submitter, 'method')) && submitter.getAttribute('value') === 'cancel'
}

/**
 * Returns the text of the button, at most 100 characters. The `value` of an `<input type="submit">` is its label; that
 * of a `<button>` is data.
 */
export function submitText(submitter: HTMLElement | null): string {
  const label = submitter?.matches('input[type=submit i]') && submitter.getAttribute('value')
  const text = label || (submitter?.innerText ?? submitter?.textContent) || ''
  return cut(text.replace(/\s+/g, ' ').trim(), submitTextLength)
}

/** Reads the attribute, because a control named `action` shadows the property of its form. */
function submitAttribute(form: HTMLFormElement, submitter: Element | null | undefined, name: string): string {
  return submitter?.getAttribute(`form${name}`) ?? ask(form, 'getAttribute', name) ?? ''
}
