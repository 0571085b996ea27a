import type { Decision } from '../../engine/record/decision.ts'
import { type Verdict, verdictOf } from '../parts/verdict.ts'
import { pageOf } from './filter.ts'

/** Orders of the list. `newest`, the default: by time, newest first. */
export const orders = ['newest', 'oldest', 'event', 'verdict', 'component', 'page'] as const
export type Order = (typeof orders)[number]

/** Verdicts that need attention come first. */
const ranks: Readonly<Record<Verdict, string>> = {
  mistake: '0',
  undelivered: '1',
  held: '2',
  dropped: '3',
  shadowed: '4',
  fired: '5',
}

const keys: Readonly<Record<Exclude<Order, 'newest' | 'oldest'>, (decision: Decision) => string>> = {
  event: ({ event }) => event,
  verdict: (decision) => ranks[verdictOf(decision)],
  component: ({ trigger }) => trigger.component,
  page: ({ page }) => pageOf(page),
}

/** Sorts attempts that are given newest first. Those with the same key stay newest first. */
export function sorted(found: readonly Decision[], order: Order): readonly Decision[] {
  if (order === 'newest') return found
  if (order === 'oldest') return [...found].reverse()
  const key = keys[order]
  return found
    .map((decision) => ({ decision, by: key(decision) }))
    .sort((one, other) => (one.by < other.by ? -1 : Number(one.by > other.by)))
    .map(({ decision }) => decision)
}
