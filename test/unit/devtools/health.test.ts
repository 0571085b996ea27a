import { describe, expect, it } from 'vitest'
import { toGa4 } from '../../../src/destinations/ga4.ts'
import { toGtm } from '../../../src/destinations/gtm.ts'
import { memory } from '../../../src/destinations/memory.ts'
import { type ConflictScene, conflictsAround } from '../../../src/devtools/health/conflicts.ts'
import { diagnose, type QuietScene } from '../../../src/devtools/health/diagnose.ts'
import { createDoubleCheck } from '../../../src/devtools/health/double-check.ts'
import { lookAtOthers, type Send, watchOthers } from '../../../src/devtools/health/other-senders.ts'
import {
  allowancesOf,
  findingsIn,
  privacyConcerns,
  removedParameters,
} from '../../../src/devtools/health/privacy.ts'
import { inertTracker } from '../../../src/engine/inert-tracker.ts'
import { joinPage, liveTrackers, ownCopy } from '../../../src/engine/live-trackers.ts'
import { emitterOf } from '../../../src/engine/pipeline/emitter.ts'
import type { TriggerContext } from '../../../src/engine/pipeline/occurrence.ts'
import type { Decision } from '../../../src/engine/record/decision.ts'
import { definePlan } from '../../../src/plan/define-plan.ts'
import { event } from '../../../src/plan/event.ts'
import { typed } from '../../../src/plan/standard-schema.ts'
import type { TestTrackerOptions } from '../../../src/testing/test-tracker.ts'
import { drain, listenToAdvice, openTracker } from '../../support/tracking.ts'

const plan = definePlan({
  name: 'acme',
  version: '1',
  events: {
    pricing_clicked: event({}),
    plan_chosen: event({ properties: typed<Record<string, unknown>>() }),
    demo_booked: event({ wireName: 'generate_lead', frequency: 'once-per-session' }),
    contact_given: event({ properties: typed<{ mail: string }>(), pii: ['mail'] }),
  },
})
type Track = (name: string, properties?: object, trigger?: Partial<TriggerContext>) => Decision

function session(options: TestTrackerOptions<typeof plan> = {}) {
  listenToAdvice()
  const tracking = openTracker(plan, options)
  const emit = emitterOf(tracking.tracker)
  const track: Track = (name, properties = {}, trigger = {}) =>
    emit(name, { ...properties }, { component: 'track', fact: 'call', ...trigger })
  return { ...tracking, track }
}

const quiet = { sends: [], trackers: [] }
const scene = (decisions: readonly Decision[], change: Partial<ConflictScene> = {}): ConflictScene => ({
  plan,
  decisions,
  forgetful: false,
  live: [],
  others: quiet,
  watched: [],
  ...change,
})
const conflictsIn = (given: ConflictScene) => [
  ...conflictsAround(given),
  ...createDoubleCheck()(given.decisions),
]
const told = (decisions: readonly Decision[], change: Partial<ConflictScene> = {}) =>
  conflictsIn(scene(decisions, change)).map(({ tone, title, attempts }) => [tone, title, ...attempts])

