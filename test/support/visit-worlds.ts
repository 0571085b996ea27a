import type { RiskSet } from '../../src/report/statistics/lift.ts'
import { createRandom, type Random } from './random.ts'

/** How users of a simulated site behave. All rates are per second. */
export interface World {
  /** By how much a step changes the rate of the goal from then on: the lift that a report should find. */
  readonly lift: number
  readonly leavesOnceConverted?: boolean
  /** By how much the goal changes the rate of the step from then on. */
  readonly stepAfterGoal?: number
  /** By how much a fifth of the users do both more often, for reasons of their own. */
  readonly keen?: number
}

export const worlds = {
  'no effect': { lift: 1 },
  'no effect, leaves once converted': { lift: 1, leavesOnceConverted: true },
  'no effect, done mostly after the goal': { lift: 1, stepAfterGoal: 20 },
  doubles: { lift: 2, leavesOnceConverted: true },
  halves: { lift: 0.5, leavesOnceConverted: true },
  'no effect, keen users do both more often': { lift: 1, keen: 3, leavesOnceConverted: true },
} satisfies Record<string, World>

interface Visit {
  readonly step: number
  readonly goal: number
  readonly end: number
}

const STEP_RATE = 1 / 200
const GOAL_RATE = 1 / 600

function visit(
  { lift, leavesOnceConverted = false, stepAfterGoal = 1, keen = 1 }: World,
  random: Random,
): Visit {
  const zeal = random.uniform() < 0.2 ? keen : 1
  // Visits differ much in length, which is what misleads simple ratios.
  const length = random.exponential(1 / 60) * random.exponential(1)
  let step = random.exponential(STEP_RATE * zeal)
  let goal = random.exponential(GOAL_RATE * zeal)
  if (step < goal) goal = step + random.exponential(GOAL_RATE * zeal * lift)
  else step = goal + random.exponential(STEP_RATE * zeal * stepAfterGoal)
  return { step, goal, end: leavesOnceConverted ? Math.min(length, goal) : length }
}

export function visitsIn(world: World, users: number, seed: number): readonly Visit[] {
  const random = createRandom(seed)
  return Array.from({ length: users }, () => visit(world, random))
}

const EDGES = [0, ...Array.from({ length: 35 }, (_, i) => 1.4 ** i), Infinity]

/** Sums the visits as a report does: from 0 to the step unexposed, from the step to the goal or the end exposed. */
export function riskSetsOf(visits: readonly Visit[]): readonly RiskSet[] {
  const bins = EDGES.slice(0, -1).map((from, bin) => ({
    from,
    to: EDGES[bin + 1] as number,
    set: { unexposedTime: 0, exposedTime: 0, unexposedGoals: 0, exposedGoals: 0 },
  }))
  for (const { step, goal, end } of visits) {
    const stop = Math.min(goal, end)
    const exposed = Math.min(step, stop)
    for (const { from, to, set } of bins) {
      if (from > stop) break
      set.unexposedTime += Math.max(0, Math.min(to, exposed) - from)
      set.exposedTime += Math.max(0, Math.min(to, stop) - Math.max(from, exposed))
      if (goal <= end && goal >= from && goal < to) set[step < goal ? 'exposedGoals' : 'unexposedGoals']++
    }
  }
  return bins.map(({ set }) => set)
}

/** What most reports print: the share with the goal among users with the step, divided by that among the others. */
export function naiveRatio(visits: readonly Visit[]): number {
  const share = (did: boolean) => {
    const those = visits.filter(({ step, end }) => step <= end === did)
    return those.filter(({ goal, end }) => goal <= end).length / those.length
  }
  return share(true) / share(false)
}
