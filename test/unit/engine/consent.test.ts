import { describe, expect, test } from 'vitest'
import { memory } from '../../../src/destinations/memory.ts'
import { createConsent } from '../../../src/engine/permission/consent.ts'
import { consentFor } from '../../../src/engine/permission/consent-need.ts'
import type { ConsentNeed, ConsentState } from '../../../src/engine/permission/consent-types.ts'
import { emitterOf } from '../../../src/engine/pipeline/emitter.ts'
import { definePlan } from '../../../src/plan/define-plan.ts'
import { event } from '../../../src/plan/event.ts'
import { typed } from '../../../src/plan/standard-schema.ts'
import { createManualPlatform, type ManualPlatform } from '../../../src/testing/manual-platform.ts'
import { drain, listenToAdvice, MINUTE_MS, openTabs, openTracker, SECOND_MS } from '../../support/tracking.ts'

const plan = definePlan({
  name: 'acme',
  version: '1',
  events: {
    step_taken: event({ properties: typed<{ number: number }>() }),
    pricing_clicked: event({ frequency: 'once-per-session' }),
    demo_booked: event({ frequency: 'once-per-user' }),
    spaced_out: event({ frequency: { minGap: '10s' } }),
    twice_seen: event({ frequency: { max: 2 } }),
    ours_only: event({ destinations: { ads: false } }),
    ad_seen: event({ destinations: { memory: false } }),
  },
})

describe('what a need makes of the answers', () => {
  const answers: Record<string, ConsentState> = { yes: 'granted', no: 'denied', wait: 'pending' }
  test.each([
    ['granted', 'yes'],
    ['pending', 'unheard'],
    ['granted', ['yes', 'yes']],
    ['pending', ['yes', 'wait']],
    ['denied', ['yes', 'wait', 'no']],
    ['granted', { anyOf: ['no', 'wait', 'yes'] }],
    ['pending', { anyOf: ['no', 'wait'] }],
    ['denied', { anyOf: ['no', 'no'] }],
  ] as const)('is %s for %j', (state, need) => {
    expect(consentFor(need as ConsentNeed, (category) => answers[category] ?? 'pending')).toBe(state)
  })

  test.each(['GRANTED', 'yes', true, 1, null, ''])(
    'is pending where the answer is %j: only "granted" grants',
    (answer) => {
      const consent = createConsent({
        initial: 'pending',
        categories: ['analytics'],
        privacySignals: () => ({ gpc: false, dnt: false }),
        signalled: {},
      })
      consent.set({ analytics: answer as ConsentState })
      expect(consentFor('analytics', consent.of)).toBe('pending')
      expect(consentFor({ anyOf: ['analytics'] }, consent.of)).toBe('pending')
    },
  )
})

