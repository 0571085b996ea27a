import { compact as compactFolder } from '../../report/upkeep/compact.ts'
import type { Command } from '../command.ts'
import { plural } from '../output/words.ts'
import { memoryOf, timeOf } from '../report/checked-options.ts'
import { folderOf } from '../report/given-store.ts'

export const compact: Command = {
  summary: 'turns closed days of event files into Parquet, and deletes old days',
  usage: [
    '[folder]           what ndjson({ dir }) of the collector writes; default: events',
    '--keep <time>      deletes whole days that are older, such as 400d; default: keeps all',
    '--memory <size>    maximum memory of DuckDB, such as 2GB',
  ],
  options: { keep: { type: 'string' }, memory: { type: 'string' } },
  formats: ['text', 'json'],
  takes: 1,
  async run(call) {
    const keep = timeOf(call, 'keep', '400d')
    const done = await compactFolder(folderOf(call), { keep, memory: memoryOf(call) })
    if (call.format === 'json') call.world.out(`${JSON.stringify(done, null, 2)}\n`)
    else {
      const lost = done.unreadable > 0 ? ` ${plural(done.unreadable, 'unreadable line')} left out.` : ''
      const deleted = done.deleted.length > 0 ? ` Deleted ${plural(done.deleted.length, 'old day')}.` : ''
      call.world.out(
        `Compacted ${plural(done.rows, 'row')} into ${plural(done.days.length, 'day')}.${lost}${deleted}\n`,
      )
    }
    return 0
  },
}
