import { describe, expect, test } from 'vitest'
import { decide, type World } from '../../../src/engine/decision/decide.ts'
import { createGuard } from '../../../src/engine/personal-data/guard.ts'
import type { Occurrence } from '../../../src/engine/pipeline/occurrence.ts'
import type { PlannedEvent } from '../../../src/plan/define-plan.ts'
import type { StandardSchema } from '../../../src/plan/standard-schema.ts'

const NOW = 1_000_000
const occurrence: Occurrence = {
  event: 'pricing_clicked',
  properties: {},
  time: NOW,
  page: { number: 1, url: '', path: '/', title: '', referrer: '' },
  trigger: { component: 'track', fact: 'call' },
  scope: {},
  device: { class: 'desktop', viewport: { width: 0, height: 0 }, language: '', timeZone: '' },
}
const world: World = {
  now: NOW,
  units: { user: 'user', session: 'session', event: 'event' },
  invalid: 'drop',
  guard: createGuard('block'),
  findings: [],
  unwantedBot: false,
  times: () => [],
  destinations: [{ name: 'ours', consent: 'granted' }],
}
const perSession = { max: 1, per: 'session' } as const
const refusing: StandardSchema<object> = {
  '~standard': { version: 1, vendor: 'test', validate: () => ({ issues: [{ message: 'no' }] }) },
}

interface Cause {
  readonly planned?: Partial<PlannedEvent> | 'unknown'
  readonly world?: Partial<World>
}

/** Each cause in the order in which it is looked for; the first that holds is the reason. */
const causes: readonly [reason: string, cause: Cause][] = [
  ['unknown-event', { planned: 'unknown' }],
  ['invalid-properties', { planned: { properties: refusing } }],
  ['personal-data', { world: { findings: [{ kind: 'email', path: 'page.url' }] } }],
  ['not-counted', { planned: { counts: () => false } }],
  ['suspected-bot', { world: { unwantedBot: true } }],
  ['retired', { planned: { status: 'retired' } }],
  ['not-in-rollout', { planned: { rollout: 0 } }],
  ['frequency', { planned: { rules: [perSession] }, world: { times: () => [NOW - 1] } }],
  ['sampled-out', { planned: { sampleRate: 0 } }],
  ['no-destination', { planned: { destinations: { ours: false } } }],
  ['consent-denied', { world: { destinations: [{ name: 'ours', consent: 'denied' }] } }],
]

function reasonOf(...together: readonly Cause[]): string {
  const planned = together.some((cause) => cause.planned === 'unknown')
    ? undefined
    : Object.assign({ rules: [] }, ...together.map((cause) => cause.planned))
  return decide(occurrence, planned, Object.assign({}, world, ...together.map((cause) => cause.world))).reason
}

