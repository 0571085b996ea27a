import { describe, expect, test } from 'vitest'
import type { TrackedEvent } from '../../../src/engine/types.ts'
import { definePlan } from '../../../src/plan/define-plan.ts'
import { type EventSettings, event } from '../../../src/plan/event.ts'
import { typed } from '../../../src/plan/standard-schema.ts'
import { drain, listenToAdvice, openTracker } from '../../support/tracking.ts'

const fail = () => {
  throw new Error('oops')
}
function circle(): object {
  const properties: { self?: unknown } = {}
  properties.self = properties
  return properties
}
const planWith = (settings: Partial<EventSettings>) =>
  definePlan({
    name: 'acme',
    version: '1',
    events: { pricing_clicked: event(settings), step_taken: event({}) },
  })

const schema = { '~standard': { version: 1, vendor: 'test', validate: fail } } as const

describe('code of the plan that throws', () => {
  test.each([
    ['schema', { properties: schema }],
    ['counts', { counts: fail }],
    ['key', { frequency: { key: fail } }],
  ] as const)('%s drops the attempt, says so, and harms nothing else', async (_, settings) => {
    const said = listenToAdvice()
    const { tracker, destination } = openTracker(planWith(settings as Partial<EventSettings>))
    const decision = tracker.track('pricing_clicked')
    expect(decision).toMatchObject({ outcome: 'dropped', reason: 'invalid-properties' })
    expect(decision.issues?.[0]?.message).toContain('oops')
    expect(said()[0]).toMatch(/^\[RMC106\].*"pricing_clicked".*oops/s)
    tracker.track('step_taken')
    await drain()
    expect(destination.events.map(({ name }) => name)).toEqual(['step_taken'])
  })

  test('value drops the attempt before it claims anything', () => {
    const said = listenToAdvice()
    let broken = true
    const value = () => (broken ? fail() : { value: 1, currency: 'EUR' })
    const { tracker } = openTracker(planWith({ value, frequency: 'once-per-session' }))
    expect(tracker.track('pricing_clicked').reason).toBe('before-send')
    expect(said()[0]).toContain('[RMC106]')
    broken = false
    expect(tracker.track('pricing_clicked').outcome).toBe('fired')
  })

  test('value that throws only the second time loses no event, neither this nor the next', async () => {
    listenToAdvice()
    let calls = 0
    const value = () => (++calls > 1 ? fail() : { value: 1, currency: 'EUR' })
    const { tracker, destination } = openTracker(planWith({ value, frequency: 'once-per-session' }))
    tracker.track('pricing_clicked')
    tracker.track('step_taken')
    await drain()
    expect(destination.events.map(({ name }) => name)).toEqual(['pricing_clicked', 'step_taken'])
  })
})

describe('beforeSend', () => {
  const open = (beforeSend: (event: TrackedEvent) => TrackedEvent | null) =>
    openTracker(planWith({ frequency: 'once-per-session' }), { beforeSend })

  test('changes what is sent, not what was found', async () => {
    const { tracker, destination } = open((sent) => ({ ...sent, properties: { tier: 'changed' } }))
    expect(tracker.track('pricing_clicked').properties).toEqual({})
    await drain()
    expect(destination.events[0]?.properties).toEqual({ tier: 'changed' })
  })

  test.each([
    ['returns null', () => null],
    ['throws', fail],
    ['forgets to return', () => undefined as unknown as null],
    ['returns no event', () => true as unknown as null],
    ['answers later', () => Promise.reject(new Error('late')) as unknown as null],
  ])('that %s drops the attempt, and spends no claim', async (_, beforeSend) => {
    listenToAdvice()
    let broken = true
    const { tracker, destination } = open((sent) => (broken ? beforeSend() : sent))
    expect(tracker.track('pricing_clicked')).toMatchObject({ outcome: 'dropped', reason: 'before-send' })
    await drain()
    expect(destination.events).toEqual([])
    broken = false
    expect(tracker.track('pricing_clicked').outcome).toBe('fired')
  })

  test('may take ids away, and they stay away', async () => {
    const { tracker, destination } = open((sent) => ({ ...sent, userId: undefined, anonymousId: 'nobody' }))
    tracker.identify('ada')
    tracker.track('pricing_clicked')
    await drain()
    expect(destination.events[0]).toMatchObject({ userId: undefined, anonymousId: 'nobody' })
  })

  test('may do so in place: what it took away does not come back with ids that are adopted late', async () => {
    const beforeSend = (sent: TrackedEvent) => {
      const mine = sent as { userId?: unknown; page: { url: string }; context: { device?: unknown } }
      delete mine.userId
      delete mine.context.device
      mine.page.url = 'changed'
      return sent
    }
    const { tracker, destination, decisions } = open(beforeSend)
    tracker.identify('ada')
    tracker.track('pricing_clicked')
    await drain()
    const [sent] = destination.events
    expect(sent).toMatchObject({ page: { url: 'changed' }, context: { storage: 'persistent' } })
    expect(sent?.userId).toBeUndefined()
    expect(sent?.context.device).toBeUndefined()
    expect(decisions()[0]?.page.url).not.toBe('changed')
  })

  test('sees an event once: also one that was held', async () => {
    const seen: string[] = []
    const beforeSend = (sent: TrackedEvent) => {
      seen.push(sent.name)
      return sent
    }
    const { tracker } = openTracker(planWith({}), { beforeSend, consent: 'pending' })
    tracker.track('pricing_clicked')
    expect(seen).toEqual([])
    tracker.consent.update('granted')
    await drain()
    expect(seen).toEqual(['pricing_clicked'])
  })

  test('does not see shadows', () => {
    const { tracker } = openTracker(planWith({ status: 'shadow' }), { beforeSend: fail })
    expect(tracker.track('pricing_clicked').outcome).toBe('shadowed')
  })
})