describe('conflicts', () => {
  it('are none in a session as it should be', async () => {
    const { track, platform, decisions } = session()
    track('pricing_clicked', {}, { component: 'PricingLink', fact: 'click' })
    platform.advance(400)
    track('pricing_clicked', {}, { component: 'TrackedButton', fact: 'click' })
    for (const index of [1, 2, 3]) track('plan_chosen', { index })
    await drain()
    expect(told(decisions(), { live: [{ plan: 'acme', copy: ownCopy }] })).toEqual([])
  })

  it('two copies of the library, of one version or of two', () => {
    const live = [
      { plan: 'acme', copy: { version: '0.2.0' } },
      { plan: 'other', copy: { version: '0.2.0' } },
    ]
    const [found] = conflictsIn(scene([], { live }))
    expect(found).toMatchObject({ tone: 'problem', evidence: ['version 0.2.0', 'version 0.2.0'] })
    expect(found?.title).toMatch(/^2 copies/)
  })

  it('two live trackers of one plan', () => {
    const live = ['acme', 'acme', 'other'].map((name) => ({ plan: name, copy: ownCopy }))
    expect(told([], { live })).toEqual([['problem', '2 trackers of the plan “acme” are alive']])
  })

  it('one event from two components at once', () => {
    const { track, platform, decisions } = session()
    track('pricing_clicked', {}, { component: 'PricingLink', fact: 'click' })
    platform.advance(5)
    track('pricing_clicked')
    expect(told(decisions())).toEqual([
      ['problem', 'pricing_clicked is reported by PricingLink and track at once', 1, 2],
    ])
  })

  it('the same where a rule absorbs it is worth a look only', () => {
    const { track, decisions } = session()
    track('demo_booked', {}, { component: 'TrackedForm', fact: 'success' })
    track('demo_booked')
    expect(told(decisions())).toEqual([
      ['note', 'demo_booked is reported by TrackedForm and track at once', 1, 2],
    ])
  })

  it('a call that runs twice, with the same properties', () => {
    const { track, decisions } = session()
    track('plan_chosen', { tier: 'pro' })
    track('plan_chosen', { tier: 'pro' })
    track('plan_chosen', { tier: 'team' })
    const [found] = conflictsIn(scene(decisions()))
    expect(found).toMatchObject({ tone: 'problem', attempts: [1, 2] })
    expect(found?.fix).toContain('StrictMode')
  })

  it('a mount that reports again: noted, for nothing is lost', () => {
    const { track, decisions } = session()
    const mount = { component: 'Impression', fact: 'view', fromEffect: true }
    track('pricing_clicked', {}, mount)
    track('pricing_clicked', {}, mount)
    expect(told(decisions())).toEqual([
      ['note', 'Impression mounted again and reported pricing_clicked again', 2],
    ])
  })

  it('one id twice at one destination', async () => {
    const { track, decisions } = session({ beforeSend: (sent) => ({ ...sent, id: 'always-the-same' }) })
    track('plan_chosen', { index: 1 })
    track('plan_chosen', { index: 2 })
    await drain()
    expect(told(decisions())).toEqual([['problem', 'plan_chosen went to memory twice under one id', 1, 2]])
  })

  it('something else that sends the same name: gtag, data layer, whoever is watched', async () => {
    const { track, decisions, destination } = session()
    track('demo_booked')
    await drain()
    const [sent] = destination.events
    if (!sent) throw new Error('it was sent')
    const { name, parameters } = toGa4(sent).payload
    const ours = { 0: 'event', 1: name, 2: parameters }
    const others = (...dataLayer: unknown[]) => ({ others: lookAtOthers({ dataLayer }) })
    expect(told(decisions(), others(ours, { 0: 'config', 1: 'G-1' }, { event: 'gtm.js' }))).toEqual([])
    expect(told(decisions(), others(ours, ['event', 'generate_lead', { value: 1 }]))).toEqual([
      ['problem', 'Something else sends generate_lead by gtag', 1],
    ])
    expect(told(decisions(), others({ event: 'generate_lead' }, { event: 'unrelated' }))).toEqual([
      ['problem', 'Something else sends generate_lead by dataLayer', 1],
    ])
    const watched = [{ via: 'Segment', name: 'pricing_clicked', time: 0 }]
    expect(told(decisions(), { watched })).toEqual([
      ['problem', 'Something else sends pricing_clicked by Segment'],
    ])
    // An id of ours may have been forgotten.
    const forgotten = others({ event: 'generate_lead', event_id: 'of-earlier' })
    expect(told(decisions(), forgotten)).toHaveLength(1)
    expect(told(decisions(), { ...forgotten, forgetful: true })).toEqual([])
  })

  it('ga4 and gtm, which both reach one data layer', async () => {
    const { track, decisions, destination } = session()
    track('pricing_clicked')
    await drain()
    const [sent] = destination.events
    if (!sent) throw new Error('it was sent')
    const { name, parameters } = toGa4(sent).payload
    const dataLayer = [['event', name, parameters], toGtm(sent).payload]
    expect(told(decisions(), { others: lookAtOthers({ dataLayer }) })).toEqual([
      ['problem', 'pricing_clicked is in the data layer twice under one id', 1],
    ])
  })

  it('PostHog that captures by itself', () => {
    const posthog = { capture: () => {}, config: { autocapture: true } }
    expect(told([], { others: lookAtOthers({ posthog }) })).toEqual([
      ['note', 'PostHog captures clicks and submits by itself'],
    ])
    posthog.config.autocapture = false
    expect(told([], { others: lookAtOthers({ posthog, analytics: { track: () => {} } }) })).toEqual([])
  })

  it('are the same when the attempts come one by one, change and are forgotten', () => {
    const { track, platform, decisions } = session()
    const check = createDoubleCheck()
    for (const component of ['PricingLink', 'track', 'track', 'PricingLink']) {
      track('pricing_clicked', {}, { component, fact: 'click' })
      platform.advance(component === 'track' ? 1 : 400)
      expect(check(decisions())).toEqual(createDoubleCheck()(decisions()))
    }
    expect(check(decisions())).toHaveLength(2)
    const dropped = decisions().map((each, at) =>
      at === 1 ? { ...each, outcome: 'dropped' as const } : each,
    )
    for (const list of [dropped, dropped.slice(1), dropped.slice(2), decisions()])
      expect(check(list)).toEqual(createDoubleCheck()(list))
    expect(check(dropped)).toHaveLength(1)
  })

  it('cost one pass over what is kept', () => {
    const { track, decisions } = session()
    track('plan_chosen', { index: 1 })
    const [decision] = decisions()
    let reads = 0
    const many = Array.from({ length: 1_000 }, (_, index) => ({
      ...(decision as Decision),
      number: index,
      time: index * 1_000,
      get properties() {
        reads++
        return {}
      },
    }))
    expect(told(many)).toEqual([])
    expect(reads).toBe(0)
  })
})

