import * as v from 'valibot'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { definePlan, type PlanOptions } from '../../../src/plan/define-plan.ts'
import { type EventSettings, event } from '../../../src/plan/event.ts'
import { standardEvents } from '../../../src/plan/standard-events.ts'
import { MicroconversionError } from '../../../src/support/errors.ts'

type Options = PlanOptions<Record<string, {}>>

/** As a JavaScript caller would: nothing but the check at run time stands in the way. */
function planOf(events: Readonly<Record<string, Partial<EventSettings>>>, more: object = {}) {
  return definePlan({ name: 'acme', version: '1', events, ...more } as unknown as Options)
}

function errorOf(declare: () => unknown): MicroconversionError {
  try {
    declare()
  } catch (error) {
    if (error instanceof MicroconversionError) return error
  }
  throw new Error('no MicroconversionError was thrown')
}

afterEach(() => vi.unstubAllEnvs())

describe('RMC001, a name that is no event of the plan', () => {
  const events = { pricing_clicked: {}, demo_booked: {} }

  test('as a goal, with the nearest name', () => {
    const error = errorOf(() => planOf({ ...events, form_started: { goal: 'demo_boked' } }))
    expect(error.code).toBe('RMC001')
    expect(error.message).toContain('the goal of "form_started" names "demo_boked"')
    expect(error.message).toContain('Did you mean "demo_booked"?')
  })

  test('as a funnel step, with the name of the funnel', () => {
    const error = errorOf(() => planOf(events, { funnels: { demo: ['pricing_clicked', 'pricing_cliked'] } }))
    expect(error.code).toBe('RMC001')
    expect(error.message).toContain('the funnel "demo"')
    expect(error.message).toContain('Did you mean "pricing_clicked"?')
  })
})

describe('a derived event', () => {
  const events = { pricing_viewed: {}, trial_started: {} }
  const derivedBy = (after: object, more: Partial<EventSettings> = {}) =>
    errorOf(() => planOf({ ...events, trial_missed: { ...more, after: after as EventSettings['after'] } }))

  test('RMC001, a cause that is no event of the plan', () => {
    const cause = derivedBy({ event: 'pricing_vewed' })
    expect(cause.code).toBe('RMC001')
    expect(cause.message).toContain('`after` of "trial_missed" names "pricing_vewed"')
    expect(cause.message).toContain('Did you mean "pricing_viewed"?')
    const other = derivedBy({ event: 'pricing_viewed', without: 'trial_begun', within: '3d' })
    expect(other.message).toContain('`after.without` of "trial_missed" names "trial_begun"')
  })

  test.each([
    [{ times: 0 }, 'times 0'],
    [{ times: 51 }, 'times 51'],
    [{ times: 1.5 }, 'times 1.5'],
    [{ within: '3 days' }, 'within "3 days"'],
    [{ within: '0s' }, 'within "0s"'],
    [{ within: '91d' }, 'within "91d"'],
    [{ without: 'trial_started' }, 'no time for it'],
    [{ without: 'trial_started', within: 'session' }, 'no time for it'],
    [{ without: 'trial_started', within: '3d', times: 2 }, 'both `times` and `without`'],
  ])('RMC006, out of range: %j', (after, message) => {
    const error = derivedBy({ event: 'pricing_viewed', ...after })
    expect(error.code).toBe('RMC006')
    expect(error.message).toContain(message)
  })

  test.each([
    { times: 50 },
    { within: 'session' },
    { within: '1.5h' },
    { without: 'trial_started', within: '90d' },
  ])('but not %j', (after) => {
    const given = { event: 'pricing_viewed', ...after } as EventSettings['after']
    expect(() => planOf({ ...events, trial_missed: { after: given } })).not.toThrow()
  })

  test('RMC007, events that follow from each other', () => {
    const error = errorOf(() =>
      planOf({
        a_seen: { after: { event: 'b_seen' } },
        b_seen: { after: { event: 'start_seen', without: 'c_seen', within: '1h' } },
        c_seen: { after: { event: 'a_seen' } },
        start_seen: {},
      }),
    )
    expect(error.code).toBe('RMC007')
    expect(error.message).toContain('"a_seen" → "b_seen" → "c_seen" → "a_seen"')
    expect(errorOf(() => planOf({ a_seen: { after: { event: 'a_seen' } } })).code).toBe('RMC007')
    const chain = {
      b_seen: { after: { event: 'a_seen' } },
      c_seen: { after: { event: 'b_seen' } },
      a_seen: {},
    }
    expect(() => planOf(chain)).not.toThrow()
  })

  test('RMC008, properties that nothing gives it', () => {
    const properties = v.object({ count: v.number() })
    const error = derivedBy({ event: 'pricing_viewed' }, { properties })
    expect(error.code).toBe('RMC008')
    const made = { event: 'pricing_viewed', properties: () => ({ count: 1 }) }
    expect(() => planOf({ ...events, trial_missed: { properties, after: made } })).not.toThrow()
    const optional = v.object({ count: v.optional(v.number()) })
    const plain = { event: 'pricing_viewed' }
    expect(() => planOf({ ...events, trial_missed: { properties: optional, after: plain } })).not.toThrow()
  })
})

