import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { report as measure } from '../../report/report.ts'
import type { ReportOptions } from '../../report/report-options.ts'
import type { Period, Report } from '../../report/report-types.ts'
import type { Segment } from '../../report/segment.ts'
import type { Duration } from '../../support/duration.ts'
import { type Call, type Command, findingFormats } from '../command.ts'
import { Failure, messageOf } from '../failure.ts'
import { deliver } from '../output/write-file.ts'
import { timeOf, timeZoneOf } from './checked-options.ts'
import { openGivenStore, storeOptions, storeUsage } from './given-store.ts'
import { formatOf, writeReport } from './write-report.ts'

export const report: Command = {
  summary: 'which steps matter, and how often they happen',
  usage: [
    ...storeUsage,
    '--from, --to <day>  YYYY-MM-DD; default: the last 28 full days',
    '--by <segment>     device, source, campaign, landing, returning, page_type, scope.<key> or experiment.<name>; may be repeated',
    '--adjust <segment>  takes differences by a segment out of what predicts a conversion; may be repeated',
    '--goal <event>     macro conversion; default: those of the plan; may be repeated',
    '--split <plan>     planned split of an experiment, such as hero=control:9,video:1; default: equal; may be repeated',
    '--within <time>    such as 7d, for funnels without a time of their own',
    '--spend <file>     CSV with date,source,medium,campaign,cost,currency',
    '--time-zone <name>  of the collector; default UTC',
    '--as <kind>        text, md, html or json; default: the extension of the file, else --format',
    '-o, --output <file>  where to write it; default: standard output',
  ],
  options: {
    ...storeOptions,
    from: { type: 'string' },
    to: { type: 'string' },
    by: { type: 'string', multiple: true },
    adjust: { type: 'string', multiple: true },
    goal: { type: 'string', multiple: true },
    split: { type: 'string', multiple: true },
    within: { type: 'string' },
    spend: { type: 'string' },
    'time-zone': { type: 'string' },
    as: { type: 'string' },
    output: { type: 'string', short: 'o' },
  },
  formats: findingFormats,
  takes: 1,
  async run(call) {
    const format = formatOf(call)
    return deliver(call, 'report', writeReport(await measured(call), format))
  },
}

async function measured(call: Call): Promise<Report> {
  const options = optionsOf(call)
  const { store, plan } = await openGivenStore(call)
  try {
    return await measure(store, { ...options, plan })
  } finally {
    await store.close()
  }
}

function optionsOf(call: Call): ReportOptions {
  const { text, texts } = call
  const goals = texts('goal')
  return {
    period: periodOf(text('from'), text('to')),
    by: texts('by') as readonly Segment[],
    adjust: texts('adjust') as readonly Segment[],
    goals: goals.length > 0 ? goals : undefined,
    splits: Object.fromEntries(texts('split').map(splitOf)),
    within: timeOf(call, 'within', '7d') as Duration | undefined,
    spend: spendOf(call),
    timeZone: timeZoneOf(call),
  }
}

function periodOf(from: string | undefined, to: string | undefined): Period | undefined {
  if (from === undefined && to === undefined) return undefined
  if (from === undefined || to === undefined) throw new Failure('--from and --to need each other.')
  return { from, to }
}

/** Reads `hero=control:9,video:1`. */
function splitOf(given: string): readonly [experiment: string, weights: Readonly<Record<string, number>>] {
  const [, experiment, plan] = /^([^=]+)=(.+)$/.exec(given) ?? []
  const weights = plan?.split(',').map((part) => /^(.+):(\d+(?:\.\d+)?)$/.exec(part))
  if (!experiment || !weights?.every((weight) => weight !== null))
    throw new Failure(`--split "${given}" is no plan like hero=control:9,video:1.`)
  return [experiment, Object.fromEntries(weights.map(([, variant, weight]) => [variant, Number(weight)]))]
}

function spendOf({ text, world: { cwd } }: Call): string | undefined {
  const path = text('spend')
  if (path === undefined) return undefined
  try {
    return readFileSync(resolve(cwd, path), 'utf8')
  } catch (error) {
    throw new Failure(`--spend ${path} cannot be read: ${messageOf(error)}.`)
  }
}
