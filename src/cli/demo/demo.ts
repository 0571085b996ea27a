import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { manifestOf } from '../../plan/manifest.ts'
import { report } from '../../report/report.ts'
import type { Report } from '../../report/report-types.ts'
import { openStore } from '../../report/store/open-store.ts'
import { type Command, findingFormats } from '../command.ts'
import { Failure } from '../failure.ts'
import { plural } from '../output/words.ts'
import { deliver } from '../output/write-file.ts'
import { formatOf, writeReport } from '../report/write-report.ts'
import { demoPlan } from './demo-plan.ts'
import { expectations } from './expectations.ts'
import { simulate } from './simulate.ts'
import { writeStore } from './write-store.ts'

const DAY_MS = 86_400_000
const DAYS = 56

export const demo: Command = {
  summary: 'simulated users, a report on them, and what it should say',
  usage: [
    '--users <number>   default: 12000',
    '--seed <number>    other users; default: 1',
    '--dir <folder>     keeps the events there; default: a temporary folder',
    '--as <kind>        text, md, html or json; default: the extension of the file, else --format',
    '-o, --output <file>  where to write the report; default: standard output',
  ],
  options: {
    users: { type: 'string' },
    seed: { type: 'string' },
    dir: { type: 'string' },
    as: { type: 'string' },
    output: { type: 'string', short: 'o' },
  },
  formats: findingFormats,
  takes: 0,
  async run(call) {
    const format = formatOf(call)
    const kept = call.text('dir')
    const dir =
      kept === undefined ? mkdtempSync(join(tmpdir(), 'microconversions-')) : resolve(call.world.cwd, kept)
    try {
      const options = {
        users: wholeNumber('users', call.text('users') ?? '12000'),
        seed: wholeNumber('seed', call.text('seed') ?? '1'),
      }
      const result = await reportOn(dir, options, call.world.err)
      const code = deliver(call, 'demo', writeReport(result, format))
      call.world.err(`\n${expectations(result).join('\n')}\n`)
      return code
    } finally {
      if (kept === undefined) rmSync(dir, { recursive: true, force: true })
    }
  },
}

async function reportOn(
  dir: string,
  { users, seed }: { readonly users: number; readonly seed: number },
  say: (text: string) => void,
): Promise<Report> {
  const now = Date.now()
  const until = Math.floor(now / DAY_MS) * DAY_MS
  const rows = writeStore(dir, manifestOf(demoPlan), simulate({ users, days: DAYS, until, seed }))
  say(`Simulated ${plural(users, 'user')} over ${DAYS} days: ${rows.toLocaleString('en')} rows.\n\n`)
  const store = await openStore(dir)
  try {
    return await report(store, { by: ['device'], now })
  } finally {
    await store.close()
  }
}

function wholeNumber(option: string, given: string): number {
  const number = Number(given)
  if (Number.isSafeInteger(number) && number > 0) return number
  throw new Failure(`--${option} "${given}" is no whole number above 0.`)
}
