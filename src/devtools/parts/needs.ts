import { needOf } from '../../engine/deliveries.ts'
import type { AnyDestination } from '../../engine/destination.ts'
import type { ConsentNeed } from '../../engine/types.ts'

/** What each destination needs, by name. */
export function needsOf(destinations: readonly AnyDestination[]): Readonly<Record<string, ConsentNeed>> {
  return Object.fromEntries(destinations.map((each) => [each.name, needOf(each)]))
}
