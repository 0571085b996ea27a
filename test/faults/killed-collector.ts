import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildCollectorProgram, startCollector } from '../support/collector-process.ts'
import { storedRows } from '../support/stored-rows.ts'
import { smallBatch, uuidAt } from '../support/wire-batches.ts'

const CLIENTS = 16
const EVENTS = 3
/** Answers of a round before the kill: more in each round, so that it meets other moments. */
const ANSWERS = 20
const ANSWERS_PER_READ = 20

/** What was stored by collectors that were killed while clients sent events. */
export interface Killed {
  readonly rounds: number
  /** Events whose request was answered with 204. */
  readonly acknowledged: number
  /** Ids of acknowledged events that are in no file. */
  readonly lost: readonly string[]
  /** Lines within a file that are no JSON. */
  readonly unreadable: number
  /** Files that end within a line: nobody was told that it was stored. */
  readonly torn: number
  /** Readings of the whole folder meanwhile. */
  readonly reads: number
}

/** Starts a collector, kills it by SIGKILL under load, and starts the next one over the same folder. */
export async function killCollectors(rounds: number): Promise<Killed> {
  const folder = mkdtempSync(join(tmpdir(), 'rmc-killed-'))
  try {
    const program = await buildCollectorProgram(folder)
    const dir = join(folder, 'events')
    const acknowledged = new Set<string>()
    let [next, reads] = [1, 0]
    const nextBatch = () =>
      smallBatch(
        Date.now(),
        Array.from({ length: EVENTS }, () => uuidAt(next++)),
      )
    for (let round = 1; round <= rounds; round++) {
      const collector = await startCollector(program, dir)
      let answers = 0
      let killed: Promise<void> | undefined
      const client = async () => {
        while (!killed) {
          const batch = nextBatch()
          const body = JSON.stringify(batch)
          const answer = await fetch(collector.url, { method: 'POST', body }).catch(() => undefined)
          if (answer?.status === 204) for (const { id } of batch.events) acknowledged.add(id)
          if (++answers % ANSWERS_PER_READ === 0) reads += storedRows(dir).files.length > 0 ? 1 : 0
          if (answers >= ANSWERS + round) killed ??= collector.kill()
        }
      }
      await Promise.all(Array.from({ length: CLIENTS }, client)).finally(collector.kill)
    }
    const { rows, unreadable, torn } = storedRows(dir)
    const stored = new Set(rows.map(({ id }) => id))
    const lost = [...acknowledged].filter((id) => !stored.has(id))
    return { rounds, acknowledged: acknowledged.size, lost, unreadable, torn, reads }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Returns the result as a sentence of the table in the docs. */
export const killedInWords = ({ rounds, acknowledged, lost, unreadable, torn, reads }: Killed): string =>
  `A collector killed ${rounds} times under ${CLIENTS} clients, and read ${reads} times meanwhile: ` +
  `${acknowledged.toLocaleString('en')} events acknowledged, ${lost.length} of them lost; ` +
  `${unreadable} unreadable lines, ${torn} torn at the end of a file.`
