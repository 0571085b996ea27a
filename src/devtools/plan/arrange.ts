import type { CoverageState, EventCoverage } from '../../plan/coverage/coverage.ts'

/** Orders of the Plan view. `missing`, the default: what never fired in the chosen span comes first. */
export const planOrders = {
  missing: 'Never fired first',
  name: 'Name',
  stage: 'Stage',
  owner: 'Owner',
  fired: 'Most fired',
} as const
export type PlanOrder = keyof typeof planOrders

export interface Wish {
  /** Text in name, description, goal or owner. */
  readonly search: string
  /** Owner; empty for all. */
  readonly owner: string
  /** Stage; empty for all. */
  readonly stage: string
  readonly order: PlanOrder
}

export const noWish: Wish = { search: '', owner: '', stage: '', order: 'missing' }

const ranks: Readonly<Record<CoverageState, number>> = {
  missing: 0,
  invalid: 1,
  unplanned: 2,
  seen: 3,
  dormant: 4,
}

type Key = (found: EventCoverage) => string | number

const keys: Readonly<Record<PlanOrder, Key>> = {
  missing: ({ state }) => ranks[state],
  name: ({ name }) => name,
  // Those without come last.
  stage: ({ event }) => event?.stage ?? '\uffff',
  owner: ({ event }) => event?.owner ?? '\uffff',
  fired: ({ outcomes }) => -outcomes.fired,
}

/** Filters and sorts the events of the plan. Events with the same key stay in the order of the plan. */
export function arrange(
  events: readonly EventCoverage[],
  { search, owner, stage, order }: Wish,
): readonly EventCoverage[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  const key = keys[order]
  return events
    .filter(({ name, event }) => {
      if ((owner && event?.owner !== owner) || (stage && event?.stage !== stage)) return false
      const text = [name, event?.description, event?.goal, event?.owner].join(' ').toLowerCase()
      return words.every((word) => text.includes(word))
    })
    .map((found) => ({ found, by: key(found) }))
    .sort((one, other) => (one.by < other.by ? -1 : Number(one.by > other.by)))
    .map(({ found }) => found)
}

/** Returns the different owners, or stages, of the plan, sorted. */
export function valuesOf(events: readonly EventCoverage[], of: 'owner' | 'stage'): readonly string[] {
  return [...new Set(events.flatMap(({ event }) => event?.[of] ?? []))].sort()
}
