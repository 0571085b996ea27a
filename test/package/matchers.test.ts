import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { nodeResolve } from '@rollup/plugin-node-resolve'
import { build as esbuild } from 'esbuild'
import { rolldown } from 'rolldown'
import { rollup } from 'rollup'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import webpack from 'webpack'
import { compilers } from '../../scripts/check-types.mjs'
import { root } from '../../scripts/entries.mjs'

const { tarball, apps } = inject('packed')
const run = promisify(execFile)
const fixtures = join(import.meta.dirname, 'fixtures/matchers')

describe('a set-up entry that is imported for its effect alone', () => {
  const external = ['vitest', '@jest/globals']
  let folder: string
  let entry: string
  beforeAll(() => {
    folder = mkdtempSync(join(apps[19], 'set-up-'))
    entry = join(folder, 'entry.js')
    const names = ['vitest', 'vitest-4', 'jest']
    writeFileSync(entry, names.map((name) => `import 'react-microconversions/testing/${name}'\n`).join(''))
  })

  const bundlers: Record<string, () => Promise<string>> = {
    esbuild: async () => {
      const options = { bundle: true, format: 'esm', write: false, external } as const
      const { outputFiles } = await esbuild({ ...options, entryPoints: [entry] })
      return outputFiles[0]?.text ?? ''
    },
    rollup: async () => {
      const bundle = await rollup({ input: entry, plugins: [nodeResolve()], external })
      return (await bundle.generate({})).output[0].code
    },
    rolldown: async () => {
      const bundle = await rolldown({ input: entry, external })
      return (await bundle.generate({})).output[0].code
    },
    webpack: async () => {
      const output = { path: join(folder, 'out'), filename: 'out.js' }
      await new Promise<void>((done, fail) => {
        const externals = Object.fromEntries(
          external.map((name) => [name, `var ${name.replace(/\W/g, '_')}`]),
        )
        const options = { mode: 'production', entry, output, externals, target: 'node' } as const
        webpack({ ...options, optimization: { minimize: false } }, (error, stats) => {
          if (error || stats?.hasErrors()) fail(error ?? new Error(stats?.toString()))
          else done()
        })
      })
      return readFileSync(join(output.path, output.filename), 'utf8')
    },
  }

  test.each(Object.keys(bundlers))('keeps it under %s', async (name) => {
    const code = await bundlers[name]?.()
    expect(code?.match(/\.extend\)?\(/g)).toHaveLength(3)
  })
})

describe('an application', () => {
  let app: string
  beforeAll(async () => {
    app = mkdtempSync(join(tmpdir(), 'rmc-matchers-'))
    writeFileSync(join(app, 'package.json'), '{ "private": true }')
    // Vitest 5 is here for its types: on Node 20 it does not run.
    const tools = ['vitest@5', 'jest@30', '@jest/globals@30', '@types/jest@30', '@babel/preset-env@7']
    const flags = ['install', '--no-audit', '--no-fund', '--ignore-scripts']
    await run('npm', [...flags, ...tools, 'react@19', 'react-dom@19', '@types/react@19', tarball], {
      cwd: app,
    })
  })
  afterAll(() => rmSync(app, { recursive: true }))

  const setup = (runner: string) => `import 'react-microconversions/testing/${runner}'\n`
  const imports = {
    'Vitest 5': `${setup('vitest')}import { expect } from 'vitest'\n`,
    'Jest, imported': `${setup('jest')}import { expect } from '@jest/globals'\n`,
    'Jest, global': setup('jest'),
  }
  const body = readFileSync(join(fixtures, 'typed.ts'), 'utf8')

  test.each(
    compilers.flatMap(({ name, tsc }) =>
      Object.entries(imports).map(([runner, head]) => [runner, name, head, tsc] as const),
    ),
  )('is typed by its plan: %s, %s', async (runner, _, head, tsc) => {
    const folder = join(app, `${runner.replace(/\W+/g, '-')}-types`)
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'app.test.ts'), head + body)
    const compilerOptions = {
      noEmit: true,
      strict: true,
      target: 'ES2022',
      module: 'preserve',
      skipLibCheck: true,
      types: runner === 'Jest, global' ? ['jest'] : [],
    }
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['.'] }))
    const { stdout } = await run(process.execPath, [tsc, '--pretty', 'false', '-p', folder]).catch(
      (error: { stdout: string }) => error,
    )
    expect(stdout).toBe('')
  })

  test('runs them under Jest 30, and strict fails the test', async () => {
    cpSync(join(fixtures, 'tracking.test.js'), join(app, 'tracking.test.js'))
    writeFileSync(
      join(app, 'babel.config.js'),
      `module.exports = { presets: [['@babel/preset-env', { targets: { node: 'current' } }]] }`,
    )
    writeFileSync(
      join(app, 'jest.config.js'),
      `module.exports = {
        testMatch: ['<rootDir>/*.test.js'],
        transformIgnorePatterns: ['/node_modules/(?!react-microconversions/)'],
        setupFilesAfterEnv: ['react-microconversions/testing/jest'],
      }`,
    )
    const jest = join(app, 'node_modules/jest/bin/jest.js')
    const { stderr } = await run(process.execPath, [jest, '--ci', '--no-cache'], { cwd: app }).catch(
      (error: { stderr: string }) => error,
    )
    expect(stderr).toContain('1 failed, 2 passed, 3 total')
    expect(stderr).toContain('no. 1 "demo_startd": the plan has no such event. Did you mean "demo_started"?')
  })
})

test('Vitest 4 runs them, and strict fails the test', async () => {
  const app = mkdtempSync(join(apps[19], 'vitest-4-'))
  cpSync(join(fixtures, 'tracking.test.js'), join(app, 'tracking.test.js'))
  const setup = ['react-microconversions/testing/vitest-4']
  writeFileSync(
    join(app, 'vitest.config.js'),
    `export default { test: { globals: true, setupFiles: ${JSON.stringify(setup)}, reporters: ['json'] } }`,
  )
  const vitest = join(root, 'node_modules/vitest/vitest.mjs')
  const { stdout } = await run(process.execPath, [vitest, 'run', '--root', app], { cwd: app }).catch(
    (error: { stdout: string }) => error,
  )
  expect(JSON.parse(stdout)).toMatchObject({ numPassedTests: 2, numFailedTests: 1 })
  expect(stdout).toContain('Did you mean \\"demo_started\\"?')
})
