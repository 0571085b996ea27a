import { extname, resolve } from 'node:path'
import { exportEvents, exportFormats } from '../../report/upkeep/export-events.ts'
import type { Command } from '../command.ts'
import { Failure } from '../failure.ts'
import { plural } from '../output/words.ts'
import { folderOf } from '../report/given-store.ts'

export const exportCommand: Command = {
  summary: 'writes each event once to a Parquet, CSV or NDJSON file',
  usage: [
    '[folder]           what ndjson({ dir }) of the collector writes; default: events',
    '--to <file>        .parquet, .csv or .ndjson',
  ],
  options: { to: { type: 'string' } },
  takes: 1,
  async run(call) {
    const to = call.text('to')
    if (to === undefined) throw new Failure('export needs --to <file>.')
    if (!(exportFormats as readonly string[]).includes(extname(to).slice(1)))
      throw new Failure(
        `--to "${to}" has to end in ${exportFormats.map((format) => `.${format}`).join(', ')}.`,
      )
    const events = await exportEvents(folderOf(call), resolve(call.world.cwd, to))
    call.world.out(`Wrote ${plural(events, 'event')} to ${to}.\n`)
    return 0
  },
}
