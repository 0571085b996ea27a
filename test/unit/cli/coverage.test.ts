import { expect, test } from 'vitest'
import { TESTED_FORMAT, type TestedAttempt, type TestSource } from '../../../src/plan/coverage/tested.ts'
import { cliApp, planModule } from '../../support/cli-app.ts'

const fired = (event: string): TestedAttempt => ({
  ...{ plan: 'acme', event, outcome: 'fired', reason: 'admitted', component: 'track' },
})
const file = (source: TestSource, ...attempts: readonly TestedAttempt[]) =>
  JSON.stringify({ format: TESTED_FORMAT, source, plans: [], attempts })

const app = () =>
  cliApp({
    'src/plan.ts': planModule(
      'pricing_clicked: event(), guide_read: event(), demo_booked: event({ macro: true })',
    ),
    '.microconversions/unit.json': file('unit', fired('pricing_clicked')),
    '.microconversions/e2e-1.json': file('e2e', fired('pricing_clicked'), fired('guide_read')),
    '.microconversions/other.json': '{ "not": "ours" }',
  })

test('merges what the tests wrote, and fails below the threshold', async () => {
  const { run } = app()
  const { code, out } = await run('coverage', '--threshold', '70')
  expect(code).toBe(1)
  expect(out).toBe(
    [
      'Plan coverage of "acme" 3: 2 of 3 events in a test (66%)',
      '  event                 unit  stories      e2e   also seen',
      '  pricing_clicked          1        –        1',
      '  guide_read               –        –        1',
      '✖ demo_booked              –        –        –',
      'Plan coverage of "acme", 66%, is below 70%.',
      '',
    ].join('\n'),
  )
  expect((await run('coverage', '--threshold', '66')).code).toBe(0)
})

test('writes a JUnit report, and annotations of GitHub at the events', async () => {
  const { run, read } = app()
  const { out } = await run('coverage', '--format', 'github', '--junit', 'reports/coverage.xml')
  expect(out).toBe('::warning file=src/plan.ts,line=5,title=coverage::No test fires demo_booked.\n')
  expect(read('reports/coverage.xml')).toContain('tests="3" failures="1"')
})

test.each([
  [['--threshold', 'most'], '--threshold "most" is no number from 0 to 100.'],
  [['--from', 'nowhere'], 'no test has written into nowhere.'],
])('%j: one sentence and exit code 2', async (args, sentence) => {
  const { code, err } = await app().run('coverage', ...args)
  expect(code).toBe(2)
  expect(err).toContain(sentence)
})
