import fc from 'fast-check'
import { expect, test } from 'vitest'
import { http } from '../../../src/destinations/http/http.ts'
import { journey } from '../../../src/engine/journey/journey.ts'
import { definePlan } from '../../../src/plan/define-plan.ts'
import { event } from '../../../src/plan/event.ts'
import { typed } from '../../../src/plan/standard-schema.ts'
import type { Network, NetworkRequest } from '../../../src/platform/network.ts'
import type { Row } from '../../../src/platform/platform.ts'
import { createManualPlatform, type ManualPlatform } from '../../../src/testing/manual-platform.ts'
import { drain, listenToAdvice, openTracker, SECOND_MS } from '../../support/tracking.ts'
import { wireSchema } from '../../support/wire-schema.ts'

const plan = definePlan({
  name: 'acme',
  version: '1',
  events: {
    step_taken: event({ properties: typed<{ number: number }>() }),
    demo_booked: event({ frequency: 'once-per-user' }),
    pricing_clicked: event({ frequency: 'once-per-session' }),
    pricing_seen_twice: event({ after: { event: 'step_taken', times: 2 } }),
  },
})

type Json = { readonly [key: string]: unknown }

const validate = wireSchema()

/** What is wrong with an event of this page and with what it shares. Rows of earlier pages may hold anything. */
function faultsOf(body: string, found: Json): readonly string[] {
  const { number } = found['properties'] as { readonly number?: number }
  if (number !== 4 && number !== 5) return []
  const batch = JSON.parse(body) as { readonly contexts: readonly Json[]; readonly pages: readonly Json[] }
  const { context = 0, page = 0, ...event } = found as { readonly context?: number; readonly page?: number }
  const shared = { contexts: [batch.contexts[context]], pages: [batch.pages[page]] }
  // A stored id may be any text.
  return validate({ ...batch, ...shared, events: [event] }).filter((fault) => !fault.includes('format'))
}

/** A collector that refuses a body that is no batch, and one with an event without a text as its id. */
function collector(status = 200) {
  const arrived: string[] = []
  const wrong: string[] = []
  const answer = ({ body }: NetworkRequest) => {
    if (status !== 200) return { status }
    try {
      const { events } = JSON.parse(body) as { readonly events: readonly Json[] }
      if (!events.every(({ id, name }) => typeof id === 'string' && typeof name === 'string'))
        return { status: 422 }
      for (const each of events) if (each['name'] === 'step_taken') wrong.push(...faultsOf(body, each))
      arrived.push(...events.map(({ properties, name }) => `${name} ${JSON.stringify(properties)}`))
      return { status: 200 }
    } catch {
      return { status: 400 }
    }
  }
  const network: Network = {
    request: async (request) => answer(request),
    beacon: () => false,
    keptAliveBytes: () => 0,
    online: () => true,
    onOnline: () => () => {},
    origin: () => 'https://shop.test',
  }
  return { arrived, wrong, destination: http({ url: '/collect', network, batch: { maxAge: '1s' } }) }
}

/** Pages that leave something in each place: identity, counts, landing, journey, held events, rows and a spill. */
async function leaveTraces(): Promise<ManualPlatform> {
  const platform = createManualPlatform({ path: '/?utm_source=mail' })
  let gone = false
  const open = (on: ManualPlatform, consent: 'granted' | 'pending') =>
    openTracker(plan, {
      // Nothing runs any more on a page that is gone.
      platform: { ...on, later: (ms, run) => on.later(ms, () => gone || run()) },
      hold: 'tab',
      consent,
      plugins: [journey()],
      destinations: [collector(503).destination],
    })
  const first = open(platform, 'granted')
  first.tracker.identify('ada')
  for (const name of ['demo_booked', 'pricing_clicked'] as const) first.tracker.track(name)
  first.tracker.track('step_taken', { number: 1 })
  await drain()
  platform.advance(SECOND_MS)
  await drain()
  first.tracker.track('step_taken', { number: 2 })
  platform.leave()
  await drain()
  const second = open(platform.reload(), 'pending')
  second.tracker.track('step_taken', { number: 3 })
  await drain()
  gone = true
  return second.platform.reload()
}

const anything = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom(null, -1, 1e308, '', 'x', [], {}, [null], { id: '' }, '__proto__', '\ud800', 'a\nb'),
)
/** Changes one text: replaced, cut off, or with other values at some places of its JSON. */
const change = fc.oneof(
  fc.record({ kind: fc.constant('keep' as const) }),
  fc.record({ kind: fc.constant('text' as const), text: fc.oneof(fc.string(), fc.json()) }),
  fc.record({ kind: fc.constant('cut' as const), share: fc.double({ min: 0, max: 1, noNaN: true }) }),
  fc.record({
    kind: fc.constant('values' as const),
    at: fc.array(fc.nat(400), { minLength: 1, maxLength: 4 }),
    value: anything,
  }),
)
type Change = typeof change extends fc.Arbitrary<infer T> ? T : never

function changed(text: string, how: Change): string {
  if (how.kind === 'text') return how.text
  if (how.kind === 'cut') return text.slice(0, Math.floor(how.share * text.length))
  if (how.kind === 'keep') return text
  let place = 0
  const count: unknown[] = []
  try {
    JSON.parse(text, (_, value) => count.push(value) && value)
    return JSON.stringify(
      JSON.parse(text, (_, value) =>
        how.at.some((at) => at % count.length === place++) ? how.value : value,
      ) ?? null,
    )
  } catch {
    return text.slice(how.at[0])
  }
}

const rowOf = (text: string): Row => {
  try {
    return JSON.parse(text) as Row
  } catch {
    return text as unknown as Row
  }
}

test('whatever storage holds: no page breaks, and what happens now is delivered', async () => {
  listenToAdvice()
  const names = Object.keys((await leaveTraces()).stored())
  expect(
    names.filter((name) => /:(?:visitor|session|held|out|journey|user)\b/.test(name)).length,
  ).toBeGreaterThan(8)
  await fc.assert(
    fc.asyncProperty(
      fc.array(change, { minLength: names.length, maxLength: names.length + 4 }),
      async (changes) => {
        const platform = await leaveTraces()
        for (const [index, [name, text]] of Object.entries(platform.stored()).entries()) {
          const [, place, key = ''] = /^(local|tab|database) (.*)$/s.exec(name) ?? []
          const next = changed(text, changes[index] ?? { kind: 'keep' })
          if (place === 'local') platform.local.set(key, next)
          else if (place === 'tab') platform.tab.set(key, next)
          else {
            const [database = '', ...row] = key.split(' ')
            ;(await platform.openDatabase(database)).put(new Map([[row.join(' '), rowOf(next)]]))
          }
        }
        await drain(20)
        const { arrived, wrong, destination } = collector()
        const own = openTracker(plan, {
          platform,
          hold: 'tab',
          plugins: [journey()],
          destinations: [destination],
        })
        own.tracker.track('step_taken', { number: 4 })
        await drain()
        own.tracker.track('step_taken', { number: 5 })
        for (let second = 0; second < 60; second++) {
          platform.advance(SECOND_MS)
          await drain(150)
        }
        expect(arrived).toEqual(
          expect.arrayContaining(['step_taken {"number":4}', 'step_taken {"number":5}']),
        )
        expect(own.destination.events.map(({ properties }) => properties)).toEqual(
          expect.arrayContaining([{ number: 4 }, { number: 5 }]),
        )
        expect(wrong).toEqual([])
        own.tracker.consent.update('denied')
        await drain()
        expect(platform.stored()).toEqual({})
        own.tracker.dispose()
      },
    ),
    { numRuns: 40 },
  )
})
