import type { AnyPlan, PlannedEvent } from '../../plan/define-plan.ts'
import { plural } from '../parts/time-words.ts'

/** What a plan of microconversions looks like when it works; none of it is an error. */
export function hintsFor({ events }: AnyPlan): readonly string[] {
  const used = [...events].filter(([, { status }]) => status !== 'retired')
  const steps = used.filter(([, event]) => isStep(event))
  if (steps.length === 0) return []
  const goals = grouped(steps, ({ goal }) => goal)
  const stages = grouped(steps, ({ stage }) => stage)
  const loose = steps.filter(([, { goal }]) => !goal).map(([name]) => name)
  return [
    ...(steps.length < 5 || steps.length > 15
      ? [`The plan has ${plural(steps.length, 'microconversion')}; 5 to 15 are a good start.`]
      : []),
    ...(loose.length ? [`No goal yet: ${listed(loose)}. Each microconversion should lead to one.`] : []),
    ...[...goals].flatMap(([goal, { length }]) =>
      length < 3 || length > 5
        ? [`${plural(length, 'event leads', 'events lead')} to ${goal}; 3 to 5 tell the most.`]
        : [],
    ),
    ...[...stages].flatMap(([stage, { length }]) =>
      length < 3 || length > 7
        ? [`The stage ${stage} has ${plural(length, 'event')}; 3 to 7 are easy to read.`]
        : [],
    ),
  ]
}

/** Not the conversion itself, and not a page that was looked at. */
const isStep = ({ macro, kind }: PlannedEvent) => !macro && kind !== 'navigation'

function grouped(
  events: readonly (readonly [string, PlannedEvent])[],
  by: (event: PlannedEvent) => string | undefined,
): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>()
  for (const [name, event] of events) {
    const group = by(event)
    if (group) groups.set(group, [...(groups.get(group) ?? []), name])
  }
  return groups
}

function listed(names: readonly string[]): string {
  const left = names.length - 5
  return names.slice(0, 5).join(', ') + (left > 0 ? ` and ${left} more` : '')
}
