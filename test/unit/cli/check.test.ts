import { expect, test } from 'vitest'
import { cliApp, planModule } from '../../support/cli-app.ts'

const good = `
  ...standardEvents.navigation,
  pricing_clicked: event({ description: 'Opens pricing', goal: 'demo_booked' }),
  tier_chosen: event({ description: 'Picks a tier', goal: 'demo_booked', properties: z.object({ tier: z.string() }) }),
  faq_opened: event({ description: 'Opens an answer', goal: 'demo_booked' }),
  guide_opened: event({ description: 'Opens the guide', goal: 'demo_booked' }),
  chat_opened: event({ description: 'Opens the chat', goal: 'demo_booked' }),
  demo_booked: event({ description: 'Has a demo', macro: true }),`
const uses = `
  import { usePage } from 'react-microconversions'
  const names = ['pricing_clicked', 'tier_chosen', 'faq_opened', 'guide_opened', 'chat_opened', 'demo_booked']`

const goodApp = (more: Record<string, string> = {}) =>
  cliApp({ 'src/plan.ts': planModule(good, `owner: 'growth',`), 'src/app.tsx': uses, ...more })

test('has nothing to say of a good plan', async () => {
  const { code, out, err } = await goodApp().run('check', '--strict')
  expect(err).toBe('')
  expect(out).toBe(
    `Plan "acme" 3, src/plan.ts: 7 events, 1 macro conversion

Nothing to report.
`.replace('\n\n', '\n'),
  )
  expect(code).toBe(0)
})

const bad = cliApp
const badApp = () =>
  bad({
    'src/plan.ts': planModule(`
      ...standardEvents.form,
      faq_opened: event({ stage: 'consideration', description: 'Opens an answer', owner: 'content' }),
      guide_downloaded: event({ goal: 'trial_started', properties: typed<{ guide: string }>() }),
      cta_clicked: event({ goal: 'trial_started', status: 'draft' }),
      trial_started: event(),`),
    'src/app.jsx': `
      // track('only_a_comment')
      import { TrackedForm, useTrack } from 'react-microconversions'
      export const Faq = () => <p>Don't<button onClick={() => track('faq_opened')}>Do</button></p>
      export const Guide = () => <TrackedLink href="/guide" event="guide_download">Guide</TrackedLink>
      export const Form = () => <TrackedForm name="x" events={{ success: 'trial_started' }} />
      gtag('event', 'other'); mixpanel.track('Other Vendor')`,
    'src/app.test.jsx': `track('guide_downloaded')`,
    'src/typed.ts': `track('also_checked')`,
  })

const expected = `Plan "acme" 3, src/plan.ts: 14 events, 0 macro conversions

  ✖ unplanned      guide_download is reported at src/app.jsx:5 and not in the plan. Did you mean "guide_downloaded"?
  ✖ unplanned      also_checked is reported at src/typed.ts:1 and not in the plan.
  ! unused         guide_downloaded is in no source file (2 searched).
  ! no-macro       No event is a macro conversion: set \`macro: true\` on the one that counts.
  ! goal-is-macro  trial_started is the goal of guide_downloaded and cta_clicked, but no macro conversion.
  ! owner          form_start, form_field, form_step, form_calendar, form_slot and 8 more have no owner. Set \`owner\`, or one for all in definePlan.
  ! description    guide_downloaded, cta_clicked and trial_started have no description.
  ! goal           No goal yet: form_start, form_field, form_step, form_calendar, form_slot and 7 more. Each microconversion should lead to one.
  · schema         guide_downloaded has properties that nothing checks or describes at run time.
  · per-goal       2 events lead to trial_started; 3 to 5 tell the most.
  · per-stage      The stage intent has 1 event; 3 to 7 are easy to read.
  · per-stage      The stage consideration has 1 event; 3 to 7 are easy to read.

2 errors, 6 warnings, 4 pieces of advice. Only errors fail; with --strict, warnings do too.
`

test('says what is wrong, the worst first, with one line for equal faults', async () => {
  const { code, out, err } = await badApp().run('check')
  expect(err).toBe('')
  expect(out).toBe(expected)
  expect(code).toBe(1)
})

test.each(['src/register.ts', 'src/plan.ts'])(
  'names are left to the compiler where Register is filled in %s',
  async (file) => {
    const app = badApp()
    const filled = `declare module 'react-microconversions' { interface Register { plan: typeof plan } }`
    app.write(file, `${file === 'src/plan.ts' ? app.read(file) : ''}\n${filled}`)
    const { out } = await app.run('check')
    expect(out).toContain('guide_download is reported')
    expect(out).not.toContain('also_checked')
  },
)

test('the settings say how much a rule weighs', async () => {
  const app = goodApp({
    'src/old.js': `track('old_event')`,
    'package.json': JSON.stringify({ microconversions: { rules: { unplanned: 'advice', owner: 'off' } } }),
  })
  expect(await app.run('check', '--strict')).toMatchObject({ code: 0 })
  app.write('package.json', JSON.stringify({ microconversions: { rules: { unplanned: 'warning' } } }))
  expect(await app.run('check')).toMatchObject({ code: 0 })
  expect(await app.run('check', '--strict')).toMatchObject({ code: 1 })
})

test('plans of one source know each other, and each is reported', async () => {
  const app = goodApp({
    'package.json': JSON.stringify({ microconversions: { plan: ['src/plan.ts', 'src/admin.ts'] } }),
    'src/admin.ts': planModule(
      `user_invited: event({ macro: true, owner: 'a', description: 'Invites' })`,
    ).replace("'acme'", "'admin'"),
    'src/admin-page.js': `track('user_invited')`,
  })
  const { code, out } = await app.run('check', '--strict')
  expect(out).toContain('Plan "acme" 3')
  expect(out).toContain('Plan "admin" 3')
  expect(out).not.toContain('unplanned')
  expect(code).toBe(0)
})

test('only sources at the given places are searched', async () => {
  const app = goodApp({ 'other/old.js': `track('old_event')` })
  expect((await app.run('check')).code).toBe(1)
  expect(await app.run('check', '--src', 'src')).toMatchObject({ code: 0 })
})

test('speaks JSON', async () => {
  const { out } = await badApp().run('check', '--format', 'json')
  expect(JSON.parse(out)).toMatchObject([
    {
      plan: 'acme',
      version: '3',
      file: 'src/plan.ts',
      events: 14,
      findings: [
        { rule: 'unplanned', level: 'error', events: ['guide_download'], file: 'src/app.jsx', line: 5 },
        {},
        {},
        {},
        {},
        {},
        {},
        {},
        {},
        {},
        {},
        {},
      ],
    },
  ])
})

test('annotates lines for GitHub', async () => {
  const { out } = await badApp().run('check', '--format', 'github')
  expect(out.split('\n').slice(0, 3)).toEqual([
    '::error file=src/app.jsx,line=5,title=unplanned::guide_download is reported at src/app.jsx:5 and not in the plan. Did you mean "guide_downloaded"?',
    '::error file=src/typed.ts,line=1,title=unplanned::also_checked is reported at src/typed.ts:1 and not in the plan.',
    '::warning file=src/plan.ts,line=8,title=unused::guide_downloaded is in no source file (2 searched).',
  ])
})

test('writes Markdown', async () => {
  const { out } = await badApp().run('check', '--format', 'markdown')
  expect(out).toContain('## Plan "acme" 3, src/plan.ts')
  expect(out).toContain('- **warning** `unused`: guide_downloaded is in no source file (2 searched).\n')
})