describe('while consent is pending', () => {
  test('occurrences are held, and released in order with their first times', async () => {
    const { tracker, destination, platform } = openTracker(plan, { consent: 'pending' })
    const began = platform.now()
    for (let number = 0; number < 5; number++) {
      expect(tracker.track('step_taken', { number })).toMatchObject({
        outcome: 'held',
        reason: 'consent-pending',
      })
      platform.advance(SECOND_MS)
    }
    tracker.consent.update('granted')
    tracker.track('step_taken', { number: 5 })
    await drain()
    expect(destination.events.map(({ properties, time }) => [properties['number'], time - began])).toEqual([
      [0, 0],
      [1, 1_000],
      [2, 2_000],
      [3, 3_000],
      [4, 4_000],
      [5, 5_000],
    ])
  })

  test('the order holds also when the grant is of a category that owns no storage', async () => {
    const ads = memory({ name: 'ads', consent: 'marketing' })
    const { tracker } = openTracker(plan, { consent: 'pending', destinations: [ads] })
    tracker.track('step_taken', { number: 1 })
    tracker.consent.update({ marketing: 'granted' })
    tracker.track('step_taken', { number: 2 })
    await drain()
    expect(ads.events.map(({ properties }) => properties['number'])).toEqual([1, 2])
  })

  test('nothing at all is stored, whatever the page does', async () => {
    const { tracker, platform } = openTracker(plan, { consent: 'pending' })
    tracker.track('demo_booked')
    tracker.identify('ada')
    tracker.page()
    tracker.reset()
    platform.advance(MINUTE_MS)
    platform.act()
    platform.hide()
    platform.leave()
    platform.restore()
    await tracker.flush()
    await drain()
    expect(platform.stored()).toEqual({})
  })

  test('a claim is reserved: a second attempt is refused, and says when the first was', () => {
    const { tracker, platform } = openTracker(plan, { consent: 'pending' })
    tracker.track('pricing_clicked')
    expect(tracker.track('pricing_clicked')).toMatchObject({
      outcome: 'dropped',
      reason: 'frequency',
      frequency: [{ count: 1, earlier: platform.now(), open: false }],
    })
  })

  test('the thousand and first occurrence is dropped: queue-full', () => {
    const { tracker } = openTracker(plan, { consent: 'pending' })
    for (let number = 0; number < 1_000; number++) tracker.track('step_taken', { number })
    expect(tracker.track('pricing_clicked')).toMatchObject({ outcome: 'dropped', reason: 'queue-full' })
    expect(tracker.record.get().counts).toMatchObject({ step_taken: { held: 1_000 } })
  })

  test('what is dropped for a full queue claims nothing', async () => {
    const { tracker } = openTracker(plan, { consent: 'pending' })
    for (let number = 0; number < 1_000; number++) tracker.track('step_taken', { number })
    tracker.track('pricing_clicked')
    tracker.consent.update('granted')
    await drain()
    expect(tracker.track('pricing_clicked').outcome).toBe('fired')
  })

  test('after half an hour an occurrence is given up, and its claim is free again', async () => {
    const { tracker, platform, destination, decisions } = openTracker(plan, { consent: 'pending' })
    tracker.track('demo_booked')
    platform.advance(30 * MINUTE_MS)
    tracker.track('step_taken', { number: 1 })
    expect(decisions()[0]?.outcome).toBe('held')
    platform.advance(1)
    expect(tracker.track('demo_booked').outcome).toBe('held')
    expect(decisions()[0]).toMatchObject({
      outcome: 'dropped',
      reason: 'hold-expired',
      first: { outcome: 'held', reason: 'consent-pending' },
      deliveries: {},
    })
    tracker.consent.update('granted')
    await drain()
    expect(destination.events.map(({ name }) => name)).toEqual(['step_taken', 'demo_booked'])
  })
})

