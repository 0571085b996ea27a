import { relative, resolve } from 'node:path'
import { type Call, type Command, findingFormats } from '../command.ts'
import { Failure } from '../failure.ts'
import { describePlan } from '../manifest/describe-plan.ts'
import { openPlans } from '../project/plans.ts'
import type { Project } from '../project/project.ts'
import { type SourceFile, sourceFiles } from '../source/source-files.ts'
import { type CheckedPlan, renderChecked } from './render.ts'
import { findingsFor } from './rules.ts'
import { usageIn } from './usage.ts'

export const check: Command = {
  summary: 'what is missing, unused or unplanned',
  usage: [
    '--src <path>       what to search for events; default: package.json#microconversions.src, all source files',
    '--strict           exit with 1 on warnings too',
  ],
  options: { src: { type: 'string', multiple: true }, strict: { type: 'boolean' } },
  formats: findingFormats,
  takes: 0,
  async run(call) {
    const opened = await openPlans(call)
    const own = new Set(opened.plans.map(({ shown }) => shown))
    const files = searched(call, opened.project).filter(({ shown }) => !own.has(shown))
    const sources = opened.plans.map(({ source }) => source)
    const usage = usageIn(files, sources)
    const planned = new Set(opened.plans.flatMap(({ plan }) => [...plan.events.keys()]))
    const checked: CheckedPlan[] = []
    for (const loaded of opened.plans) {
      const reviewed = { loaded, manifest: await describePlan(loaded), usage, planned }
      checked.push({ loaded, findings: findingsFor(reviewed, opened.project.settings.rules) })
    }
    call.world.out(renderChecked(call.format, checked))
    const fails = call.flag('strict') ? ['error', 'warning'] : ['error']
    return checked.some(({ findings }) => findings.some(({ level }) => fails.includes(level))) ? 1 : 0
  },
}

function searched({ world: { cwd }, texts }: Call, { root, settings }: Project): readonly SourceFile[] {
  const given = texts('src').map((path) => relative(root, resolve(cwd, path)) || '.')
  const paths = given.length ? given : (settings.sources ?? [])
  const files = sourceFiles(root, cwd, paths)
  if (files.length === 0 && paths.length) throw new Failure(`no source file at ${paths.join(', ')}.`)
  return files
}
