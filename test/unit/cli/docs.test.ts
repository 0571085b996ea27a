import { expect, test } from 'vitest'
import { cliApp, planModule } from '../../support/cli-app.ts'

const plan = planModule(
  `
  ...standardEvents.navigation,
  faq_opened: event({ description: 'Opens an answer | reads {it} <now>', stage: 'consideration', goal: 'demo_booked',
    frequency: { per: 'session', key: ({ question }) => question }, properties: z.object({ question: z.string(), place: z.enum(['top', 'end']).optional() }) }),
  second_answer: event({ description: 'Reads on', goal: 'demo_booked', after: { event: 'faq_opened', times: 2 }, status: 'shadow' }),
  video_muted: event({ properties: typed<{ a: string }>(), frequency: { minGap: '5s' } }),
  demo_booked: event({ description: 'Has a demo', macro: true, owner: 'sales', intent: 'high', frequency: 'once-per-user' }),`,
  `funnels: { demo: { steps: ['faq_opened', 'demo_booked'], within: '7d' } },`,
)

test.each(['md', 'html', 'mdx'])('writes %s', async (format) => {
  const app = cliApp({ 'src/plan.ts': plan })
  const { out, err } = await app.run('docs', '--as', format)
  expect(err).toBe('')
  await expect(out).toMatchFileSnapshot(`__snapshots__/plan-page.${format}.txt`)
  expect(await app.run('docs', '-o', `docs/plan.${format}`)).toEqual({
    code: 0,
    out: '',
    err: `Wrote docs/plan.${format}.\n`,
  })
  expect(app.read(`docs/plan.${format}`)).toBe(out)
})

test('--check says that a page is stale or missing, and writes nothing', async () => {
  const app = cliApp({ 'src/plan.ts': plan })
  const check = () => app.run('docs', '-o', 'plan.md', '--check')
  expect(await check()).toMatchObject({
    code: 1,
    out: 'plan.md does not exist: run the same command without --check.\n',
  })
  await app.run('docs', '-o', 'plan.md')
  expect(await check()).toEqual({ code: 0, out: '', err: '' })
  app.write('plan.md', app.read('plan.md').replaceAll('\n', '\r\n'))
  expect(await check()).toEqual({ code: 0, out: '', err: '' })
  app.write('plan.md', 'stale')
  expect(await check()).toMatchObject({ code: 1, out: expect.stringContaining('is not what the plan says') })
  expect(app.read('plan.md')).toBe('stale')
})
