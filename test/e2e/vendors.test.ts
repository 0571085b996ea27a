import type { BrowserContext, Page } from 'playwright'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Arrived, type VendorName, vendorNames } from '../support/serve-vendors.ts'
import { vendorBrowser } from '../support/vendor-browser.ts'
import type { VendorPage } from '../support/vendor-page.ts'

declare global {
  var vendors: VendorPage
}

const scene = vendorBrowser()
let context: BrowserContext

beforeEach(async () => {
  scene.server.forget()
  context = await scene.browser.newContext()
})
afterEach(() => context.close())

/** What the page has complained of goes into the list. */
async function open(vendor: VendorName, query = '', script = true) {
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('console', (message) => complaints.push(message.text()))
  await page.goto(`${scene.server.url}?vendor=${vendor}${script ? `&script=${vendor}` : ''}${query}`)
  return { page, complaints }
}

/** The delivery of the first attempt, and the id of its event. */
const first = (page: Page, vendor: VendorName) =>
  page.evaluate((name) => {
    const [decision] = vendors.tracker.record.get().decisions
    return { id: decision?.eventId, time: decision?.time, delivery: decision?.deliveries[name] }
  }, vendor)

const choose = (page: Page) => page.evaluate(() => void vendors.tracker.track('tier_chosen', { tier: 'pro' }))

/** Tracks another event, and resolves to the arrivals of the first once that one is there too. */
async function arrivalsUpToNow(page: Page): Promise<readonly Arrived[]> {
  await page.evaluate(() => void vendors.tracker.track('page_left'))
  await expect.poll(() => scene.server.arrived.map(({ name }) => name)).toContain('page_left')
  return scene.server.arrived.filter(({ name }) => name === 'tier_chosen')
}

describe.each(vendorNames)('the real client of %s', (vendor) => {
  test('sends an event once, with its name, properties, id and time', async () => {
    const { page, complaints } = await open(vendor)
    await choose(page)
    await expect.poll(() => scene.server.arrived.map(({ name }) => name)).toEqual(['tier_chosen'])
    const arrived = await arrivalsUpToNow(page)
    const { id, time, delivery } = await first(page, vendor)
    expect(arrived).toHaveLength(1)
    expect(arrived[0]).toMatchObject({ id, time, properties: { tier: 'pro' } })
    expect(delivery?.state).toBe('unknown')
    expect(complaints).toEqual([])
  })

  test('gets what happened before its script came, once, with the time at which it happened', async () => {
    const { page, complaints } = await open(vendor, '', false)
    await choose(page)
    await expect
      .poll(() => first(page, vendor))
      .toMatchObject({
        delivery: { state: 'retrying', error: expect.stringContaining('is not on the page yet') },
      })
    await page.waitForTimeout(1_000)
    await page.addScriptTag({ url: `/${vendor}.js` })
    await expect.poll(() => scene.server.arrived.map(({ name }) => name)).toEqual(['tier_chosen'])
    const arrived = await arrivalsUpToNow(page)
    const { id, time, delivery } = await first(page, vendor)
    expect(arrived).toHaveLength(1)
    expect(arrived[0]).toMatchObject({ id, time })
    expect(delivery?.state).toBe('unknown')
    expect(complaints).toEqual([])
  })

  test('whose script is blocked: the event ends in the record, and the page does not notice', async () => {
    await context.clock.install()
    const { page, complaints } = await open(vendor, '', false)
    await choose(page)
    await expect.poll(() => first(page, vendor)).toMatchObject({ delivery: { state: 'retrying' } })
    const expired = async () => {
      await page.clock.runFor(60_000)
      return first(page, vendor)
    }
    await expect.poll(expired).toMatchObject({
      delivery: { state: 'expired', attempts: 8, error: expect.stringContaining('is not on the page yet') },
    })
    expect(scene.server.arrived).toEqual([])
    expect(complaints).toEqual([])
  })

  test('gets nothing before consent, and all after it', async () => {
    const { page, complaints } = await open(vendor, '&pending')
    await choose(page)
    await page.waitForTimeout(1_500)
    expect(await first(page, vendor)).toMatchObject({ delivery: { state: 'held' } })
    expect(scene.server.arrived).toEqual([])
    await page.evaluate(() => vendors.tracker.consent.update('granted'))
    await expect.poll(() => scene.server.arrived.map(({ name }) => name)).toEqual(['tier_chosen'])
    expect(await arrivalsUpToNow(page)).toHaveLength(1)
    expect(complaints).toEqual([])
  })
})

/** Tracks two events that the plan describes for a vendor, and resolves to what arrived. */
async function described(vendor: VendorName) {
  const { page } = await open(vendor)
  await page.evaluate(() => {
    vendors.tracker.track('page_view', { topic: 'forms' })
    vendors.tracker.track('demo_booked')
  })
  await expect.poll(() => scene.server.arrived.length).toBe(2)
  return scene.server.arrived
}

test('Segment gets a page where the plan says so, and the address without its query', async () => {
  const [view, booked] = await described('segment')
  expect(view?.whole).toMatchObject({ type: 'page', name: 'Docs', properties: { topic: 'forms' } })
  expect(booked?.whole).toMatchObject({
    type: 'track',
    event: 'demo_booked',
    context: { page: { url: scene.server.url, path: '/', search: '', title: 'Vendors' } },
  })
})

test('PostHog gets the name and parameters that the plan says, and the address without its query', async () => {
  const [view, booked] = await described('posthog')
  expect(view).toMatchObject({ name: '$pageview', properties: { topic: 'forms' } })
  expect(booked?.properties).toMatchObject({ own: true, $current_url: scene.server.url, $pathname: '/' })
})

test('Snowplow gets a self-describing event, or a structured one', async () => {
  await described('snowplow')
  const { page } = await open('snowplow')
  await choose(page)
  await arrivalsUpToNow(page)
  const wholes = scene.server.arrived.map(({ whole }) => [whole['e'], whole['se_ca'], whole['se_la']])
  expect(wholes.slice(0, 3)).toEqual(Array(3).fill(['ue', undefined, undefined]))
  expect(wholes.at(-1)).toEqual(['se', 'navigation', 'last'])
  expect(scene.server.arrived.find(({ name }) => name === 'tier_chosen')?.whole).toMatchObject({
    entity: { goal: 'demo_booked', value: 5, currency: 'EUR' },
  })
  expect(scene.server.arrived.at(-1)?.properties).toMatchObject({ property: scene.server.arrived.at(-1)?.id })
})
