import { describe, expect, test } from 'vitest'
import { memory } from '../../../src/destinations/memory.ts'
import { journey } from '../../../src/engine/journey/journey.ts'
import { definePlan } from '../../../src/plan/define-plan.ts'
import { event } from '../../../src/plan/event.ts'
import { typed } from '../../../src/plan/standard-schema.ts'
import { createManualPlatform, type ManualPlatform } from '../../../src/testing/manual-platform.ts'
import { gated } from '../../support/gated.ts'
import { drain, listenToAdvice, MINUTE_MS, openTracker, SECOND_MS } from '../../support/tracking.ts'

const plan = definePlan({
  name: 'acme',
  version: '1',
  events: {
    step_taken: event({ properties: typed<{ number: number }>() }),
    page_opened: event({ frequency: 'once-per-page' }),
    pricing_clicked: event({ frequency: 'once-per-session' }),
    people_invited: event({ properties: typed<{ invited: object }>() }),
    note_written: event({ properties: typed<{ text: string }>() }),
  },
})

const waiting = (platform: ManualPlatform, hold: 'memory' | 'tab' | 'none') =>
  openTracker(plan, { platform, hold, consent: 'pending' })

test('none: what has no answer yet is dropped, claims nothing, and says why', () => {
  const { tracker, platform } = waiting(createManualPlatform(), 'none')
  expect(tracker.track('pricing_clicked')).toMatchObject({ outcome: 'dropped', reason: 'consent-pending' })
  tracker.consent.update('granted')
  expect(tracker.track('pricing_clicked').outcome).toBe('fired')
  platform.advance(SECOND_MS)
})

test('tab: what the next page finds ends with a refusal that comes before its database is open', async () => {
  const { platform, stop, go } = gated()
  waiting(platform, 'tab').tracker.track('pricing_clicked')
  stop()
  const { tracker, destination, decisions } = openTracker(plan, { platform: platform.reload(), hold: 'tab' })
  tracker.consent.update('denied')
  tracker.consent.update('granted')
  go()
  await drain()
  expect(decisions().map(({ reason }) => reason)).toEqual(['consent-denied'])
  expect(destination.events).toEqual([])
})

test('memory: a page load loses what was held, and nothing was ever stored', async () => {
  const platform = createManualPlatform()
  waiting(platform, 'memory').tracker.track('pricing_clicked')
  await drain()
  expect(platform.stored()).toEqual({})
  const next = waiting(platform.reload(), 'memory')
  next.tracker.consent.update('granted')
  await drain()
  expect(next.destination.events).toEqual([])
})

