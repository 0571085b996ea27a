import type { Command } from '../command.ts'
import { deliver, documentOptions, documentUsage } from '../output/write-file.ts'
import { onlyPlan, openPlans } from '../project/plans.ts'
import { describePlan } from './describe-plan.ts'

export const manifest: Command = {
  summary: 'the plan as JSON, for collectors and reports',
  usage: documentUsage,
  options: documentOptions,
  formats: ['json'],
  takes: 0,
  async run(call) {
    const described = await describePlan(onlyPlan(await openPlans(call)))
    return deliver(call, 'manifest', `${JSON.stringify(described, null, 2)}\n`)
  },
}
