import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { execPath } from 'node:process'
import { build } from 'esbuild'
import { expect, test } from 'vitest'
import { publicEntries } from '../../../scripts/entries.mjs'
import { writeStore } from '../../../src/cli/demo/write-store.ts'
import { manifestWith, row, temporaryFolder } from '../../support/report/event-rows.ts'

test('without DuckDB, /report can be imported, and says what to install', async () => {
  const folder = temporaryFolder()
  writeStore(join(folder, 'events'), manifestWith({}), [[row('a', 0)]])
  await build({
    entryPoints: ['src/report.ts'],
    outfile: join(folder, 'report.mjs'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    external: ['@duckdb/node-api'],
    logLevel: 'error',
  })
  const program = join(folder, 'program.mjs')
  writeFileSync(
    program,
    `import { openStore } from './report.mjs'
    await openStore('events').catch(({ message }) => console.log(message))`,
  )
  const said = execFileSync(execPath, [program], { cwd: folder, encoding: 'utf8' })
  expect(said).toContain('RMC600')
  expect(said).toContain('npm install --save-dev @duckdb/node-api')
})

const forServers = ['collector', 'collector/node', 'report', 'server', 'eslint', 'storybook/preset']
const forTests = /\/(?:testing|storybook)\b/

test('no entry for browsers contains a module of collector, report or server', async () => {
  const entries = publicEntries().filter(
    ({ name }) =>
      !forTests.test(name) && !forServers.some((each) => name === `react-microconversions/${each}`),
  )
  expect(entries.map(({ file }) => file)).toEqual(expect.arrayContaining(['index', 'core', 'destinations']))
  const { metafile } = await build({
    entryPoints: entries.map(({ source }) => source),
    outdir: 'out',
    bundle: true,
    splitting: true,
    format: 'esm',
    packages: 'external',
    write: false,
    metafile: true,
    logLevel: 'error',
  })
  const found = Object.keys(metafile.inputs).filter((path) =>
    /^src\/(?:collector|report|server|cli)\//.test(path),
  )
  expect(found).toEqual([])
})
