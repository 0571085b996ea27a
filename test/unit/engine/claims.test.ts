import fc, { type Scheduler } from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { TrackedEvent } from '../../../src/engine/pipeline/tracked-event.ts'
import { definePlan } from '../../../src/plan/define-plan.ts'
import { event } from '../../../src/plan/event.ts'
import type { FrequencyLimit } from '../../../src/plan/frequency.ts'
import { typed } from '../../../src/plan/standard-schema.ts'
import { createManualPlatform } from '../../../src/testing/manual-platform.ts'
import { createTestTracker, type TestTracker } from '../../../src/testing/test-tracker.ts'

type Viewed = { readonly sku: string; readonly brand: string }
const planOf = (limits: readonly FrequencyLimit<Viewed>[]) =>
  definePlan({
    name: 'acme',
    version: '1',
    events: { product_viewed: event({ properties: typed<Viewed>(), frequency: limits }) },
  })
type Tab = TestTracker<ReturnType<typeof planOf>>

/**
 * Tabs of one browser. Each sees what others have written to the mirror only when it looks, and every step of the
 * database waits for its turn. With endless patience nothing goes without an answer.
 */
function openRacingTabs(
  limits: readonly FrequencyLimit<Viewed>[],
  consents: readonly ('granted' | 'pending')[],
  scheduler: Scheduler,
  patience: 'endless' | 'short' = 'endless',
): readonly Tab[] {
  const plan = planOf(limits)
  const first = createManualPlatform({ staleReads: true, turn: () => scheduler.schedule(Promise.resolve()) })
  return consents.map((consent, index) => {
    const platform = index ? first.openTab() : first
    const endless = { ...platform, later: () => () => {} }
    return createTestTracker(plan, { platform: patience === 'short' ? platform : endless, consent })
  })
}

type Step =
  | { readonly do: 'view'; readonly given: Viewed }
  | { readonly do: 'look' }
  | { readonly do: 'wait'; readonly ms: number }
  | { readonly do: 'answer' }

function take({ tracker, platform }: Tab, step: Step): void {
  if (step.do === 'view') tracker.track('product_viewed', step.given)
  else if (step.do === 'look') platform.sync()
  else if (step.do === 'wait') platform.advance(step.ms)
  else tracker.consent.update('granted')
}

/** Plays all scripts in any interleaving, to the end of what they caused. */
async function play(
  tabs: readonly Tab[],
  scripts: readonly (readonly Step[])[],
  scheduler: Scheduler,
): Promise<readonly TrackedEvent[]> {
  tabs.forEach((tab, index) =>
    scheduler.scheduleSequence(
      (scripts[index] ?? []).map((step) => ({ label: step.do, builder: async () => take(tab, step) })),
    ),
  )
  await scheduler.waitIdle()
  await scheduler.waitFor(Promise.all(tabs.map(({ tracker }) => tracker.flush())))
  const arrived = tabs.flatMap(({ destination }) => destination.events)
  for (const { tracker } of tabs) tracker.dispose()
  await scheduler.waitIdle()
  return arrived
}

/** What one rule forbids, found in what arrived. */
function violations(limit: FrequencyLimit<Viewed>, arrived: readonly TrackedEvent[]): readonly string[] {
  const { per = 'session', key, minGap = '0ms' } = limit
  const max = limit.max ?? (limit.minGap === undefined ? 1 : Number.POSITIVE_INFINITY)
  const minGapMs = Number.parseInt(minGap, 10)
  const windowMs = typeof per === 'object' ? Number.parseInt(per.window, 10) : Number.POSITIVE_INFINITY
  const lists = new Map<string, number[]>()
  for (const { properties, time, sessionId, anonymousId } of arrived) {
    const scope = per === 'session' ? sessionId : anonymousId
    const list = `${scope} ${typeof key === 'function' ? key(properties as Viewed) : ''}`
    lists.set(
      list,
      [...(lists.get(list) ?? []), time].sort((a, b) => a - b),
    )
  }
  return [...lists].flatMap(([list, times]) =>
    times.flatMap((time, index) => {
      const within = times.slice(0, index + 1).filter((other) => time - other < windowMs)
      const gap = time - (times[index - 1] ?? Number.NEGATIVE_INFINITY)
      return within.length > max || gap < minGapMs ? [`${list}: ${times.join()}`] : []
    }),
  )
}

