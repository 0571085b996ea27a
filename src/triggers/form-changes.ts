import { attempt as tried } from '../support/attempt.ts'
import { hasFocus, watchFocus } from './focus-loss.ts'
import { elapsed, type FormAttempt, send, soon } from './form-attempt.ts'
import { destinationOf, fieldsOf, isField, isFillable, isInvalid, isShown, nameOf } from './form-fields.ts'
import { correctionsOf } from './form-progress.ts'
import { shareOf } from './form-steps.ts'
import { commitMs } from './form-submission.ts'

export const progressOf = (attempt: FormAttempt) => attempt.fields.progress(shareOf(attempt))

function called({ options }: FormAttempt, name: string, element?: Element): string {
  return (name && options.fieldName ? tried(() => options.fieldName?.(name, element)) : name) ?? ''
}

/**
 * Returns the reported name of a field. Returns an empty string for other elements: buttons have names, and a form may
 * have one.
 */
export function labelOf(attempt: FormAttempt, element: Element): string {
  return isField(element) ? called(attempt, nameOf(element), element) : ''
}

/** Returns the names of the fields that a form library considers invalid, as plain paths. */
export function libraryFields({ options }: FormAttempt): readonly string[] {
  return (options.invalidFields?.() ?? []).map(plainPath)
}

/**
 * Updates the list of known fields. Skips a form that was removed or is hidden: it has no visible fields now, and keeps
 * those it had.
 */
export function survey(attempt: FormAttempt): void {
  const { form, fields } = attempt
  if (attempt.isMoving || !isShown(form)) return
  const named = fieldsOf(form).map((field) => [labelOf(attempt, field), field] as const)
  const seen = named.filter(([name, field]) => name && (fields.isTouched(name) || isFillable(field, form)))
  fields.seen(new Set(seen.map(([name]) => name)))
}

/** Records an interaction, which begins or resumes the attempt. */
export function interact(attempt: FormAttempt, field_name = ''): void {
  attempt.lastField = field_name || attempt.lastField
  attempt.isLeaving = false
  if (attempt.startedAtMs === undefined) {
    attempt.startedAtMs = performance.now()
    survey(attempt)
    send(attempt, 'start', { form_destination: destinationOf(attempt.form), field_name })
  } else if (attempt.left === 'abandoned') {
    attempt.left = 'resumed'
    send(attempt, 'resume', elapsed(attempt))
  }
}

export function focus(attempt: FormAttempt, name: string, field: Element): void {
  attempt.lastField = name
  attempt.fields.focus(name)
  follow(attempt, name, field)
}

/** Records what the user chose in a widget whose control fires no event. */
export function choose(attempt: FormAttempt, control: Element): void {
  interact(attempt, called(attempt, nameOf(control), control))
}

export function change(attempt: FormAttempt, name: string, field: Element): void {
  interact(attempt, name)
  if (name) attempt.changed.add(name)
  follow(attempt, name, field)
}

/** Watches the focus of a field, including one that was focused before the form was observed, as with `autofocus`. */
function follow(attempt: FormAttempt, name: string, field: Element): void {
  const { focused } = attempt
  if (!name || field === focused?.field || !hasFocus(field)) return
  focused?.stop()
  attempt.focused = watchFocus(field, () => {
    blur(attempt)
    settle(attempt, name, field)
  })
}

/** Records that no field is focused, or that the focus no longer matters. */
export function blur(attempt: FormAttempt): void {
  attempt.focused?.stop()
  attempt.focused = undefined
  attempt.fields.blur()
}

/** Checks a changed field once React has committed the result of the change. */
export function settle(attempt: FormAttempt, name: string, field: Element): void {
  const { changed, fields } = attempt
  if (!changed.has(name)) return
  const { returns } = fields.of(name)
  soon(attempt, () => look(attempt, name, field, returns), commitMs)
}

/**
 * Checks a changed field and reports it. `field_returns` is the count when the user left the field, since the user may
 * already be back.
 */
function look(attempt: FormAttempt, field_name: string, field: Element, field_returns: number): void {
  const { changed, fields } = attempt
  if (!changed.delete(field_name)) return
  const record = fields.of(field_name)
  const field_seconds = fields.seconds(field_name)
  const valid = !(isInvalid(field) || libraryFields(attempt).includes(plainPath(nameOf(field))))
  const field_state = valid ? (record.valid === false ? 'corrected' : 'valid') : 'invalid'
  if (!valid) record.errors += 1
  record.changes += 1
  record.valid = valid
  // Last, because it forgets a field that was removed by itself.
  survey(attempt)
  send(
    attempt,
    'field',
    {
      ...attempt.step,
      ...{ field_name, field_state, field_seconds },
      ...{ field_returns, field_corrections: correctionsOf(record) },
      ...{ field_errors: record.errors, completion_percent: progressOf(attempt).completion_percent },
    },
    `:${attempt.id}:${field_name}:${field_state}`,
  )
}

/** Records fields that were found invalid, by element or by name. */
export function refuse(attempt: FormAttempt, invalid: Iterable<Element>, named: readonly string[]) {
  // Controls with the same name, such as radio buttons, are one field.
  const found = new Map<string | Element, string>(named.map((name) => [name, called(attempt, name)]))
  const here = fieldsOf(attempt.form).filter((field) => found.has(plainPath(nameOf(field))))
  for (const field of [...here, ...invalid])
    found.set(plainPath(nameOf(field)) || field, labelOf(attempt, field))
  const names = [...new Set(found.values())].filter(Boolean).sort()
  for (const name of names) {
    const record = attempt.fields.of(name)
    record.errors += 1
    record.valid = false
  }
  return { invalid_fields: found.size, invalid_field_names: names.join(',') }
}

/** Normalizes a field path: `items[0].title` and `items.0.title` are the same field, and libraries write either. */
function plainPath(name: string): string {
  return name.replace(/\[(\w+)\]/g, '.$1')
}
