import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readSession } from '../../../../src/devtools/session/read-session.ts'
import { hidableNames, redact } from '../../../../src/devtools/session/redact.ts'
import { harOf } from '../../../../src/devtools/session/requests.ts'
import { sessionOf, writeSession } from '../../../../src/devtools/session/session-file.ts'
import type { Decision } from '../../../../src/engine/record/decision.ts'
import { shapeOf } from '../../../../src/support/shape.ts'
import {
  MADE,
  recordedSession,
  recordedVisit,
  secrets,
  sessionPlan,
} from '../../../support/recorded-session.ts'
import { sessionSchema } from '../../../support/wire-schema.ts'

const told = (text: string) => Object.values(secrets).filter((secret) => text.includes(secret))

describe('what is written', () => {
  test('has shapes in place of values, and no id, query or title', async () => {
    const { tracker, bodies } = await recordedVisit()
    const record = tracker.record.get()
    // The record and the requests have them: their absence below is the file's doing.
    expect(told(JSON.stringify(record)).sort()).toEqual(Object.values(secrets).sort())
    const text = writeSession(sessionOf(record, tracker.plan, { made: MADE }))
    expect(told(text)).toEqual([])
    const events = bodies.flatMap((body) => JSON.parse(body).events)
    const ids = events.flatMap(({ id, sessionId, anonymousId }) => [id, sessionId, anonymousId])
    expect(ids.length).toBeGreaterThan(5)
    expect(ids.filter((id) => text.includes(id))).toEqual([])
    expect(text).not.toContain('?')

    const [, clicked] = JSON.parse(text).decisions
    expect(clicked).toMatchObject({
      event: 'pricing_clicked',
      properties: { tier: '‹string 11›', seats: '‹number›', more: '‹object 1›' },
      page: { url: 'https://example.test/pricing', title: '‹string 12›' },
      eventId: expect.stringMatching(/^~[0-9a-f]{8}$/),
    })
    expect(JSON.parse(clicked.deliveries.http.payload)).toMatchObject({
      name: 'pricing_clicked',
      id: '‹string 36›',
      properties: { tier: '‹string 11›', seats: '‹number›', more: '‹object 1›' },
      time: '‹number›',
    })
  })

  test('has the values that were allowed, by name, and only those', async () => {
    const text = writeSession(await recordedSession(['tier', 'page.title']))
    expect(told(text)).toEqual([secrets.tier, secrets.title])
    const { decisions, allowed } = JSON.parse(text)
    expect(allowed).toEqual(['page.title', 'tier'])
    expect(decisions[1].properties).toMatchObject({ tier: secrets.tier, seats: '‹number›' })
  })

  test('lets nothing else through under a name that is allowed', async () => {
    const session = await recordedSession()
    const id = 'c0ffee00-0000-4000-8000-000000000000'
    const payload = { id, params: { id: 'sku-1' }, list: [{ id }] }
    const decision: Decision = {
      ...(session.decisions[1] as Decision),
      properties: { id: 'sku-1' },
      deliveries: { vendor: { state: 'sent', attempts: 1, payload } },
    }
    expect(redact(decision, new Set(['id'])).deliveries['vendor']?.payload).toEqual({
      id: '‹string 36›',
      params: { id: 'sku-1' },
      list: [{ id: '‹string 36›' }],
    })
  })

  test('no text of a property is in it, whatever the properties are', async () => {
    const [, base] = (await recordedSession()).decisions
    const secret = fc.uuid()
    const value = fc.letrec((tie) => ({
      any: fc.oneof(
        { depthSize: 'small' },
        secret,
        fc.array(tie('any'), { maxLength: 3 }),
        fc.dictionary(secret, tie('any'), { maxKeys: 3 }),
        fc.dictionary(fc.constantFrom('a', 'b', 'name'), tie('any'), { maxKeys: 3 }),
      ),
    })).any
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom('a', 'b', 'name', 'key'), value),
        secret,
        (properties, note) => {
          const payload = { event: 'x', params: properties, name: note, nested: [[properties]] }
          const decision: Decision = {
            ...(base as Decision),
            properties,
            scope: { a: note },
            trigger: { component: 'c', fact: 'f', factKey: note, attemptId: note },
            issues: [{ message: note, path: ['a', note] }],
            deliveries: {
              one: { state: 'sent', attempts: 1, payload, error: note, notes: [note] },
              two: { state: 'sent', attempts: 1, payload: JSON.stringify(payload) },
            },
          }
          expect(JSON.stringify(redact(decision, new Set()))).not.toMatch(
            /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-/,
          )
        },
      ),
    )
  })

  test('takes what JSON cannot hold', async () => {
    const circular: Record<string, unknown> = {}
    circular['self'] = circular
    const properties = {
      circular,
      big: 5n,
      run: () => 1,
      none: undefined,
      when: new Date(0),
      throws: new Proxy(
        {},
        {
          ownKeys: () => {
            throw new Error('no')
          },
        },
      ),
    }
    const [, base] = (await recordedSession()).decisions
    for (const allowed of [new Set<string>(), new Set(Object.keys(properties))]) {
      const decision = redact({ ...(base as Decision), properties }, allowed)
      expect(() => JSON.stringify(decision)).not.toThrow()
    }
    expect(redact({ ...(base as Decision), properties }, new Set()).properties).toEqual({
      circular: '‹object 1›',
      big: '‹bigint›',
      run: '‹function›',
      none: '‹undefined›',
      when: '‹object 0›',
      throws: '‹object 0›',
    })
  })

  test('a second redaction changes nothing', async () => {
    const session = await recordedSession()
    expect(session.decisions.map((decision) => redact(decision, new Set()))).toEqual(session.decisions)
  })

  test('offers the names that have values', async () => {
    const { tracker } = await recordedVisit()
    const names = hidableNames(tracker.record.get().decisions)
    expect([...names]).toEqual(
      expect.arrayContaining([
        ['mark', 1],
        ['seats', 1],
        ['tier', 2],
      ]),
    )
    expect(names.has('delivery.error')).toBe(false) // HTTP 503 is no value
  })

  test('shapes', () => {
    expect(['abc', '', 1, true, null, [1, 2], { a: 1 }].map(shapeOf)).toEqual([
      '‹string 3›',
      '‹string 0›',
      '‹number›',
      '‹boolean›',
      '‹null›',
      '‹array 2›',
      '‹object 1›',
    ])
  })
})

