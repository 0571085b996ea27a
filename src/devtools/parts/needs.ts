import { needOf } from '../../engine/delivery/deliveries.ts'
import type { AnyDestination } from '../../engine/delivery/destination.ts'
import type { ConsentNeed } from '../../engine/permission/consent-types.ts'

/** Maps each destination name to its required consent. */
export function needsOf(destinations: readonly AnyDestination[]): Readonly<Record<string, ConsentNeed>> {
  return Object.fromEntries(destinations.map((each) => [each.name, needOf(each)]))
}