describe('other trackers', () => {
  const hostile = new Proxy(
    {},
    {
      get() {
        throw new Error('keep out')
      },
    },
  )
  it('are looked at without being touched, however they behave', () => {
    const dataLayer = Object.freeze([null, undefined, 7, 'text', hostile, ['event'], { event: 1 }])
    expect(lookAtOthers({ dataLayer, posthog: hostile, analytics: hostile })).toEqual(quiet)
    expect(lookAtOthers(hostile)).toEqual(quiet)
    expect(
      lookAtOthers({ dataLayer: Array.from({ length: 5_000 }, () => ({ event: 'x' })) }).sends,
    ).toHaveLength(1_000)
  })

  it('are watched on request, do what they did, and are left as they were', () => {
    const sends: Send[] = []
    const calls: unknown[] = []
    class Client {
      capture(...given: unknown[]) {
        calls.push([this, ...given])
        return 'answer'
      }
    }
    const posthog = new Client()
    const dataLayer: unknown[] = []
    const track = (...given: unknown[]) => calls.push(given)
    const analytics = { track }
    const page = { posthog, dataLayer, analytics }
    const stop = watchOthers(
      (send) => sends.push(send),
      () => 7,
      page,
    )
    expect(posthog.capture('clicked', { event_id: 'a' })).toBe('answer')
    expect(dataLayer.push({ event: 'pushed' }, { event: 'second' })).toBe(2)
    analytics.track('tracked', {}, { messageId: 'b' })
    expect(sends).toEqual([
      { via: 'PostHog', name: 'clicked', id: 'a', time: 7 },
      { via: 'dataLayer', name: 'pushed', id: undefined, time: 7 },
      { via: 'dataLayer', name: 'second', id: undefined, time: 7 },
      { via: 'Segment', name: 'tracked', id: 'b', time: 7 },
    ])
    expect(calls[0]).toEqual([posthog, 'clicked', { event_id: 'a' }])
    stop()
    expect(Object.hasOwn(posthog, 'capture')).toBe(false)
    expect(Object.hasOwn(dataLayer, 'push')).toBe(false)
    expect(analytics.track).toBe(track)
    dataLayer.push({ event: 'later' })
    expect(sends).toHaveLength(4)
  })

  it('keep what another has wrapped since, and a watcher that throws stops nobody', () => {
    const dataLayer: unknown[] = []
    const sends: Send[] = []
    const stop = watchOthers(
      (send) => {
        sends.push(send)
        throw new Error('mine')
      },
      () => 0,
      { dataLayer },
    )
    const inner = dataLayer.push
    const outer = (...given: unknown[]) => inner.apply(dataLayer, given)
    dataLayer.push = outer
    expect(dataLayer.push({ event: 'one' })).toBe(1)
    stop()
    expect(dataLayer.push).toBe(outer)
    expect(dataLayer.push({ event: 'two' })).toBe(2)
    expect(sends).toHaveLength(1)
  })
})

