import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { admits, type Claim, claimsOf, rulesOf, withTime } from '../../../src/engine/counts/frequency.ts'
import { type FrequencyLimit, type FrequencyRule, toRules } from '../../../src/plan/frequency.ts'

type Given = { readonly a: string; readonly b: string }
const byA = (properties: object) => (properties as Given).a
const byB = (properties: object) => (properties as Given).b

/** The rules of one event, with lists of times as the engine keeps them: as short as it may. */
function keptShort(rules: readonly FrequencyRule[]) {
  const lists = new Map<string, readonly number[]>()
  return (given: Given, now: number): boolean => {
    const claims = claimsOf('viewed', rules, given, '')
    const listOf = (claim: Claim) => lists.get(claim.scope + claim.key) ?? []
    if (!claims.every((claim) => admits(claim, listOf(claim), now))) return false
    for (const claim of claims) lists.set(claim.scope + claim.key, withTime(claim, listOf(claim), now))
    return true
  }
}

/** The same in the words of the documentation: every rule looks at all that was ever admitted. */
function byTheBook(rules: readonly FrequencyRule[]) {
  const admitted: { readonly given: Given; readonly time: number }[] = []
  return (given: Given, now: number): boolean => {
    const open = rules.every((rule) => {
      const keyOf = (one: Given) => (typeof rule.key === 'function' ? rule.key(one) : '')
      const ages = admitted
        .filter((one) => keyOf(one.given) === keyOf(given))
        .map((one) => now - Math.min(one.time, now))
      const windowMs = typeof rule.per === 'object' ? rule.per.windowMs : Number.POSITIVE_INFINITY
      const gapKept = rule.minGapMs === undefined || ages.every((age) => age >= (rule.minGapMs ?? 0))
      return gapKept && ages.filter((age) => age < windowMs).length < rule.max
    })
    if (open) admitted.push({ given, time: now })
    return open
  }
}

const upTo = (max: number) => fc.integer({ min: 1, max }).map((ms) => `${ms}ms` as const)
const limit = fc.record(
  {
    max: fc.integer({ min: 1, max: 4 }),
    per: fc.oneof(fc.constantFrom('page', 'tab', 'session', 'user'), fc.record({ window: upTo(30) })),
    key: fc.constantFrom(byA, byB),
    minGap: upTo(12),
  },
  { requiredKeys: [] },
)
const letter = fc.constantFrom('', 'x', 'y')
const attempts = (step: fc.Arbitrary<number>) =>
  fc.array(fc.record({ step, given: fc.record({ a: letter, b: letter }) }), { maxLength: 60 })

function expectSameAnswers(
  rules: readonly FrequencyRule[],
  steps: readonly { step: number; given: Given }[],
) {
  const short = keptShort(rules)
  const full = byTheBook(rules)
  let now = 1_000
  for (const { step, given } of steps) {
    now += step
    expect(short(given, now)).toBe(full(given, now))
  }
}

describe('any limits together', () => {
  const limits = fc.array(limit, { minLength: 1, maxLength: 3 })

  test('admit what the documentation says, with lists as short as they are kept', () => {
    fc.assert(
      fc.property(limits, attempts(fc.nat(15)), (given, steps) =>
        expectSameAnswers(toRules(given as FrequencyLimit[]), steps),
      ),
      { numRuns: 1_000 },
    )
  })

  test('also when the clock is set back: what is in the future counts as now (O10)', () => {
    fc.assert(
      fc.property(limits, attempts(fc.integer({ min: -20, max: 20 })), (given, steps) =>
        expectSameAnswers(toRules(given as FrequencyLimit[]), steps),
      ),
      { numRuns: 1_000 },
    )
  })
})

