import { describe, expect, test } from 'vitest'
import { definePlan } from '../../../src/plan/define-plan.ts'
import { event } from '../../../src/plan/event.ts'
import { createManualPlatform } from '../../../src/testing/manual-platform.ts'
import { drain, HOUR_MS, listenToAdvice, openTabs, openTracker } from '../../support/tracking.ts'

const plan = definePlan({ name: 'acme', version: '1', events: { step_taken: event({}) } })

describe('the landing', () => {
  const campaign = '/offer?utm_source=news&utm_medium=mail&gclid=abc&mail=ada%40example.test#top'

  test('is kept for the session, over pages and loads: campaign, referrer, no query', async () => {
    const platform = createManualPlatform({ path: campaign, referrer: 'https://www.google.com/search?q=us' })
    const first = openTracker(plan, { platform })
    first.tracker.track('step_taken')
    platform.navigate('/pricing')
    first.tracker.page()
    first.tracker.track('step_taken')
    await drain()
    first.tracker.dispose()
    const reloaded = platform.reload()
    reloaded.navigate('/pricing')
    const second = openTracker(plan, { platform: reloaded })
    second.tracker.track('step_taken')
    await drain()
    const landings = [...first.destination.events, ...second.destination.events].map(
      (sent) => sent.context.landing,
    )
    expect(landings).toHaveLength(3)
    for (const landing of landings)
      expect(landing).toEqual({
        url: 'https://example.test/offer',
        path: '/offer',
        referrer: 'https://www.google.com/search',
        referrerClass: 'search',
        campaign: { source: 'news', medium: 'mail', click: 'gclid' },
      })
  })

  test('has the value of a click id only on request', () => {
    const { tracker, destination } = openTracker(plan, {
      platform: createManualPlatform({ path: campaign }),
      campaign: { clickIds: true },
    })
    tracker.track('step_taken')
    return drain().then(() =>
      expect(destination.events[0]?.context.landing).toMatchObject({
        campaign: { click: 'gclid', clickId: 'abc' },
      }),
    )
  })

  test('stays when another campaign comes in the session; the campaign is the new one (S2)', async () => {
    const platform = createManualPlatform({ path: campaign, referrer: 'https://news.example/' })
    openTracker(plan, { platform })
    await drain()
    const { tracker, destination } = openTracker(plan, {
      platform: arrivedAt(platform, '/other?utm_source=ads'),
    })
    tracker.track('step_taken')
    await drain()
    expect(destination.events[0]?.context.landing).toMatchObject({
      path: '/offer',
      referrer: 'https://news.example/',
      campaign: { source: 'ads' },
    })
  })

  test('is unknown, not direct, when the page that knew it had no permission to remember (C3)', async () => {
    const platform = createManualPlatform({ path: campaign })
    openTracker(plan, { platform, consent: 'pending' }).tracker.track('step_taken')
    await drain()
    const { tracker, destination } = openTracker(plan, {
      platform: fromOwnSite(platform),
      consent: 'pending',
    })
    tracker.track('step_taken')
    tracker.consent.update('granted')
    await drain()
    expect(destination.events.map((sent) => sent.context.landing)).toEqual(['unknown'])
  })

  test('is remembered by the tab under hold: tab', async () => {
    const platform = createManualPlatform({ path: campaign })
    openTracker(plan, { platform, consent: 'pending', hold: 'tab' })
    const { tracker, destination } = openTracker(plan, {
      platform: fromOwnSite(platform),
      consent: 'pending',
      hold: 'tab',
    })
    tracker.track('step_taken')
    tracker.consent.update('granted')
    await drain()
    expect(destination.events[0]?.context.landing).toMatchObject({ campaign: { source: 'news' } })
    expect(Object.keys(platform.stored()).filter((key) => key.startsWith('tab '))).toEqual([])
  })

  test('of a session that begins on an open page is that page', async () => {
    const platform = createManualPlatform({ path: campaign })
    const { tracker, destination } = openTracker(plan, { platform })
    tracker.page()
    platform.navigate('/later')
    tracker.page()
    platform.advance(HOUR_MS)
    tracker.track('step_taken')
    await drain()
    expect(destination.events[0]?.context.landing).toEqual({
      url: 'https://example.test/later',
      path: '/later',
      referrer: '',
      referrerClass: 'internal',
    })
  })
})

