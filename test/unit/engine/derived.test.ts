import { describe, expect, test } from 'vitest'
import { memory } from '../../../src/destinations/memory.ts'
import { journey } from '../../../src/engine/journey/journey.ts'
import type { TrackedEvent } from '../../../src/engine/pipeline/tracked-event.ts'
import type { Decision } from '../../../src/engine/record/decision.ts'
import { type AnyPlan, definePlan } from '../../../src/plan/define-plan.ts'
import { event } from '../../../src/plan/event.ts'
import { typed } from '../../../src/plan/standard-schema.ts'
import { createManualPlatform, type ManualPlatform } from '../../../src/testing/manual-platform.ts'
import type { TestTrackerOptions } from '../../../src/testing/test-tracker.ts'
import { gated } from '../../support/gated.ts'
import { stalling } from '../../support/stalling.ts'
import {
  drain,
  HOUR_MS,
  listenToAdvice,
  MINUTE_MS,
  openTracker,
  openTabs as tabsOf,
} from '../../support/tracking.ts'

const DAY_MS = 24 * HOUR_MS
const open = <P extends AnyPlan>(plan: P, options: TestTrackerOptions<P> = {}) =>
  openTracker(plan, { plugins: [journey()], ...options })
const openTabs = <P extends AnyPlan>(plan: P, count: number, options: TestTrackerOptions<P> = {}) =>
  tabsOf(plan, count, { plugins: [journey()], ...options })

const rest = { name: 'acme', version: '1' }
const reading = definePlan({
  ...rest,
  events: {
    article_viewed: event({
      properties: typed<{ slug: string }>(),
      frequency: { per: 'session', key: ({ slug }) => slug },
    }),
    second_article: event({ after: { event: 'article_viewed', times: 2 } }),
  },
})
const view = (slug: string) => ['article_viewed', { slug }] as const

const named = (events: readonly TrackedEvent[], name: string) => events.filter((each) => each.name === name)
const last = (decisions: readonly Decision[], name: string) =>
  decisions.findLast((decision) => decision.event === name)