describe('tab', () => {
  test('survives page loads: in order, with the first times and pages, once', async () => {
    const platform = createManualPlatform({ path: '/first' })
    const began = platform.now()
    const first = waiting(platform, 'tab')
    first.tracker.track('step_taken', { number: 1 })
    first.tracker.track('pricing_clicked')
    platform.advance(SECOND_MS)
    const reloaded = platform.reload()
    reloaded.navigate('/second')
    const second = waiting(reloaded, 'tab')
    expect(second.tracker.track('pricing_clicked').reason).toBe('frequency')
    second.tracker.track('step_taken', { number: 2 })
    platform.advance(SECOND_MS)
    const third = waiting(reloaded.reload(), 'tab')
    third.tracker.consent.update('granted')
    await drain()
    expect(third.destination.events.map(({ name, time, page }) => [name, time - began, page.path])).toEqual([
      ['step_taken', 0, '/first'],
      ['pricing_clicked', 0, '/first'],
      ['step_taken', SECOND_MS, '/second'],
    ])
    expect(JSON.stringify(reloaded.stored())).not.toContain('held')
    const fourth = openTracker(plan, { platform: reloaded.reload(), hold: 'tab' })
    await drain()
    expect(fourth.destination.events).toEqual([])
  })

  test.each([
    ['left', ({ platform }: ReturnType<typeof waiting>) => platform.leave()],
    ['disposed of', ({ tracker }: ReturnType<typeof waiting>) => tracker.dispose()],
  ])('is not lost when the next page is %s while its storage opens', async (_, end) => {
    const platform = createManualPlatform()
    waiting(platform, 'tab').tracker.track('step_taken', { number: 1 })
    const reloaded = platform.reload()
    const never = { ...reloaded, openDatabase: () => new Promise<never>(() => {}) }
    const second = openTracker(plan, { platform: never, hold: 'tab' })
    end(second)
    await drain()
    expect(second.destination.events.map(({ properties }) => properties)).toEqual([{ number: 1 }])
    reloaded.advance(MINUTE_MS)
    const third = openTracker(plan, { platform: reloaded.reload(), hold: 'tab' })
    await drain()
    expect([...second.destination.events, ...third.destination.events]).toHaveLength(1)
  })

  test('keeps its id over page loads', async () => {
    const platform = createManualPlatform()
    waiting(platform, 'tab').tracker.track('step_taken', { number: 1 })
    const [key = ''] = platform.tab.keys().filter((each) => each.includes(':held:'))
    const second = platform.reload()
    waiting(second, 'tab')
    const third = waiting(second.reload(), 'tab')
    third.tracker.consent.update('granted')
    await drain()
    expect(third.destination.events.map(({ id }) => `rmc1:acme:held:${id}`)).toEqual([key])
  })

  test('writes nothing again of what goes on waiting', async () => {
    const platform = createManualPlatform()
    const written: string[] = []
    const set = (key: string, value: string) => {
      written.push(key)
      return platform.tab.set(key, value)
    }
    const tab = { ...platform.tab, set }
    const { tracker } = openTracker(plan, {
      platform: { ...platform, tab },
      hold: 'tab',
      consent: { analytics: 'pending', marketing: 'pending' },
    })
    tracker.track('step_taken', { number: 1 })
    const before = written.length
    tracker.consent.update({ marketing: 'granted' })
    platform.leave()
    expect(before).toBeGreaterThan(0)
    expect(written).toHaveLength(before)
  })

  test('takes pages of earlier documents for other pages than its own', async () => {
    const platform = createManualPlatform()
    waiting(platform, 'tab').tracker.track('page_opened')
    const next = platform.reload()
    waiting(next, 'tab').tracker.track('page_opened')
    const last = waiting(next.reload(), 'tab')
    expect(last.tracker.track('page_opened').outcome).toBe('held')
    last.tracker.consent.update('granted')
    await drain()
    expect(last.destination.events).toHaveLength(3)
  })

  test('goes at a denial, and after half an hour', async () => {
    const platform = createManualPlatform()
    const first = waiting(platform, 'tab')
    first.tracker.track('pricing_clicked')
    first.tracker.consent.update('denied')
    await drain()
    expect(platform.stored()).toEqual({})
    const second = waiting(platform.reload(), 'tab')
    second.tracker.track('pricing_clicked')
    platform.advance(31 * MINUTE_MS)
    const third = waiting(second.platform.reload(), 'tab')
    third.tracker.consent.update('granted')
    await drain()
    expect(third.destination.events).toEqual([])
    expect(third.decisions().map(({ reason }) => reason)).toEqual(['hold-expired'])
  })

  test('goes after half an hour also where the next page has an answer, and its claim is free', async () => {
    const platform = createManualPlatform()
    waiting(platform, 'tab').tracker.track('pricing_clicked')
    platform.advance(30 * MINUTE_MS + 1)
    const { tracker, destination, decisions } = openTracker(plan, {
      platform: platform.reload(),
      hold: 'tab',
    })
    await drain()
    expect(destination.events).toEqual([])
    expect(decisions()).toMatchObject([{ outcome: 'dropped', reason: 'hold-expired', deliveries: {} }])
    expect(tracker.track('pricing_clicked').outcome).toBe('fired')
  })

  test('after exactly half an hour it is still sent', async () => {
    const platform = createManualPlatform()
    waiting(platform, 'tab').tracker.track('pricing_clicked')
    platform.advance(30 * MINUTE_MS)
    const { destination } = openTracker(plan, { platform: platform.reload(), hold: 'tab' })
    await drain()
    expect(destination.events).toHaveLength(1)
  })

  test('counts as a cause also where it was held for too long', async () => {
    const platform = createManualPlatform()
    waiting(platform, 'tab').tracker.track('pricing_clicked')
    platform.advance(31 * MINUTE_MS)
    const { tracker } = openTracker(plan, {
      platform: platform.reload(),
      hold: 'tab',
      plugins: [journey()],
    })
    await tracker.flush()
    expect(tracker.journey?.get().steps.map((step) => step.event)).toEqual(['pricing_clicked'])
  })

  test('stores no personal data in names of what is invalid', () => {
    listenToAdvice()
    const platform = createManualPlatform()
    const { tracker } = openTracker(plan, {
      platform,
      hold: 'tab',
      consent: 'pending',
      personalData: 'redact',
    })
    tracker.track('people_invited', { invited: { '+4915112345678': Number.NaN } })
    expect(JSON.stringify(platform.stored())).toContain('[phone]')
    expect(JSON.stringify(platform.stored())).not.toContain('4915112345678')
  })

  test('stores no personal data', async () => {
    listenToAdvice()
    const platform = createManualPlatform()
    const { tracker } = openTracker(plan, {
      platform,
      hold: 'tab',
      consent: 'pending',
      personalData: 'redact',
    })
    tracker.track('note_written', { text: 'ask ada@example.test' })
    expect(JSON.stringify(platform.stored())).toContain('ask [email]')
    expect(JSON.stringify(platform.stored())).not.toContain('ada@')
  })

  test.each(['', '{', '{"event":"step_taken"}', 'null', '[]'])('shrugs off %j in storage', async (text) => {
    const platform = createManualPlatform()
    platform.tab.set('rmc1:acme:held:1', text)
    const { tracker, destination, decisions } = openTracker(plan, { platform, hold: 'tab' })
    tracker.track('step_taken', { number: 1 })
    await drain()
    expect(destination.events).toHaveLength(1)
    expect(decisions()).toHaveLength(1)
  })

  describe('a duplicated tab', () => {
    const ids = (tabs: readonly ReturnType<typeof waiting>[]) =>
      tabs.flatMap(({ destination }) => destination.events.map(({ id, name }) => `${name} ${id}`))

    async function duplicate(consent?: object) {
      const platform = createManualPlatform()
      const open = (on: ManualPlatform) =>
        openTracker(plan, { platform: on, hold: 'tab', consent: 'pending', ...consent })
      const one = open(platform)
      one.tracker.track('step_taken', { number: 1 })
      one.tracker.track('pricing_clicked')
      await drain()
      return [one, open(platform.duplicate()), open(platform.duplicate())]
    }

    test('sends what the first one held no second time', async () => {
      const tabs = await duplicate()
      for (const { tracker } of tabs) {
        tracker.consent.update('granted')
        await drain()
      }
      expect(ids(tabs).map((each) => each.split(' ')[0])).toEqual(['step_taken', 'pricing_clicked'])
      expect(tabs[1]?.decisions().map(({ outcome, reason }) => [outcome, reason])).toEqual([
        ['dropped', 'superseded'],
        expect.arrayContaining(['dropped']),
      ])
    })

    test('nor where all are answered at once', async () => {
      const tabs = await duplicate()
      for (const { tracker } of tabs) tracker.consent.update('granted')
      await drain(1_000)
      expect(ids(tabs).map((each) => each.split(' ')[0])).toEqual(['step_taken', 'pricing_clicked'])
    })

    test('nor where the first one left and came back, nor after its reload', async () => {
      const tabs = await duplicate()
      tabs[0]?.platform.leave()
      const reloaded = waiting((tabs[0] as (typeof tabs)[0]).platform.reload(), 'tab')
      for (const { tracker } of [...tabs.slice(1), reloaded]) {
        tracker.consent.update('granted')
        await drain()
      }
      expect(ids([...tabs, reloaded])).toHaveLength(2)
    })

    test('sends it under the same ids where nothing may be stored beyond the tab', async () => {
      const ads = () => memory({ name: 'ads', consent: 'marketing' })
      const destinations = [ads(), ads()]
      const platform = createManualPlatform()
      const tabs = destinations.map((each, index) =>
        openTracker(plan, {
          platform: index ? platform.duplicate() : platform,
          hold: 'tab',
          consent: { analytics: 'pending', marketing: 'pending' },
          destinations: [each],
        }),
      )
      // The copy is made before anything is held: so that both hold it, the second one is opened anew.
      tabs[0]?.tracker.track('step_taken', { number: 1 })
      const copy = openTracker(plan, {
        platform: platform.duplicate(),
        hold: 'tab',
        consent: { analytics: 'pending', marketing: 'pending' },
        destinations: [destinations[1] as ReturnType<typeof ads>],
      })
      for (const { tracker } of [tabs[0] as (typeof tabs)[0], copy])
        tracker.consent.update({ marketing: 'granted' })
      await drain()
      const [first, second] = destinations.map(({ events }) => events.map(({ id }) => id))
      expect(first).toHaveLength(1)
      expect(second).toEqual(first)
    })

    test('goes on with its own: what it holds itself is sent', async () => {
      const [, copy] = await duplicate()
      copy?.tracker.track('step_taken', { number: 2 })
      copy?.tracker.consent.update('granted')
      await drain()
      expect(copy?.destination.events.map(({ properties }) => properties['number'])).toEqual([
        1,
        undefined,
        2,
      ])
    })
  })
})

