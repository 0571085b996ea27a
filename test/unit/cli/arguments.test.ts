import { expect, test } from 'vitest'
import { cliApp, planModule } from '../../support/cli-app.ts'

const refused: [args: string[], sentence: string][] = [
  [['chek'], 'unknown command "chek". Did you mean "check"?'],
  [
    ['x'],
    'unknown command "x". Commands are check, coverage, diff, docs, schema, manifest, inventory, collect, report, health, sql, compact, erase, export, demo.',
  ],
  [['check', '--strickt'], 'unknown option "--strickt". Did you mean "--strict"?'],
  [['check', '--colour'], 'unknown option "--colour". `microconversions check --help` lists the options.'],
  [
    ['docs', '--format', 'html'],
    'unknown option "--format". `microconversions docs --help` lists the options.',
  ],
  [['schema', '--format', 'text'], '--format "text" is unknown; use json.'],
  [['check', '--plan', 'src'], 'src is a folder: name the file of the plan.'],
  [
    ['docs', '-o', 'plan.pdf'],
    'plan.pdf has to end in .md, .html or .mdx, or --as names the kind of the page.',
  ],
  [['docs', '-o', 'src'], 'src is a folder: name a file.'],
  [['docs', '-o', 'src', '--check'], 'src is a folder: name a file.'],
  [
    ['docs', '-o', 'package.json/plan.md'],
    'package.json/plan.md cannot be written: a part of its path is a file.',
  ],
  [
    ['coverage', '--from', 'package.json'],
    '--from package.json is a file: name the folder that the tests write into.',
  ],
  [['inventory', 'nowhere'], 'no source file at nowhere.'],
  [['diff', 'src'], 'this folder is in no git repository: name two files to compare.'],
  [
    ['sql', '--plan', 'package.json'],
    'package.json is no manifest of a plan; `microconversions manifest` prints one.',
  ],
  [['check', 'a'], 'unexpected argument "a".'],
  [['check', '--plan'], "option '--plan <value>' argument missing."],
  [
    ['check', '--format', 'jsn'],
    '--format "jsn" is unknown; use text, json, github or markdown. Did you mean "json"?',
  ],
  [['docs', '--as', 'pdf'], '--as "pdf" is unknown; use md, html or mdx. Did you mean "md"?'],
  [['docs', '--check'], 'docs --check needs the file: --output <file>.'],
  [['schema', 'demo_bookd'], '"demo_bookd" is no event of the plan. Did you mean "demo_booked"?'],
  [['check', '--src', 'nowhere'], 'no source file at nowhere.'],
  [['collect', '--port', '80a'], '--port "80a" is no port; use a number from 0 to 65535.'],
]

test.each(refused)('%j is one sentence and exit code 2', async (args, sentence) => {
  const app = cliApp({ 'src/plan.ts': planModule('demo_booked: event({ macro: true })') })
  const { code, out, err } = await app.run(...args)
  expect(err).toBe(`microconversions: ${sentence}\n`)
  expect(out).toBe('')
  expect(code).toBe(2)
})

test('without a command it says what there is', async () => {
  const app = cliApp({})
  const { code, out } = await app.run()
  expect(out).toContain('check')
  expect(code).toBe(2)
  expect(await app.run('--help')).toMatchObject({ code: 0, out })
  const help = await app.run('diff', '--help')
  expect(help.out).toContain('--fail-on')
  expect(await app.run('help', 'diff')).toEqual(help)
  expect((await app.run('help', 'dif')).err).toContain('Did you mean "diff"?')
})

const settings: [settings: unknown, sentence: string][] = [
  ['x', 'is not an object.'],
  [{ plans: 'x' }, 'has the unknown key "plans". Did you mean "plan"?'],
  [{ plan: 1 }, 'has a "plan" that is neither a path nor a list of paths.'],
  [{ rules: { owners: 'off' } }, 'has the unknown rule "owners". Did you mean "owner"?'],
  [{ rules: { owner: 'warn' } }, 'sets the rule "owner" to "warn"; use error, warning, advice, off.'],
]

test.each(settings)('settings %j are refused', async (microconversions, sentence) => {
  const { code, err } = await cliApp({ 'package.json': JSON.stringify({ microconversions }) }).run('check')
  expect(err).toBe(`microconversions: package.json#microconversions ${sentence}\n`)
  expect(code).toBe(2)
})