describe('privacy', () => {
  it('tells what was blocked and what was replaced, by kind and place, and never the text', () => {
    const mail = 'ada@example.com'
    const { track, decisions } = session({ personalData: 'block' })
    track('plan_chosen', { contact: { mail } })
    track('plan_chosen', { contact: { mail } })
    const blocked = findingsIn(decisions(), plan)
    expect(blocked).toEqual([
      {
        kind: 'email',
        path: 'properties.contact.mail',
        destination: undefined,
        times: 2,
        blocked: 2,
        events: ['plan_chosen'],
        attempts: [1, 2],
      },
    ])
    const [concern] = privacyConcerns(blocked, 'block')
    expect(concern).toMatchObject({
      tone: 'problem',
      title: 'Dropped for an e-mail address in properties.contact.mail',
    })
    const redacting = session({ personalData: 'redact' })
    redacting.track('plan_chosen', { contact: { mail } })
    const replaced = privacyConcerns(findingsIn(redacting.decisions(), plan), 'redact')
    expect(replaced).toMatchObject([
      { tone: 'note', title: 'Replaced: an e-mail address in properties.contact.mail' },
    ])
    expect(JSON.stringify([concern, replaced])).not.toContain(mail)
  })

  it('finds what a destination’s own form carries, apart from what the plan allows', async () => {
    const leaky = {
      ...memory({ name: 'leaky' }),
      map: () => ({ payload: { user: { email: 'ada@example.com' } } }),
    }
    const { track, decisions } = session({ destinations: [leaky] })
    track('pricing_clicked')
    await drain()
    const found = findingsIn(decisions(), plan)
    expect(found).toMatchObject([{ kind: 'email', path: 'user.email', destination: 'leaky', times: 1 }])
    expect(privacyConcerns(found, 'block')).toMatchObject([
      { tone: 'problem', title: 'What leaky gets seems to carry an e-mail address in user.email' },
    ])
    const meant = session({
      destinations: [{ ...leaky, map: () => ({ payload: { mail: 'ada@example.com' } }) }],
    })
    meant.track('contact_given', { mail: 'ada@example.com' })
    await drain()
    expect(findingsIn(meant.decisions(), plan)).toEqual([])
    expect(allowancesOf(plan)).toEqual([['contact_given', ['mail']]])
  })

  it('names the parameters that were left out of the address', () => {
    const href = 'https://acme.test/a?token=secret&utm_source=x&token=again#part'
    expect(removedParameters(href, 'https://acme.test/a?utm_source=x')).toEqual(['token'])
    expect(removedParameters(href, 'not an address')).toEqual(['token', 'utm_source'])
    expect(removedParameters('about:blank', '')).toEqual([])
  })
})

describe('an empty timeline', () => {
  const ready: QuietScene = {
    alone: false,
    tracker: 'live',
    plan,
    live: [{ plan: 'acme', copy: ownCopy }],
    own: ownCopy,
    holds: true,
    pending: false,
    reporters: 2,
  }
  const stranger = { plan: 'acme', copy: { version: '9.9.9' } }
  const empty = definePlan({ name: 'empty', version: '1', events: {} })
  it.each<[cause: string, change: Partial<QuietScene>]>([
    ['ready', {}],
    ['no-provider', { alone: true }],
    ['two-copies', { alone: true, live: [stranger] }],
    ['two-copies', { tracker: 'foreign', live: [stranger] }],
    ['inert', { tracker: 'foreign', live: [] }],
    ['disposed', { tracker: 'disposed' }],
    ['empty-plan', { plan: empty }],
    ['consent', { pending: true, holds: false }],
    ['ready', { pending: true }],
    ['nothing-instrumented', { reporters: 0 }],
    ['ready', { reporters: 1 }],
  ])('says %s of %o', (cause, change) => {
    expect(diagnose({ ...ready, ...change }).cause).toBe(cause)
  })

  it('names both versions', () => {
    expect(diagnose({ ...ready, alone: true, live: [stranger] }).text).toContain('9.9.9')
  })
})

describe('trackers of the page', () => {
  it('are known to all copies of the library, until they are disposed', () => {
    const before = liveTrackers().size
    const tracker = inertTracker(plan, 'not-in-browser')
    const [one, two] = [joinPage(tracker), joinPage(tracker)]
    expect(liveTrackers().size).toBe(before + 2)
    expect((globalThis as Record<symbol, unknown>)[Symbol.for('react-microconversions')]).toBe(liveTrackers())
    one()
    one()
    two()
    expect(liveTrackers().size).toBe(before)
  })
})
