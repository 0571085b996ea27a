// What collecting, compacting and reporting cost, as ratios. `npm run bench:report -- --rows 1000000` simulates about a million events;
// `--rows 1000000,10000000` adds how a report grows. Ten million need 12 GB on disk and half an hour.
import { join } from 'node:path'
import { stdout } from 'node:process'
import { parseArgs } from 'node:util'
import { createJiti } from 'jiti'
import { root } from './entries.mjs'

const { values } = parseArgs({ options: { rows: { type: 'string', default: '100000' } } })
const sizes = values.rows.split(',').map(Number)
if (!sizes.every((size) => Number.isSafeInteger(size) && size > 0))
  throw new Error(`--rows ${values.rows} is no list of whole numbers, such as 1000000,10000000.`)
// Not Vite's runner, which ends before the code under test imports DuckDB.
/** @type {typeof import('../test/report-bench/run.ts')} */
const { measureReports } = await createJiti(import.meta.url).import(join(root, 'test/report-bench/run.ts'))
stdout.write(`${await measureReports(sizes)}\n`)