describe('a funnel', () => {
  const events = { a_seen: {}, b_seen: {} }
  test('with a time of its own, or without', () => {
    const plan = planOf(events, {
      funnels: { all: ['a_seen', 'b_seen'], soon: { steps: ['a_seen', 'b_seen'], within: '7d' } },
    })
    expect(plan.funnels).toEqual({
      all: { steps: ['a_seen', 'b_seen'] },
      soon: { steps: ['a_seen', 'b_seen'], within: '7d' },
    })
  })

  test('RMC006, a step twice, or no time', () => {
    for (const funnel of [['a_seen', 'b_seen', 'a_seen'], { steps: ['a_seen'], within: 'soon' }]) {
      expect(errorOf(() => planOf(events, { funnels: { funnel } })).code).toBe('RMC006')
    }
  })
})

describe('RMC002, a name outside the convention', () => {
  test.each(['Pricing Clicked', 'pricingClicked', 'pricing', 'pricing-clicked', '_clicked', '1_clicked', ''])(
    '%j',
    (name) => {
      expect(errorOf(() => planOf({ [name]: {} })).code).toBe('RMC002')
    },
  )

  test.each(['pricing_clicked', 'add_to_cart', 'step_2', 'purchase', 'login'])('but not %j', (name) => {
    expect(() => planOf({ [name]: {} })).not.toThrow()
  })

  test.each(Object.entries(standardEvents))('nor the standard events of %s', (_, events) => {
    expect(() => planOf(events as unknown as Record<string, EventSettings>)).not.toThrow()
  })

  test('as the plan itself defines it', () => {
    expect(() => planOf({ 'Pricing Clicked': {} }, { naming: false })).not.toThrow()
    expect(() => planOf({ 'pricing.clicked': {} }, { naming: /^\w+\.\w+$/ })).not.toThrow()
    expect(errorOf(() => planOf({ pricing_clicked: {} }, { naming: /^\w+\.\w+$/ })).message).toContain(
      '/^\\w+\\.\\w+$/',
    )
  })

  test('whatever the flags of its expression', () => {
    const names = { 'a.b': {}, 'c.d': {}, 'e.f': {} }
    expect(() => planOf(names, { naming: /^\w+\.\w+$/g })).not.toThrow()
  })
})

test('RMC003, two events with one wire name', () => {
  const error = errorOf(() => planOf({ pricing_clicked: {}, offer_clicked: { wireName: 'pricing_clicked' } }))
  expect(error.code).toBe('RMC003')
  expect(error.message).toContain('"pricing_clicked" and "offer_clicked"')
  expect(() => planOf({ pricing_clicked: {}, offer_clicked: { wireName: 'offer' } })).not.toThrow()
})

test('RMC004, an asynchronous schema', () => {
  const properties = v.objectAsync({
    tier: v.pipeAsync(
      v.string(),
      v.checkAsync(async () => true),
    ),
  })
  expect(errorOf(() => planOf({ pricing_clicked: { properties } as Partial<EventSettings> })).code).toBe(
    'RMC004',
  )
})

