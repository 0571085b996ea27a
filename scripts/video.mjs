// How wrong the watched seconds are against what the browser played. A table, in a minute and a half; `--all` for every row,
// `--engine firefox|webkit` for another browser, which takes about six minutes.
import { exit, stdout } from 'node:process'
import { parseArgs } from 'node:util'
import { runnerImport } from 'vite'
import { root } from './entries.mjs'

/** @type {Readonly<Record<string, 'Chromium' | 'Firefox' | 'WebKit' | undefined>>} */
const engines = { chromium: 'Chromium', firefox: 'Firefox', webkit: 'WebKit' }

const { values } = parseArgs({
  options: { all: { type: 'boolean', default: false }, engine: { type: 'string', default: 'chromium' } },
})
const engine = engines[values.engine]
if (!engine) throw new Error(`--engine is one of ${Object.keys(engines).join(', ')}.`)

/** @type {{ module: typeof import('../test/video/run.ts') }} */
const { module } = await runnerImport('./test/video/run.ts', { root, logLevel: 'error' })
const { text, holds } = await module.reportVideo(engine, values.all)
stdout.write(`${text}\n`)
exit(holds ? 0 : 1)
