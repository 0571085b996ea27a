import { afterEach, describe, expect, test } from 'vitest'
import { type LiveTracker, liveTrackers, trackersOfPage } from '../../../src/engine/live-trackers.ts'
import { createTracker } from '../../../src/engine/tracker.ts'
import type { AnyTracker } from '../../../src/engine/tracker-api.ts'
import { definePlan } from '../../../src/plan/define-plan.ts'
import { event } from '../../../src/plan/event.ts'
import { createManualPlatform } from '../../../src/testing/manual-platform.ts'
import { listenToAdvice, openTracker } from '../../support/tracking.ts'

const plan = definePlan({ name: 'handed-over', version: '1', events: { page_view: event({}) } })
const page = globalThis as Record<symbol, unknown>
const registry = Symbol.for('react-microconversions')

/** As a tester puts it on the page before the application. */
class Tester extends Set<LiveTracker> {
  readonly given: AnyTracker[] = []

  override add(entry: LiveTracker, tracker?: AnyTracker): this {
    if (tracker) this.given.push(tracker)
    return super.add(entry)
  }
}

describe('a tracker', () => {
  const before = page[registry]
  afterEach(() => {
    page[registry] = before
  })

  test('gives itself to a tester that was on the page first, before it has decided anything', () => {
    const tester = new Tester()
    page[registry] = tester
    const counts: number[] = []
    tester.add = function add(entry, tracker) {
      counts.push(tracker?.record.get().decisions.length ?? -1)
      return Tester.prototype.add.call(this, entry, tracker) as typeof tester
    }
    const tracker = createTracker({ plan, platform: createManualPlatform(), consent: 'granted' })
    expect(tester.given).toEqual([tracker])
    expect(counts).toEqual([0])
    expect(tester.size).toBe(1)
    tracker.dispose()
    expect(tester.size).toBe(0)
  })

  test('gives nothing of itself to a plain set', () => {
    const { tracker } = openTracker(plan)
    const entry = [...liveTrackers()].at(-1)
    expect(entry).toEqual({ plan: 'handed-over', copy: { version: expect.any(String) }, apart: true })
    expect(Object.values(entry ?? {})).not.toContain(tracker)
  })

  test('on a platform that was given shares no storage, and is no second one', () => {
    const advice = listenToAdvice()
    openTracker(plan)
    openTracker(plan)
    expect(trackersOfPage()).toEqual([])
    expect(advice()).toEqual([])
  })
})
