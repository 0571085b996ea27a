import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { build } from 'esbuild'
import { Linter } from 'eslint'
import plugin, { type RuleName } from 'react-microconversions/eslint'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cases } from './cases.ts'

const { rules } = plugin.configs.recommended
const codes = Object.entries(cases).flatMap(([name, { valid, invalid }]) =>
  [...valid, ...invalid.map(([code]) => code)].map((code, index) => ({
    name: name as RuleName,
    file: `${name}-${index}.tsx`,
    code,
  })),
)

let folder: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rmc-oxlint-'))
  const outfile = join(folder, 'plugin.js')
  await build({ entryPoints: ['src/eslint.ts'], outfile, bundle: true, format: 'esm', logLevel: 'error' })
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  const jsPlugins = [{ name: 'microconversions', specifier: './plugin.js' }]
  const config = { plugins: [], categories: { correctness: 'off' }, jsPlugins, rules }
  writeFileSync(join(folder, '.oxlintrc.json'), JSON.stringify(config))
  mkdirSync(join(folder, 'code'))
  for (const { file, code } of codes) writeFileSync(join(folder, 'code', file), code)
})

afterAll(() => rmSync(folder, { recursive: true }))

interface Problem {
  readonly rule: string
  readonly line: number
  readonly message: string
}

/** Runs oxlint with the plugin and its recommended rules; the problems of each file. */
async function oxlint(...paths: readonly string[]): Promise<ReadonlyMap<string, readonly Problem[]>> {
  const program = resolve('node_modules/oxlint/bin/oxlint')
  const options = ['--format=json', '-c', join(folder, '.oxlintrc.json')]
  const output = await new Promise<string>((done) => {
    execFile(process.execPath, [program, ...options, ...paths], { maxBuffer: 2 ** 26 }, (_, out, err) =>
      done(out || err),
    )
  })
  const found = new Map<string, Problem[]>()
  for (const { filename, code, message, labels } of JSON.parse(output).diagnostics) {
    const problem = { rule: /\((.+)\)/.exec(code)?.[1] ?? code, line: labels[0].span.line, message }
    found.set(filename, [...(found.get(filename) ?? []), problem])
  }
  return found
}

test('oxlint reports what ESLint reports', async () => {
  const found = await oxlint(join(folder, 'code'))
  const byFile = new Map([...found].map(([path, problems]) => [path.split('/').at(-1), problems]))
  for (const { name, file, code } of codes) {
    const reported = new Linter().verify(code, {
      plugins: { microconversions: plugin },
      rules: { [`microconversions/${name}`]: 'error' },
      languageOptions: { parserOptions: { ecmaFeatures: { jsx: true } } },
    })
    const same = (byFile.get(file) ?? []).filter(({ rule }) => rule === name)
    expect(same, code).toEqual(reported.map(({ line, message }) => ({ rule: name, line, message })))
  }
})

test('nothing is wrong in the stories and the demo site of this project', async () => {
  expect(Object.fromEntries(await oxlint('stories'))).toEqual({})
})
