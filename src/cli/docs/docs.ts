import { extname } from 'node:path'
import type { Call, Command } from '../command.ts'
import { Failure } from '../failure.ts'
import { describePlan } from '../manifest/describe-plan.ts'
import { deliver, documentOptions, documentUsage } from '../output/write-file.ts'
import { onlyPlan, openPlans } from '../project/plans.ts'
import { oneOf } from '../read-arguments.ts'
import { planPage } from './plan-page.ts'
import { type PageFormat, pageFormats, writePage } from './write-page.ts'

export const docs: Command = {
  summary: 'the plan as a page for people',
  usage: [
    '--as <kind>        md, html or mdx; default: the extension of the file, else md',
    '--title <title>    of the page; in mdx its place in Storybook too',
    ...documentUsage,
  ],
  options: { ...documentOptions, as: { type: 'string' }, title: { type: 'string' } },
  takes: 0,
  async run(call) {
    const loaded = onlyPlan(await openPlans(call))
    const page = planPage(await describePlan(loaded), loaded.shown, call.text('title'))
    return deliver(call, 'docs', writePage(page, formatOf(call)))
  },
}

function formatOf(call: Call): PageFormat {
  const given = call.text('as')
  if (given !== undefined) return oneOf('as', given, pageFormats)
  const output = call.text('output') ?? ''
  const extension = extname(output).slice(1)
  if (extension === '') return 'md'
  const found = pageFormats.find((format) => format === extension)
  if (found) return found
  throw new Failure(`${output} has to end in .md, .html or .mdx, or --as names the kind of the page.`)
}
