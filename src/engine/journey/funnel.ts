import type { PlannedFunnel } from '../../plan/define-plan.ts'
import { durationMs } from '../../support/duration.ts'
import type { History } from './journey-view.ts'

/** One step of a funnel, and when the user reached it. */
export interface FunnelStep<Names extends string = string> {
  readonly event: Names
  /** Time at which it was reached in order, epoch ms. Undefined until then. */
  readonly time: number | undefined
  /** Milliseconds since the previous step. */
  readonly betweenMs: number | undefined
}

/** Progress of a user in a funnel. The first step starts it again after its end, or after its time was up. */
export interface FunnelView<Names extends string = string> {
  readonly steps: readonly FunnelStep<Names>[]
  /** Index of the last step reached in order; -1 before the first. */
  readonly current: number
  /** The step that comes next. Undefined at the end. */
  readonly next: Names | undefined
  readonly completed: boolean
  /** True if the time was up before the end. Then only the first step counts. */
  readonly expired: boolean
  /** Steps that occurred before their previous step, in order of the plan. */
  readonly outOfOrder: readonly Names[]
  /** Steps that occurred again, in order of the plan. */
  readonly repeated: readonly Names[]
}

/** Returns the progress in a funnel by the steps of a history. Pure. */
export function funnelOf(funnel: PlannedFunnel, history: Pick<History, 'steps' | 'now'>): FunnelView {
  const { steps, within } = funnel
  const withinMs = within === undefined ? Number.POSITIVE_INFINITY : durationMs(within)
  const last = steps.length - 1
  let times: number[] = []
  let outOfOrder = new Set<number>()
  let repeated = new Set<number>()
  const overAt = (time: number) => times.length <= last && time - (times[0] ?? time) > withinMs

  for (const { event, time } of history.steps) {
    const index = steps.indexOf(event)
    if (index < 0) continue
    const over = overAt(time)
    if (index === 0 && (over || times.length > last || times.length === 0)) {
      if (times.length > 0) outOfOrder = new Set()
      repeated = new Set()
      times = [time]
    } else if (over || index > times.length) outOfOrder.add(index)
    else if (index === times.length) times.push(time)
    else repeated.add(index)
  }

  const expired = overAt(history.now)
  const named = (indices: ReadonlySet<number>) => steps.filter((_, index) => indices.has(index))
  return {
    steps: steps.map((event, index) => {
      const time = times[index]
      const before = times[index - 1]
      const betweenMs = time === undefined || before === undefined ? undefined : time - before
      return { event, time, betweenMs }
    }),
    current: times.length - 1,
    next: steps[expired ? 0 : times.length],
    completed: steps.length > 0 && times.length > last,
    expired,
    outOfOrder: named(outOfOrder),
    repeated: named(repeated),
  }
}
