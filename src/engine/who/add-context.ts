import { attempt } from '../../support/attempt.ts'
import type { AddedContext } from '../pipeline/added-context.ts'
import { partsOf } from '../record/tracker-parts.ts'

/**
 * Adds a field to the context of later events. `read` is called at each event; an event for which it returns undefined
 * or throws has no such field.
 */
export function addToContext<Field extends keyof AddedContext>(
  tracker: object,
  field: Field,
  read: () => AddedContext[Field],
): void {
  const adding = partsOf(tracker)?.known.adding
  if (!adding) return
  const { read: others } = adding
  adding.read = () => {
    const value = attempt(read)
    return value === undefined ? others?.() : { ...others?.(), [field]: value }
  }
}