describe('at the grant', () => {
  test('what was held fires, and the record shows both', async () => {
    const { tracker, decisions } = openTracker(plan, { consent: 'pending' })
    tracker.track('pricing_clicked')
    tracker.consent.update('granted')
    await drain()
    expect(decisions()).toHaveLength(1)
    expect(decisions()[0]).toMatchObject({
      outcome: 'fired',
      reason: 'admitted',
      first: { outcome: 'held', reason: 'consent-pending' },
      consent: { analytics: 'granted' },
      deliveries: { memory: { state: 'sent' } },
    })
  })

  test('a held claim meets the counts of earlier visits, once (C2)', async () => {
    const visit = openTracker(plan)
    visit.tracker.track('demo_booked')
    await drain()
    visit.tracker.dispose()
    const { tracker, destination, decisions } = openTracker(plan, {
      consent: 'pending',
      platform: visit.platform.reload(),
    })
    expect(tracker.track('demo_booked').outcome).toBe('held')
    tracker.consent.update('granted')
    await drain()
    expect(destination.events).toEqual([])
    expect(decisions()[0]).toMatchObject({
      outcome: 'dropped',
      reason: 'frequency',
      first: { outcome: 'held' },
    })
  })

  test('a returning user gets the old ids, and what was held under new ones still fires', async () => {
    const visit = openTracker(plan)
    visit.tracker.track('step_taken', { number: 1 })
    await drain()
    visit.tracker.dispose()
    const { tracker, destination } = openTracker(plan, {
      consent: 'pending',
      platform: visit.platform.reload(),
    })
    tracker.track('demo_booked')
    tracker.track('pricing_clicked')
    tracker.consent.update('granted')
    await drain()
    const [before] = visit.destination.events
    expect(destination.events).toMatchObject([
      { name: 'demo_booked', anonymousId: before?.anonymousId, sessionId: before?.sessionId },
      { name: 'pricing_clicked', anonymousId: before?.anonymousId, sessionId: before?.sessionId },
    ])
    expect(tracker.track('demo_booked').reason).toBe('frequency')
  })

  test('occurrences that kept their distance when they happened keep it: none is refused for a later one', async () => {
    const { tracker, destination, platform } = openTracker(plan, { consent: 'pending' })
    for (let attempt = 0; attempt < 3; attempt++) {
      tracker.track('spaced_out')
      platform.advance(10 * SECOND_MS)
    }
    tracker.consent.update('granted')
    await drain()
    expect(destination.events).toHaveLength(3)
  })

  test('a rate is drawn once for each user, not once more at the release (F9, C2)', async () => {
    const half = definePlan({
      name: 'half',
      version: '1',
      events: { step_taken: event({ sampleRate: 0.5 }) },
    })
    let fired = 0
    for (let user = 0; user < 200; user++) {
      // A returning user, whose stored id is another one than that of the page before the grant.
      const platform = createManualPlatform()
      const id = `user-${user}`
      platform.local.set('rmc1:half:visitor', JSON.stringify({ id }))
      const { tracker, destination } = openTracker(half, { consent: 'pending', platform })
      tracker.track('step_taken')
      tracker.consent.update('granted')
      await drain(60)
      fired += destination.events.length
    }
    expect(fired).toBeGreaterThan(80)
    expect(fired).toBeLessThan(120)
  })

  test('a banner that repeats itself changes nothing', async () => {
    const { tracker, destination, decisions } = openTracker(plan, { consent: 'pending' })
    tracker.track('step_taken', { number: 1 })
    const states: unknown[] = []
    tracker.record.subscribe(() => states.push(tracker.record.get().consent))
    for (let repeat = 0; repeat < 3; repeat++) {
      tracker.consent.update('granted')
      tracker.consent.update({ analytics: 'granted' })
      await drain()
    }
    expect(destination.events).toHaveLength(1)
    expect(decisions()).toHaveLength(1)
    expect(new Set(states).size).toBe(1)
  })

  test('a page that is left at once takes with it what was held', () => {
    const { tracker, destination, platform } = openTracker(plan, { consent: 'pending' })
    tracker.track('step_taken', { number: 1 })
    tracker.consent.update('granted')
    platform.leave()
    expect(destination.events).toHaveLength(1)
  })
})