describe('the reason', () => {
  test.each(causes)('%s, when that is all that stands against it', (reason, cause) => {
    expect(reasonOf(cause)).toBe(reason)
  })

  test.each(
    causes.flatMap(([first, one], index) =>
      causes.slice(index + 1).map(([second, other]) => [first, second, one, other] as const),
    ),
  )('is %s rather than %s, when both hold', (first, _, one, other) => {
    expect(reasonOf(other, one)).toBe(first)
  })

  test('is admitted when nothing stands against it', () => {
    expect(decide(occurrence, { rules: [] }, world)).toMatchObject({ outcome: 'fired', reason: 'admitted' })
  })

  test('is draft for a draft', () => {
    expect(reasonOf({ planned: { status: 'draft' } })).toBe('draft')
  })

  test('is repeated for the second run of an effect, unless the event has rules of its own (F11)', () => {
    const mounted = { ...occurrence, trigger: { component: 'Impression', fact: 'seen', fromEffect: true } }
    const reasonOfMount = (planned: Partial<PlannedEvent>, times: readonly number[]) =>
      decide(mounted, { rules: [], ...planned }, { ...world, times: () => times }).reason
    expect(reasonOfMount({}, [])).toBe('admitted')
    expect(reasonOfMount({}, [NOW])).toBe('repeated')
    expect(reasonOfMount({ sampleRate: 0 }, [NOW])).toBe('repeated')
    expect(reasonOfMount({ rules: [perSession] }, [NOW])).toBe('frequency')
    expect(reasonOfMount({ rules: [{ max: 2, per: 'page' }] }, [NOW])).toBe('admitted')
  })

  test('is repeated only for the same component, fact and fact key', () => {
    const keyOf = (trigger: Partial<Occurrence['trigger']>) =>
      decide(
        { ...occurrence, trigger: { component: 'Impression', fact: 'seen', fromEffect: true, ...trigger } },
        { rules: [] },
        world,
      ).claims.map(({ scope, key }) => `${scope} ${key}`)
    const claims = [{}, { component: 'Dwell' }, { fact: 'read' }, { factKey: 'hero' }].map(keyOf)
    expect(new Set(claims.map(String)).size).toBe(4)
    expect(claims.every(([claim]) => claim?.startsWith('page '))).toBe(true)
    expect(keyOf({ fromEffect: false })).toEqual([])
  })

  test('is admitted without any destination: the overlay alone may look on (R3)', () => {
    expect(reasonOf({ world: { destinations: [] } })).toBe('admitted')
  })
})

describe('the outcome', () => {
  const destinations = (...consents: readonly ('granted' | 'pending' | 'denied')[]) =>
    consents.map((consent, index) => ({ name: `d${index}`, consent }))
  const outcomeOf = (planned: Partial<PlannedEvent>, change: Partial<World>) =>
    decide(occurrence, { rules: [], ...planned }, { ...world, ...change })

  test.each([
    ['fired', ['granted']],
    ['fired', ['denied', 'pending', 'granted']],
    ['held', ['denied', 'pending']],
    ['dropped', ['denied', 'denied']],
  ] as const)('is %s when the destinations are %j (C4)', (outcome, consents) => {
    expect(outcomeOf({}, { destinations: destinations(...consents) }).outcome).toBe(outcome)
  })

  test('leaves out the destinations that the plan excludes', () => {
    const verdict = outcomeOf(
      { destinations: { d0: false } },
      { destinations: destinations('granted', 'pending') },
    )
    expect(verdict).toMatchObject({ outcome: 'held', eligible: { d1: 'pending' } })
  })

  test('is shadowed for a shadow event, with what it would have been (F15)', () => {
    expect(outcomeOf({ status: 'shadow' }, {})).toMatchObject({
      outcome: 'shadowed',
      reason: 'shadow',
      would: { outcome: 'fired', reason: 'admitted' },
    })
    expect(outcomeOf({ status: 'shadow', rules: [perSession] }, { times: () => [NOW] }).would).toEqual({
      outcome: 'dropped',
      reason: 'frequency',
    })
  })

  test('of a shadow event asks the counts of shadows', () => {
    const asked: boolean[] = []
    const times = (_: unknown, shadow: boolean) => {
      asked.push(shadow)
      return []
    }
    outcomeOf({ status: 'shadow', rules: [perSession] }, { times })
    outcomeOf({ rules: [perSession] }, { times })
    expect(asked).toEqual([true, false])
  })
})

