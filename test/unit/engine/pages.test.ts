import { describe, expect, test } from 'vitest'
import { emitterOf } from '../../../src/engine/pipeline/emitter.ts'
import { definePlan } from '../../../src/plan/define-plan.ts'
import { event } from '../../../src/plan/event.ts'
import { standardEvents } from '../../../src/plan/standard-events.ts'
import { drain, openTracker } from '../../support/tracking.ts'

const events = { hero_seen: event({ frequency: 'once-per-page' }), step_taken: event({}) }
const plan = definePlan({ name: 'acme', version: '1', events })
const viewing = definePlan({
  name: 'acme',
  version: '1',
  events: { ...events, ...standardEvents.navigation },
})

describe('a page scope', () => {
  test('ends at page(): once per page counts anew', () => {
    const { tracker } = openTracker(plan)
    tracker.page({ path: '/' })
    tracker.track('hero_seen')
    expect(tracker.track('hero_seen').reason).toBe('frequency')
    tracker.page({ path: '/pricing' })
    expect(tracker.track('hero_seen').outcome).toBe('fired')
  })

  test('is named by the first page(), which ends nothing', () => {
    const { tracker } = openTracker(plan)
    tracker.track('hero_seen')
    tracker.page({ path: '/blog/:slug', title: 'Blog' })
    expect(tracker.track('hero_seen').reason).toBe('frequency')
    expect(tracker.track('step_taken').page).toMatchObject({ number: 1, path: '/blog/:slug', title: 'Blog' })
  })

  test.each([null, { path: 5 }, { path: '/', search: 'id' }, { path: '/', template: 5 }])(
    'neither throws nor ends at page(%j), which a compiler would refuse',
    (input) => {
      const { tracker } = openTracker(viewing)
      tracker.page({ path: '/pricing' })
      expect(() => tracker.page(input as never)).not.toThrow()
      expect(tracker.record.get().unobserved).toHaveProperty('Page')
      expect(tracker.track('step_taken').page).toMatchObject({ number: 1, path: '/pricing' })
    },
  )

  test('does not end at the key of the page in view', () => {
    const { tracker } = openTracker(plan)
    tracker.page({ key: 'a' })
    tracker.page({ key: 'a' })
    expect(tracker.track('step_taken').page.number).toBe(1)
    tracker.page({ key: 'b' })
    expect(tracker.track('step_taken').page.number).toBe(2)
  })

  test('is its pathname: query, fragment and trailing slash make no other, unless `search` names a parameter', () => {
    const { tracker } = openTracker(plan)
    const open = (path: string, template?: string) => {
      tracker.page({ path, template, search: ['id'] })
      const { number, path: seen } = tracker.track('step_taken').page
      return `${seen} ${number}`
    }
    expect(
      [
        '/blog/first',
        '/blog/first/',
        '/blog/first?utm=1',
        '/blog/first#end',
        '/blog/first?id=1',
        '/blog/first/?x=2&id=1#end',
        '/blog/first?id=2',
      ].map((path) => open(path)),
    ).toEqual([1, 1, 1, 1, 2, 2, 3].map((number) => `/blog/first ${number}`))
    expect([open('/blog/second', '/blog/:slug'), open('/blog/third', '/blog/:slug')]).toEqual([
      '/blog/:slug 4',
      '/blog/:slug 5',
    ])
  })

  test.each([
    ['an empty query', '/blog/first', '/blog/first?'],
    ['a query that begins with a slash', '/blog/first', '/blog/first?/x'],
    ['an escape', '/caf%C3%A9', '/café'],
    ['an escape that none is', '/100%', '/100%?a'],
  ])('is no other by %s', (_, path, again) => {
    const { tracker } = openTracker(plan)
    tracker.page({ path })
    tracker.page({ path: again })
    expect(tracker.track('step_taken').page.number).toBe(1)
  })

  test.each(['?', '/?', '#', '?a', '?/x#y'])('has its template with %s behind the pathname', (suffix) => {
    const { tracker } = openTracker(plan)
    tracker.page({ path: `/blog/first${suffix}`, params: { slug: 'first' } })
    expect(tracker.track('step_taken').page.path).toBe('/blog/:slug')
    tracker.page({ path: `/about${suffix}` })
    expect(tracker.track('step_taken').page.path).toBe('/about')
  })

  test('may be named by the fragment of a hash router, and by a template with an optional part', () => {
    const { tracker } = openTracker(plan)
    const open = (path: string, template?: string) => {
      tracker.page({ path, template })
      const { number, path: seen } = tracker.track('step_taken').page
      return `${seen} ${number}`
    }
    expect([
      open('#/shop?id=1'),
      open('#/shop/?id=2#end'),
      open('/de', '/:lang?'),
      open('/en', '/:lang?/'),
    ]).toEqual(['#/shop 1', '#/shop 1', '/:lang? 2', '/:lang? 3'])
  })

  test('reads a parameter in the address, that of a hash router too, and lets none of them go out', async () => {
    const { tracker, platform, destination } = openTracker(viewing)
    for (const address of ['/?id=1', '/?id=1&x=2', '/?id=2#/shop?page=1', '/?id=2#/shop?page=2']) {
      platform.navigate(address)
      tracker.page({ path: '/shop', search: ['id', 'page'] })
    }
    await tracker.flush()
    expect(destination.events.map(({ page: { number, url } }) => [number, url])).toEqual(
      [1, 2, 3].map((number) => [number, 'https://example.test/']),
    )
  })

  test('has the template that its parameters make, and its type', () => {
    const { tracker } = openTracker(plan)
    tracker.page({ path: '/de/blog/swaps', params: { lang: 'de', slug: 'swaps' }, type: 'article' })
    expect(tracker.track('step_taken').page).toMatchObject({ path: '/:lang/blog/:slug', type: 'article' })
    tracker.page({ path: '/de' })
    expect(tracker.track('step_taken').page.type).toBeUndefined()
  })

  test('refers to the page before it', () => {
    const { tracker, platform } = openTracker(plan)
    tracker.page()
    platform.navigate('/pricing', 'Pricing')
    tracker.page()
    expect(tracker.track('step_taken').page).toMatchObject({
      path: '/pricing',
      title: 'Pricing',
      referrer: 'https://example.test/',
    })
  })

  test('keeps its title for its last events where the next page has the same address', () => {
    const { tracker, platform, decisions } = openTracker(plan)
    tracker.onPageEnd(() => tracker.track('step_taken'))
    for (const [path, title] of [
      ['/', 'Home'],
      ['/shop', 'Shop'],
      ['/cart', 'Cart'],
    ] as const) {
      platform.navigate(`/#${path}`, title)
      tracker.page({ path })
    }
    tracker.track('step_taken')
    expect(decisions().map(({ page: { path, title } }) => `${path} ${title}`)).toEqual([
      '/ Home',
      '/shop Shop',
      '/cart Cart',
    ])
  })

  test('lets what belongs to it be reported before it ends', () => {
    const { tracker, decisions } = openTracker(plan)
    tracker.page({ path: '/' })
    const stop = tracker.onPageEnd(() => tracker.track('step_taken'))
    tracker.page({ path: '/pricing' })
    expect(decisions()[0]?.page.path).toBe('/')
    stop()
    tracker.page({ path: '/' })
    expect(decisions()).toHaveLength(1)
  })

  test('is not stored', async () => {
    const { tracker, platform } = openTracker(plan)
    tracker.track('hero_seen')
    await drain()
    expect(Object.keys(platform.stored()).join()).not.toContain('hero_seen')
  })
})

