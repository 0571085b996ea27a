// What is lost and what comes twice when servers fail, pages are left, browsers and collectors die. A table, in about three minutes.
// `npm run faults -- --collector` only kills collectors; `-- 503 'tab closed'` only runs scenarios with these names.
import { join } from 'node:path'
import { argv, stdout } from 'node:process'
import { createJiti } from 'jiti'
import { root } from './entries.mjs'

// Not Vite's runner, which ends before the code under test imports DuckDB.
/** @type {typeof import('../test/faults/run.ts')} */
const { reportFaults, reportKills } = await createJiti(import.meta.url).import(
  join(root, 'test/faults/run.ts'),
)
stdout.write(`${await (argv.includes('--collector') ? reportKills() : reportFaults(argv.slice(2)))}\n`)
