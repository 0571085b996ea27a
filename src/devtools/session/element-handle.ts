/** Role and name by which a test finds an element, and its place among those that have the same. */
export interface ElementHandle {
  readonly role: 'link' | 'button'
  readonly name: string
  /** Place among the elements of the page with this role and name. Undefined if it is the only one. */
  readonly nth?: number | undefined
}

/** Elements with a role that a test can click. */
const CLICKABLE = 'a[href], [role=link], button, [role=button], input[type=submit], input[type=button]'
/** A longer name is the text of a card or of a whole row, which changes with its content. */
const MAX_NAME = 80

/** Returns what a test finds the element by. For a form that is its submit button. Undefined if a test could not find it. */
export function handleOf(element: Element | undefined): ElementHandle | undefined {
  const control = element instanceof HTMLFormElement ? submitButtonOf(element) : element
  if (!control?.isConnected || !control.matches(CLICKABLE)) return undefined
  const [role, name] = [roleOf(control), nameOf(control)]
  if (name === '' || name.length > MAX_NAME) return undefined
  const equal = [...control.ownerDocument.querySelectorAll(CLICKABLE)].filter(
    (each) => roleOf(each) === role && nameOf(each) === name,
  )
  return { role, name, ...(equal.length > 1 && { nth: equal.indexOf(control) }) }
}

const submitButtonOf = (form: HTMLFormElement) =>
  [...form.elements].find((each) => each.matches('button:not([type]), [type=submit]'))

function roleOf(control: Element): ElementHandle['role'] {
  const given = control.getAttribute('role')
  if (given === 'link' || given === 'button') return given
  return control.localName === 'a' ? 'link' : 'button'
}

/** Returns the name that a screen reader says, for controls whose name is text. */
function nameOf(control: Element): string {
  const ids = control.getAttribute('aria-labelledby')?.split(/\s+/) ?? []
  const labels = ids.map((id) => control.ownerDocument.getElementById(id)?.textContent ?? '')
  const name =
    labels.join(' ').trim() ||
    control.getAttribute('aria-label')?.trim() ||
    (control instanceof HTMLInputElement ? control.value : control.textContent)
  return (name ?? '').replace(/\s+/g, ' ').trim()
}