describe('listeners of the host that throw', () => {
  test('stop nobody: neither the page, nor the others, nor whoever is here', async () => {
    const said = listenToAdvice()
    const plan = definePlan({ name: 'acme', version: '1', events: { page_view: event({}) } })
    const { tracker, destination, platform } = openTracker(plan)
    const heard: string[] = []
    for (const subscribe of [tracker.onPageEnd, tracker.onVisit, tracker.onReset]) {
      subscribe(fail)
      subscribe(() => heard.push(subscribe.name))
    }
    await drain()
    tracker.page()
    expect(() => tracker.page({ path: '/next' })).not.toThrow()
    platform.hide()
    platform.restore()
    expect(() => tracker.reset()).not.toThrow()
    await tracker.flush()
    expect(destination.events).toHaveLength(3)
    expect(heard).toHaveLength(5)
    expect(said().length).toBeGreaterThan(0)
  })
})

describe('track never throws into the host', () => {
  const thrower = () => new Proxy({}, { ownKeys: fail, get: fail, getOwnPropertyDescriptor: fail })
  test.each([
    ['no name', [undefined]],
    ['a symbol for a name', [Symbol('pricing')]],
    ['an object for a name', [{}]],
    ['a name that is no text', [Object.create(null)]],
    ['null for properties', ['pricing_clicked', null]],
    ['a number for properties', ['pricing_clicked', 7]],
    ['properties that throw when read', ['pricing_clicked', thrower()]],
  ] as const)('with %s', async (_, args) => {
    listenToAdvice()
    const { tracker, destination } = openTracker(planWith({}))
    const track = tracker.track as unknown as (...args: readonly unknown[]) => { outcome: string }
    expect(() => track(...args)).not.toThrow()
    expect(tracker.record.get().decisions).toHaveLength(1)
    tracker.track('step_taken')
    await drain()
    expect(destination.events.at(-1)?.name).toBe('step_taken')
  })

  test.each([
    ['a bigint', { size: 1n }],
    ['a circle', circle()],
  ] as const)('nor while it keeps %s for the next page', async (_, properties) => {
    const given = properties as { readonly size?: bigint }
    const plan = definePlan({
      name: 'acme',
      version: '1',
      events: { file_chosen: event({ properties: typed<typeof given>() }) },
    })
    const options = { hold: 'tab', consent: 'pending', personalData: 'allow' } as const
    const { tracker, destination } = openTracker(plan, options)
    expect(tracker.track('file_chosen', given)).toMatchObject({ outcome: 'held' })
    tracker.consent.update('granted')
    await drain()
    expect(destination.events).toMatchObject([{ name: 'file_chosen' }])
  })

  test('nor does an answer to consent that is none', () => {
    listenToAdvice()
    const { tracker } = openTracker(planWith({}), { consent: 'pending' })
    for (const answer of [undefined, null, 7, [], 'maybe'])
      expect(() => tracker.consent.update(answer as never)).not.toThrow()
    expect(tracker.consent.get()).toEqual({ analytics: 'pending' })
  })

  test('also when somebody who watches the record does', async () => {
    listenToAdvice()
    const { tracker, destination } = openTracker(planWith({ frequency: 'once-per-session' }))
    tracker.record.subscribe(fail)
    expect(() => tracker.track('pricing_clicked')).not.toThrow()
    await drain()
    expect(destination.events).toHaveLength(1)
  })
})