describe('after so many times', () => {
  test('the second article of a session is one event, told with its causes', async () => {
    const { tracker, destination, decisions } = open(reading)
    await drain()
    tracker.track(...view('a'))
    tracker.track(...view('a'))
    await drain()
    expect(named(destination.events, 'second_article')).toEqual([])
    for (const slug of ['b', 'c', 'd']) tracker.track(...view(slug))
    await tracker.flush()
    const [derived, ...more] = named(destination.events, 'second_article')
    expect(more).toEqual([])
    const articles = named(destination.events, 'article_viewed')
    expect(derived).toMatchObject({
      trigger: { component: 'plan', fact: 'derived' },
      causes: [articles[0]?.id, articles[1]?.id],
      time: articles[1]?.time,
      page: articles[1]?.page,
      sessionId: articles[1]?.sessionId,
    })
    expect(last(decisions(), 'second_article')?.causes).toEqual([
      {
        event: 'article_viewed',
        time: articles[0]?.time,
        number: 1,
        eventId: articles[0]?.id,
        sentTo: ['memory'],
      },
      {
        event: 'article_viewed',
        time: articles[1]?.time,
        number: 3,
        eventId: articles[1]?.id,
        sentTo: ['memory'],
      },
    ])
  })

  test('counts what earlier pages of the session have seen, and begins anew with the session', async () => {
    const platform = createManualPlatform()
    const first = open(reading, { platform })
    await drain()
    first.tracker.track(...view('a'))
    await first.tracker.flush()
    platform.advance(MINUTE_MS)
    const next = open(reading, { platform: platform.reload() })
    next.tracker.track(...view('b'))
    await next.tracker.flush()
    await drain()
    const [derived] = named(next.destination.events, 'second_article')
    expect(derived?.causes).toEqual([first.destination.events[0]?.id, next.destination.events[0]?.id])
    const [cause] = last(next.decisions(), 'second_article')?.causes ?? []
    expect(cause?.number).toBeUndefined()

    platform.advance(HOUR_MS)
    next.tracker.track(...view('a'))
    await drain()
    expect(named(next.destination.events, 'second_article')).toHaveLength(1)
    next.tracker.track(...view('b'))
    await drain()
    expect(named(next.destination.events, 'second_article')).toHaveLength(2)
  })

  test('in two tabs it is one, whichever of them sees the crossing', async () => {
    for (const staleReads of [false, true]) {
      const tabs = openTabs(reading, 2, { platform: createManualPlatform({ staleReads }) })
      await drain()
      tabs[0]?.tracker.track(...view('a'))
      tabs[1]?.tracker.track(...view('b'))
      await drain()
      tabs[1]?.tracker.track(...view('c'))
      tabs[0]?.tracker.track(...view('d'))
      await drain()
      const all = tabs.flatMap(({ destination }) => named(destination.events, 'second_article'))
      expect(all).toHaveLength(1)
      for (const { tracker } of tabs) tracker.dispose()
    }
  })

  test('tabs that wake up in a new session count together, whichever id it gets, also after a page load', async () => {
    const plan = definePlan({
      ...rest,
      events: { step_taken: event({}), third_step: event({ after: { event: 'step_taken', times: 3 } }) },
    })
    const tabs = openTabs(plan, 2, { platform: createManualPlatform({ staleReads: true }) })
    await drain()
    tabs[0]?.platform.advance(HOUR_MS)
    for (const { tracker } of tabs) tracker.track('step_taken')
    await drain()
    for (const { tracker } of tabs) tracker.dispose()
    for (const { platform } of tabs) {
      const { tracker, destination } = open(plan, { platform: platform.reload() })
      await drain()
      const sessions = tracker.journey?.get().steps.map(({ session }) => session)
      expect(sessions).toEqual(sessions?.map(() => tracker.journey?.get().session))
      tracker.track('step_taken')
      await drain()
      expect(named(destination.events, 'third_step')).toHaveLength(platform === tabs[0]?.platform ? 1 : 0)
      tracker.dispose()
    }
  })

  test('what counts before its session has its id is remembered under the one that stands', async () => {
    const plan = definePlan({
      ...rest,
      events: {
        offer_seen: event({ destinations: { memory: false } }),
        third_offer: event({ after: { event: 'offer_seen', times: 3 } }),
      },
    })
    const options = {
      consent: { analytics: 'granted', marketing: 'denied' },
      destinations: [memory({ name: 'ads', consent: 'marketing' })],
    } as const
    const tabs = openTabs(plan, 2, options)
    await drain()
    tabs[0]?.platform.advance(HOUR_MS)
    // Both begin a session; what is refused at once counts at once.
    for (const { tracker } of tabs) tracker.track('offer_seen')
    await drain()
    const sessions = tabs.map(({ tracker }) => tracker.journey?.get().steps.map(({ session }) => session))
    expect(new Set(sessions.flat()).size).toBe(1)
    expect(sessions.map((each) => each?.length)).toEqual([2, 2])
    for (const { tracker } of tabs) tracker.dispose()
    const next = open(plan, { ...options, platform: tabs[1]?.platform.reload() })
    await drain()
    next.tracker.track('offer_seen')
    await next.tracker.flush()
    expect(named(next.destination.events, 'third_offer')).toHaveLength(1)
  })

  test('a window slides; within it the event comes once', async () => {
    const plan = definePlan({
      ...rest,
      events: {
        login: event({}),
        login_repeated: event({ after: { event: 'login', times: 2, within: '7d' } }),
      },
    })
    const { tracker, destination, platform } = open(plan)
    await drain()
    const comes = async (days: number) => {
      platform.advance(days * DAY_MS)
      tracker.track('login')
      await drain()
      return named(destination.events, 'login_repeated').length
    }
    expect(await comes(0)).toBe(0)
    expect(await comes(8)).toBe(0)
    expect(await comes(3)).toBe(1)
    expect(await comes(1)).toBe(1)
    expect(await comes(6)).toBe(2)
  })

  test('an event may follow from a derived one, and obeys its own rules', async () => {
    const plan = definePlan({
      ...rest,
      events: {
        step_taken: event({}),
        pair_made: event({ after: { event: 'step_taken', times: 2 }, frequency: 'once-per-user' }),
        pair_seen: event({ after: { event: 'pair_made' }, sampleRate: 0 }),
        pair_told: event({ after: { event: 'pair_seen' } }),
      },
    })
    const { tracker, decisions, platform } = open(plan)
    await drain()
    const act = async () => {
      tracker.track('step_taken')
      tracker.track('step_taken')
      await drain()
      return decisions().map(({ event: name, reason }) => `${name} ${reason}`)
    }
    expect(await act()).toEqual([
      'step_taken admitted',
      'step_taken admitted',
      'pair_made admitted',
      'pair_seen sampled-out',
      'pair_told admitted',
    ])
    platform.advance(HOUR_MS)
    expect((await act()).slice(5)).toEqual([
      'step_taken admitted',
      'step_taken admitted',
      'pair_made frequency',
    ])
  })

  test('makes properties of its causes; code that throws is an attempt that ended', async () => {
    const said = listenToAdvice()
    const plan = definePlan({
      ...rest,
      events: {
        step_taken: event({}),
        steps_counted: event({
          properties: typed<{ apart_ms: number }>(),
          after: {
            event: 'step_taken',
            times: 2,
            properties: ([a, b]) => ({ apart_ms: (b?.time ?? 0) - (a?.time ?? 0) }),
          },
        }),
        steps_failed: event({
          properties: typed<{ count: number }>(),
          after: {
            event: 'step_taken',
            properties: () => {
              throw new Error('no')
            },
          },
        }),
      },
    })
    const { tracker, destination, decisions, platform } = open(plan)
    await drain()
    tracker.track('step_taken')
    platform.advance(1_500)
    tracker.track('step_taken')
    await drain()
    expect(named(destination.events, 'steps_counted')[0]?.properties).toEqual({ apart_ms: 1_500 })
    expect(last(decisions(), 'steps_failed')).toMatchObject({
      outcome: 'dropped',
      reason: 'code-threw',
      trigger: { component: 'plan', fact: 'derived' },
    })
    expect(said().join()).toContain('[RMC106]')
  })
})

