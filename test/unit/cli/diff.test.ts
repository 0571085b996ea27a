import { describe, expect, test } from 'vitest'
import { type CliApp, cliApp, planModule } from '../../support/cli-app.ts'

const base = `
  pricing_clicked: event({
    description: 'Opens pricing', owner: 'sales', kind: 'milestone', priority: 'high', stage: 'intent', intent: 'high',
    goal: 'demo_booked', frequency: 'once-per-session', counts: ({ seats }) => seats > 1, value: { value: 1, currency: 'EUR' },
    properties: z.object({ tier: z.enum(['pro', 'team']), seats: z.number().int(), place: z.string(), note: z.string().optional() }),
  }),
  guide_downloaded: event({ goal: 'demo_booked', frequency: 'once-per-user' }),
  chat_opened: event({ status: 'draft' }),
  pricing_left: event({ after: { event: 'pricing_clicked', times: 2 } }),
  demo_booked: event({ macro: true }),`
const funnels = `funnels: { demo: ['pricing_clicked', 'guide_downloaded', 'demo_booked'] },`
const before = planModule(base, funnels)

function committed(files: Record<string, string> = { 'src/plan.ts': before }): CliApp {
  const app = cliApp(files)
  app.git('init', '-q', '-b', 'main')
  app.git('add', '-A')
  app.git('commit', '-q', '-m', 'first')
  return app
}

/** Replaces one text of the plan, and returns what `diff --format json` says. */
async function changed(from: string | RegExp, to: string) {
  const app = committed()
  const after = before.replace(from, to)
  expect(after).not.toBe(before)
  app.write('src/plan.ts', after)
  const { code, out, err } = await app.run('diff', '--format', 'json')
  expect(err).toBe('')
  const [{ changes }] = JSON.parse(out)
  return { code, changes: changes.map((one: any) => `${one.level} ${one.of}: ${one.message}`) }
}

