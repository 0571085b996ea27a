import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execPath } from 'node:process'
import { demoPlan } from '../../src/cli/demo/demo-plan.ts'
import { simulate } from '../../src/cli/demo/simulate.ts'
import { writeStore } from '../../src/cli/demo/write-store.ts'
import { manifestOf } from '../../src/plan/manifest.ts'
import { report } from '../../src/report/report.ts'
import { openStore } from '../../src/report/store/open-store.ts'
import { compact } from '../../src/report/upkeep/compact.ts'

/** A measured ratio with its target: at most, or at least. */
export interface Ratio {
  readonly what: string
  readonly ratio: number
  /** Absent where there is none for this number of events. */
  readonly target?: number | undefined
  readonly most: boolean
  readonly note?: string
}

/** Rows that a simulated user has on average. */
const ROWS_A_USER = 7.3
const MEMORY = '4GB'

/** Simulates about as many events, reports on them as lines and as Parquet. */
export async function reportRatios(events: number) {
  const folder = mkdtempSync(join(tmpdir(), 'rmc-bench-'))
  const until = Date.parse('2026-02-16')
  const users = Math.round(events / ROWS_A_USER)
  const rows = writeStore(folder, manifestOf(demoPlan), simulate({ users, days: 56, until, seed: 1 }))
  const lines = bytesIn(folder, '.ndjson')
  const overLines = await costOfReport(folder)
  const cold = plus(importCost(), await costOfScan(folder))
  const compacting = await costOf(() => compact(folder, { memory: '2GB' }))
  const compactMemory = peakGigabytes()
  const scan = await costOfScan(folder)
  const whole = await costOfReport(folder)
  const size = `${rows.toLocaleString('en')} rows`
  const ratios: readonly Ratio[] = [
    {
      what: `${size}: report over lines ÷ import of DuckDB and a scan`,
      ratio: overLines.seconds / cold.seconds,
      // For a first report; later ones have Parquet.
      target: events <= 100_000 ? 3 : undefined,
      most: true,
      note: noteOn(overLines, cold),
    },
    {
      what: `${size}: report over Parquet ÷ a count by day and name`,
      ratio: whole.seconds / scan.seconds,
      target: 40,
      most: true,
      note: noteOn(whole, scan),
    },
    {
      what: `${size}: bytes of Parquet ÷ of lines`,
      ratio: bytesIn(folder, '.parquet') / lines,
      target: 0.1,
      most: true,
      note: `compacted in ${compacting.seconds.toFixed(1)} s`,
    },
    { what: `${size}: peak memory until compacted, GB`, ratio: compactMemory, target: 2, most: true },
    { what: `${size}: peak memory until reported, GB`, ratio: peakGigabytes(), target: 4, most: true },
  ]
  return { folder, ratios, whole }
}

/** Time that something took, and time of all processors for it, which other work on the machine changes less. */
export interface Cost {
  readonly seconds: number
  readonly processor: number
}

const plus = (a: Cost, b: Cost): Cost => ({
  seconds: a.seconds + b.seconds,
  processor: a.processor + b.processor,
})

export const noteOn = (cost: Cost, other: Cost): string =>
  `${cost.seconds.toFixed(1)} s; by processor time ${(cost.processor / other.processor).toFixed(1)}`

async function costOfReport(folder: string): Promise<Cost> {
  return costOf(async () => {
    const store = await openStore(folder, { memory: MEMORY })
    await report(store, { by: ['device'], now: Date.parse('2026-02-16') })
    await store.close()
  })
}

async function costOfScan(folder: string): Promise<Cost> {
  const store = await openStore(folder)
  const cost = await costOf(() =>
    store.query(`select site_day, name, count(*) as n from ${store.rows} group by site_day, name`),
  )
  await store.close()
  return cost
}

async function costOf(act: () => Promise<unknown>): Promise<Cost> {
  const [start, processor] = [performance.now(), process.cpuUsage()]
  await act()
  const { user, system } = process.cpuUsage(processor)
  return { seconds: (performance.now() - start) / 1_000, processor: (user + system) / 1e6 }
}

/** In a new process, as the first import is. */
function importCost(): Cost {
  const code = `const start = performance.now()
    const processor = process.cpuUsage()
    await import('@duckdb/node-api')
    const { user, system } = process.cpuUsage(processor)
    console.log(JSON.stringify({ seconds: (performance.now() - start) / 1_000, processor: (user + system) / 1e6 }))`
  return JSON.parse(execFileSync(execPath, ['--input-type=module', '-e', code], { encoding: 'utf8' })) as Cost
}

/** Peak resident memory of this process so far. */
const peakGigabytes = (): number => process.resourceUsage().maxRSS / 1_048_576

function bytesIn(folder: string, extension: string): number {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(extension))
    .reduce((sum, name) => sum + statSync(join(folder, name)).size, 0)
}
