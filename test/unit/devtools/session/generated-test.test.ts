import { transformSync } from 'esbuild'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { literal } from '../../../../src/devtools/session/code.ts'
import type { TestOptions } from '../../../../src/devtools/session/generated-test.ts'
import { playwrightTest, storybookPlay } from '../../../../src/devtools/session/page-test.ts'
import type { Session } from '../../../../src/devtools/session/session-file.ts'
import { vitestTest } from '../../../../src/devtools/session/vitest-test.ts'
import { isHidden } from '../../../../src/support/shape.ts'
import { recordedSession } from '../../../support/recorded-session.ts'
import { failureOf } from '../../../support/run-generated.ts'

const all = ['tier', 'seats', 'more', 'mark', 'page_location', 'page_title', 'page_referrer']
const numbersOf = ({ decisions }: Session) => decisions.map(({ number }) => number)

describe('generated code', () => {
  test('a literal is the value that it was made of', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        fc.pre(!JSON.stringify(value).includes('‹'))
        const made: unknown = new Function(`return (${literal(value)})`)()
        expect(JSON.stringify(made)).toBe(JSON.stringify(value))
      }),
    )
    const prototype = JSON.parse('{ "__proto__": { "a": 1 } }')
    expect(new Function(`return (${literal(prototype)})`)()).toEqual(prototype)
  })

  test('what was hidden becomes a sample of its shape', () => {
    const shapes = ['‹string 3›', '‹number›', '‹boolean›', '‹null›', '‹array 2›', '‹object 1›', '‹undefined›']
    expect(shapes.every(isHidden)).toBe(true)
    expect(shapes.map(literal)).toEqual([`'sample'`, '1', 'true', 'null', '[]', '{}', 'undefined'])
  })

  test('opens each page before what mounted with it, and apart from another of its template', async () => {
    const session = await recordedSession()
    const pageView = session.decisions.find(({ trigger }) => trigger.component === 'page')
    const other = session.decisions.find(({ trigger }) => trigger.component === 'track')
    if (!pageView || !other) throw new Error('the recorded session has no page view')
    const on = (number: number) => ({ ...pageView.page, number, path: '/blog/:slug' })
    const decisions = [
      { ...other, number: 1, time: 10, page: on(1), event: 'mounted' },
      { ...pageView, number: 2, time: 10, page: on(1) },
      { ...other, number: 3, time: 20, page: on(1), event: 'ended' },
      { ...pageView, number: 4, time: 20, page: on(2) },
    ].map((decision) => ({
      ...decision,
      outcome: 'fired' as const,
      reason: 'admitted' as const,
      causes: undefined,
    }))
    const code = vitestTest({ ...session, decisions }, [1, 2, 3, 4])
    expect(
      code.match(/tracker\.(?:page|track)\([^)]*/g)?.map((call) => call.replace(/,? ?\{ (?!path).*/s, '')),
    ).toEqual([
      "tracker.page({ path: '/blog/:slug' }",
      "tracker.track('mounted'",
      "tracker.track('ended'",
      "tracker.page({ path: '/blog/:slug', key: '2' }",
    ])
  })

  // The file is one of the unit tests.
  test('for Vitest is a test file that passes', async () => {
    const session = await recordedSession(all)
    const code = vitestTest(session, numbersOf(session), { planModule: '../support/session-plan.ts' })
    expect(code).not.toContain('Left out')
    expect(code.match(/expectTracking\(\[/g)).toHaveLength(session.decisions.length)
    await expect(code).toMatchFileSnapshot('../../../generated/vitest.test.ts')
  })

  test('what happened happens again; what should have fired fails and says why', async () => {
    const open = await recordedSession(all)
    const hidden = await recordedSession()
    const everything = (session: Session, options?: TestOptions) =>
      failureOf(vitestTest(session, numbersOf(session), options))
    expect(await everything(open)).toBeUndefined()
    expect(await everything(hidden)).toBeUndefined()
    expect(vitestTest(hidden, numbersOf(hidden))).toContain(
      '// Left out: tour_watched, attempt 4: it depends on property values',
    )
    // Its cause, the first click, comes along.
    const dropped = vitestTest(open, [3])
    expect(dropped.match(/expectTracking\(\[/g)).toHaveLength(2)
    expect(await failureOf(dropped)).toBeUndefined()
    expect(await everything(open, { missing: 'demo_booked' })).toBeUndefined()
    expect(await everything(open, { missing: 'chat_opened' })).toContain(
      '"chat_opened" did not fire.\nIts one attempt: no. 5, of track (call)\n  dropped: draft',
    )
    expect(await failureOf(vitestTest(open, [10], { missing: 'demo_booked' }))).toContain(
      '"demo_booked" did not fire.\nIt was never attempted. Did you mean "demo_bookd"?',
    )
    const otherwise = vitestTest(open, numbersOf(open)).replace("'frequency'", "'draft'")
    expect(await failureOf(otherwise)).toContain('"pricing_clicked" was not dropped (draft)')
  })

  test('no name breaks out of its place', async () => {
    const session = await recordedSession()
    const nasty = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        `'); process.exit(9); ('`,
        '\n process.exit(9) //',
        '\u2028process.exit(9)',
        '*/ x',
        `\${1}`,
      ),
    )
    fc.assert(
      fc.property(nasty, nasty, nasty, (event, component, path) => {
        const changed = {
          ...session,
          plan: { name: component, version: path },
          decisions: session.decisions.map((decision) => ({
            ...decision,
            event,
            properties: { [component]: path },
            page: { ...decision.page, path, url: path },
            trigger: { component, fact: path },
          })),
        }
        const numbers = changed.decisions.map(({ number }) => number)
        for (const options of [{}, { missing: event, planModule: path }]) {
          for (const code of [
            vitestTest(changed, numbers, options),
            playwrightTest(changed, numbers, options),
            storybookPlay(changed, numbers, options),
          ]) {
            const { code: plain } = transformSync(code, { loader: 'ts', minifyWhitespace: true })
            expect(
              plain.replace(/'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`/g, ''),
            ).not.toContain('exit')
          }
        }
      }),
      { numRuns: 60 },
    )
  })
})
