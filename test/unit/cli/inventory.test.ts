import { expect, test } from 'vitest'
import { cliApp } from '../../support/cli-app.ts'

const source = `
import ReactGA from 'react-ga4'
gtag('config', 'G-1')
gtag('event', 'pricing_clicked', { tier: 'pro', seats: 3 }) // gtag('event', 'not_this')
window.gtag?.('event', name)
fbq('track', 'Lead', { value: 1.5, currency })
window.dataLayer.push({ event: 'signup', method: \`mail\`, 'on time': true })
posthog.capture("Demo Booked", {
  // the tier
  tier,
  nested: { a: [1, 2], b: "x, y" },
})
analytics.track('Demo Booked', { tier: 'pro' })
ReactGA.event({ category: 'Form', action: 'Sent', label: 'x' })
tracking.trackEvent({ action: 'pricingClicked' })
plausible('Download', { props: { file: 'a.pdf' } })
_paq.push(['trackEvent', 'Video', 'Play'])
posthog.capture(eventName)
`

test('lists the events of vendors with their places and properties', async () => {
  const { code, out, err } = await cliApp({ 'src/app.js': source }).run('inventory')
  expect(err).toBe('')
  expect(out).toBe(`8 events in 9 calls, 1 file searched.

  Demo Booked (tier, nested)
    PostHog at src/app.js:8
    Segment at src/app.js:13
  Download (file)
    Plausible at src/app.js:16
  Form Sent (label)
    react-ga4 at src/app.js:14
  Lead (value, currency)
    Meta Pixel at src/app.js:6
  pricing_clicked (tier, seats)
    gtag at src/app.js:4
  pricingClicked
    react-tracking at src/app.js:15
  signup (method, on time)
    Tag Manager at src/app.js:7
  Video Play
    Matomo at src/app.js:17

  Names that are no literals:
    gtag at src/app.js:5
    PostHog at src/app.js:18
`)
  expect(code).toBe(0)
})

test('drafts a plan that loads, with the names that vendors know', async () => {
  const app = cliApp({ 'package.json': '{ "name": "shop" }', 'src/app.js': source })
  expect(await app.run('inventory', '-o', 'src/plan.ts')).toMatchObject({
    code: 0,
    err: 'Wrote src/plan.ts.\n',
  })
  await expect(app.read('src/plan.ts')).toMatchFileSnapshot('__snapshots__/draft-plan.txt')
  const { out, err } = await app.run('manifest')
  expect(err).toBe('')
  expect(JSON.parse(out)).toMatchObject({
    plan: 'shop',
    events: {
      demo_booked: { wireName: 'Demo Booked', status: 'draft' },
      pricing_clicked_2: { wireName: 'pricingClicked' },
    },
  })
})

test('never writes over a file', async () => {
  const app = cliApp({ 'src/app.js': source, 'src/plan.ts': 'mine' })
  expect(await app.run('inventory', '-o', 'src/plan.ts')).toMatchObject({
    code: 2,
    err: 'microconversions: src/plan.ts exists: remove it, or name another file.\n',
  })
  expect(app.read('src/plan.ts')).toBe('mine')
})

test('speaks JSON and Markdown, and annotates', async () => {
  const app = cliApp({ 'src/app.js': source })
  expect(JSON.parse((await app.run('inventory', '--format', 'json')).out)).toMatchObject({
    events: [
      { name: 'Demo Booked', properties: ['tier', 'nested'], places: [{ vendor: 'PostHog' }, {}] },
      {},
      {},
      {},
      {},
      {},
      {},
      {},
    ],
    unread: [
      { vendor: 'gtag', line: 5 },
      { vendor: 'PostHog', line: 18 },
    ],
  })
  expect((await app.run('inventory', '--format', 'markdown')).out).toContain(
    '| `Lead` | `value`, `currency` | Meta Pixel at src/app.js:6 |',
  )
  expect((await app.run('inventory', '--format', 'github')).out).toContain(
    '::notice file=src/app.js,line=6,title=Meta Pixel::reports "Lead"\n',
  )
})