describe('addresses', () => {
  test('keep the query parameters that are allowed, and no others', async () => {
    const platform = createManualPlatform({
      path: '/list?page=2&token=secret#x',
      referrer: 'https://a.test/?q=1',
    })
    const { tracker, destination } = openTracker(plan, { platform, urlParameters: ['page'] })
    tracker.track('step_taken')
    await drain()
    expect(destination.events[0]?.page).toMatchObject({
      url: 'https://example.test/list?page=2',
      path: '/list',
      referrer: 'https://a.test/',
    })
  })
})

describe('the device', () => {
  test('is told by pointer and screen, and looked at once a page', async () => {
    let viewport = { width: 390, height: 800 }
    let asked = 0
    const phone = createManualPlatform({
      surroundings: { coarsePointer: true, screenMin: 390, language: 'de' },
    })
    const platform = {
      ...phone,
      surroundings: () => {
        asked++
        return { ...phone.surroundings(), viewport }
      },
    }
    const { tracker, destination } = openTracker(plan, { platform })
    const before = asked
    tracker.track('step_taken')
    viewport = { width: 800, height: 390 }
    tracker.track('step_taken')
    expect(asked - before).toBe(1)
    tracker.page({ path: '/a' })
    tracker.page({ path: '/b' })
    tracker.track('step_taken')
    await drain()
    expect(destination.events.map(({ context }) => context.device)).toMatchObject([
      { class: 'mobile', language: 'de', timeZone: 'UTC', viewport: { width: 390 } },
      { class: 'mobile', viewport: { width: 390 } },
      { class: 'mobile', viewport: { width: 800 } },
    ])
  })
})

describe('a browser without a person', () => {
  const crawler = () =>
    createManualPlatform({ surroundings: { userAgent: 'Mozilla/5.0 (compatible; Googlebot/2.1)' } })

  test('is flagged', async () => {
    const { tracker, destination } = openTracker(plan, { platform: crawler() })
    const person = openTracker(definePlan({ name: 'other', version: '1', events: { step_taken: event({}) } }))
    expect(tracker.track('step_taken').outcome).toBe('fired')
    person.tracker.track('step_taken')
    await drain()
    expect(destination.events[0]?.context.bot).toBe(true)
    expect(person.destination.events[0]?.context.bot).toBe(false)
  })

  test('sends nothing on request: suspected-bot', () => {
    const { tracker } = openTracker(plan, { platform: crawler(), bots: 'drop' })
    expect(tracker.track('step_taken')).toMatchObject({ outcome: 'dropped', reason: 'suspected-bot' })
  })
})

describe('the user', () => {
  test('is new at the first visit, returning at the next, and counts each session once for all tabs', async () => {
    const [one, other] = openTabs(plan, 2)
    await drain()
    for (const tab of [one, other]) tab?.tracker.track('step_taken')
    one?.platform.advance(HOUR_MS)
    for (const tab of [one, other]) {
      tab?.tracker.track('step_taken')
      await drain()
    }
    const visits = [one, other].map((tab) => tab?.destination.events.map(({ context }) => context.user))
    const story = [
      { visit: 1, returning: false },
      { visit: 2, returning: true, daysSinceLast: 0 },
    ]
    expect(visits).toEqual([story, story])
  })

  test('is unknown where nothing is stored', async () => {
    const { tracker, destination } = openTracker(plan, {
      platform: createManualPlatform({ storage: 'blocked' }),
    })
    tracker.track('step_taken')
    await drain()
    expect(destination.events[0]?.context.user).toBeUndefined()
  })
})