describe('with several destinations', () => {
  const open = (consent: Record<string, ConsentState>) => {
    const ads = memory({ name: 'ads', consent: 'marketing' })
    return { ads, ...openTracker(plan, { consent, destinations: [ads] }) }
  }

  test('granted for one and pending for the other: fired, and the copy follows with the same id', async () => {
    const { tracker, destination, ads, decisions } = open({ analytics: 'granted', marketing: 'pending' })
    expect(tracker.track('pricing_clicked')).toMatchObject({
      outcome: 'fired',
      deliveries: { memory: { state: 'queued' }, ads: { state: 'held' } },
    })
    await drain()
    expect(ads.events).toEqual([])
    tracker.consent.update({ marketing: 'granted' })
    await drain()
    expect(ads.events).toEqual(destination.events)
    expect(decisions()[0]?.deliveries).toMatchObject({ ads: { state: 'sent' }, memory: { state: 'sent' } })
  })

  test('a copy that waits costs nothing later: its claim was spent at the first (F1)', async () => {
    const { tracker, ads } = open({ analytics: 'granted', marketing: 'pending' })
    tracker.track('pricing_clicked')
    await drain()
    tracker.consent.update({ marketing: 'granted' })
    await drain()
    expect(tracker.track('pricing_clicked').reason).toBe('frequency')
    expect(ads.events).toHaveLength(1)
  })

  test('a copy whose category is denied ends as denied, and the event stays fired', async () => {
    const { tracker, ads, decisions } = open({ analytics: 'granted', marketing: 'pending' })
    tracker.track('pricing_clicked')
    await drain()
    tracker.consent.update({ marketing: 'denied' })
    await drain()
    expect(ads.events).toEqual([])
    expect(decisions()[0]).toMatchObject({ outcome: 'fired', deliveries: { ads: { state: 'denied' } } })
  })

  test('denied for one and pending for the other: held; then granted, and only the other gets it', async () => {
    const { tracker, destination, ads, decisions } = open({ analytics: 'denied', marketing: 'pending' })
    expect(tracker.track('pricing_clicked').outcome).toBe('held')
    tracker.consent.update({ marketing: 'granted' })
    await drain()
    expect([destination.events.length, ads.events.length]).toEqual([0, 1])
    expect(decisions()[0]?.deliveries).toMatchObject({ memory: { state: 'denied' }, ads: { state: 'sent' } })
  })

  test('a held event that all of its destinations lose is denied, and names only those', () => {
    const { tracker, decisions } = open({ analytics: 'pending', marketing: 'pending' })
    tracker.track('ours_only')
    tracker.consent.update({ analytics: 'denied' })
    expect(decisions()[0]).toMatchObject({ outcome: 'dropped', reason: 'consent-denied' })
    expect(Object.keys(decisions()[0]?.deliveries ?? {})).toEqual(['memory'])
  })

  test('anyOf is content with one category', async () => {
    const either = memory({ name: 'either', consent: { anyOf: ['analytics', 'marketing'] } })
    const { tracker } = openTracker(plan, {
      consent: { analytics: 'denied', marketing: 'pending' },
      destinations: [either],
    })
    tracker.track('step_taken', { number: 1 })
    tracker.consent.update({ marketing: 'granted' })
    await drain()
    expect(either.events).toHaveLength(1)
  })
})

describe('denial', () => {
  test('ends what was held, and frees its claim for a fresh attempt after a later grant', async () => {
    const { tracker, destination, decisions } = openTracker(plan, { consent: 'pending' })
    tracker.track('demo_booked')
    tracker.consent.update('denied')
    expect(decisions()[0]).toMatchObject({
      outcome: 'dropped',
      reason: 'consent-denied',
      first: { outcome: 'held', reason: 'consent-pending' },
      deliveries: { memory: { state: 'denied' } },
    })
    tracker.consent.update('granted')
    await drain()
    expect(tracker.track('demo_booked').outcome).toBe('fired')
    await drain()
    expect(destination.events).toHaveLength(1)
  })

  test('counts, though consent comes back before storage has opened', async () => {
    const ads = memory({ name: 'ads', consent: 'marketing' })
    const { tracker, decisions } = openTracker(plan, {
      consent: { analytics: 'granted', marketing: 'pending' },
      destinations: [ads],
    })
    tracker.track('ad_seen')
    for (const marketing of ['denied', 'granted'] as const) tracker.consent.update({ marketing })
    expect(decisions()[0]).toMatchObject({ outcome: 'dropped', reason: 'consent-denied' })
    await drain()
    expect(ads.events).toEqual([])
  })

  test('never spends: what is attempted under it is dropped, and may fire later', async () => {
    const { tracker, platform } = openTracker(plan, { consent: 'denied' })
    expect(tracker.track('demo_booked')).toMatchObject({ outcome: 'dropped', reason: 'consent-denied' })
    await drain()
    expect(platform.stored()).toEqual({})
    tracker.consent.update('granted')
    expect(tracker.track('demo_booked').outcome).toBe('fired')
  })

  test('never marks an effect as seen: its next run may fire (F11)', () => {
    const { tracker } = openTracker(plan, { consent: 'denied' })
    const seen = () =>
      emitterOf(tracker)(
        'step_taken',
        { number: 1 },
        { component: 'Impression', fact: 'seen', fromEffect: true },
      )
    expect(seen().reason).toBe('consent-denied')
    tracker.consent.update('granted')
    expect(seen().outcome).toBe('fired')
    expect(seen().reason).toBe('repeated')
  })
})

