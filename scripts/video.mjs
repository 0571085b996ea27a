// How wrong the watched seconds are against what the browser played. A table, in a minute and a half; `--all` for every row.
import { argv, exit, stdout } from 'node:process'
import { runnerImport } from 'vite'
import { root } from './entries.mjs'

/** @type {{ module: typeof import('../test/video/run.ts') }} */
const { module } = await runnerImport('./test/video/run.ts', { root, logLevel: 'error' })
const { text, holds } = await module.reportVideo(argv.includes('--all'))
stdout.write(`${text}\n`)
exit(holds ? 0 : 1)
