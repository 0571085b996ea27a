// How often the guard for personal data is wrong: false alarms and misses over the corpus in test/guard. A table.
import { argv, exit, stdout } from 'node:process'
import { runnerImport } from 'vite'
import { root } from './entries.mjs'

/** @type {{ module: typeof import('../test/guard/rates.ts') }} */
const { module } = await runnerImport('./test/guard/rates.ts', { root, logLevel: 'error' })
const { text, holds } = module.reportGuard()
stdout.write(`${text}\n`)
if (argv.includes('--tuned'))
  for (const { kind, fault, heldOut, faults } of module.guardRates())
    if (!heldOut) for (const each of faults) stdout.write(`${fault} ${kind}: ${each}\n`)
exit(holds ? 0 : 1)
