import fc, { type Scheduler } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { journey } from '../../../src/engine/journey/journey.ts'
import { definePlan } from '../../../src/plan/define-plan.ts'
import { event } from '../../../src/plan/event.ts'
import { createManualPlatform } from '../../../src/testing/manual-platform.ts'
import { createTestTracker } from '../../../src/testing/test-tracker.ts'
import { drain, listenToAdvice, MINUTE_MS, openTracker } from '../../support/tracking.ts'

const planOf = (times: number, within: 'session' | '10min') =>
  definePlan({
    name: 'acme',
    version: '1',
    events: { step_taken: event({}), steps_taken: event({ after: { event: 'step_taken', times, within } }) },
  })

describe('against an oracle', () => {
  /** Fires with the occurrence that fills the window, unless it has fired in that window already. */
  function expected(moments: readonly number[], times: number, windowMs: number): readonly number[] {
    const fired: number[] = []
    moments.forEach((time, index) => {
      const inside = (other: number) => other > time - windowMs
      const count = moments.slice(0, index + 1).filter(inside).length
      if (count >= times && !fired.some(inside)) fired.push(time)
    })
    return fired
  }

  test('any history of one tab, with page loads, derives what the definition says', async () => {
    listenToAdvice()
    const steps = fc.record({ waitMs: fc.integer({ min: 1, max: 8 * MINUTE_MS }), reload: fc.boolean() })
    await fc.assert(
      fc.asyncProperty(
        fc.array(steps, { maxLength: 15 }),
        fc.integer({ min: 1, max: 4 }),
        async (path, times) => {
          let platform = createManualPlatform()
          const moments: number[] = []
          const derived: number[] = []
          let tab = openTracker(planOf(times, '10min'), { platform, plugins: [journey()] })
          const end = () => {
            for (const { name, time } of tab.destination.events)
              if (name === 'steps_taken') derived.push(time)
            tab.tracker.dispose()
          }
          for (const { waitMs, reload } of path) {
            await drain()
            platform.advance(waitMs)
            if (reload) {
              end()
              platform = platform.reload()
              tab = openTracker(planOf(times, '10min'), { platform, plugins: [journey()] })
              await drain()
            }
            tab.tracker.track('step_taken')
            moments.push(platform.now())
            await drain()
          }
          end()
          expect(derived).toEqual(expected(moments, times, 10 * MINUTE_MS))
        },
      ),
      { numRuns: 60 },
    )
  })
})

describe('racing tabs', () => {
  /** Each sees what others have written to the mirror only when it looks; each step of the database waits for its turn. */
  async function race(
    scheduler: Scheduler,
    scripts: readonly (readonly ('step' | 'look')[])[],
    times: number,
  ) {
    const first = createManualPlatform({
      staleReads: true,
      turn: () => scheduler.schedule(Promise.resolve()),
    })
    const tabs = scripts.map((_, index) => {
      // Endless patience: nothing leaves without the answer of the database.
      const platform = { ...(index ? first.openTab() : first), later: () => () => {} }
      return createTestTracker(planOf(times, 'session'), { platform, plugins: [journey()] })
    })
    tabs.forEach(({ tracker, platform }, index) =>
      scheduler.scheduleSequence(
        (scripts[index] ?? []).map((step) => ({
          label: step,
          builder: async () => void (step === 'step' ? tracker.track('step_taken') : platform.sync()),
        })),
      ),
    )
    await scheduler.waitIdle()
    await scheduler.waitFor(Promise.all(tabs.map(({ tracker }) => tracker.flush())))
    const names = tabs.flatMap(({ destination }) => destination.events.map(({ name }) => name))
    for (const { tracker } of tabs) tracker.dispose()
    await scheduler.waitIdle()
    return names
  }

  test('in any interleaving the crossing is one event, and none without it', async () => {
    listenToAdvice()
    const script = fc.array(fc.constantFrom('step' as const, 'look' as const), { maxLength: 4 })
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(script, { minLength: 2, maxLength: 3 }),
        fc.integer({ min: 1, max: 4 }),
        async (scheduler, scripts, times) => {
          const names = await race(scheduler, scripts, times)
          const steps = names.filter((name) => name === 'step_taken').length
          expect(steps).toBe(scripts.flat().filter((step) => step === 'step').length)
          expect(names.filter((name) => name === 'steps_taken')).toHaveLength(steps >= times ? 1 : 0)
        },
      ),
      { numRuns: 150 },
    )
  })
})