describe('withdrawal', () => {
  test('leaves not a byte behind', async () => {
    const { tracker, platform } = openTracker(plan)
    tracker.identify('ada')
    tracker.track('demo_booked')
    tracker.track('pricing_clicked')
    await drain()
    expect(Object.keys(platform.stored()).length).toBeGreaterThan(3)
    tracker.consent.update('denied')
    await drain()
    expect(platform.stored()).toEqual({})
    expect(tracker.record.get().storage).toBe('memory')
  })

  test('leaves alone what is not ours', async () => {
    const { tracker, platform } = openTracker(plan)
    platform.local.set('theme', 'dark')
    platform.local.set('rmc1:other:visitor', '{"id":"someone"}')
    await drain()
    tracker.consent.update('denied')
    await drain()
    expect(platform.stored()).toEqual({
      'local theme': 'dark',
      'local rmc1:other:visitor': '{"id":"someone"}',
    })
  })

  test('starts anew after another grant: other ids, other event id, counts forgotten (F5)', async () => {
    const { tracker, destination } = openTracker(plan)
    tracker.track('demo_booked')
    await drain()
    tracker.consent.update('denied')
    await drain()
    tracker.consent.update('granted')
    await drain()
    expect(tracker.track('demo_booked').outcome).toBe('fired')
    await drain()
    const [before, after] = destination.events
    expect(after?.anonymousId).not.toBe(before?.anonymousId)
    expect(after?.sessionId).not.toBe(before?.sessionId)
    expect(after?.id).not.toBe(before?.id)
  })

  test.each(['denied', 'pending'] as const)(
    'to %s sends nothing that was still on its way',
    async (state) => {
      const { tracker, destination, platform } = openTracker(plan)
      tracker.track('pricing_clicked')
      tracker.track('step_taken', { number: 1 })
      tracker.consent.update(state)
      platform.leave()
      await drain()
      await tracker.flush()
      expect(destination.events).toEqual([])
    },
  )

  test.each([0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 15, 20])(
    'while storage is opening, after %i turns, leaves nothing, also of earlier visits',
    async (turns) => {
      const visit = openTracker(plan)
      visit.tracker.track('demo_booked')
      await drain()
      visit.tracker.dispose()
      const platform = visit.platform.reload()
      const { tracker, destination } = openTracker(plan, { consent: 'pending', platform })
      tracker.track('pricing_clicked')
      tracker.consent.update('granted')
      await drain(turns)
      tracker.consent.update('denied')
      const sent = destination.events.length
      await drain()
      expect(platform.stored()).toEqual({})
      expect(destination.events).toHaveLength(sent)
    },
  )

  test.each([0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 15, 20])(
    'and a new grant, with %i turns between each, leave one working storage',
    async (turns) => {
      const { tracker, platform, destination } = openTracker(plan)
      for (const state of ['denied', 'granted', 'denied', 'granted'] as const) {
        await drain(turns)
        tracker.consent.update(state)
      }
      await drain()
      expect(tracker.record.get().storage).toBe('persistent')
      tracker.track('demo_booked')
      await drain()
      expect(destination.events).toHaveLength(1)
      const next = openTracker(plan, { platform: platform.reload() })
      await drain()
      expect(next.tracker.track('demo_booked').reason).toBe('frequency')
      tracker.consent.update('denied')
      next.tracker.consent.update('denied')
      await drain()
      expect(platform.stored()).toEqual({})
    },
  )

  test.each([0, 1, 2, 3, 5, 8])(
    'reaches the other tabs, also what they were about to store %i turns ago (C7)',
    async (turns) => {
      const [one, other] = openTabs(plan, 2, { platform: createManualPlatform({ staleReads: true }) })
      for (const tab of [one, other]) tab?.tracker.track('step_taken', { number: 1 })
      await drain()
      for (const tab of [one, other]) tab?.platform.sync()
      other?.tracker.track('demo_booked')
      await drain(turns)
      one?.tracker.consent.update('denied')
      other?.platform.advance(10 * SECOND_MS)
      other?.platform.act()
      await drain()
      other?.platform.sync()
      await drain()
      expect(one?.platform.stored()).toEqual({})
      expect(other?.tracker.consent.get()['analytics']).toBe('denied')
      expect(other?.tracker.track('step_taken', { number: 2 }).reason).toBe('consent-denied')
      await drain()
      expect(other?.platform.stored()).toEqual({})
      other?.tracker.consent.update('granted')
      other?.tracker.track('step_taken', { number: 2 })
      await drain()
      const [before, after] = [other?.destination.events[0], other?.destination.events.at(-1)]
      expect(after?.properties).toEqual({ number: 2 })
      expect(after?.anonymousId).not.toBe(before?.anonymousId)
    },
  )

  test('of another category than the storage keeps ids and counts (C5)', async () => {
    const ads = memory({ name: 'ads', consent: 'marketing' })
    const { tracker } = openTracker(plan, { destinations: [ads] })
    tracker.track('demo_booked')
    await drain()
    tracker.consent.update({ marketing: 'denied' })
    await drain()
    expect(tracker.record.get().storage).toBe('persistent')
    expect(tracker.track('demo_booked').reason).toBe('frequency')
  })

  test('reports that the category of the storage decides, when it is named', async () => {
    const { tracker, platform } = openTracker(plan, {
      consent: { analytics: 'granted', preferences: 'pending' },
      storage: { consent: 'preferences' },
    })
    tracker.track('demo_booked')
    await drain()
    expect(platform.stored()).toEqual({})
    tracker.consent.update({ preferences: 'granted' })
    await drain()
    expect(tracker.record.get().storage).toBe('persistent')
    expect(tracker.track('demo_booked').reason).toBe('frequency')
  })
})

