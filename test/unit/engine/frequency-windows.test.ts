import fc from 'fast-check'
import { expect, test } from 'vitest'
import { definePlan } from '../../../src/plan/define-plan.ts'
import { event } from '../../../src/plan/event.ts'
import { createManualPlatform, type ManualPlatform } from '../../../src/testing/manual-platform.ts'
import { drain, HOUR_MS, listenToAdvice, MINUTE_MS, openTracker, SECOND_MS } from '../../support/tracking.ts'

const plan = definePlan({
  name: 'acme',
  version: '1',
  events: {
    step_taken: event({}),
    twice_hourly: event({ frequency: { max: 2, per: { window: '1h' } } }),
    seldom_seen: event({ frequency: { minGap: '10min', per: 'user' } }),
    doubly_limited: event({
      frequency: [
        { max: 3, per: { window: '1h' } },
        { max: 2, per: 'session' },
      ],
    }),
  },
})

const tab = fc.nat(2)
const step = fc.oneof(
  fc.record({
    kind: fc.constant('wait' as const),
    ms: fc.constantFrom(SECOND_MS, MINUTE_MS, 5 * MINUTE_MS, 31 * MINUTE_MS, HOUR_MS, 2 * HOUR_MS),
  }),
  fc.record({
    kind: fc.constant('track' as const),
    tab,
    name: fc.constantFrom('twice_hourly' as const, 'seldom_seen' as const, 'doubly_limited' as const),
  }),
  fc.record({ kind: fc.constantFrom('reload' as const, 'reopen' as const), tab }),
)

test('windows, gaps and sessions hold over three tabs, page loads and visits, and refuse nothing else', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
      listenToAdvice()
      const first = createManualPlatform()
      const opened: ReturnType<typeof openTracker<typeof plan>>[] = []
      function open(platform: ManualPlatform) {
        const tracking = openTracker(plan, { platform })
        opened.push(tracking)
        return tracking
      }
      const tabs = [first, first.openTab(), first.openTab()].map(open)
      await drain()
      const tabAt = (index: number) => tabs[index] as (typeof tabs)[number]
      const arrived = (name: string) =>
        opened.flatMap(({ destination }) => destination.events.filter((each) => each.name === name))

      for (const each of steps) {
        if (each.kind === 'wait') first.advance(each.ms)
        else if (each.kind === 'track') {
          const { tracker, destination } = tabAt(each.tab)
          tracker.track('step_taken')
          await drain()
          const session = destination.events.at(-1)?.sessionId
          const now = first.now()
          const before = arrived(each.name)
          const lately = before.filter(({ time }) => now - time < HOUR_MS).length
          const inSession = before.filter(({ sessionId }) => sessionId === session).length
          const admits = {
            twice_hourly: lately < 2,
            seldom_seen: before.every(({ time }) => now - time >= 10 * MINUTE_MS),
            doubly_limited: lately < 3 && inSession < 2,
          }
          tracker.track(each.name)
          await drain()
          expect(arrived(each.name)).toHaveLength(before.length + Number(admits[each.name]))
        } else {
          const { platform, tracker } = tabAt(each.tab)
          platform.leave()
          tracker.dispose()
          tabs[each.tab] = open(each.kind === 'reload' ? platform.reload() : first.openTab())
        }
        await drain()
      }
      for (const { tracker } of opened) tracker.dispose()
    }),
    { numRuns: 40 },
  )
})