const bySku = ({ sku }: Viewed) => sku
const byBrand = ({ brand }: Viewed) => brand
const upTo = (max: number) => fc.integer({ min: 1, max }).map((ms) => `${ms}ms` as const)
const limit: fc.Arbitrary<FrequencyLimit<Viewed>> = fc.record(
  {
    max: fc.integer({ min: 1, max: 3 }),
    per: fc.oneof(fc.constantFrom('session' as const, 'user' as const), fc.record({ window: upTo(60) })),
    key: fc.constantFrom(bySku, byBrand),
    minGap: upTo(30),
  },
  { requiredKeys: [] },
)
const given = fc.record({ sku: fc.constantFrom('a', 'b'), brand: fc.constantFrom('a', 'b') })
const view = fc.record({ do: fc.constant('view' as const), given })
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: view },
  { weight: 2, arbitrary: fc.constant({ do: 'look' as const }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.nat(40) }) },
)
/** Never a refusal: it erases what all tabs have counted, and users begin anew. */
const answer: fc.Arbitrary<Step> = fc.constant({ do: 'answer' })
const scriptsOf = (one: fc.Arbitrary<Step>) =>
  fc.array(fc.array(one, { minLength: 1, maxLength: 8 }), { minLength: 2, maxLength: 4 })

describe('over several tabs, in any interleaving, with stale mirrors', () => {
  test('no rule is ever exceeded, alone or with others', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(limit, { minLength: 1, maxLength: 3 }),
        scriptsOf(step),
        async (scheduler, limits, scripts) => {
          const tabs = openRacingTabs(
            limits,
            scripts.map(() => 'granted'),
            scheduler,
          )
          const arrived = await play(tabs, scripts, scheduler)
          expect(limits.flatMap((one) => violations(one, arrived))).toEqual([])
        },
      ),
      { numRuns: 150 },
    )
  })

  test('nor when tabs get their answers one after the other', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(limit, { minLength: 1, maxLength: 2 }),
        scriptsOf(fc.oneof({ weight: 5, arbitrary: step }, { weight: 1, arbitrary: answer })),
        async (scheduler, limits, scripts) => {
          const tabs = openRacingTabs(
            limits,
            scripts.map(() => 'pending'),
            scheduler,
          )
          const arrived = await play(tabs, scripts, scheduler)
          expect(limits.flatMap((one) => violations(one, arrived))).toEqual([])
        },
      ),
      { numRuns: 150 },
    )
  })

  test('as many arrive as a rule admits: nothing is lost to a race', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.integer({ min: 1, max: 3 }),
        fc.constantFrom('session' as const, 'user' as const),
        scriptsOf(view),
        async (scheduler, max, per, scripts) => {
          const tabs = openRacingTabs(
            [{ max, per, key: bySku }],
            scripts.map(() => 'granted'),
            scheduler,
          )
          const arrived = await play(tabs, scripts, scheduler)
          for (const sku of ['a', 'b']) {
            const attempts = scripts.flat().filter((one) => one.do === 'view' && one.given.sku === sku)
            const events = arrived.filter(({ properties }) => properties['sku'] === sku)
            expect(events).toHaveLength(Math.min(max, attempts.length))
          }
        },
      ),
      { numRuns: 100 },
    )
  })

  test('all or none: what one of two rules refuses leaves nothing counted under the other', async () => {
    const limits: readonly FrequencyLimit<Viewed>[] = [
      { max: 1, per: 'session', key: bySku },
      { max: 2, per: 'session', key: byBrand },
    ]
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), scriptsOf(view), async (scheduler, scripts) => {
        const tabs = openRacingTabs(
          limits,
          scripts.map(() => 'granted'),
          scheduler,
        )
        const platform = tabs[0]?.platform
        const arrived = await play(tabs, scripts, scheduler)
        const rows = Object.entries(platform?.stored() ?? {}).filter(([key]) =>
          /^database .*viewed/.test(key),
        )
        const counted = rows.flatMap(([, row]) => (JSON.parse(row) as { times: number[] }).times)
        expect(counted).toHaveLength(arrived.length * limits.length)
      }),
      { numRuns: 100 },
    )
  })

  test('when answers come too late, nothing is lost, and what the record calls fired is what arrived', async () => {
    const slow = fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: 50, max: 2_000 }) })
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        scriptsOf(fc.oneof({ weight: 3, arbitrary: view }, { weight: 2, arbitrary: slow })),
        async (scheduler, scripts) => {
          const consents = scripts.map(() => 'granted' as const)
          const tabs = openRacingTabs([{ max: 1, per: 'user', key: bySku }], consents, scheduler, 'short')
          const arrived = await play(tabs, scripts, scheduler)
          const fired = tabs.flatMap(({ decisions }) =>
            decisions().filter(({ outcome }) => outcome === 'fired'),
          )
          expect(arrived.map(({ id }) => id).sort()).toEqual(fired.map(({ eventId }) => eventId).sort())
          for (const sku of ['a', 'b']) {
            const attempts = scripts.flat().filter((one) => one.do === 'view' && one.given.sku === sku)
            const events = arrived.filter(({ properties }) => properties['sku'] === sku)
            expect(events.length).toBeGreaterThanOrEqual(Math.min(1, attempts.length))
          }
        },
      ),
      { numRuns: 100 },
    )
  })

  test('one user, one session: what all tabs sent agrees', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        scriptsOf(fc.oneof({ weight: 3, arbitrary: step }, { weight: 1, arbitrary: answer })),
        async (scheduler, scripts) => {
          const consents = scripts.map((_, index) => (index % 2 ? 'pending' : 'granted'))
          const tabs = openRacingTabs([{ max: 100, per: 'session' }], consents, scheduler)
          const arrived = await play(tabs, scripts, scheduler)
          expect(new Set(arrived.map(({ anonymousId }) => anonymousId)).size).toBeLessThanOrEqual(1)
          expect(new Set(arrived.map(({ sessionId }) => sessionId)).size).toBeLessThanOrEqual(1)
        },
      ),
      { numRuns: 100 },
    )
  })
})

