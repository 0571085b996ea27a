import { expect, test } from 'vitest'
import { cliApp, planModule, tsconfigWith } from '../../support/cli-app.ts'

const definePlan = `import { definePlan, event } from 'react-microconversions/core'`
const plan = `export const plan = definePlan({ name: 'acme', version: '1', events: { demo_booked: event({ macro: true }) } })`

const core = (start: string, events: string) =>
  `${start}\n${definePlan}\nexport const plan = definePlan({ name: 'acme', version: '1', events: ${events} })`

const fixtures: [what: string, files: Record<string, string>][] = [
  ['plain', { 'src/plan.ts': `${definePlan}\n${plan}` }],
  [
    'an import without extension',
    {
      'src/plan.ts': core(`import { goal } from './goal'`, `{ [goal]: event({ macro: true }) }`),
      'src/goal.ts': `export const goal = 'demo_booked' as const`,
    },
  ],
  [
    'an alias of tsconfig.json',
    {
      'src/plan.ts': core(`import { goal } from '@/goal'`, `{ [goal]: event({ macro: true }) }`),
      'src/goal.ts': `export const goal = 'demo_booked' as const`,
      'tsconfig.json': tsconfigWith({ '@/*': ['./src/*'] }),
    },
  ],
  [
    'a CommonJS package',
    {
      'src/plan.ts': core(`import { goal } from 'old-goal'`, `{ [goal]: event({ macro: true }) }`),
      'node_modules/old-goal/package.json': '{ "name": "old-goal", "main": "index.js" }',
      'node_modules/old-goal/index.js': `exports.goal = 'demo_booked'`,
    },
  ],
  [
    'import.meta.env',
    {
      'src/plan.ts': core(
        `const goal = import.meta.env?.VITE_GOAL ?? 'demo_booked'`,
        `{ [goal]: event({ macro: true }) }`,
      ),
    },
  ],
  [
    'an enum',
    { 'src/plan.ts': core(`enum Goal { Demo = 'demo_booked' }`, `{ [Goal.Demo]: event({ macro: true }) }`) },
  ],
  [
    'a module with JSX',
    {
      'src/plan.tsx': core(
        `export const Title = () => <h1>Plan</h1>`,
        `{ demo_booked: event({ macro: true }) }`,
      ),
    },
  ],
  [
    'the entry for React',
    {
      'src/plan.ts': `import { definePlan, event } from 'react-microconversions'\n${plan}`,
    },
  ],
  [
    'JSON',
    {
      'src/plan.ts': core(`import goal from './goal.json'`, `{ [goal.name]: event({ macro: true }) }`),
      'src/goal.json': '{ "name": "demo_booked" }',
    },
  ],
]

test.each(fixtures)('loads a plan with %s', async (_, files) => {
  const { code, out, err } = await cliApp(files).run('manifest')
  expect(err).toBe('')
  expect(code).toBe(0)
  expect(JSON.parse(out)).toMatchObject({ plan: 'acme', events: { demo_booked: { macro: true } } })
})

const refused: [what: string, args: string[], files: Record<string, string>, sentence: string][] = [
  [
    'needs a browser',
    [],
    { 'src/plan.ts': `window.x = 1\n${definePlan}\n${plan}` },
    'src/plan.ts needs a browser: window is not defined. Keep the plan in a module of its own, which imports react-microconversions/core alone.',
  ],
  [
    'exports several plans',
    [],
    { 'src/plan.ts': `${definePlan}\n${plan}\n${plan.replace('const plan', 'const adminPlan')}` },
    'src/plan.ts exports several plans: adminPlan, plan. Name one: --export plan.',
  ],
  [
    'does not export the one that was named',
    ['--export', 'pla'],
    { 'src/plan.ts': `${definePlan}\n${plan}` },
    'src/plan.ts exports no plan "pla". Did you mean "plan"?',
  ],
  [
    'exports none',
    [],
    { 'src/plan.ts': 'export const plan = 1' },
    'src/plan.ts exports no plan: export what definePlan returns.',
  ],
  [
    'is not valid',
    [],
    { 'src/plan.ts': planModule(`pricing_clicked: event({ goal: 'demo_bookd' }), demo_booked: event()`) },
    '[RMC001] Plan "acme": the goal of "pricing_clicked" names "demo_bookd", which is no event of the plan. Did you mean "demo_booked"? Declare it under `events`, or correct the name. https://github.com/react-microconversions/react-microconversions/blob/main/ERRORS.md#rmc001',
  ],
  [
    'has a number as version',
    [],
    { 'src/plan.js': `${definePlan}\n${plan.replace("'1'", '1')}` },
    `src/plan.js: the version of the plan "acme" is no text. Write version: '1'.`,
  ],
  [
    'imports what is missing',
    [],
    { 'src/plan.ts': `import 'not-installed'\n${definePlan}\n${plan}` },
    'src/plan.ts imports "not-installed", which was not found.',
  ],
  [
    'throws',
    [],
    { 'src/plan.ts': `throw new Error('no key')\n` },
    'src/plan.ts threw while it was loaded: no key.',
  ],
  [
    'is nowhere',
    [],
    {},
    'no plan found at src/plan.ts, plan.ts, src/tracking/plan.ts, src/analytics/plan.ts or app/plan.ts. Name it: --plan path/to/plan.ts, or "microconversions": { "plan": "…" } in package.json.',
  ],
  ['is not at the named place', ['--plan', 'x.ts'], {}, 'x.ts does not exist.'],
]

test.each(refused)('says in one sentence that a plan %s', async (_, args, files, sentence) => {
  const { code, out, err } = await cliApp(files).run('manifest', ...args)
  expect(err).toBe(`microconversions: ${sentence}\n`)
  expect(out).toBe('')
  expect(code).toBe(2)
})

test('a syntax error is a sentence with its place', async () => {
  const { code, err } = await cliApp({ 'src/plan.ts': 'export const plan = {' }).run('manifest')
  expect(err).toBe('microconversions: src/plan.ts cannot be read: Unexpected token at src/plan.ts:1:22.\n')
  expect(err.split('\n')).toHaveLength(2)
  expect(code).toBe(2)
})

test('the plan is found by the settings, and among several by its export', async () => {
  const app = cliApp({
    'package.json': '{ "microconversions": { "plan": "lib/events.ts" } }',
    'lib/events.ts': `${definePlan}\n${plan}\nexport const other = definePlan({ name: 'other', version: '1', events: {} })`,
  })
  const { out, err } = await app.run('manifest', '--export', 'other')
  expect(err).toBe('')
  expect(JSON.parse(out)).toMatchObject({ plan: 'other' })
})
