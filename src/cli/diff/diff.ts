import { type Call, type Command, findingFormats } from '../command.ts'
import { oneOf } from '../read-arguments.ts'
import { type Change, type ChangeLevel, changeLevels } from './change.ts'
import { comparePlans } from './compare-plans.ts'
import { raiseVersion } from './raise-version.ts'
import { type Compared, renderCompared } from './render.ts'
import { type Side, type Sides, sidesOf } from './sides.ts'

export const diff: Command = {
  summary: 'what a change of the plan means for those who read the events',
  usage: [
    '[base] [head]      git refs, plan modules or manifest files; default: the merge base with the default branch, and the working tree',
    '--fail-on <level>  breaking, figures, safe, words or none; default: figures',
    '--fix              raise the version of the plan where it has to be',
  ],
  options: { 'fail-on': { type: 'string' }, fix: { type: 'boolean' } },
  formats: findingFormats,
  takes: 2,
  async run(call) {
    const limit = oneOf('fail-on', call.text('fail-on') ?? 'figures', [...changeLevels, 'none'])
    const sides = await sidesOf(call)
    const compared = sides.map((each) => compare(call, each, limit))
    call.world.out(renderCompared(call.format, compared))
    return compared.some(({ fails }) => fails) ? 1 : 0
  },
}

function compare(call: Call, { base, head }: Sides, limit: ChangeLevel | 'none'): Compared {
  const [before, after] = [base.manifest, head.manifest]
  const plan = after?.plan ?? before?.plan ?? ''
  const told = {
    plan,
    from: before?.version ?? 'none',
    to: after?.version ?? 'none',
    loaded: head.loaded,
    fails: false,
  }
  if (!before)
    return { ...told, changes: [], verdict: `${base.shown} does not exist: there is nothing to compare.` }
  if (!after) {
    const removed: Change = { level: 'breaking', of: 'plan', message: 'was removed.' }
    return {
      ...told,
      changes: [removed],
      fails: weighs(removed.level, limit),
      verdict: `${head.shown} does not exist.`,
    }
  }
  const changes = comparePlans(before, after)
  if (before.version !== after.version || !changes.some(({ level }) => weighs(level, limit)))
    return { ...told, changes, verdict: '' }
  return { ...told, changes, ...judge(call, head, after.version) }
}

const weighs = (level: Change['level'], limit: ChangeLevel | 'none') =>
  limit !== 'none' && changeLevels.indexOf(level) <= changeLevels.indexOf(limit)

/** Decides on changes without a raised version, which is the approval that reviewers see in the commit. */
function judge(call: Call, { loaded }: Side, version: string): Pick<Compared, 'verdict' | 'fails'> {
  if (call.flag('fix') && loaded)
    return { fails: false, verdict: `Raised the version to "${raiseVersion(loaded)}" in ${loaded.shown}.` }
  const how = loaded ? 'Raise it in definePlan, or run with --fix.' : 'Raise it in definePlan.'
  return {
    fails: true,
    verdict: `The version is still "${version}": nothing tells events before and after apart. ${how}`,
  }
}
