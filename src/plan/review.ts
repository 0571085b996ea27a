import type { AnyPlan, PlannedEvent } from './define-plan.ts'

/** Rule that a plan does not follow. */
export type HintRule = 'count' | 'goal' | 'per-goal' | 'per-stage'

/** Advice on a plan. */
export interface Hint {
  readonly rule: HintRule
  readonly message: string
  /** Events that the message is about; empty if it is about their number. */
  readonly events: readonly string[]
}

/** Compares a plan with a good size for microconversions. A hint is not an error. */
export function hintsFor({ events }: AnyPlan): readonly Hint[] {
  const used = [...events].filter(([, { status }]) => status !== 'retired')
  const steps = used.filter(([, event]) => isStep(event))
  if (steps.length === 0) return []
  const loose = steps.filter(([, { goal }]) => !goal).map(([name]) => name)
  const few = behaviours(steps.map(([name]) => name))
  return [
    ...(few < 5 || few > 15
      ? [hint('count', `The plan has ${counted(few, 'microconversion')}; 5 to 15 are a good start.`)]
      : []),
    ...(loose.length
      ? [hint('goal', `No goal yet: ${listed(loose)}. Each microconversion should lead to one.`, loose)]
      : []),
    ...hintsBy(
      steps,
      ({ goal }) => goal,
      3,
      5,
      (count, goal) =>
        hint('per-goal', `${counted(count, 'event leads', 'events lead')} to ${goal}; 3 to 5 tell the most.`),
    ),
    ...hintsBy(
      steps,
      ({ stage }) => stage,
      3,
      7,
      (count, stage) =>
        hint('per-stage', `The stage ${stage} has ${counted(count, 'event')}; 3 to 7 are easy to read.`),
    ),
  ]
}

/** Returns true for a step to a conversion: not a macro conversion, and not a view of a page. */
export const isStep = ({ macro, kind }: Pick<PlannedEvent, 'macro' | 'kind'>): boolean =>
  !macro && kind !== 'navigation'

type Entry = readonly [name: string, event: PlannedEvent]

function hintsBy(
  steps: readonly Entry[],
  by: (event: PlannedEvent) => string | undefined,
  least: number,
  most: number,
  say: (count: number, group: string) => Hint,
): readonly Hint[] {
  const groups = new Map<string, string[]>()
  for (const [name, event] of steps) {
    const group = by(event)
    if (group) groups.set(group, [...(groups.get(group) ?? []), name])
  }
  return [...groups].flatMap(([group, names]) => {
    const count = behaviours(names)
    return count < least || count > most ? [say(count, group)] : []
  })
}

/** Counts kinds of behaviour: the facts of one component (`form_start`, `form_step`) are one kind. */
function behaviours(names: readonly string[]): number {
  return new Set(names.map((name) => /^(form|video|element|checklist)_/.exec(name)?.[1] ?? name)).size
}

function hint(rule: HintRule, message: string, events: readonly string[] = []): Hint {
  return { rule, message, events }
}

function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`
}

function listed(names: readonly string[]): string {
  const left = names.length - 5
  return names.slice(0, 5).join(', ') + (left > 0 ? ` and ${left} more` : '')
}