describe('Global Privacy Control (C10)', () => {
  const signalling = () => createManualPlatform({ globalPrivacyControl: true })
  const open = () => {
    const ads = memory({ name: 'ads', consent: 'marketing' })
    return { ads, ...openTracker(plan, { platform: signalling(), destinations: [ads] }) }
  }

  test('denies marketing, and nothing else', async () => {
    const { tracker, ads, destination } = open()
    expect(tracker.consent.get()).toEqual({ analytics: 'granted', marketing: 'denied' })
    tracker.track('step_taken', { number: 1 })
    await drain()
    expect([destination.events.length, ads.events.length]).toEqual([1, 0])
  })

  test('stands against the updates of a banner', () => {
    const { tracker } = open()
    tracker.consent.update('granted')
    tracker.consent.update({ marketing: 'granted' })
    expect(tracker.consent.get()['marketing']).toBe('denied')
  })

  test('yields to an update that says that the user chose otherwise here', async () => {
    const { tracker, ads } = open()
    tracker.consent.update({ marketing: 'granted' }, { overrideGpc: true })
    expect(tracker.consent.get()['marketing']).toBe('granted')
    tracker.track('step_taken', { number: 1 })
    await drain()
    expect(ads.events).toHaveLength(1)
  })

  test('also where no destination has named marketing', () => {
    listenToAdvice()
    const { tracker } = openTracker(plan, { platform: signalling() })
    tracker.consent.update({ marketing: 'granted' })
    expect(tracker.consent.get()['marketing']).toBe('denied')
  })
})

describe('Do Not Track', () => {
  const asking = () => createManualPlatform({ doNotTrack: true })

  test('denies nothing by itself', () => {
    const { tracker } = openTracker(plan, { platform: asking(), consent: 'granted' })
    expect(tracker.consent.get()).toEqual({ analytics: 'granted' })
  })

  test('denies what it is told to, against a banner, but not against an override', () => {
    const { tracker } = openTracker(plan, { platform: asking(), signals: { dnt: ['analytics'] } })
    tracker.consent.update('granted')
    expect(tracker.consent.get()).toEqual({ analytics: 'denied' })
    tracker.consent.update('granted', { overrideGpc: true })
    expect(tracker.consent.get()).toEqual({ analytics: 'denied' })
    tracker.consent.update('granted', { overrideDnt: true })
    expect(tracker.consent.get()).toEqual({ analytics: 'granted' })
  })
})

