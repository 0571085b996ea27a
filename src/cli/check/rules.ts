import type { PlannedEvent } from '../../plan/define-plan.ts'
import { UNKNOWN } from '../../plan/json-schema.ts'
import type { Manifest, ManifestEvent } from '../../plan/manifest.ts'
import { hintsFor } from '../../plan/review.ts'
import { didYouMean } from '../../support/nearest.ts'
import type { Finding } from '../output/finding.ts'
import { listed } from '../output/words.ts'
import type { LoadedPlan } from '../project/load-plan.ts'
import type { Level, RuleName, Settings } from '../project/settings.ts'
import type { Usage } from './usage.ts'

const levels: Readonly<Record<RuleName, Level>> = {
  unplanned: 'error',
  unused: 'warning',
  'no-macro': 'warning',
  goal: 'warning',
  'goal-is-macro': 'warning',
  owner: 'warning',
  description: 'warning',
  schema: 'advice',
  count: 'advice',
  'per-goal': 'advice',
  'per-stage': 'advice',
}

/** A plan, with the data that the rules compare it with. */
export interface Reviewed {
  readonly loaded: LoadedPlan
  readonly manifest: Manifest
  readonly usage: Usage
  /** Event names of all plans that the command checks. */
  readonly planned: ReadonlySet<string>
}

type Remark = Pick<Finding, 'message' | 'events'> &
  Pick<Partial<Finding>, 'file' | 'line'> & { readonly rule: RuleName }

/** Applies every rule, at the level that the settings or the defaults give it; errors come first. */
export function findingsFor(reviewed: Reviewed, rules: Settings['rules'] = {}): readonly Finding[] {
  const remarks = [
    ...unplanned(reviewed),
    ...unused(reviewed),
    ...goals(reviewed),
    ...papers(reviewed),
    ...sizes(reviewed),
  ]
  const order: readonly (Level | 'off')[] = ['error', 'warning', 'advice']
  return remarks
    .map((remark) => ({ ...remark, level: rules[remark.rule] ?? levels[remark.rule] }))
    .filter((remark): remark is typeof remark & { readonly level: Level } => remark.level !== 'off')
    .sort((a, b) => order.indexOf(a.level) - order.indexOf(b.level))
}

function unplanned({ usage, planned }: Reviewed): readonly Remark[] {
  return usage.unchecked
    .filter(({ event }) => !planned.has(event))
    .map(({ event, file, line }) => ({
      rule: 'unplanned' as const,
      events: [event],
      message: `${event} is reported at ${file}:${line} and not in the plan.${didYouMean(event, [...planned])}`,
      ...{ file, line },
    }))
}

function unused({ loaded, usage }: Reviewed): readonly Remark[] {
  if (usage.searched === 0) return []
  const names = [...loaded.plan.events].flatMap(([name, event]) =>
    isUsed(name, event, loaded, usage) ? [] : [name],
  )
  return folded('unused', names, (are) => `${are} in no source file (${usage.searched} searched).`)
}

function isUsed(name: string, event: PlannedEvent, loaded: LoadedPlan, usage: Usage): boolean {
  if (event.status === 'draft' || event.status === 'retired' || event.after) return true
  if (usage.texts.has(name)) return true
  const standard = loaded.standardName(event)
  return standard !== undefined && usage.standard.has(standard)
}

function goals({ loaded: { plan } }: Reviewed): readonly Remark[] {
  const events = [...plan.events]
  const led = new Map<string, string[]>()
  for (const [name, { goal }] of events)
    if (goal !== undefined && !plan.events.get(goal)?.macro) led.set(goal, [...(led.get(goal) ?? []), name])
  return [
    ...(events.some(([, { macro }]) => macro)
      ? []
      : [
          {
            rule: 'no-macro' as const,
            events: [],
            message: 'No event is a macro conversion: set `macro: true` on the one that counts.',
          },
        ]),
    ...[...led].map(([goal, names]) => ({
      rule: 'goal-is-macro' as const,
      events: [goal],
      message: `${goal} is the goal of ${listed(names)}, but no macro conversion.`,
    })),
  ]
}

/** Checks what documents an event: owner, description, schema. */
function papers({ manifest }: Reviewed): readonly Remark[] {
  const events = Object.entries(manifest.events).filter(([, { status }]) => status !== 'retired')
  const without = (lacks: (event: ManifestEvent) => boolean) =>
    events.filter(([, event]) => lacks(event)).map(([name]) => name)
  return [
    ...folded(
      'owner',
      without(({ owner }) => !owner),
      (_, have) => `${have} no owner. Set \`owner\`, or one for all in definePlan.`,
    ),
    ...folded(
      'description',
      without(({ description }) => !description),
      (_, have) => `${have} no description.`,
    ),
    ...folded(
      'schema',
      without(({ properties }) => UNKNOWN in properties),
      (_, have) => `${have} properties that nothing checks or describes at run time.`,
    ),
  ]
}

function sizes({ loaded: { plan } }: Reviewed): readonly Remark[] {
  return hintsFor(plan)
}

/** Returns one finding for all events with the same fault. */
function folded(
  rule: RuleName,
  names: readonly string[],
  say: (are: string, have: string) => string,
): readonly Remark[] {
  if (names.length === 0) return []
  const one = names.length === 1
  const who = listed(names)
  return [
    { rule, events: names, message: say(`${who} ${one ? 'is' : 'are'}`, `${who} ${one ? 'has' : 'have'}`) },
  ]
}