test('what one millisecond has brought forth keeps its order over page loads', async () => {
  const platform = createManualPlatform()
  const first = waiting(platform, 'tab')
  const numbers = Array.from({ length: 12 }, (_, index) => index)
  for (const number of numbers) first.tracker.track('step_taken', { number })
  const reloaded = platform.reload()
  // Browsers list keys in an order of their own.
  const keys = () => [...reloaded.tab.keys()].reverse()
  const next = waiting({ ...reloaded, tab: { ...reloaded.tab, keys } }, 'tab')
  next.tracker.consent.update('granted')
  await drain()
  expect(next.destination.events.map(({ properties }) => properties['number'])).toEqual(numbers)
})

test('what an earlier release has held under a number gets an id of its own', async () => {
  const platform = createManualPlatform()
  waiting(platform, 'tab').tracker.track('step_taken', { number: 1 })
  const [key = ''] = platform.tab.keys().filter((each) => each.includes('held:'))
  const { heldAs: _, ...earlier } = JSON.parse(platform.tab.get(key) ?? '') as { heldAs: string }
  platform.tab.remove(key)
  platform.tab.set('rmc1:acme:held:1', JSON.stringify(earlier))
  const next = waiting(platform.reload(), 'tab')
  next.tracker.consent.update('granted')
  await drain()
  expect(next.destination.events[0]?.id).toMatch(/^[\w-]{36}$/)
})

