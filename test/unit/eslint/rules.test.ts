import { readFileSync } from 'node:fs'
import { Linter as ESLint, RuleTester } from 'eslint'
import { Linter as ESLint9, RuleTester as RuleTester9 } from 'eslint-9'
import plugin from 'react-microconversions/eslint'
import { describe, expect, test } from 'vitest'
import { vendors } from '../../../src/cli/inventory/vendors.ts'
import { cases } from './cases.ts'

type AnyTester = typeof RuleTester

const testers: Record<string, AnyTester> = { 'ESLint 10': RuleTester, 'ESLint 9': RuleTester9 as AnyTester }
const escaped = (text: string) => new RegExp(text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&'))

describe.each(Object.entries(testers))('%s', (_, Tester) => {
  Tester.describe = describe
  Tester.it = test
  const tester = new Tester({ languageOptions: { parserOptions: { ecmaFeatures: { jsx: true } } } })

  for (const [name, rule] of Object.entries(plugin.rules)) {
    const { valid, invalid } = cases[name as keyof typeof cases]
    tester.run(name, rule, {
      valid: [...valid],
      invalid: invalid.map(([code, ...messages]) => ({
        code,
        errors: messages.map((message) => ({ message: escaped(message) })),
      })),
    })
  }
})

test('each message ends with the section to read', () => {
  const messages: string[] = []
  const context = { report: ({ message }: { message: string }) => messages.push(message) }
  const { CallExpression } = plugin.rules['no-raw-tracking'].create(context)
  const identifier = { type: 'Identifier', name: 'plausible' }
  CallExpression?.({ type: 'CallExpression', callee: identifier, arguments: [identifier] })
  expect(messages).toEqual([
    expect.stringMatching(/ See react-microconversions\/docs\/linting\.md#no-raw-tracking\.$/),
  ])
})

const { recommended } = plugin.configs

test('the recommended configuration has each rule', () => {
  const names = Object.keys(plugin.rules).map((name) => `microconversions/${name}`)
  expect(Object.keys(recommended.rules)).toEqual(names)
})

test('the recommended configuration works as it is', () => {
  const config: ESLint.Config = recommended
  const config9: ESLint9.Config = recommended
  const code = `gtag('event', 'a'); identify(email)`
  for (const messages of [new ESLint().verify(code, config), new ESLint9().verify(code, config9)])
    expect(messages.map(({ ruleId, severity }) => [ruleId, severity])).toEqual([
      ['microconversions/no-raw-tracking', 2],
      ['microconversions/no-personal-data', 1],
    ])
})

describe('docs/linting.md', () => {
  const page = readFileSync('docs/linting.md', 'utf8')

  test('has a section for each rule', () => {
    const sections = [...page.matchAll(/^### (no-.*)$/gm)].map(([, name]) => name)
    expect(sections).toEqual(Object.keys(plugin.rules))
  })

  test('gives oxlint the same rules and levels', () => {
    const [, block = ''] = /```json\n(\{\n {2}"jsPlugins".*?)```/s.exec(page) ?? []
    expect(JSON.parse(block).rules).toEqual(recommended.rules)
  })
})

test('no-raw-tracking knows every vendor that `microconversions inventory` finds', () => {
  const reported = cases['no-raw-tracking'].invalid.map(([code]) => code)
  const missed = vendors.filter(({ call }) => !reported.some((code) => code.match(call)))
  expect(missed.map(({ name }) => name)).toEqual([])
})
