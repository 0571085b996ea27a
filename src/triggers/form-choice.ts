import { attempt as tried } from '../support/attempt.ts'
import { ask } from '../support/unclobbered.ts'
import { contained } from './contained.ts'
import { type FormAttempt, soon } from './form-attempt.ts'
import { choose } from './form-changes.ts'
import { belongsTo, chosenIn, fieldsOf, hasOpenMenu, nameOf } from './form-fields.ts'
import { commitMs } from './form-submission.ts'

/** Native controls fire events of their own, and a reset button empties the form. */
const reporting = 'input, select, textarea, [type=reset]'
/** Controls that have a value, which their `value` attribute follows. */
const settable = 'input:not([type=submit], [type=button], [type=image])'
const fillable = 'input:not([type=hidden]), select, textarea'
/** Control of a widget that renders it only while it has a value. */
const filled = 'input[type=hidden][name][value]:not([value=""])'

/**
 * Begins the attempt if a click or a key of the user makes a program change a control of the form. Widgets such as
 * rating stars, select menus and date pickers set their control when the user chooses, and fire no event. Looks for
 * 50 ms whether an attribute, a checked control or a selected option changes, and reads no value. What is shown or
 * hidden with a part of the form is no change.
 *
 * A gesture outside of the form counts only while the form has a menu open, because menus are often in portals.
 */
export function watchChoice(attempt: FormAttempt, event: Event, node: Element): void {
  const { form, startedAtMs, left, visited } = attempt
  if ((startedAtMs !== undefined && left !== 'abandoned') || !isGesture(event as KeyboardEvent)) return
  if (!belongsTo(node, form) && !(visited && hasOpenMenu(form))) return
  if (!isByKey(event.type) && ask(node, 'matches', reporting)) return

  const [before, had] = [chosenIn(form), keysIn(form)]
  let changed: Element | undefined
  const note = (records: readonly MutationRecord[]) => {
    changed ??= controlsIn(records).find((control) => belongsTo(control, form))
  }
  const observer = tried(() => {
    const made = new MutationObserver(contained(note))
    made.observe(form, { subtree: true, childList: true, attributeFilter: ['value'] })
    return made
  })
  const look = () => {
    note(observer?.takeRecords() ?? [])
    observer?.disconnect()
    const [now, has] = [chosenIn(form), keysIn(form)]
    changed ??= [...before, ...now]
      .filter((one) => before.includes(one) !== now.includes(one))
      .map((one) => one.closest('select') ?? one)
      .find((field) => had.includes(keyOf(field)) && has.includes(keyOf(field)))
    if (changed) choose(attempt, changed)
  }
  soon(attempt, look, commitMs)
}

/** Identifies a field by its name, because a component library may replace its select by another element. */
const keyOf = (field: Element) => nameOf(field) || field
const keysIn = (form: HTMLFormElement) => fieldsOf(form).map(keyOf)

const isByKey = (type: string) => type.startsWith('key')

/** True for a click or a key of the user, by its first or its last event. Tab only moves the focus. */
function isGesture({ type, isTrusted, key }: KeyboardEvent): boolean {
  return isTrusted && (isByKey(type) ? key !== 'Tab' : /^(click|pointerup)$/.test(type))
}

/**
 * Returns the controls that mutations have given a value. Hidden controls that come with fields to fill in belong to a
 * part of the form that is shown, not to a widget.
 */
function controlsIn(records: readonly MutationRecord[]): Element[] {
  const changed = records.filter(({ type }) => type === 'attributes').map(({ target }) => target as Element)
  const added = records
    .flatMap(({ addedNodes }) => [...addedNodes] as Element[])
    .filter(({ nodeType }) => nodeType === 1)
    .flatMap((node) => [node, ...node.querySelectorAll('*')])
  const matching = (nodes: readonly Element[], selector: string) =>
    nodes.filter((node) => node.matches(selector))
  const isPart = matching(added, fillable).length > 0
  return matching(changed, settable).concat(isPart ? [] : matching(added, filled))
}