describe('what counts as a cause', () => {
  test('what sampling or consent keep back does; what the plan, the criterion or a rule refuse does not', async () => {
    listenToAdvice()
    const plan = definePlan({
      ...rest,
      events: {
        never_sampled: event({ sampleRate: 0 }),
        after_sampled: event({ after: { event: 'never_sampled' } }),
        never_sent: event({ destinations: { memory: false, ads: false } }),
        after_unsent: event({ after: { event: 'never_sent' } }),
        ads_only: event({ destinations: { memory: false } }),
        after_denied: event({ after: { event: 'ads_only' } }),
        not_counted: event({ counts: () => false }),
        after_uncounted: event({ after: { event: 'not_counted' } }),
        still_draft: event({ status: 'draft' }),
        after_draft: event({ after: { event: 'still_draft' } }),
        once_only: event({ frequency: 'once-per-session' }),
        after_two: event({ after: { event: 'once_only', times: 2 } }),
      },
    })
    const { tracker, destination } = open(plan, {
      consent: { analytics: 'granted', marketing: 'denied' },
      destinations: [{ ...memory(), name: 'ads', consent: 'marketing' }],
    })
    await drain()
    for (const name of ['never_sampled', 'never_sent', 'ads_only', 'not_counted', 'still_draft'] as const)
      tracker.track(name)
    tracker.track('once_only')
    tracker.track('once_only')
    await drain()
    expect(destination.events.map(({ name }) => name).sort()).toEqual([
      'after_denied',
      'after_sampled',
      'after_unsent',
      'once_only',
    ])
  })

  test('of a shadow event only shadow events follow, and none of it is stored', async () => {
    const plan = definePlan({
      ...rest,
      events: {
        tried_out: event({ status: 'shadow' }),
        live_after: event({ after: { event: 'tried_out' } }),
        shadow_after: event({ after: { event: 'tried_out' }, status: 'shadow' }),
        shadow_of_live: event({ after: { event: 'step_taken' }, status: 'shadow' }),
        step_taken: event({}),
      },
    })
    const { tracker, decisions, platform } = open(plan)
    await drain()
    tracker.track('tried_out')
    tracker.track('step_taken')
    await drain()
    expect(decisions().map(({ event: name, outcome }) => `${name} ${outcome}`)).toEqual([
      'tried_out shadowed',
      'shadow_after shadowed',
      'step_taken fired',
      'shadow_of_live shadowed',
    ])
    const rows = Object.keys(platform.stored()).filter((key) => key.includes('journey:'))
    expect(rows).toHaveLength(2)
    for (const row of rows) expect(row).toMatch(/step_taken$/)
  })

  test('a destination hears only of the causes that it has got', async () => {
    const plan = definePlan({
      ...rest,
      events: {
        ad_seen: event({ destinations: { memory: false } }),
        ad_seen_twice: event({ after: { event: 'ad_seen', times: 2 } }),
      },
    })
    const ads = { ...memory(), name: 'ads', consent: 'marketing' }
    const { tracker, destination } = open(plan, {
      consent: { analytics: 'granted', marketing: 'granted' },
      destinations: [ads],
    })
    await drain()
    tracker.track('ad_seen')
    await tracker.flush()
    tracker.consent.update({ marketing: 'denied' })
    tracker.track('ad_seen')
    await drain()
    await tracker.flush()
    expect(named(destination.events, 'ad_seen_twice')[0]?.causes).toEqual([])
    expect(ads.events.map(({ name }) => name)).toEqual(['ad_seen'])
  })
})

