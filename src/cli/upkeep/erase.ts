import { erase as eraseFrom } from '../../report/upkeep/erase.ts'
import type { Command } from '../command.ts'
import { Failure } from '../failure.ts'
import { plural } from '../output/words.ts'
import { folderOf } from '../report/given-store.ts'

export const erase: Command = {
  summary: 'removes all events of a person from event files',
  usage: [
    '[folder]           what ndjson({ dir }) of the collector writes; default: events',
    '--anonymous-id <id>  of a browser profile',
    '--user-id <id>     as passed to identify, or its SHA-256; removes browser profiles of this user, too',
  ],
  options: { 'anonymous-id': { type: 'string' }, 'user-id': { type: 'string' } },
  takes: 1,
  async run(call) {
    const [anonymousId, userId] = [call.text('anonymous-id'), call.text('user-id')]
    if (!anonymousId && !userId) throw new Failure('erase needs --anonymous-id or --user-id.')
    const { rows, files } = await eraseFrom(folderOf(call), { anonymousId, userId })
    call.world.out(`Erased ${plural(rows, 'row')} in ${plural(files, 'file')}.\n`)
    return 0
  },
}