describe('a landing without a referrer, as under Referrer-Policy: no-referrer', () => {
  const open = (platform: ManualPlatform, fromOwnPage?: boolean) => {
    const location = () => ({ ...platform.location(), referrer: '', fromOwnPage })
    return openTracker(plan, {
      platform: { ...platform, location },
      hold: 'tab',
      consent: 'pending',
    })
  }
  const landingAtGrant = async ({ tracker, destination }: ReturnType<typeof open>) => {
    tracker.track('step_taken', { number: 1 })
    tracker.consent.update('granted')
    await drain()
    return destination.events.at(-1)?.context.landing
  }
  const next = (platform: ManualPlatform, path: string) => {
    const reloaded = platform.reload()
    reloaded.navigate(path)
    return reloaded
  }

  test('keeps the campaign over page loads inside the site', async () => {
    const platform = createManualPlatform({ path: '/?utm_source=news' })
    open(platform)
    platform.advance(20 * MINUTE_MS)
    const second = next(platform, '/pricing')
    open(second)
    platform.advance(20 * MINUTE_MS)
    expect(await landingAtGrant(open(next(second, '/demo')))).toMatchObject({
      path: '/',
      campaign: { source: 'news' },
    })
  })

  test('is a new one after the time in which a session ends, and with a campaign of its own', async () => {
    const platform = createManualPlatform({ path: '/?utm_source=news' })
    open(platform)
    platform.advance(31 * MINUTE_MS)
    const later = open(next(platform, '/pricing'))
    expect(await landingAtGrant(later)).toMatchObject({ path: '/pricing', referrerClass: 'direct' })
    const tagged = open(next(platform, '/?utm_source=mail'))
    expect(await landingAtGrant(tagged)).toMatchObject({ campaign: { source: 'mail' } })
  })

  test('is unknown where the browser says that a page of this site came before, and none is kept', async () => {
    const platform = createManualPlatform({ path: '/pricing' })
    expect(await landingAtGrant(open(platform, true))).toBe('unknown')
  })
})