describe('consent', () => {
  test('held causes count, the derived event is held after them, and all leave in order with their ids', async () => {
    const { tracker, destination, platform } = open(reading, { consent: 'pending' })
    tracker.track(...view('a'))
    tracker.track(...view('b'))
    expect(tracker.record.get().counts['second_article']?.held).toBe(1)
    expect(platform.stored()).toEqual({})
    tracker.consent.update('granted')
    await drain()
    expect(destination.events.map(({ name }) => name)).toEqual([
      'article_viewed',
      'article_viewed',
      'second_article',
    ])
    expect(destination.events[2]?.causes).toEqual(destination.events.slice(0, 2).map(({ id }) => id))
  })

  test('a cause that was counted before, as the grant shows, takes its derived event along', async () => {
    const platform = createManualPlatform()
    const earlier = open(reading, { platform })
    await drain()
    earlier.tracker.track(...view('a'))
    await earlier.tracker.flush()
    const { tracker, destination, decisions } = open(reading, {
      platform: platform.reload(),
      consent: 'pending',
    })
    tracker.track(...view('a'))
    tracker.track(...view('a2'))
    tracker.consent.update('granted')
    await drain()
    // `a` had been read: two articles make the second one, whichever page has seen them.
    expect(decisions().map(({ event: name, reason }) => `${name} ${reason}`)).toEqual([
      'article_viewed frequency',
      'article_viewed admitted',
      'second_article not-counted',
      'second_article admitted',
    ])
    expect(named(destination.events, 'second_article')).toHaveLength(1)
  })

  test('two tabs that waited apart derive one event together', async () => {
    const tabs = openTabs(reading, 2, { consent: 'pending' })
    tabs[0]?.tracker.track(...view('a'))
    tabs[1]?.tracker.track(...view('b'))
    for (const { tracker } of tabs) {
      tracker.consent.update('granted')
      await drain()
    }
    const all = tabs.flatMap(({ destination }) => named(destination.events, 'second_article'))
    expect(all).toHaveLength(1)
  })

  test('a refusal leaves nothing, and the page still derives for who may have it', async () => {
    const free = { ...memory(), name: 'free', consent: [] }
    const { tracker, platform } = open(reading, { consent: 'denied', destinations: [free] })
    tracker.track(...view('a'))
    tracker.track(...view('b'))
    await drain()
    await tracker.flush()
    expect(named(free.events, 'second_article')).toHaveLength(1)
    expect(platform.stored()).toEqual({})
  })

  test.each(['denied', 'pending'] as const)(
    'a cause that was held to its end (%s) is remembered like one that was refused at once',
    async (answer) => {
      const plan = definePlan({
        ...rest,
        events: {
          offer_seen: event({ destinations: { memory: false } }),
          offer_returned: event({ after: { event: 'offer_seen', times: 2, within: '1d' } }),
        },
      })
      const platform = createManualPlatform()
      const visit = (page: ManualPlatform) =>
        open(plan, {
          platform: page,
          consent: { analytics: 'granted', marketing: 'pending' },
          destinations: [memory({ name: 'ads', consent: 'marketing' })],
        })
      const first = visit(platform)
      await drain()
      expect(first.tracker.track('offer_seen')).toMatchObject({ outcome: 'held' })
      platform.advance(31 * MINUTE_MS)
      first.tracker.consent.update({ marketing: answer })
      first.tracker.track('offer_returned')
      await first.tracker.flush()
      expect(first.decisions()[0]).toMatchObject({ outcome: 'dropped' })
      first.tracker.dispose()
      const second = visit(platform.reload())
      await drain()
      second.tracker.track('offer_seen')
      await second.tracker.flush()
      expect(second.tracker.journey?.get().steps.filter((step) => step.event === 'offer_seen')).toHaveLength(
        2,
      )
    },
  )

  test('a withdrawal in another tab erases what was remembered, in both', async () => {
    const tabs = openTabs(reading, 2)
    await drain()
    tabs[0]?.tracker.track(...view('a'))
    await drain()
    expect(JSON.stringify(tabs[0]?.platform.stored())).toContain('journey:')
    tabs[1]?.tracker.consent.update('denied')
    await drain()
    expect(tabs[0]?.platform.stored()).toEqual({})
    for (const { tracker } of tabs) {
      expect(tracker.journey?.get().steps).toEqual([])
      tracker.consent.update('granted')
    }
    await drain()
    tabs[0]?.tracker.track(...view('b'))
    await drain()
    const all = tabs.flatMap(({ destination }) => named(destination.events, 'second_article'))
    expect(all).toEqual([])
  })

  test('a reset forgets, in all tabs', async () => {
    const tabs = openTabs(reading, 2)
    await drain()
    tabs[0]?.tracker.track(...view('a'))
    tabs[1]?.tracker.track(...view('b'))
    await drain()
    tabs[0]?.tracker.reset()
    await drain()
    expect(Object.keys(tabs[0]?.platform.stored() ?? {}).filter((key) => key.includes('journey:'))).toEqual(
      [],
    )
    for (const { tracker } of tabs) expect(tracker.journey?.get().steps).toEqual([])
    tabs[1]?.tracker.track(...view('c'))
    await drain()
    const all = tabs.flatMap(({ destination }) => named(destination.events, 'second_article'))
    expect(all).toHaveLength(1)
  })

  test('what was held for who was here before is no part of the journey of who comes next', async () => {
    const { tracker, destination } = open(reading, { consent: 'pending' })
    tracker.track(...view('a'))
    tracker.reset()
    tracker.track(...view('b'))
    tracker.consent.update('granted')
    await drain()
    expect(destination.events.map(({ name }) => name)).toEqual(['article_viewed', 'article_viewed'])
    expect(tracker.journey?.get().steps).toHaveLength(1)
  })

  test('what happens while the page is left is derived there, and counts on the next one', async () => {
    const { tracker, destination, platform } = open(reading)
    tracker.track(...view('a'))
    platform.leave()
    tracker.track(...view('b'))
    expect(named(destination.events, 'second_article')).toHaveLength(1)
    platform.advance(1_000)
    const next = open(reading, { platform: platform.reload() })
    await drain()
    next.tracker.track(...view('c'))
    await drain()
    expect(next.tracker.journey?.get().steps.map(({ event: name }) => name)).toEqual([
      'article_viewed',
      'article_viewed',
      'second_article',
      'article_viewed',
    ])
    expect(named(next.destination.events, 'second_article')).toEqual([])
    const row = Object.entries(next.platform.stored()).find(([key]) =>
      /^database .*:article_viewed$/.test(key),
    )
    expect(JSON.parse(row?.[1] ?? '{}').steps).toHaveLength(3)
  })
})