describe('a tracker that replaces another', () => {
  const replace = (replaced: ReturnType<typeof openTracker<typeof plan>>) =>
    openTracker(plan, { platform: replaced.platform.reload(), replaces: replaced.tracker, signals })
  const signals = { gpc: ['analytics'], dnt: ['analytics'] }
  const open = () => {
    const platform = createManualPlatform({ doNotTrack: true, globalPrivacyControl: true })
    return openTracker(plan, { platform, signals })
  }

  test('knows which signals the user has overridden', () => {
    const first = open()
    first.tracker.consent.update('granted', { overrideGpc: true, overrideDnt: true })
    const second = replace(first)
    expect(second.tracker.consent.get()).toEqual({ analytics: 'granted' })
    expect(replace(second).tracker.consent.get()).toEqual({ analytics: 'granted' })
  })

  test('knows the answers that a signal denies', () => {
    const second = replace(open())
    expect(second.tracker.consent.get()).toEqual({ analytics: 'denied' })
    second.tracker.consent.update({}, { overrideGpc: true, overrideDnt: true })
    expect(second.tracker.consent.get()).toEqual({ analytics: 'granted' })
  })
})

describe('subscribe()', () => {
  test('hears of each change once, before anything is sent under it, until it is stopped', async () => {
    const { tracker, destination } = openTracker(plan, { consent: 'pending' })
    const heard: unknown[] = []
    const stop = tracker.consent.subscribe((snapshot) => heard.push([snapshot, destination.events.length]))
    tracker.track('step_taken', { number: 1 })
    tracker.consent.update('granted')
    tracker.consent.update('granted')
    await drain()
    expect(heard).toEqual([[{ analytics: 'granted' }, 0]])
    expect(destination.events).toHaveLength(1)
    stop()
    tracker.consent.update('denied')
    expect(heard).toHaveLength(1)
  })

  test.each(['consent', 'record'] as const)(
    'what a listener of %s tracks at the grant has the user and the counts of earlier visits',
    async (what) => {
      const first = openTracker(plan)
      first.tracker.track('demo_booked')
      await drain()
      first.tracker.dispose()
      const { tracker, destination } = openTracker(plan, {
        platform: first.platform.reload(),
        consent: 'pending',
      })
      let isTold = false
      tracker[what].subscribe(() => {
        if (isTold || tracker.consent.get()['analytics'] !== 'granted') return
        isTold = true
        tracker.track('demo_booked')
        tracker.track('step_taken', { number: 1 })
      })
      tracker.consent.update('granted')
      await drain()
      const anonymousId = first.destination.events[0]?.anonymousId
      expect(destination.events).toMatchObject([{ name: 'step_taken', anonymousId }])
    },
  )
})

describe('a refusal', () => {
  test('erases what an earlier visit has left, from the first page on', async () => {
    const first = openTracker(plan)
    first.tracker.track('demo_booked')
    await drain()
    first.tracker.dispose()
    expect(Object.keys(first.platform.stored())).not.toEqual([])
    const platform = first.platform.reload()
    openTracker(plan, { platform, consent: 'denied' })
    await drain()
    expect(platform.stored()).toEqual({})
  })

  test('forgets neither how the user came nor who is here, should they agree after all', async () => {
    const platform = createManualPlatform({ path: '/?utm_source=news' })
    const { tracker, destination } = openTracker(plan, { platform, consent: 'denied' })
    tracker.consent.update('granted')
    tracker.track('step_taken', { number: 1 })
    await drain()
    expect(destination.events[0]?.context.landing).toMatchObject({ campaign: { source: 'news' } })
  })

  test('that is not given yet erases nothing', async () => {
    const first = openTracker(plan)
    first.tracker.track('demo_booked')
    await drain()
    const left = first.platform.stored()
    openTracker(plan, { platform: first.platform.reload(), consent: 'pending' })
    await drain()
    expect(first.platform.stored()).toEqual(left)
  })
})