test('a schema that throws on nothing is not asynchronous', () => {
  const validate = () => {
    throw new Error('not an object')
  }
  const properties = { '~standard': { version: 1, vendor: 'test', validate } } as const
  expect(() => planOf({ pricing_clicked: { properties } })).not.toThrow()
})

describe('RMC005, a rule out of range', () => {
  test.each([
    ['a frequency with max 0', { frequency: { max: 0 } }],
    ['a frequency with max 1.5', { frequency: { max: 1.5 } }],
    ['a frequency with max 101', { frequency: { max: 101 } }],
    ['a frequency with max Infinity', { frequency: { max: Number.POSITIVE_INFINITY } }],
    ['a frequency with max NaN', { frequency: { max: Number.NaN } }],
    ['window "0s"', { frequency: { per: { window: '0s' } } }],
    ['window "-1s"', { frequency: [{ per: { window: '-1s' } }] }],
    ['window "1 day"', { frequency: { per: { window: '1 day' } } }],
    ['minGap "0s"', { frequency: { minGap: '0s' } }],
    ['minGap 5000', { frequency: { max: 2, minGap: 5_000 } }],
    ['rollout 1.1', { rollout: 1.1 }],
    ['rollout NaN', { rollout: Number.NaN }],
    ['sampleRate -0.1', { sampleRate: -0.1 }],
    ['the unknown frequency "once-per-sesion"', { frequency: 'once-per-sesion' }],
    ['the unknown scope "sesion"', { frequency: { per: 'sesion' } }],
  ])('%s', (what, settings) => {
    const error = errorOf(() => planOf({ pricing_clicked: settings as Partial<EventSettings> }))
    expect(error.code).toBe('RMC005')
    expect(error.message).toContain(`"pricing_clicked" has ${what}`)
  })

  test.each([
    { frequency: { max: 100 } },
    { frequency: { minGap: '1ms' } },
    { frequency: { max: 3, per: { window: '1ms' }, minGap: '1ms' } },
    { rollout: 0, sampleRate: 1 },
    { frequency: 'always' },
  ] as Partial<EventSettings>[])('but not %j', (settings) => {
    expect(() => planOf({ pricing_clicked: settings })).not.toThrow()
  })
})

describe('RMC352, what is no event', () => {
  test.each([undefined, null, () => {}, 'pricing_clicked'])('%s', (given) => {
    const error = errorOf(() => planOf({ pricing_clicked: given as never }))
    expect(error.code).toBe('RMC352')
    expect(error.message).toContain('"pricing_clicked"')
  })

  test('an event without options is one', () => {
    const plan = definePlan({ name: 'acme', version: '1', events: { pricing_clicked: event() } })
    expect(plan.events.get('pricing_clicked')?.rules).toEqual([])
  })
})

test('in production nothing is checked, and nothing is thrown', () => {
  vi.stubEnv('NODE_ENV', 'production')
  expect(() =>
    planOf(
      { Wrong: { goal: 'nowhere', rollout: 7, frequency: 'sometimes' } as never, none: undefined as never },
      { funnels: { a: ['b'] } },
    ),
  ).not.toThrow()
})

test('keeps events in the order of their declaration, with their rules in the canonical form', () => {
  const plan = definePlan({
    name: 'acme',
    version: '1',
    events: { demo_booked: event({ frequency: 'once-per-user' }), pricing_clicked: event({}) },
  })
  expect([...plan.events.keys()]).toEqual(['demo_booked', 'pricing_clicked'])
  expect(plan.events.get('demo_booked')?.rules).toMatchObject([{ max: 1, per: 'user' }])
})

test('an owner of the plan is that of events without one', () => {
  const plan = definePlan({
    name: 'acme',
    version: '1',
    owner: 'growth',
    events: { pricing_clicked: event(), demo_booked: event({ owner: 'sales' }) },
  })
  expect(plan.events.get('pricing_clicked')?.owner).toBe('growth')
  expect(plan.events.get('demo_booked')?.owner).toBe('sales')
})
