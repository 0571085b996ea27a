import { describe, expect, test } from 'vitest'
import { memory } from '../../../src/destinations/memory.ts'
import { emitterOf } from '../../../src/engine/pipeline/emitter.ts'
import { definePlan } from '../../../src/plan/define-plan.ts'
import { event } from '../../../src/plan/event.ts'
import { listenToAdvice, openTracker } from '../../support/tracking.ts'

const plan = definePlan({
  name: 'acme',
  version: '1',
  events: {
    pricing_clicked: event({}),
    video_progress: event({ frequency: 'once-per-session' }),
    mark_passed: event({ frequency: { per: 'session', key: 'fact' } }),
  },
})
type Loose = (...args: readonly unknown[]) => { readonly reason: string }

describe('in development the console says', () => {
  test('RMC101: an unknown event, who reported it, and what was probably meant', () => {
    const said = listenToAdvice()
    const { tracker } = openTracker(plan)
    const track = emitterOf(tracker)
    expect(track('pricing_cliked').reason).toBe('unknown-event')
    track('nothing_alike', {}, { component: 'PricingLink', fact: 'click' })
    expect(said()[0]).toMatch(/^\[RMC101\].*"pricing_cliked".*Did you mean "pricing_clicked"\?/)
    expect(said()[1]).toMatch(/^\[RMC101\].*"nothing_alike" \(reported by PricingLink\)/)
    expect(said()[1]).not.toContain('Did you mean')
  })

  test('each thing once', () => {
    const said = listenToAdvice()
    const track = openTracker(plan).tracker.track as Loose
    for (let attempt = 0; attempt < 3; attempt++) track('pricing_cliked')
    expect(said()).toHaveLength(1)
  })

  test('RMC103: facts of one event that are counted together (F10)', () => {
    const said = listenToAdvice()
    const track = emitterOf(openTracker(plan).tracker)
    const mark = (name: string, factKey: string) =>
      track(name, {}, { component: 'VideoProgress', fact: 'mark', factKey })
    mark('mark_passed', '25%')
    mark('mark_passed', '50%')
    mark('video_progress', '25%')
    mark('video_progress', '25%')
    expect(said()).toEqual([])
    mark('video_progress', '50%')
    expect(said()).toEqual([expect.stringMatching(/^\[RMC103\].*"25%" and "50%" together/)])
  })

  test('RMC350: facts that an event leaves out, once for each event', () => {
    const said = listenToAdvice()
    const { tracker, decisions } = openTracker(plan)
    const emit = emitterOf(tracker)
    const fail = () =>
      emit(
        'pricing_clicked',
        { error_code: '42', form_name: 'demo' },
        { component: 'TrackedForm', fact: 'failure' },
      )
    expect(fail().leftOut).toEqual(['error_code', 'form_name'])
    emit('pricing_clicked', { other: 1 }, { component: 'PricingLink', fact: 'click' })
    expect(said()).toEqual([
      expect.stringMatching(
        /^\[RMC350\].*"pricing_clicked" \(reported by TrackedForm\).*error_code, form_name/,
      ),
    ])
    expect(decisions().map(({ leftOut }) => leftOut)).toEqual([['error_code', 'form_name'], ['other']])
    expect(emit('pricing_clicked', {}, { component: 'PricingLink', fact: 'click' }).leftOut).toBeUndefined()
  })

  test('RMC351: a deprecated event, which is still sent', async () => {
    const said = listenToAdvice()
    const old = definePlan({
      name: 'acme',
      version: '1',
      events: { old_clicked: event({ status: 'deprecated' }) },
    })
    const { tracker, destination } = openTracker(old)
    tracker.track('old_clicked')
    tracker.track('old_clicked')
    expect(said()).toEqual([expect.stringMatching(/^\[RMC351\].*"old_clicked" is deprecated/)])
    await tracker.flush()
    expect(destination.events).toHaveLength(2)
  })

  test('RMC105: two destinations with one name', () => {
    const said = listenToAdvice()
    openTracker(plan, { destinations: [memory({ name: 'ours' }), memory({ name: 'ours' })] })
    expect(said()).toEqual([expect.stringMatching(/^\[RMC105\].*"ours"/)])
  })

  test('nothing about what is in order', () => {
    const said = listenToAdvice()
    const { tracker } = openTracker(plan)
    tracker.track('pricing_clicked')
    tracker.consent.update({ analytics: 'denied' })
    tracker.identify('ada')
    tracker.page()
    tracker.dispose()
    expect(said()).toEqual([])
  })
})