const rows: [what: string, from: string | RegExp, to: string, changes: string[]][] = [
  [
    'an event is new',
    'demo_booked: event({ macro: true }),',
    'demo_booked: event({ macro: true }), x_y: event({}),',
    ['safe x_y: is new.'],
  ],
  [
    'a draft is removed',
    `chat_opened: event({ status: 'draft' }),`,
    '',
    ['words chat_opened: was removed; it was draft.'],
  ],
  [
    'an event is renamed',
    /guide_downloaded/g,
    'guide_fetched',
    [
      `breaking guide_fetched: was renamed from guide_downloaded; reports of the old name end. Keep it as \`wireName: 'guide_downloaded'\`, or retire guide_downloaded for a release.`,
    ],
  ],
  [
    'an event is renamed in code alone',
    /'guide_downloaded'([\s\S]*)guide_downloaded: event\(\{/,
    `'guide_fetched'$1guide_fetched: event({ wireName: 'guide_downloaded',`,
    ['words guide_fetched: was guide_downloaded; destinations still receive "guide_downloaded".'],
  ],
  [
    'the wire name changes',
    'guide_downloaded: event({',
    `guide_downloaded: event({ wireName: 'guide',`,
    ['breaking guide_downloaded: destinations receive "guide" instead of "guide_downloaded".'],
  ],
  [
    'live becomes retired',
    'guide_downloaded: event({',
    `guide_downloaded: event({ status: 'retired',`,
    ['breaking guide_downloaded: live → retired: destinations receive it no more.'],
  ],
  [
    'live becomes shadow',
    'guide_downloaded: event({',
    `guide_downloaded: event({ status: 'shadow',`,
    ['breaking guide_downloaded: live → shadow: destinations receive it no more.'],
  ],
  [
    'live becomes deprecated',
    'guide_downloaded: event({',
    `guide_downloaded: event({ status: 'deprecated',`,
    ['words guide_downloaded: live → deprecated.'],
  ],
  ['draft becomes live', `status: 'draft'`, '', ['safe chat_opened: draft → live.']],
  [
    'a destination is excluded',
    'guide_downloaded: event({',
    `guide_downloaded: event({ destinations: { ga4: false },`,
    ['breaking guide_downloaded: does not go to ga4 any more.'],
  ],
  [
    'a property is removed',
    `place: z.string(), `,
    '',
    ['breaking pricing_clicked: property `place` was removed.'],
  ],
  [
    'a property has another type',
    'z.number().int()',
    'z.string()',
    ['breaking pricing_clicked: property `seats` integer → string.'],
  ],
  [
    'a property becomes optional',
    'place: z.string()',
    'place: z.string().optional()',
    ['breaking pricing_clicked: property `place` may be missing now.'],
  ],
  [
    'a property becomes required',
    'z.string().optional()',
    'z.string()',
    ['safe pricing_clicked: property `note` is always there now.'],
  ],
  [
    'an enum loses a value',
    `['pro', 'team']`,
    `['pro']`,
    ['breaking pricing_clicked: property `tier` is never "team" any more.'],
  ],
  [
    'an enum gains a value',
    `['pro', 'team']`,
    `['pro', 'team', 'scale']`,
    ['figures pricing_clicked: property `tier` may be "scale" now: reports that list the values miss it.'],
  ],
  [
    'an enum becomes a text',
    `z.enum(['pro', 'team'])`,
    'z.string()',
    [
      'figures pricing_clicked: property `tier` may have any value now: reports that list the values miss some.',
    ],
  ],
  [
    'a property is new',
    'place: z.string()',
    'place: z.string(), from: z.string()',
    ['safe pricing_clicked: property `from` is new (callers have to give it: the compiler says where).'],
  ],
  [
    'a property has other limits',
    'place: z.string()',
    'place: z.string().max(9)',
    ['safe pricing_clicked: property `place` has other limits.'],
  ],
  ['a funnel is removed', funnels, '', ['breaking funnel demo: was removed.']],
  ['a funnel is new', 'demo:', `other: ['demo_booked'], demo:`, ['safe funnel other: is new.']],
  [
    'a funnel has other steps',
    `'guide_downloaded', 'demo_booked'`,
    `'demo_booked'`,
    [
      'figures funnel demo: pricing_clicked → guide_downloaded → demo_booked became pricing_clicked → demo_booked.',
    ],
  ],
  [
    'frequency changes',
    'once-per-session',
    'once-per-page',
    ['figures pricing_clicked: counts once per session → once per page.'],
  ],
  [
    'a key of the frequency changes',
    `'once-per-session'`,
    `{ per: 'session', key: ({ tier }) => tier }`,
    ['figures pricing_clicked: counts once per session → once per session for each key.'],
  ],
  [
    'sampling changes',
    'guide_downloaded: event({',
    `guide_downloaded: event({ sampleRate: 0.5,`,
    ['figures guide_downloaded: sampleRate none → 0.5.'],
  ],
  [
    'the rollout changes',
    'guide_downloaded: event({',
    `guide_downloaded: event({ rollout: 0.5,`,
    ['figures guide_downloaded: rollout none → 0.5.'],
  ],
  [
    '`counts` is another function',
    'seats > 1',
    'seats > 2',
    ['figures pricing_clicked: counts is another function now: look at what it returns.'],
  ],
  ['`counts` is written in another way', 'seats > 1', 'seats  >  1', []],
  [
    'the value changes',
    'value: 1,',
    'value: 2,',
    ['figures pricing_clicked: value {"value":1,"currency":"EUR"} → {"value":2,"currency":"EUR"}.'],
  ],
  [
    '`after` changes',
    'times: 2',
    'times: 3',
    [
      'figures pricing_left: after {"event":"pricing_clicked","times":2} → {"event":"pricing_clicked","times":3}.',
    ],
  ],
  [
    'a macro conversion is new',
    'chat_opened: event({',
    'chat_opened: event({ macro: true,',
    ['figures chat_opened: macro none → true.'],
  ],
  [
    'the goal changes',
    `goal: 'demo_booked', frequency: 'once-per-user'`,
    `frequency: 'once-per-user'`,
    ['figures guide_downloaded: goal "demo_booked" → none.'],
  ],
  [
    'the stage changes',
    `stage: 'intent'`,
    `stage: 'purchase'`,
    ['figures pricing_clicked: stage "intent" → "purchase".'],
  ],
  [
    'the intent changes',
    `intent: 'high'`,
    `intent: 'low'`,
    ['figures pricing_clicked: intent "high" → "low".'],
  ],
  [
    'the description changes',
    'Opens pricing',
    'Sees prices',
    ['words pricing_clicked: description "Opens pricing" → "Sees prices".'],
  ],
  ['the owner changes', `'sales'`, `'growth'`, ['words pricing_clicked: owner "sales" → "growth".']],
  ['the kind changes', `'milestone'`, `'lead'`, ['words pricing_clicked: kind "milestone" → "lead".']],
  [
    'the priority changes',
    `priority: 'high'`,
    `priority: 'low'`,
    ['words pricing_clicked: priority "high" → "low".'],
  ],
  [
    'the plan is renamed',
    `'acme'`,
    `'other'`,
    ['breaking plan: was renamed from "acme" to "other": counts in browsers start again.'],
  ],
]

describe('one row of the table of levels', () => {
  test.each(rows)('%s', async (_, from, to, expected) => {
    const { code, changes } = await changed(from, to)
    expect(changes).toEqual(expected)
    const fails = expected.some((line) => line.startsWith('breaking') || line.startsWith('figures'))
    expect(code).toBe(fails ? 1 : 0)
  })

  test('an event that is gone', async () => {
    const { changes } = await changed(/'guide_downloaded', ([\s\S]*)guide_downloaded: event\(.*\n/, '$1')
    expect(changes[0]).toBe(
      'breaking guide_downloaded: was removed: reports of it end. Retire it for a release first.',
    )
  })
})

const after = before
  .replace('once-per-session', 'once-per-page')
  .replace(`'sales'`, `'growth'`)
  .replace('place: z.string(), ', '')

const text = `Plan "acme": 3 → 3

Breaks what reads the events
  ✖ pricing_clicked: property \`place\` was removed.
Figures are not comparable from here on
  ≠ pricing_clicked: counts once per session → once per page.
Words only
  · pricing_clicked: owner "sales" → "growth".

The version is still "3": nothing tells events before and after apart. Raise it in definePlan, or run with --fix.
`

describe('the gate', () => {
  test('is open when the version was raised', async () => {
    const app = committed()
    app.write('src/plan.ts', after)
    expect(await app.run('diff')).toEqual({ code: 1, out: text, err: '' })
    app.write('src/plan.ts', after.replace(`version: '3'`, `version: '4'`))
    const { code, out } = await app.run('diff', '--format', 'markdown')
    expect(out).toContain(
      '## Plan acme 4\n\n### Breaks what reads the events\n\n- `pricing_clicked`: property',
    )
    expect(code).toBe(0)
  })

  test('--fix raises it in the right plan of the module', async () => {
    const app = committed()
    const two = `${after}\nexport const other = definePlan({ name: 'other', version: '3', events: {} })`
    app.write('src/plan.ts', `// version: '3'\n${two}`)
    const { code, out } = await app.run('diff', '--fix', '--export', 'plan')
    expect(out).toContain('Raised the version to "4" in src/plan.ts.')
    expect(code).toBe(0)
    expect(app.read('src/plan.ts')).toBe(`// version: '3'\n${two.replace(`version: '3'`, `version: '4'`)}`)
  })

  test('--fix leaves the versions of events alone', async () => {
    const early = `events: { early_read: event({ version: '3' }) },`
    const plan = (of: string, version: string) =>
      `import { definePlan, event } from 'react-microconversions/core'
       export const plan = definePlan({ ${early} name: 'acme', /* of the plan */ ${of} version: '${version}' })`
    const app = committed({ 'src/plan.ts': plan('', '3').replace('early_', 'late_') })
    app.write('src/plan.ts', plan(`funnels: {},`, '3'))
    expect(await app.run('diff', '--fix')).toMatchObject({ code: 0, err: '' })
    expect(app.read('src/plan.ts')).toBe(plan(`funnels: {},`, '4'))
  })

  test('a plan that was removed fails', async () => {
    const app = committed()
    app.git('rm', '-q', '--cached', 'src/plan.ts')
    app.git('commit', '-q', '-m', 'second')
    const { code, out, err } = await app.run('diff', 'HEAD~1', 'HEAD')
    expect({ code, err }).toEqual({ code: 1, err: '' })
    expect(out).toBe(
      'Plan "acme": 3 → none\n\nBreaks what reads the events\n  ✖ plan: was removed.\n\nsrc/plan.ts at HEAD does not exist.\n',
    )
  })

  test('--fail-on says from which level', async () => {
    const app = committed()
    app.write('src/plan.ts', before.replace('once-per-session', 'once-per-page'))
    expect((await app.run('diff', '--fail-on', 'breaking')).code).toBe(0)
    expect((await app.run('diff', '--fail-on', 'figures')).code).toBe(1)
    app.write('src/plan.ts', before.replace(`'sales'`, `'growth'`))
    expect((await app.run('diff')).code).toBe(0)
    expect((await app.run('diff', '--fail-on', 'words')).code).toBe(1)
    expect((await app.run('diff', '--fail-on', 'none')).code).toBe(0)
  })

  test('annotates the lines of events', async () => {
    const app = committed()
    app.write('src/plan.ts', after)
    const { out } = await app.run('diff', '--format', 'github')
    expect(out.split('\n')[0]).toBe(
      '::error file=src/plan.ts,line=6,title=Breaks what reads the events::pricing_clicked: property `place` was removed.',
    )
    expect(out).toContain('title=Plan version::The version is still')
  })
})

describe('what is compared', () => {
  test('with the merge base, a ref, a manifest, or another module', async () => {
    const app = committed()
    app.git('switch', '-q', '-c', 'topic')
    app.write('src/plan.ts', after)
    app.git('commit', '-qam', 'second')
    expect((await app.run('diff')).out).toBe(text)
    expect((await app.run('diff', 'main')).out).toBe(text)
    expect((await app.run('diff', 'HEAD')).out).toBe('Plan "acme": 3 → 3\n\nNo changes.\n')
    expect((await app.run('diff', 'main', 'topic')).out).toContain('Raise it in definePlan.\n')
    app.write('old.ts', before)
    expect((await app.run('diff', 'old.ts')).out).toBe(text)
    await app.run('manifest', '--plan', 'old.ts', '-o', 'old.json')
    expect((await app.run('diff', 'old.json')).out).toBe(text)
    expect((await app.run('diff', 'old.json', 'src/plan.ts')).out).toBe(text)
  })

  test('a plan that is new has nothing to compare', async () => {
    const app = committed({})
    app.write('src/plan.ts', before)
    const { code, out } = await app.run('diff')
    expect(out).toMatch(/src\/plan\.ts at \w{12} does not exist: there is nothing to compare\./)
    expect(code).toBe(0)
  })

  test('what the plan imports is of the same commit', async () => {
    const app = committed({
      'src/plan.ts': `import { owner } from './owner'\n${planModule('demo_booked: event({ macro: true, owner })')}`,
      'src/owner.ts': `export const owner = 'sales'`,
    })
    app.write('src/owner.ts', `export const owner = 'growth'`)
    expect((await app.run('diff', '--export', 'plan')).out).toContain('owner "sales" → "growth"')
  })

  test('what is no file and no commit is a sentence', async () => {
    const app = committed()
    expect(await app.run('diff', 'nope')).toEqual({
      code: 2,
      out: '',
      err: 'microconversions: "nope" is neither a file nor a commit.\n',
    })
    expect((await app.run('diff', '--', '--upload-pack=x')).err).toBe(
      'microconversions: "--upload-pack=x" is neither a file nor a commit.\n',
    )
    app.write('x.json', '{}')
    expect((await app.run('diff', 'x.json')).err).toBe(
      'microconversions: x.json is no manifest: write one with microconversions manifest.\n',
    )
  })

  test('a shallow clone and a folder without git are said', async () => {
    const origin = committed()
    origin.write('src/plan.ts', after)
    origin.git('commit', '-qam', 'second')
    const first = origin.git('rev-parse', 'HEAD~')
    const clone = cliApp({ 'src/plan.ts': before })
    clone.git('init', '-q')
    clone.git('fetch', '-q', '--depth', '1', `file://${origin.folder}`, 'main')
    clone.git('add', '-A')
    clone.git('commit', '-qm', 'x')
    expect((await clone.run('diff', first)).err).toBe(
      `microconversions: "${first}" is neither a file nor a commit. This clone is shallow: fetch the base first (actions/checkout with fetch-depth: 0).\n`,
    )
    expect(await cliApp({ 'src/plan.ts': before }).run('diff')).toEqual({
      code: 2,
      out: '',
      err: 'microconversions: this folder is in no git repository: name two files to compare.\n',
    })
  })
})

describe('no file is left behind', () => {
  test('when it succeeds', async () => {
    const app = committed()
    app.write('src/plan.ts', after)
    const files = app.files()
    await app.run('diff')
    expect(app.files()).toEqual(files)
  })

  test('when it fails', async () => {
    const app = committed({ 'src/plan.ts': `throw new Error('broken')` })
    app.write('src/plan.ts', before)
    const files = app.files()
    const { code, err } = await app.run('diff')
    expect(err).toMatch(/^microconversions: src\/plan\.ts at \w{12} threw while it was loaded: broken\.\n$/)
    expect(code).toBe(2)
    expect(app.files()).toEqual(files)
  })
})