describe('the draw', () => {
  const users = Array.from({ length: 2_000 }, (_, index) => `user-${index}`)
  const passes = (planned: Partial<PlannedEvent>, event = 'pricing_clicked', change: Partial<World> = {}) =>
    users.filter(
      (userId) =>
        decide(
          { ...occurrence, event },
          { rules: [], ...planned },
          { ...world, ...change, units: { ...world.units, user: userId } },
        ).outcome !== 'dropped',
    )

  test.each(['user', 'session', 'event'] as const)('by %s looks at nothing else', (unit) => {
    const kept = (units: World['units']) =>
      decide(occurrence, { rules: [], sampleRate: 0.5, sampleBy: unit }, { ...world, units }).outcome
    const others = { user: 'v', session: 's', event: 'e' }
    const answers = users.map((id) => kept({ ...others, [unit]: id }))
    expect(users.map((id) => kept({ ...world.units, [unit]: id }))).toEqual(answers)
    expect(new Set(answers)).toEqual(new Set(['fired', 'dropped']))
  })

  test.each(['rollout', 'sampleRate'] as const)('of %s keeps about its share of users', (share) => {
    expect(passes({ [share]: 0.25 }).length / users.length).toBeCloseTo(0.25, 1)
  })

  test('is the same for both ends of a goal, so that funnels stay whole (F9)', () => {
    const step = passes({ sampleRate: 0.3, goal: 'demo_booked' }, 'pricing_clicked')
    const goal = passes({ sampleRate: 0.3 }, 'demo_booked')
    expect(step).toEqual(goal)
  })

  test('of sampling is another one than that of the rollout', () => {
    expect(passes({ rollout: 0.5 })).not.toEqual(passes({ sampleRate: 0.5 }))
  })

  test('grows with the rate: nobody who was in at 10 % is out at 20 %', () => {
    const wider = new Set(passes({ rollout: 0.2 }))
    expect(passes({ rollout: 0.1 }).every((user) => wider.has(user))).toBe(true)
  })

  test.each(['rollout', 'sampleRate'] as const)(
    'of %s waits while the event is held: who the user is may only be known then (C2)',
    (share) => {
      const pending = { destinations: [{ name: 'ours', consent: 'pending' }] } as const
      expect(passes({ [share]: 0 }, 'pricing_clicked', pending)).toHaveLength(users.length)
    },
  )
})

describe('properties', () => {
  const transforming: StandardSchema<object> = {
    '~standard': { version: 1, vendor: 'test', validate: () => ({ value: { tier: 'pro' } }) },
  }
  const judge = (planned: Partial<PlannedEvent>, change: Partial<Occurrence>, invalid: 'drop' | 'flag') =>
    decide({ ...occurrence, ...change }, { rules: [], ...planned }, { ...world, invalid })

  test('go on as the schema gave them: to the criterion, the key, and the event', () => {
    const seen: unknown[] = []
    const counts = (properties: object) => seen.push(properties) > 0
    const key = (properties: object) => String(seen.push(properties))
    const rules = [{ ...perSession, key }]
    const verdict = judge({ properties: transforming, counts, rules }, { properties: { plan: 'x' } }, 'flag')
    expect(seen).toEqual([{ tier: 'pro' }, { tier: 'pro' }])
    expect(verdict.properties).toEqual({ tier: 'pro' })
  })

  test('that are invalid are flagged, and go on as they were given', () => {
    const verdict = judge({ properties: refusing }, { properties: { tier: 1 } }, 'flag')
    expect(verdict).toMatchObject({ outcome: 'fired', properties: { tier: 1 }, issues: [{ message: 'no' }] })
  })

  test('of an event without a schema are an issue when given by hand, and left out when they are facts', () => {
    const given = { properties: { tier: 'pro' } }
    expect(judge({}, given, 'drop')).toMatchObject({
      reason: 'invalid-properties',
      issues: [{ path: ['tier'] }],
    })
    const fact = { ...given, trigger: { component: 'TrackedForm', fact: 'start' } }
    expect(judge({}, fact, 'drop')).toMatchObject({ outcome: 'fired', properties: {}, issues: undefined })
  })

  test('of an asynchronous schema are an issue: track answers at once', () => {
    const later: StandardSchema<object> = {
      '~standard': { version: 1, vendor: 'test', validate: () => Promise.reject(new Error('late')) },
    }
    expect(judge({ properties: later }, {}, 'drop').issues).toEqual([
      { message: 'the schema is asynchronous' },
    ])
  })
})
