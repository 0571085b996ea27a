import { expect, test } from 'vitest'
import { emitterOf } from '../../../src/engine/pipeline/emitter.ts'
import { definePlan } from '../../../src/plan/define-plan.ts'
import { event } from '../../../src/plan/event.ts'
import { typed } from '../../../src/plan/standard-schema.ts'
import { createManualPlatform } from '../../../src/testing/manual-platform.ts'
import { drain, listenToAdvice, openTracker } from '../../support/tracking.ts'

const TOKEN = '8f14e45fceea167a5a36dedd4bea2543'
const plan = definePlan({
  name: 'acme',
  version: '1',
  events: {
    page_view: event({
      properties: typed<{ page_location: string; page_title: string; page_referrer: string }>(),
    }),
    link_used: event({ properties: typed<{ link_text: string; file_name: string; tier: string }>() }),
    form_submit: event({ properties: typed<{ form_submit_text: string }>() }),
  },
})

test.each([
  `/reset/${TOKEN}`,
  '/magic/eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln',
  '/teams/invite/Zk3vQ9xLw2TnB7pR',
  '/s/hT7kQ2mX9vB4nR6yUp8sWd1f',
  '/account;jsessionid=1A530637289A03B07199A44E8D531427',
])('what opens %s leaves neither with the page nor as referrer or landing', async (path) => {
  const secret = path.split(/[/=]/).at(-1) ?? ''
  const platform = createManualPlatform({ path, referrer: `https://jane:s3cret@a.test${path}` })
  const { tracker, destination } = openTracker(plan, { platform })
  tracker.page()
  tracker.page({ path, key: 'again' })
  await drain()
  expect(destination.events).toHaveLength(2)
  const sent = JSON.stringify([destination.events, tracker.record.get()])
  expect(sent).toContain('[token]')
  expect(sent).not.toContain(secret)
  expect(sent).not.toContain('s3cret')
})

test.each([
  '/products/507f1f77bcf86cd799439011',
  '/p/018f4e6a-1234-7890-8123-123456789012',
  '/blog/how-to-reset-a-password',
  '/reset/:token',
  '/auth/callback',
])('a page is told from others by %s', (path) => {
  const { tracker } = openTracker(plan)
  tracker.page({ path })
  expect(tracker.record.get().decisions.at(-1)?.page.path).toBe(path)
})

test('texts: false leaves out all that is written on the page, and nothing else', async () => {
  const platform = createManualPlatform({ path: '/', title: 'Invoice of Jane Doe' })
  const { tracker, destination } = openTracker(plan, { platform, texts: false })
  const report = emitterOf(tracker)
  tracker.page()
  tracker.page({ path: '/a', title: 'Jane Doe' })
  const link = { link_text: 'Continue as Jane Doe', file_name: 'jane-doe.pdf', tier: 'pro' }
  report('link_used', link, { component: 'TrackedLink', fact: 'download' })
  report('form_submit', { form_submit_text: 'Pay as Jane Doe' }, { component: 'TrackedForm', fact: 'submit' })
  await drain()
  expect(destination.events.map(({ name, properties }) => [name, properties])).toMatchObject([
    ['page_view', { page_title: '' }],
    ['page_view', { page_title: '' }],
    ['link_used', { link_text: '', file_name: '', tier: 'pro' }],
    ['form_submit', { form_submit_text: '' }],
  ])
  expect(JSON.stringify([destination.events, tracker.record.get()])).not.toMatch(/jane/i)
})

test('texts are looked at as everything else is', async () => {
  listenToAdvice()
  const { tracker, destination } = openTracker(plan, {
    personalData: 'redact',
    platform: createManualPlatform({ path: '/u/jane%40example.test', title: 'jane@example.test' }),
  })
  const report = emitterOf(tracker)
  const trigger = { component: 'TrackedLink', fact: 'download' }
  report(
    'link_used',
    { link_text: 'Call +49 30 23125 014', file_name: 'jane%40example.test.pdf', tier: '' },
    trigger,
  )
  await drain()
  expect(destination.events[0]).toMatchObject({
    properties: { link_text: 'Call [phone]', file_name: '[email]' },
    page: { path: '/u/[email]', title: '[email]' },
  })
})