test('tabs that wake together find one successor of their session, in any interleaving', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      scriptsOf(
        fc.oneof(
          { weight: 3, arbitrary: view },
          { weight: 1, arbitrary: fc.constant({ do: 'look' as const }) },
        ),
      ),
      async (scheduler, scripts) => {
        const consents = scripts.map(() => 'granted' as const)
        const tabs = openRacingTabs([{ max: 100, per: 'session' }], consents, scheduler)
        await scheduler.waitFor(Promise.all(tabs.map(({ tracker }) => tracker.flush())))
        for (const { platform } of tabs) platform.sync()
        tabs[0]?.platform.advance(31 * 60_000)
        const arrived = await play(tabs, scripts, scheduler)
        expect(new Set(arrived.map(({ sessionId }) => sessionId)).size).toBeLessThanOrEqual(1)
      },
    ),
    { numRuns: 150 },
  )
})

describe.each(['session', 'user'] as const)('a race of tabs for once per %s', (per) => {
  test('has exactly one winner, under the id that any of them would have given it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.integer({ min: 2, max: 8 }), async (scheduler, count) => {
        const scripts = Array.from({ length: count }, (): readonly Step[] => [
          { do: 'view', given: { sku: 'a', brand: 'b' } },
        ])
        const tabs = openRacingTabs(
          [{ max: 1, per }],
          scripts.map(() => 'granted'),
          scheduler,
        )
        const arrived = await play(tabs, scripts, scheduler)
        expect(arrived).toHaveLength(1)
        expect(arrived[0]?.id).toMatch(/^\w{8}-\w{4}-8\w{3}-8\w{3}-\w{12}$/)
        const ends = tabs.flatMap(({ decisions }) =>
          decisions().map(({ outcome, reason }) => `${outcome} ${reason}`),
        )
        expect(ends.filter((end) => end === 'fired admitted')).toHaveLength(1)
        expect(ends.filter((end) => /^dropped (?:superseded|frequency)$/.test(end))).toHaveLength(count - 1)
      }),
      { numRuns: 50 },
    )
  })
})

test('an event counts once also where the clock stands at zero, as in a test', async () => {
  const platform = createManualPlatform({ now: 0 })
  const given = { sku: 'a', brand: 'b' }
  const plan = planOf([{ per: 'user' }])
  const { tracker } = createTestTracker(plan, { platform })
  expect(tracker.track('product_viewed', given).outcome).toBe('fired')
  await tracker.flush()
  expect(tracker.track('product_viewed', given).outcome).toBe('dropped')
  await tracker.flush()
  const next = createTestTracker(plan, { platform: platform.reload() })
  await next.platform.settle()
  expect(next.tracker.track('product_viewed', given).outcome).toBe('dropped')
})
