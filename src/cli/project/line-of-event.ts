import { lineAt } from '../source/read-source.ts'
import type { LoadedPlan } from './load-plan.ts'

/** Returns the line of the plan module that declares an event; undefined if another module declares it. */
export function lineOfEvent({ source }: LoadedPlan, event: string): number | undefined {
  const name = event.replaceAll(/[^\w]/g, '\\$&')
  const found = new RegExp(`(?:^|[\\s{,])(['"]?)${name}\\1\\s*[:,}]`).exec(source)
  return found ? lineAt(source, found.index + found[0].indexOf(event)) : undefined
}
