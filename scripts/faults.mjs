// What is lost and what comes twice when servers fail, pages are left and browsers die. A table, in about three minutes.
import { stdout } from 'node:process'
import { runnerImport } from 'vite'
import { root } from './entries.mjs'

/** @type {{ module: typeof import('../test/faults/run.ts') }} */
const { module } = await runnerImport('./test/faults/run.ts', { root, logLevel: 'error' })
stdout.write(`${await module.reportFaults()}\n`)