describe('the published schema of a session', () => {
  test('describes every field that is written', async () => {
    const violations = sessionSchema()
    const { decisions, ...file } = JSON.parse(writeSession(await recordedSession(['tier'])))
    expect(violations({ ...file, decisions, notes: 'on Tuesday' })).toEqual([])
    const [first] = decisions
    for (const change of [
      { format: 'har' },
      { version: 2 },
      { unsaid: 1 },
      { decisions: [{ ...first, eventId: 'c0ffee00-0000-4000-8000-000000000000' }] },
      { decisions: [{ ...first, page: undefined }] },
    ])
      expect(violations(JSON.parse(JSON.stringify({ ...file, decisions, ...change })))).not.toEqual([])
  })
})

describe('opening a file', () => {
  test('gives the same session back', async () => {
    const session = await recordedSession(['tier'])
    expect(await readSession(writeSession(session))).toEqual({ session })
    expect(session.decisions.flatMap(({ frequency }) => frequency).map(({ rule }) => rule.max)).toContain(
      Number.POSITIVE_INFINITY,
    )
  })

  test('takes the session out of a HAR file of ours', async () => {
    const session = await recordedSession()
    expect(await readSession(harOf(session))).toEqual({ session })
  })

  const problems: readonly [what: string, change: (file: any) => unknown, problem: string][] = [
    ['another format', (file) => ({ ...file, format: 'har' }), 'is no session'],
    ['a newer version', (file) => ({ ...file, version: 2 }), 'Update react-microconversions'],
    ['no object', () => [], 'The file is not an object'],
    ['a foreign HAR file', () => ({ log: { version: '1.2', entries: [] } }), 'log._session is not an object'],
    ['no plan', ({ plan: _, ...file }) => file, 'plan is not an object'],
    [
      'attempts out of order',
      (file) => ({ ...file, decisions: file.decisions.toReversed() }),
      'decisions[1].number is not above the one before',
    ],
    ['an unknown outcome', withDecision({ outcome: 'maybe' }), 'decisions[0].outcome is not one of fired'],
    ['an inherited reason', withDecision({ reason: 'toString' }), 'decisions[0].reason is not one of'],
    ['a time that is none', withDecision({ time: 9e15 }), 'decisions[0].time is not a time'],
    [
      'a rule of code',
      withDecision({ frequency: [{ rule: { max: 1, per: 'page', key: 'x' } }] }),
      'rule.key',
    ],
    [
      'too many attempts',
      (file) => ({ ...file, decisions: Array(10_001).fill(file.decisions[0]) }),
      'shorter',
    ],
    [
      'more entries than a decision has',
      withDecision({ scope: Object.fromEntries(Array.from({ length: 1001 }, (_, key) => [key, 1])) }),
      'decisions[0].scope is not an object of at most 1000 entries',
    ],
    [
      'a value that is nested deeper than any event',
      withDecision({ properties: { a: JSON.parse('['.repeat(40) + ']'.repeat(40)) } }),
      'at most 30 levels deep',
    ],
    [
      'a longer list than a decision has',
      withDecision({ issues: Array(1001).fill({ message: '' }) }),
      'decisions[0].issues is not shorter than 1001',
    ],
  ]

  function withDecision(change: object) {
    return (file: any) => ({ ...file, decisions: [{ ...file.decisions[0], ...change }] })
  }

  test.each(problems)('refuses %s, and says where', async (_, change, problem) => {
    const file = JSON.parse(writeSession(await recordedSession()))
    expect(await readSession(JSON.stringify(change(file)))).toEqual({
      problem: expect.stringContaining(problem),
    })
  })

  test('cuts a text and a name that would stall the view', async () => {
    const file = JSON.parse(writeSession(await recordedSession()))
    const long = 'x'.repeat(500_000)
    const change = withDecision({ event: long, scope: { [long]: 1 } })
    const answer = await readSession(JSON.stringify(change(file)))
    const [decision] = 'session' in answer ? answer.session.decisions : []
    expect(decision?.event.length).toBe(20_001)
    expect(Object.keys(decision?.scope ?? {})[0]?.length).toBe(301)
  })

  test('refuses what is cut off, too large, or no JSON', async () => {
    const text = writeSession(await recordedSession())
    expect(await readSession(text.slice(0, -20))).toEqual({ problem: expect.stringContaining('cut off') })
    expect(await readSession(' '.repeat(40_000_001))).toEqual({
      problem: expect.stringMatching(/^The file is larger than 40 MB, .* Save fewer attempts/),
    })
    expect(await readSession('<html>')).toEqual({ problem: expect.stringContaining('no JSON') })
    expect(await readSession('')).toEqual({ problem: expect.stringContaining('no JSON') })
  })

  test('a full record stays below the limit, and is read in slices: other tasks run in between', async () => {
    const session = await recordedSession(['tier'])
    const [recorded] = session.decisions
    const decisions = Array.from({ length: 10_000 }, (_, index) => ({ ...recorded, number: index + 1 }))
    const text = writeSession({ ...session, decisions: decisions as Decision[] })
    let turns = 0
    let reading = true
    const turn = () => {
      turns++
      if (reading) setImmediate(turn)
    }
    setImmediate(turn)
    const opened = await readSession(text)
    reading = false
    expect('session' in opened && opened.session.decisions).toHaveLength(10_000)
    expect(turns).toBeGreaterThanOrEqual(20)
  })

  test.each([
    ['brackets', () => '['.repeat(39_000_000), 'nested deeper than 100 levels'],
    ['one text', () => JSON.stringify({ format: 'x'.repeat(39_000_000) }), 'more than 2 MB'],
    ['many names', () => `{${'"a":1,'.repeat(4_000_000)}"b":1}`, 'more than 2 MB'],
    ['one attempt', () => `{"decisions":[${JSON.stringify('x'.repeat(39_000_000))}]}`, 'more than 2 MB'],
    ['a text without an end', () => `{"decisions":["${'x'.repeat(39_000_000)}`, 'more than 2 MB'],
  ])('%s up to the limit end in a sentence', async (_, hostile, problem) => {
    expect(await readSession(hostile())).toEqual({
      problem: expect.stringMatching(new RegExp(`^The file is no session: .*${problem}\\.$`)),
    })
  })

  test('never throws, whatever is in it', async () => {
    const file = JSON.parse(writeSession(await recordedSession()))
    const paths = pathsOf(file)
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...paths), fc.jsonValue(), async (path, value) => {
        const changed = structuredClone(file)
        const parent = path.slice(0, -1).reduce((at: any, key) => at[key], changed)
        parent[path.at(-1) as string] = value
        const opened = await readSession(JSON.stringify(changed))
        expect('session' in opened || opened.problem.length > 20).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  function pathsOf(value: unknown, at: readonly string[] = []): readonly (readonly string[])[] {
    if (typeof value !== 'object' || value === null) return [at]
    return Object.entries(value).flatMap(([key, item]) => [[...at, key], ...pathsOf(item, [...at, key])])
  }

  test('names of a prototype are only names', async () => {
    const text = writeSession({
      ...sessionOf(
        {
          decisions: [],
          forgotten: 0,
          counts: {},
          delivered: {},
          personalData: {},
          anomalies: {},
          consent: {},
          storage: 'memory',
        },
        sessionPlan,
        { made: MADE },
      ),
    }).replace('"consent": {}', '"consent": { "__proto__": "granted" }')
    const opened = await readSession(text)
    expect('session' in opened && Object.keys(opened.session.consent)).toEqual(['__proto__'])
  })
})