describe('page_view', () => {
  test('is emitted by page(), if the plan has it', async () => {
    const { tracker, destination, platform } = openTracker(viewing)
    expect(tracker.page()).toMatchObject({ event: 'page_view', outcome: 'fired' })
    platform.navigate('/pricing', 'Pricing')
    tracker.page()
    await drain()
    expect(destination.events.map(({ properties }) => properties)).toEqual([
      { page_location: 'https://example.test/', page_title: 'Test', page_referrer: '' },
      {
        page_location: 'https://example.test/pricing',
        page_title: 'Pricing',
        page_referrer: 'https://example.test/',
      },
    ])
  })

  test.each([
    ['/search?q=ada', '/search'],
    ['/orders#ada', '/orders'],
    ['/:lang?/blog/:slug?', '/:lang?/blog/:slug?'],
    ['/:lang?/search?q=/ada', '/:lang?/search'],
  ])('a path may be given with its query (%s), which goes nowhere', async (path, seen) => {
    const { tracker, destination } = openTracker(viewing)
    tracker.page({ path })
    await drain()
    expect(destination.events[0]?.page.path).toBe(seen)
  })

  test('has the type of the page', () => {
    const { tracker } = openTracker(viewing)
    expect(tracker.page({ path: '/', type: 'home' })?.properties).toMatchObject({ page_type: 'home' })
    expect(tracker.page({ path: '/a' })?.properties).not.toHaveProperty('page_type')
  })

  test('is not emitted twice for one navigation, nor by a plan without it', () => {
    const { tracker } = openTracker(viewing)
    tracker.page({ key: 'a' })
    expect(tracker.page({ key: 'a' })).toBeUndefined()
    expect(openTracker(plan).tracker.page()).toBeUndefined()
  })

  test('comes with a return from the cache, of the page that was in view (S3)', async () => {
    const { tracker, destination, platform } = openTracker(viewing)
    tracker.page({ path: '/blog/:slug' })
    platform.leave()
    platform.restore()
    await drain()
    expect(destination.events.map(({ name, page }) => [name, page.number, page.path])).toEqual([
      ['page_view', 1, '/blog/:slug'],
      ['page_view', 2, '/blog/:slug'],
    ])
  })

  test('does not come with a return where pages were never reported', async () => {
    const { destination, platform } = openTracker(viewing)
    platform.leave()
    platform.restore()
    await drain()
    expect(destination.events).toEqual([])
  })
})

describe('a fact that was born of a mount (F11)', () => {
  const mount = { component: 'Impression', fact: 'seen', factKey: 'hero', fromEffect: true }

  test('is no second one in the same page scope: StrictMode, re-mounts', () => {
    const { tracker } = openTracker(plan)
    const track = emitterOf(tracker)
    expect(track('step_taken', {}, mount).outcome).toBe('fired')
    expect(track('step_taken', {}, mount)).toMatchObject({ outcome: 'dropped', reason: 'repeated' })
    expect(track('step_taken', {}, { ...mount, factKey: 'footer' }).outcome).toBe('fired')
    expect(track('step_taken', {}).outcome).toBe('fired')
  })

  test('counts anew on the next page', () => {
    const { tracker } = openTracker(plan)
    const track = emitterOf(tracker)
    tracker.page()
    track('step_taken', {}, mount)
    tracker.page()
    expect(track('step_taken', {}, mount).outcome).toBe('fired')
  })

  test('that was held is no second one either', () => {
    const { tracker } = openTracker(plan, { consent: 'pending' })
    const track = emitterOf(tracker)
    track('step_taken', {}, mount)
    expect(track('step_taken', {}, mount).reason).toBe('repeated')
  })
})
