import type { Segment } from '../../report/segment.ts'
import { type SqlName, sqlNames, sqlOf } from '../../report/sql/print-sql.ts'
import { isDay } from '../../report/tables/days.ts'
import { didYouMean } from '../../support/nearest.ts'
import type { Command } from '../command.ts'
import { Failure } from '../failure.ts'
import { oneOf } from '../read-arguments.ts'
import { neededPlan } from './given-store.ts'

export const sql: Command = {
  summary: 'the SQL of a report, for your own warehouse',
  usage: [
    `<name>             ${sqlNames.join(', ')}`,
    '--dialect <name>   duckdb or clickhouse; default: duckdb',
    '--table <name>     with the rows; default: events',
    '--from, --to <day>  YYYY-MM-DD',
    '--by <segment>     such as device; may be repeated',
  ],
  options: {
    dialect: { type: 'string' },
    table: { type: 'string' },
    from: { type: 'string' },
    to: { type: 'string' },
    by: { type: 'string', multiple: true },
  },
  takes: 1,
  async run(call) {
    const { text, texts, world, positionals } = call
    const name = nameOf(positionals[0] ?? 'tables')
    const period = { from: text('from') ?? '2026-01-01', to: text('to') ?? '2026-01-28' }
    if (!isDay(period.from) || !isDay(period.to)) throw new Failure('--from and --to are days: YYYY-MM-DD.')
    const printed = await sqlOf(name, {
      dialect: oneOf('dialect', text('dialect') ?? 'duckdb', ['duckdb', 'clickhouse'] as const),
      table: text('table') ?? 'events',
      manifest: await neededPlan(call),
      period,
      by: texts('by') as readonly Segment[],
    })
    world.out(printed)
    return 0
  },
}

function nameOf(given: string): SqlName {
  const found = sqlNames.find((each) => each === given)
  if (found !== undefined) return found
  throw new Failure(`no SQL is called "${given}"; use ${sqlNames.join(', ')}.${didYouMean(given, sqlNames)}`)
}
