import type { Decision } from '../../engine/record/decision.ts'
import { toJson } from '../parts/plain-value.ts'
import type { AttemptNote } from './notes.ts'

/**
 * Returns a text that two attempts share if they differ in nothing but their time: same page, fact key, properties and
 * deliveries. `note`: the tester's own mark or note.
 */
export function equalityOf(decision: Decision, note?: AttemptNote): string {
  const { event, outcome, reason, trigger, page, properties, issues, deliveries, first, number } = decision
  const { component, fact, factKey, synthetic } = trigger
  const states = Object.entries(deliveries).map(([name, { state, error }]) => [name, state, error])
  return serialized([
    [event, outcome, reason, component, fact, factKey, synthetic, first?.outcome],
    // Pages are numbered anew after a reload, from which only attempts below 1 remain.
    [number > 0, page.number, page.path || page.url],
    states,
    properties,
    issues,
    note,
  ])
}

/** Native serialization is ten times as fast as `toJson`, but throws for what JSON cannot represent. */
function serialized(value: unknown): string {
  try {
    return JSON.stringify(value)
  } catch {
    return toJson(value, 0)
  }
}
