import { GrowthBook } from '@growthbook/growthbook'
import { InMemoryProvider, OpenFeature } from '@openfeature/web-sdk'
import { describe, expect, onTestFinished, test } from 'vitest'
import { experimentViewed } from '../../../src/experiments/experiment-viewed.ts'
import { growthBookCallback } from '../../../src/experiments/growth-book.ts'
import { openFeatureHook } from '../../../src/experiments/open-feature.ts'
import { definePlan } from '../../../src/plan/define-plan.ts'
import { event } from '../../../src/plan/event.ts'
import { standardEvents } from '../../../src/plan/standard-events.ts'
import { createManualPlatform } from '../../../src/testing/manual-platform.ts'
import { drain, listenToAdvice, openTracker } from '../../support/tracking.ts'

const plan = definePlan({
  name: 'shop',
  version: '1',
  events: {
    ...standardEvents.experiments,
    cta_clicked: event({}),
    test_seen: event({ frequency: { per: 'session', key: 'fact' } }),
  },
})

const setUp = (options: Omit<Parameters<typeof openTracker<typeof plan>>[1], 'plan'> = {}) => {
  const tracking = openTracker(plan, options)
  const sent = () => tracking.destination.events.map(({ name, context }) => [name, context.experiments])
  return { ...tracking, sent }
}

describe('experimentViewed', () => {
  test('counts once for each user and experiment, and adds the variant to later events only', async () => {
    const { tracker, destination, sent } = setUp()
    tracker.track('cta_clicked')
    for (let render = 0; render < 3; render++) experimentViewed(tracker, { experiment: 'hero', variant: 'b' })
    await drain()
    experimentViewed(tracker, { experiment: 'price', variant: 'low' })
    tracker.track('cta_clicked')
    await tracker.flush()
    expect(sent()).toEqual([
      ['cta_clicked', undefined],
      ['experiment_viewed', { hero: 'b' }],
      ['cta_clicked', { hero: 'b', price: 'low' }],
      ['experiment_viewed', { hero: 'b', price: 'low' }],
    ])
    expect(destination.events[1]?.properties).toEqual({ experiment_id: 'hero', variant_id: 'b' })
  })

  test('is not counted again by a later visit of the same user', async () => {
    const platform = createManualPlatform()
    const first = setUp({ platform })
    experimentViewed(first.tracker, { experiment: 'hero', variant: 'b' })
    await first.tracker.flush()
    await drain()
    await first.tracker.flush()
    first.tracker.dispose()
    const second = setUp({ platform: platform.openTab() })
    experimentViewed(second.tracker, { experiment: 'hero', variant: 'b' })
    await drain()
    second.tracker.track('cta_clicked')
    await second.tracker.flush()
    expect(first.sent()).toHaveLength(1)
    expect(second.sent()).toEqual([['cta_clicked', { hero: 'b' }]])
  })

  test('what waits for consent keeps the variants of its own time', async () => {
    const { tracker, sent } = setUp({ consent: 'pending' })
    tracker.track('cta_clicked')
    experimentViewed(tracker, { experiment: 'hero', variant: 'b' })
    await drain()
    tracker.track('cta_clicked')
    expect(sent()).toEqual([])
    tracker.consent.update('granted')
    await tracker.flush()
    expect(sent()).toEqual([
      ['cta_clicked', undefined],
      ['experiment_viewed', { hero: 'b' }],
      ['cta_clicked', { hero: 'b' }],
    ])
  })

  test('is reported by the next evaluation after a refusal was taken back', async () => {
    const { tracker, sent } = setUp({ consent: 'denied' })
    const seen = () => experimentViewed(tracker, { experiment: 'hero', variant: 'b' })
    seen()
    seen()
    await drain()
    expect(tracker.record.get().decisions.map(({ reason }) => reason)).toEqual(['consent-denied'])
    tracker.consent.update('granted')
    seen()
    await drain()
    await tracker.flush()
    expect(sent()).toEqual([['experiment_viewed', { hero: 'b' }]])
  })

  test('is forgotten with the user', async () => {
    const { tracker, sent } = setUp()
    experimentViewed(tracker, { experiment: 'hero', variant: 'b' })
    await drain()
    tracker.reset()
    tracker.track('cta_clicked')
    experimentViewed(tracker, { experiment: 'hero', variant: 'a' })
    await drain()
    await tracker.flush()
    expect(sent().slice(1)).toEqual([
      ['cta_clicked', undefined],
      ['experiment_viewed', { hero: 'a' }],
    ])
  })

  test('keeps the latest 20 experiments', async () => {
    const advice = listenToAdvice()
    const { tracker, destination } = setUp()
    for (let number = 0; number < 25; number++)
      experimentViewed(tracker, { experiment: `test-${number}`, variant: 'b' })
    experimentViewed(tracker, { experiment: 'test-5', variant: 'c' })
    await drain()
    tracker.track('cta_clicked')
    await tracker.flush()
    const names = Object.keys(destination.events.at(-1)?.context.experiments ?? {})
    expect(names).toHaveLength(20)
    expect(names.at(0)).toBe('test-6')
    expect(names.at(-1)).toBe('test-5')
    expect(advice().filter((said) => said.includes('RMC721'))).not.toEqual([])
  })

  test('ignores what is no name, and personal data', async () => {
    const advice = listenToAdvice()
    const { tracker, destination } = setUp()
    for (const [experiment, variant] of [
      ['', 'b'],
      ['hero', 'x'.repeat(101)],
      [undefined, 'b'],
      ['hero', { value: 1 }],
    ] as any[])
      experimentViewed(tracker, { experiment, variant })
    experimentViewed(tracker, { experiment: 'hero', variant: 'ada@example.test' })
    await drain()
    tracker.track('cta_clicked')
    await tracker.flush()
    expect(JSON.stringify([destination.events, tracker.record.get()])).not.toContain('ada@')
    expect(destination.events.at(-1)?.context).not.toHaveProperty('experiments')
    expect(advice().filter((said) => said.includes('RMC720'))).not.toEqual([])
  })

  test('is in the record', async () => {
    const { tracker } = setUp()
    experimentViewed(tracker, { experiment: 'hero', variant: 'b' })
    tracker.track('cta_clicked')
    expect(tracker.record.get().decisions[0]).toMatchObject({ experiments: { hero: 'b' } })
  })
})

