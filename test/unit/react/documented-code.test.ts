import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { transformAsync } from '@babel/core'
import { transform } from 'esbuild'
import { type ESLint, Linter } from 'eslint'
import hooks from 'eslint-plugin-react-hooks'
import { describe, expect, test } from 'vitest'
import microconversions from '../../../src/eslint.ts'

/** Code that people copy: stories, and the examples of the guides. */
const documented = readdirSync('stories', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.tsx') && !file.startsWith('support'))
  .map((file) => join('stories', file))
  .sort()

/** Without types, which neither tool needs; JSX stays. */
async function codeOf(file: string): Promise<string> {
  const { code } = await transform(readFileSync(file, 'utf8'), { loader: 'tsx', jsx: 'preserve' })
  return code
}

async function lint(code: string): Promise<readonly string[]> {
  const messages = new Linter().verify(code, {
    // Its comments name rules of our own, which other tests run.
    plugins: {
      'react-hooks': { rules: hooks.rules } as ESLint.Plugin,
      microconversions: microconversions as ESLint.Plugin,
    },
    linterOptions: { reportUnusedDisableDirectives: 'off' },
    rules: hooks.configs.flat['recommended-latest'].rules,
    languageOptions: { parserOptions: { ecmaFeatures: { jsx: true } } },
  })
  return messages.map(({ line, ruleId, message }) => `${line} ${ruleId}: ${message}`)
}

async function compile(code: string): Promise<string> {
  const compiled = await transformAsync(code, {
    filename: '/documented.jsx',
    babelrc: false,
    configFile: false,
    parserOpts: { plugins: ['jsx'] },
    plugins: [['babel-plugin-react-compiler', { panicThreshold: 'all_errors' }]],
  })
  return compiled?.code ?? ''
}

test('the tools find what they are for', async () => {
  const code = `function Own() {
    const form = useTrackedForm({ name: 'seats' })
    return <form ref={form.ref} onSubmit={form.handleSubmit(save)} />
  }`
  expect(await lint(code)).toContainEqual(expect.stringContaining('react-hooks/refs'))
  await expect(compile(code)).rejects.toThrow(/ref/i)
})

describe.each(documented)('%s', (file) => {
  test('passes the linter of hooks', async () => {
    expect(await lint(await codeOf(file))).toEqual([])
  })

  test('is compiled by the React Compiler', async () => {
    expect(await compile(await codeOf(file))).not.toBe('')
  })
})
