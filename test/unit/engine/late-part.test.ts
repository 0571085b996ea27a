import { expect, test } from 'vitest'
import { definePlan } from '../../../src/plan/define-plan.ts'
import { event } from '../../../src/plan/event.ts'
import { NotLoadedError } from '../../../src/support/loaded.ts'
import { createManualPlatform } from '../../../src/testing/manual-platform.ts'
import { drain, listenToAdvice, openTracker } from '../../support/tracking.ts'

const plan = definePlan({
  name: 'acme',
  version: '1',
  events: { pricing_clicked: event({ frequency: 'once-per-session' }) },
})

const failing = [
  ['the code of the database does not load', () => new NotLoadedError('no chunk'), 1],
  ['the database does not open', () => new Error('blocked'), 0],
] as const

test.each(failing)(
  'where %s, events go on from memory, and are warned of at most once',
  async (_, error, said) => {
    const advice = listenToAdvice()
    const platform = { ...createManualPlatform(), openDatabase: () => Promise.reject(error()) }
    const { tracker, destination } = openTracker(plan, { platform })
    expect(tracker.track('pricing_clicked').outcome).toBe('fired')
    await drain()
    expect(destination.events).toHaveLength(1)
    expect(tracker.track('pricing_clicked').reason).toBe('frequency')
    expect(tracker.record.get().storage).toBe('memory')
    tracker.consent.update('denied')
    tracker.consent.update('granted')
    await drain()
    expect(advice().filter((text) => text.includes('RMC126'))).toHaveLength(said)
  },
)
