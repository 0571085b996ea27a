import { type ChildProcess, spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { execPath } from 'node:process'
import { expect, onTestFinished, test } from 'vitest'
import { cliApp, planModule } from '../../support/cli-app.ts'
import { smallBatch } from '../../support/wire-batches.ts'

test('demo simulates users, reports on them, and says what a report should find', async () => {
  const app = cliApp({})
  const { code, out, err } = await app.run('demo', '--users', '1500', '--dir', 'events')
  expect(code).toBe(0)
  expect(out).toContain('What predicts demo_booked')
  expect(err).toMatch(/^Simulated 1500 users over 56 days: \d+,\d+ rows\./)
  expect(err).toMatch(/demo_form_started: booking 5 times as likely\. Report: .+ predicts \(agrees\)/)

  const again = await app.run('report', 'events', '--by', 'device', '--format', 'json')
  const report = JSON.parse(again.out)
  expect(report).toMatchObject({ schema: 'react-microconversions/report/1', plan: 'acme', versions: ['3'] })
  expect(out).toContain(`${report.totals.users.toLocaleString('en')} users`)
  await app.run('report', 'events', '-o', 'out/report.md')
  expect(app.read('out/report.md')).toMatch(/^# acme 3: /)

  expect((await app.run('compact', 'events')).out).toMatch(/^Compacted [\d,]+ rows into \d+ days\.\n$/)
  const compacted = JSON.parse((await app.run('report', 'events', '--by', 'device', '--format', 'json')).out)
  expect(compacted.rates).toEqual(report.rates)
  expect((await app.run('export', 'events', '--to', 'out.csv')).out).toMatch(
    /^Wrote \d+ events to out\.csv\.\n$/,
  )
  const [head = '', first = ''] = app.read('out.csv').split('\n')
  const user = first.split(',')[head.split(',').indexOf('anonymous_id')] ?? ''
  expect((await app.run('erase', 'events', '--anonymous-id', user)).out).toMatch(/^Erased [1-9]\d* rows? in /)
  expect((await app.run('erase', 'events', '--anonymous-id', user)).out).toBe('Erased 0 rows in 0 files.\n')
})

test('sql prints the statements of a report in either dialect', async () => {
  const app = cliApp({
    'src/plan.ts': planModule(
      'tier_chosen: event({}), demo_booked: event({ macro: true }),',
      `funnels: { demo: { steps: ['tier_chosen', 'demo_booked'], within: '7d' } },`,
    ),
  })
  const { out } = await app.run('sql', 'funnels', '--dialect', 'clickhouse')
  expect(out).toMatch(/^set join_use_nulls = 1;/)
  expect(out).toContain("where name = 'tier_chosen'")
  expect(out).toContain('quantileExactInclusive(0.5)')
  expect((await app.run('sql', 'tables', '--table', 'rows')).out).toContain('from rows as e')
  expect((await app.run('sql', 'funnel')).err).toContain('Did you mean "funnels"?')
})

test.each([
  [['report', 'nowhere'], 'RMC601'],
  [['report', '--from', '2026-02-01'], '--from and --to need each other.'],
  [['report', '--as', 'pdf'], '--as "pdf" is unknown'],
  [['report', '--spend', 'none.csv'], '--spend none.csv cannot be read'],
  [['compact', '--keep', 'long'], '--keep "long" is no time like 400d.'],
  [['compact', '--memory', 'lots'], '--memory "lots" is no size like 2GB.'],
  [['compact', 'nowhere'], 'nowhere" has no event files'],
  [['erase', 'nowhere', '--user-id', 'x'], 'nowhere" has no event files'],
  [['report', '--within', '7days'], '--within "7days" is no time like 7d.'],
  [['report', '--memory', '4'], '--memory "4" is no size like 2GB.'],
  [['report', '--time-zone', 'Mars/X'], '--time-zone "Mars/X" is no time zone like Europe/Berlin.'],
  [['sql', 'rats'], 'no SQL is called "rats"; use tables, rates,'],
  [['collect', '--without-plan', '--time-zone', 'Mars/X'], '--time-zone "Mars/X" is no time zone'],
  [['collect', '--without-plan', '--dir', 'package.json'], '--dir package.json cannot be a folder: EEXIST'],
  [['erase'], 'erase needs --anonymous-id or --user-id.'],
  [['export', '--to', 'a.xls'], '--to "a.xls" has to end in .parquet, .csv, .ndjson.'],
  [['collect', '--port', '99999', '--without-plan'], '--port "99999" is no port'],
])('what cannot run is one sentence: %j', async (args, message) => {
  const { code, err } = await cliApp({}).run(...args)
  expect(err).toContain(message)
  expect(code).toBe(2)
})

test('collect stores what a browser sends, and ends when it is asked to', async () => {
  const app = cliApp({})
  const main = resolve('src/cli/main.ts')
  const jiti = join(createRequire(import.meta.url).resolve('jiti/package.json'), '../lib/jiti-cli.mjs')
  const args = [jiti, main, 'collect', '--port', '0', '--without-plan']
  const child: ChildProcess = spawn(execPath, args, { cwd: app.folder, stdio: ['ignore', 'pipe', 'inherit'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  const said = await new Promise<string>((done) => child.stdout?.once('data', (line) => done(String(line))))
  const url = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0] ?? ''
  const answer = await fetch(url, { method: 'POST', body: JSON.stringify(smallBatch(Date.now())) })
  expect(answer.status).toBe(204)
  child.kill('SIGTERM')
  expect(await new Promise((done) => child.once('exit', done))).toBe(0)
  const [file = ''] = app.files().filter((path) => path.endsWith('.ndjson'))
  expect(app.read(file).trim().split('\n')).toHaveLength(1)
})