describe('one without the other', () => {
  const trial = definePlan({
    ...rest,
    events: {
      pricing_viewed: event({}),
      trial_started: event({}),
      trial_missed: event({
        after: { event: 'pricing_viewed', without: 'trial_started', within: '3d' },
      }),
    },
  })
  /** Each visit is a page load; what it reports, and what it derived. */
  async function visit(platform: ManualPlatform, ...events: ('pricing_viewed' | 'trial_started')[]) {
    const tab = platform.reload()
    const { tracker, destination } = open(trial, { platform: tab })
    await drain()
    for (const name of events) tracker.track(name)
    await tracker.flush()
    await drain()
    tracker.dispose()
    return { derived: named(destination.events, 'trial_missed'), events: destination.events, platform: tab }
  }

  test('is found at the next start after it was due, once, with when it was due', async () => {
    const platform = createManualPlatform()
    const { events } = await visit(platform, 'pricing_viewed')
    const seenAt = platform.now()
    platform.advance(2 * DAY_MS)
    expect((await visit(platform, 'pricing_viewed')).derived).toEqual([])
    platform.advance(2 * DAY_MS)
    const { derived } = await visit(platform)
    expect(derived).toMatchObject([
      { time: platform.now(), dueAt: seenAt + 3 * DAY_MS, causes: [events[0]?.id] },
    ])
    platform.advance(DAY_MS)
    expect((await visit(platform)).derived).toEqual([])
  })

  test('never comes when the other one did in time, nor after twice the time', async () => {
    const platform = createManualPlatform()
    await visit(platform, 'pricing_viewed')
    platform.advance(DAY_MS)
    await visit(platform, 'trial_started')
    platform.advance(3 * DAY_MS)
    expect((await visit(platform)).derived).toEqual([])

    await visit(platform, 'pricing_viewed')
    platform.advance(6 * DAY_MS)
    expect((await visit(platform)).derived).toEqual([])
  })

  test('comes though the other one came, when that was too late', async () => {
    const platform = createManualPlatform()
    await visit(platform, 'pricing_viewed')
    platform.advance(4 * DAY_MS)
    expect((await visit(platform, 'trial_started')).derived).toHaveLength(1)
  })

  test('is found by a page that stays open, at its next page scope; by several tabs, once', async () => {
    const tabs = openTabs(trial, 3)
    await drain()
    tabs[0]?.tracker.track('pricing_viewed')
    await drain()
    tabs[0]?.platform.advance(3 * DAY_MS)
    for (const { tracker } of tabs) tracker.page()
    await drain()
    for (const { tracker } of tabs) tracker.page()
    await drain()
    const all = tabs.flatMap(({ destination }) => named(destination.events, 'trial_missed'))
    expect(all).toHaveLength(1)
  })

  test('is found when a page comes back from the back/forward cache', async () => {
    const { tracker, platform, destination } = open(trial)
    await drain()
    tracker.track('pricing_viewed')
    await drain()
    platform.leave()
    platform.advance(4 * DAY_MS)
    platform.restore()
    await drain()
    expect(named(destination.events, 'trial_missed')).toHaveLength(1)
  })

  test.each(Array.from({ length: 50 }, (_, turns) => turns))(
    'is found when a page comes back that was left after %i turns',
    async (turns) => {
      const { platform, stop, go } = gated()
      await visit(platform, 'pricing_viewed')
      platform.advance(4 * DAY_MS)
      const tab = platform.reload()
      const { destination } = open(trial, { platform: tab })
      await drain(turns)
      stop()
      tab.leave()
      go()
      await drain()
      tab.restore()
      await drain()
      expect(named(destination.events, 'trial_missed')).toHaveLength(1)
    },
  )

  test('is never looked for in memory alone', async () => {
    const free = { ...memory(), name: 'free', consent: [] }
    const { tracker, platform } = open(trial, { consent: 'denied', destinations: [free] })
    tracker.track('pricing_viewed')
    platform.advance(4 * DAY_MS)
    tracker.page()
    await drain()
    expect(named(free.events, 'trial_missed')).toEqual([])
    expect(named(free.events, 'pricing_viewed')).toHaveLength(1)
  })
})

test('a flush ends though the database does not answer', async () => {
  const { platform, stop } = stalling(createManualPlatform())
  const { tracker } = open(reading, { platform })
  await drain()
  stop()
  tracker.track(...view('pricing'))
  const flushed = tracker.flush().then(() => 'flushed')
  for (let second = 0; second < 60; second++) {
    await drain()
    platform.advance(1_000)
  }
  expect(await Promise.race([flushed, drain()])).toBe('flushed')
})

test('trackers without the journey say once that their plan needs one', () => {
  const said = listenToAdvice()
  openTracker(reading)
  openTracker(reading)
  expect(said()).toEqual([expect.stringContaining('[RMC124] Plan "acme" derives "second_article"')])
})
