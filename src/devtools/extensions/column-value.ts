import type { Decision } from '../../engine/types.ts'
import { messageOf } from '../../support/message-of.ts'
import { shorten } from '../parts/plain-value.ts'
import type { ColumnExtension } from './extensions.ts'

const known = new WeakMap<ColumnExtension, WeakMap<Decision, string>>()

/** What a column says of a decision, or that it threw. */
export function columnValue(column: ColumnExtension, decision: Decision): string {
  const values = known.get(column) ?? new WeakMap<Decision, string>()
  const value = values.get(decision) ?? ask(column, decision)
  known.set(column, values.set(decision, value))
  return value
}

function ask(column: ColumnExtension, decision: Decision): string {
  try {
    // Plain JavaScript may give anything.
    return shorten(String(column.value(decision) ?? ''), 200)
  } catch (error) {
    return `threw: ${messageOf(error)}`
  }
}
