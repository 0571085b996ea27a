import type { Call } from '../command.ts'
import { Failure } from '../failure.ts'
import { type LoadedPlan, loadPlan, shownPath } from './load-plan.ts'
import { openProject, type Project, planFiles } from './project.ts'

export interface OpenedPlans {
  readonly project: Project
  readonly plans: readonly LoadedPlan[]
}

/** Loads the plans of a command. */
export async function openPlans({ world: { cwd }, plans: given, exportName }: Call): Promise<OpenedPlans> {
  const project = openProject(cwd)
  const plans: LoadedPlan[] = []
  for (const file of planFiles(project, cwd, given))
    plans.push(await loadPlan({ file, shown: shownPath(cwd, file), cwd, exportName }))
  return { project, plans }
}

/** Returns the only plan, for a command that writes one file. Throws a `Failure` unless there is exactly one. */
export function onlyPlan({ plans }: OpenedPlans): LoadedPlan {
  const [plan, second] = plans
  if (!plan || second)
    throw new Failure(
      `there are several plans: ${plans.map(({ shown }) => shown).join(', ')}. Name one: --plan ${plan?.shown}.`,
    )
  return plan
}