describe('the state of a rule', () => {
  const claimOf = (rule: FrequencyRule): Claim => ({ scope: 'user', key: 'k', plainKey: '', rules: [rule] })
  const stateOf = (rule: FrequencyRule, times: readonly number[], now: number) =>
    rulesOf(claimOf(rule), times, now)[0]

  test('a window slides: it opens when the oldest of its last `max` times is over', () => {
    const twice = { max: 2, per: { windowMs: 100 } }
    expect(stateOf(twice, [10, 50], 60)).toMatchObject({ count: 2, earlier: 50, open: false, opensAt: 110 })
    expect(stateOf(twice, [10, 50], 109)).toMatchObject({ open: false })
    expect(stateOf(twice, [10, 50], 110)).toMatchObject({ count: 1, open: true, opensAt: undefined })
  })

  test('a gap opens when it is over, to the millisecond', () => {
    const spaced = { max: Number.POSITIVE_INFINITY, per: 'session', minGapMs: 30 } as const
    expect(stateOf(spaced, [10], 39)).toMatchObject({ open: false, opensAt: 40 })
    expect(stateOf(spaced, [10], 40)).toMatchObject({ open: true })
  })

  test('one that holds until its scope ends does not say when it opens', () => {
    expect(stateOf({ max: 1, per: 'session' }, [10], 20)).toMatchObject({ open: false, opensAt: undefined })
    const spaced = { max: 1, per: 'session', minGapMs: 5 } as const
    expect(stateOf(spaced, [10], 11)).toMatchObject({ open: false, opensAt: undefined })
  })

  test('opensAt is the first moment at which the rule is open', () => {
    const times = fc.array(fc.nat(100), { minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(limit, times, (given, unsorted) => {
        const [rule] = toRules(given as FrequencyLimit) as [FrequencyRule]
        const sorted = [...unsorted].sort((a, b) => a - b)
        const opensAt = stateOf(rule, sorted, 100)?.opensAt
        if (opensAt === undefined) return
        expect(stateOf(rule, sorted, opensAt - 1)?.open).toBe(false)
        expect(stateOf(rule, sorted, opensAt)?.open).toBe(true)
      }),
    )
  })
})

describe('claims', () => {
  const keysOf = (rules: readonly FrequencyRule[], given: Given, factKey = '') =>
    claimsOf('viewed', rules, given, factKey).map(({ scope, key }) => `${scope} ${key}`)

  test('of two rules over one scope and key are one list', () => {
    const rules = toRules([{ max: 3, per: 'user' }, { per: { window: '50ms' } }])
    expect(keysOf(rules, { a: 'x', b: 'x' })).toEqual(['user viewed'])
  })

  test('of different keys never share a list, even where the keys are equal', () => {
    const rules = toRules([{ key: byA }, { key: byB }, {}] as FrequencyLimit[])
    expect(new Set(keysOf(rules, { a: 'x', b: 'x' })).size).toBe(3)
    expect(new Set(keysOf(rules, { a: '', b: '' })).size).toBe(3)
    const [byAOfX] = keysOf(rules, { a: 'x', b: 'y' })
    const [, byBOfX] = keysOf(rules, { a: 'y', b: 'x' })
    expect(byAOfX).not.toBe(byBOfX)
  })

  test('carry a hash of the key, never the key (F13)', () => {
    const rules = toRules([{ key: byA }] as FrequencyLimit[])
    expect(keysOf(rules, { a: 'ada@example.test', b: '' }).join()).not.toContain('ada')
  })

  test("count each fact apart under key: 'fact' (F10)", () => {
    const rules = toRules({ key: 'fact' })
    const nobody = { a: '', b: '' }
    expect(keysOf(rules, nobody, 'tour:25')).not.toEqual(keysOf(rules, nobody, 'tour:50'))
  })
})

describe('the canonical form', () => {
  test.each([
    ['always', []],
    ['once-per-page', [{ max: 1, per: 'page' }]],
    ['once-per-session', [{ max: 1, per: 'session' }]],
    ['once-per-user', [{ max: 1, per: 'user' }]],
    [{}, [{ max: 1, per: 'session' }]],
    [{ minGap: '5ms' }, [{ max: Number.POSITIVE_INFINITY, per: 'session', minGapMs: 5 }]],
    [{ per: { window: '2min' } }, [{ max: 1, per: { windowMs: 120_000 } }]],
    [
      [{ per: 'tab' }, { max: 2, per: 'user' }],
      [
        { max: 1, per: 'tab' },
        { max: 2, per: 'user' },
      ],
    ],
  ] as const)('of %j is %j', (frequency, rules) => {
    expect(toRules(frequency)).toMatchObject(rules)
    expect(toRules(frequency)).toHaveLength(rules.length)
  })
})