describe('a withdrawal in one tab', () => {
  test('of marketing denies it in the others, and only that', async () => {
    const ads = () => memory({ name: 'ads', consent: 'marketing' })
    const [one, other] = openTabs(plan, 2, {
      consent: { analytics: 'granted', marketing: 'granted' },
      destinations: [ads()],
    })
    await drain()
    one?.tracker.consent.update({ marketing: 'denied' })
    expect(other?.tracker.consent.get()).toEqual({ analytics: 'granted', marketing: 'denied' })
    await drain()
    expect(other?.tracker.record.get().storage).toBe('persistent')
    expect(JSON.stringify(one?.platform.stored())).not.toContain('withdrawn')
  })

  test('of marketing reaches a tab whose own storage is not permitted', async () => {
    const ads = memory({ name: 'ads', consent: 'marketing' })
    const platform = createManualPlatform()
    const states = { analytics: 'granted', marketing: 'granted' } as const
    const one = openTracker(plan, { platform, consent: states })
    const other = openTracker(plan, {
      platform: platform.openTab(),
      consent: { ...states, analytics: 'pending' },
      destinations: [ads],
    })
    await drain()
    one.tracker.consent.update({ marketing: 'denied' })
    expect(other.tracker.consent.get()).toEqual({ analytics: 'pending', marketing: 'denied' })
  })

  test.each([
    ['tab', (platform: ManualPlatform) => platform.openTab()],
    ['tracker of the page', (platform: ManualPlatform) => platform],
  ])('reaches another %s that was answered before the clock was set back', async (_, next) => {
    listenToAdvice()
    const platform = createManualPlatform()
    const [one, other] = [platform, next(platform)].map((each) =>
      openTracker(plan, { platform: each, consent: 'pending' }),
    )
    for (const each of [one, other]) each?.tracker.consent.update('granted')
    await drain()
    platform.advance(-60 * MINUTE_MS)
    one?.tracker.consent.update('denied')
    expect(other?.tracker.consent.get()).toEqual({ analytics: 'denied' })
    expect(other?.tracker.track('step_taken', { number: 1 }).reason).toBe('consent-denied')
    await drain()
    expect(other?.destination.events).toEqual([])
    expect(platform.stored()).toEqual({})
  })

  test('reaches a page back from the cache that has heard nothing, before it sends what needs no claim', async () => {
    const [one, back] = openTabs(plan, 2, { platform: createManualPlatform({ staleReads: true }) })
    await drain()
    back?.platform.leave()
    one?.tracker.consent.update('denied')
    await drain()
    back?.platform.restore()
    back?.tracker.track('step_taken', { number: 1 })
    await drain()
    expect(back?.destination.events).toEqual([])
    expect(back?.tracker.consent.get()).toEqual({ analytics: 'denied' })
    expect(one?.platform.stored()).toEqual({})
  })

  test('reaches a tab to which the news are on their way, with the end of its database', async () => {
    const [one, frozen] = openTabs(plan, 2, { platform: createManualPlatform({ staleReads: true }) })
    await drain()
    one?.tracker.consent.update('denied')
    await drain()
    expect(one?.platform.stored()).toEqual({})
    frozen?.tracker.track('demo_booked')
    await drain()
    expect(frozen?.destination.events).toEqual([])
    expect(frozen?.tracker.consent.get()).toEqual({ analytics: 'denied' })
    expect(frozen?.decisions()[0]?.reason).toBe('consent-denied')
    expect(one?.platform.stored()).toEqual({})
  })
})

test('an answer for all is one for every category that was ever named', () => {
  listenToAdvice()
  const { tracker } = openTracker(plan, { consent: 'pending' })
  tracker.consent.update({ preferences: 'granted' })
  tracker.consent.update('denied')
  expect(tracker.consent.get()).toEqual({ analytics: 'denied', preferences: 'denied' })
})

test('a category that nobody needs is a likely mistake: RMC108', () => {
  const said = listenToAdvice()
  const { tracker } = openTracker(plan)
  tracker.consent.update({ anlytics: 'denied' })
  expect(said()).toEqual([expect.stringMatching(/^\[RMC108\].*"anlytics"/)])
})

describe('an attempt that is not made twice (twice_seen)', () => {
  test.each([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 14, 16, 20])(
    'a second attempt %i turns after the first is never refused for counting the first twice',
    async (turns) => {
      const { tracker } = openTracker(plan)
      await drain()
      tracker.track('twice_seen')
      await drain(turns)
      expect(tracker.track('twice_seen').outcome).toBe('fired')
      expect(tracker.track('twice_seen').reason).toBe('frequency')
    },
  )
})