describe('OpenFeature', () => {
  const flag = (defaultVariant: string) => ({
    variants: { a: { title: 'secret of ada@example.test' }, b: { title: 'other' } },
    defaultVariant,
    disabled: false,
  })

  test('reports flags that are experiments, without their value and the evaluation context', async () => {
    const { tracker, destination } = setUp()
    onTestFinished(() => OpenFeature.close())
    await OpenFeature.setProviderAndWait(new InMemoryProvider({ hero: flag('a'), plain: flag('b') }))
    await OpenFeature.setContext({ targetingKey: 'ada@example.test' })
    const client = OpenFeature.getClient()
    client.addHooks(openFeatureHook(tracker, { isExperiment: (key) => key === 'hero' }))
    for (const key of ['hero', 'plain', 'hero', 'absent']) client.getObjectValue(key, {})
    await drain()
    await tracker.flush()
    expect(destination.events.map(({ properties }) => properties)).toEqual([
      { experiment_id: 'hero', variant_id: 'a' },
    ])
    expect(JSON.stringify([destination.events, tracker.record.get()])).not.toContain('ada@')
  })

  test('takes the reason SPLIT for a random assignment, and survives a filter that throws', async () => {
    const { tracker, destination } = setUp()
    const hook = openFeatureHook(tracker)
    hook.after({ flagKey: 'hero' }, { variant: 'a', reason: 'SPLIT' })
    hook.after({ flagKey: 'price' }, { variant: 'a', reason: 'STATIC' })
    hook.after({ flagKey: 'menu' }, { reason: 'SPLIT' })
    const broken = openFeatureHook(tracker, {
      isExperiment: () => {
        throw new Error('broken')
      },
    })
    broken.after({ flagKey: 'page' }, { variant: 'a', reason: 'SPLIT' })
    await drain()
    await tracker.flush()
    expect(destination.events.map(({ properties }) => properties['experiment_id'])).toEqual(['hero'])
  })
})

describe('GrowthBook', () => {
  test('reports the variation that its SDK assigned, and nothing about the user', async () => {
    const { tracker, destination } = setUp()
    const growthbook = new GrowthBook({
      attributes: { id: 'ada@example.test' },
      trackingCallback: growthBookCallback(tracker),
    })
    onTestFinished(() => growthbook.destroy())
    const run = () =>
      growthbook.run({ key: 'price', variations: ['low', 'high'], meta: [{ key: 'l' }, { key: 'h' }] })
    const { key } = run()
    run()
    await drain()
    tracker.track('cta_clicked')
    await tracker.flush()
    expect(destination.events.map(({ name, properties }) => [name, properties])).toEqual([
      ['experiment_viewed', { experiment_id: 'price', variant_id: key }],
      ['cta_clicked', {}],
    ])
    expect(destination.events[1]?.context.experiments).toEqual({ price: key })
    expect(JSON.stringify([destination.events, tracker.record.get()])).not.toContain('ada@')
  })

  test('reports an event of another name', async () => {
    const { tracker, destination } = setUp()
    growthBookCallback(tracker, { event: 'test_seen' })({ key: 'price' }, { key: '1' })
    await drain()
    await tracker.flush()
    expect(destination.events.map(({ name }) => name)).toEqual(['test_seen'])
  })
})