test('a landing that is adopted late reaches an event that `beforeSend` left alone', async () => {
  const platform = createManualPlatform({ path: '/?utm_source=news' })
  const first = openTracker(plan, { platform })
  await drain()
  first.tracker.dispose()
  const next = platform.reload()
  next.clearLocal()
  next.navigate('/pricing')
  const { tracker, destination } = openTracker(plan, { platform: next, beforeSend: (sent) => sent })
  tracker.track('step_taken')
  await drain()
  expect(destination.events[0]?.context.landing).toMatchObject({ path: '/', campaign: { source: 'news' } })
})

describe('identify()', () => {
  test('with sha-256 stores and sends the hash alone', async () => {
    const { tracker, destination, platform } = openTracker(plan)
    // printf ada@example.test | sha256sum
    const hashed = 'b97222ea69dadf792baa97fa768ecb840a0023714c831ab1328838cba9f7f437'
    tracker.identify('ada@example.test', { hash: 'sha-256' })
    await expect.poll(() => JSON.stringify(platform.stored())).toContain(hashed)
    tracker.track('step_taken')
    await drain()
    expect(destination.events[0]?.userId).toBe(hashed)
    expect(JSON.stringify([destination.events, platform.stored()])).not.toContain('ada@')
  })

  test('does nothing after dispose, also when the hash comes late', async () => {
    let answer = (_: string) => {}
    const sha256 = () =>
      new Promise<string>((resolve) => {
        answer = resolve
      })
    const { tracker } = openTracker(plan, { platform: { ...createManualPlatform(), sha256 } })
    let resets = 0
    tracker.onReset(() => resets++)
    listenToAdvice()
    tracker.identify('ada')
    tracker.identify('bob', { hash: 'sha-256' })
    tracker.dispose()
    answer('hash')
    await drain()
    tracker.identify('eve')
    expect(resets).toBe(0)
  })

  test('never falls back to the plain id where nothing can be hashed: RMC110', async () => {
    const said = listenToAdvice()
    const platform = { ...createManualPlatform(), sha256: () => Promise.reject(new Error('insecure')) }
    const { tracker, destination } = openTracker(plan, { platform })
    tracker.identify('ada', { hash: 'sha-256' })
    await drain()
    tracker.track('step_taken')
    await drain()
    expect(destination.events[0]?.userId).toBeUndefined()
    expect(said().join()).toContain('RMC110')
  })

  test('a hash that comes after reset() identifies nobody', async () => {
    const { tracker, destination } = openTracker(plan)
    tracker.identify('ada', { hash: 'sha-256' })
    tracker.reset()
    await new Promise((resolve) => setTimeout(resolve, 20))
    tracker.track('step_taken')
    await drain()
    expect(destination.events[0]?.userId).toBeUndefined()
  })

  test('sends the traits that are allowed, to nobody after the one they belong to, and stores none', async () => {
    const { tracker, destination, platform } = openTracker(plan, { traits: ['tier'] })
    tracker.identify('ada', { traits: { tier: 'gold', mail: 'ada@example.test' } })
    tracker.track('step_taken')
    tracker.reset()
    tracker.track('step_taken')
    await drain()
    expect(destination.events.map(({ context }) => context.traits)).toEqual([{ tier: 'gold' }, undefined])
    expect(JSON.stringify(platform.stored())).not.toContain('gold')
  })

  test('sends no trait by default', async () => {
    const { tracker, destination } = openTracker(plan)
    tracker.identify('ada', { traits: { tier: 'gold' } })
    tracker.track('step_taken')
    await drain()
    expect(JSON.stringify(destination.events)).not.toContain('gold')
  })
})

/** The next page of the tab, whose address names a campaign. */
function arrivedAt(platform: ReturnType<typeof createManualPlatform>, path: string) {
  const next = platform.reload()
  return { ...next, location: () => ({ ...next.location(), url: `https://example.test${path}` }) }
}

/** The next page of the tab, reached by a link of the site itself. */
function fromOwnSite(platform: ReturnType<typeof createManualPlatform>) {
  const next = platform.reload()
  return {
    ...next,
    location: () => ({
      url: 'https://example.test/pricing',
      path: '/pricing',
      title: 'Pricing',
      referrer: 'https://example.test/offer',
    }),
  }
}
