import type { Decision } from '../../engine/record/decision.ts'
import { leavesOf } from '../network/payload-difference.ts'
import { leafText } from '../parts/plain-value.ts'

/** One value in which two attempts differ. Undefined where an attempt does not have it. */
export interface AttemptDifference {
  /** Path such as `properties.tier` or `deliveries.http`. */
  readonly path: string
  readonly one: string | undefined
  readonly other: string | undefined
}

/** Lists the values in which two attempts differ, besides number, time and ids. */
export function attemptDifferences(one: Decision, other: Decision): readonly AttemptDifference[] {
  const [left, right] = [told(one), told(other)]
  return [...new Set([...left.keys(), ...right.keys()])]
    .map((path) => ({ path, one: left.get(path), other: right.get(path) }))
    .filter((each) => each.one !== each.other)
}

function told(decision: Decision): ReadonlyMap<string, string> {
  const { event, outcome, reason, page, trigger, scope, properties, issues, consent, deliveries } = decision
  const { component, fact, factKey } = trigger
  const states = Object.entries(deliveries).map(([name, { state, error }]) => [
    name,
    error ? `${state}: ${error}` : state,
  ])
  const value = {
    ...{ event, outcome, reason, component, fact, 'fact key': factKey },
    ...{ page: page.path || page.url, scope, properties, issues, consent },
    deliveries: Object.fromEntries(states),
  }
  return new Map(leavesOf(value).map(({ path, value: leaf }) => [path, leafText(leaf)]))
}
