import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { consentMode } from '../../../src/consent/consent-mode.ts'
import { consentModeDefault } from '../../../src/consent/consent-mode-default.ts'
import { unanswered } from '../../../src/consent/signals.ts'
import { definePlan } from '../../../src/plan/define-plan.ts'
import { event } from '../../../src/plan/event.ts'
import { createTestTracker } from '../../../src/testing/test-tracker.ts'
import { stubPage } from './page.ts'

const plan = definePlan({ name: 'acme', version: '1', events: { pricing_viewed: event({}) } })

interface Page {
  dataLayer?: unknown[]
}
let page: Page
beforeEach(() => {
  page = stubPage<Page>({})
  vi.spyOn(console, 'error').mockImplementation(() => {})
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

/** Google's own snippet. */
function gtag(..._command: readonly unknown[]) {
  page.dataLayer ??= []
  // biome-ignore lint/complexity/noArguments: it is the wire format
  page.dataLayer.push(arguments)
}

/** What Google's tags would take for commands. */
const commands = (layer: readonly unknown[] = page.dataLayer ?? []) =>
  layer
    .filter((entry) => Object.prototype.toString.call(entry) === '[object Arguments]')
    .map((entry) => [...(entry as unknown[])])
const updates = () => commands().filter(([, kind]) => kind === 'update')
const allDenied = {
  ad_storage: 'denied',
  ad_user_data: 'denied',
  ad_personalization: 'denied',
  analytics_storage: 'denied',
  security_storage: 'granted',
}

function connected(consent: 'pending' | 'granted' | 'denied' = 'pending', options = {}) {
  const world = createTestTracker(plan, {
    consent: { analytics: consent, marketing: consent },
  })
  return { ...world, stop: consentMode(world.tracker, options) }
}

describe('consent mode', () => {
  test('without a default of the page it gives one, and waits for the answer', () => {
    connected()
    expect(commands()).toEqual([['consent', 'default', unanswered]])
  })

  test('a default of the page stands', () => {
    new Function('window', consentModeDefault())(page)
    connected()
    expect(commands()).toHaveLength(1)
  })

  test('an array is no default to Google', () => {
    page.dataLayer = [['consent', 'default', { ad_storage: 'denied' }]]
    connected()
    expect(commands()).toEqual([['consent', 'default', unanswered]])
  })

  test('an update has every signal that is answered', () => {
    const { tracker } = connected()
    tracker.consent.update({ analytics: 'granted', marketing: 'denied' })
    expect(updates()).toEqual([['consent', 'update', { ...allDenied, analytics_storage: 'granted' }]])
    tracker.consent.update({ marketing: 'granted' })
    expect(updates()[1]?.[2]).toEqual({
      ad_storage: 'granted',
      ad_user_data: 'granted',
      ad_personalization: 'granted',
      analytics_storage: 'granted',
      security_storage: 'granted',
    })
  })

  test('a category without an answer stays at the default', () => {
    const { tracker } = connected()
    tracker.consent.update({ analytics: 'granted' })
    expect(updates()).toEqual([
      ['consent', 'update', { analytics_storage: 'granted', security_storage: 'granted' }],
    ])
  })

  test('an answer from before is told at once', () => {
    connected('denied')
    expect(commands()).toEqual([
      ['consent', 'default', unanswered],
      ['consent', 'update', allDenied],
    ])
  })

  test('a grant that is taken back to pending ends', () => {
    const { tracker } = connected('granted')
    tracker.consent.update('pending')
    expect(updates()[1]?.[2]).toEqual(allDenied)
  })

  test('nothing is repeated, and nothing comes after the stop', () => {
    const { tracker, stop } = connected()
    tracker.consent.update('granted')
    tracker.consent.update('granted')
    tracker.consent.update({ elsewhere: 'granted' })
    expect(updates()).toHaveLength(1)
    stop()
    tracker.consent.update('denied')
    expect(updates()).toHaveLength(1)
  })

  test('the update is there before a destination receives what it released', async () => {
    const seen: unknown[] = []
    const destination = {
      name: 'order',
      send: () => void seen.push(updates().length),
    }
    const { tracker } = createTestTracker(plan, { consent: 'pending', destinations: [destination] })
    consentMode(tracker)
    tracker.track('pricing_viewed')
    tracker.consent.update('granted')
    await tracker.flush()
    expect(seen).toEqual([1])
  })

  test('categories, signals that ask nobody, and the name of the layer are the page’s to say', () => {
    const { tracker } = createTestTracker(plan, { consent: 'pending' })
    const categories = { statistics: ['analytics_storage', 'ad_user_data'] } as const
    consentMode(tracker, { categories, always: ['functionality_storage'], dataLayerName: 'googleLayer' })
    tracker.consent.update({ statistics: 'granted', analytics: 'denied' })
    expect(page.dataLayer).toBeUndefined()
    const layer = (page as { googleLayer?: unknown[] }).googleLayer
    expect(commands(layer)[1]?.[2]).toEqual({
      analytics_storage: 'granted',
      ad_user_data: 'granted',
      functionality_storage: 'granted',
    })
  })

  test('a tag that throws at the update does not keep the answer from the tracker', async () => {
    const { tracker, destination } = connected()
    tracker.track('pricing_viewed')
    Object.assign(page.dataLayer ?? [], {
      push() {
        throw new Error('a tag of the page')
      },
    })
    expect(() => tracker.consent.update('granted')).not.toThrow()
    await tracker.flush()
    expect(destination.events).toHaveLength(1)
  })

  test('a signal under two categories needs both', () => {
    const { tracker } = createTestTracker(plan, { consent: 'pending' })
    const categories = { analytics: ['analytics_storage'], marketing: ['analytics_storage'] } as const
    consentMode(tracker, { categories, always: [] })
    const last = () => updates().at(-1)?.[2]
    tracker.consent.update({ analytics: 'granted' })
    expect(last()).toBeUndefined()
    tracker.consent.update({ marketing: 'granted' })
    expect(last()).toEqual({ analytics_storage: 'granted' })
    tracker.consent.update({ analytics: 'denied' })
    expect(last()).toEqual({ analytics_storage: 'denied' })
  })

  test('on a server nothing happens', () => {
    vi.unstubAllGlobals()
    expect(() => connected('granted').stop()).not.toThrow()
    expect(page.dataLayer).toBeUndefined()
  })
})

describe('a Google tag that was there first', () => {
  const codes = () => vi.mocked(console.error).mock.calls.map(([message]) => String(message).slice(0, 8))
  const heard = () => {
    consentMode(createTestTracker(plan, { consent: 'pending' }).tracker)
    return codes()
  }

  test.each([
    ['a configured tag', () => gtag('config', 'G-1')],
    ['an event', () => gtag('event', 'page_view')],
    ['Tag Manager', () => (page.dataLayer = [{ 'gtm.start': 1, event: 'gtm.js' }])],
    [
      'a default that came late',
      () => {
        gtag('config', 'G-1')
        gtag('consent', 'default', {})
      },
    ],
  ])('%s: a warning', (_, given) => {
    given()
    expect(heard()).toEqual(['[RMC109]'])
  })

  test.each([
    ['nothing', () => {}],
    ['the start of gtag.js', () => gtag('js', 1)],
    ['an event of the page', () => (page.dataLayer = [{ event: 'ready' }, null, 'x'])],
    [
      'a default before the tag',
      () => {
        gtag('consent', 'default', {})
        gtag('config', 'G-1')
      },
    ],
  ])('%s: none', (_, given) => {
    given()
    expect(heard()).toEqual([])
  })

  test('silent in production', () => {
    vi.stubEnv('NODE_ENV', 'production')
    gtag('config', 'G-1')
    expect(heard()).toEqual([])
    vi.unstubAllEnvs()
  })
})

describe('the snippet for the head', () => {
  const run = (options = {}) => {
    new Function('window', consentModeDefault(options))(page)
    return commands()
  }

  test('denies everything but security, and waits', () => {
    expect(run()).toEqual([['consent', 'default', { ...unanswered, wait_for_update: 500 }]])
  })

  test('adds to a layer that is there, and takes settings', () => {
    gtag('js', 1)
    expect(
      run({
        signals: { analytics_storage: 'granted' },
        region: ['DE', 'US-CA'],
        waitForUpdate: '2s',
        adsDataRedaction: true,
        urlPassthrough: false,
      }),
    ).toEqual([
      ['js', 1],
      [
        'consent',
        'default',
        { ...unanswered, analytics_storage: 'granted', region: ['DE', 'US-CA'], wait_for_update: 2000 },
      ],
      ['set', 'ads_data_redaction', true],
      ['set', 'url_passthrough', false],
    ])
  })

  test('one may follow another, for some regions', () => {
    const text =
      consentModeDefault({ signals: { ad_storage: 'granted' } }) + consentModeDefault({ region: ['DE'] })
    new Function('window', text)(page)
    expect(commands().map(([, , states]) => (states as { readonly ad_storage: string }).ad_storage)).toEqual([
      'granted',
      'denied',
    ])
  })

  test('cannot end its own element', () => {
    const dataLayerName = '</script><script>alert(1)//<!--'
    expect(consentModeDefault({ dataLayerName, region: ['</script>'] })).not.toContain('<')
    run({ dataLayerName })
    expect(commands((page as Record<string, unknown[]>)[dataLayerName])).toHaveLength(1)
  })
})

describe('a data layer that the page has replaced', () => {
  test('hears the answers that come later', () => {
    const { tracker } = connected()
    page.dataLayer = []
    tracker.consent.update('granted')
    expect(updates()).toHaveLength(1)
    page.dataLayer = []
    tracker.consent.update('denied')
    expect(updates().at(-1)?.[2]).toMatchObject({ analytics_storage: 'denied' })
  })

  test('by something that is no array never throws', () => {
    page.dataLayer = {} as unknown[]
    const { tracker } = connected('granted')
    expect(() => tracker.consent.update('denied')).not.toThrow()
  })

  test('by something that throws disturbs neither the page nor the answer', () => {
    Object.defineProperty(page, 'dataLayer', {
      get() {
        throw new Error('broken')
      },
    })
    const { tracker } = connected('granted')
    tracker.consent.update('denied')
    expect(tracker.consent.get()).toMatchObject({ analytics: 'denied' })
  })
})
