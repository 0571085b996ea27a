import { expect, describe as group, test } from 'vitest'
import { describe } from '../../../src/devtools/parts/describe.ts'
import { verdictOf } from '../../../src/devtools/parts/verdict.ts'
import { newsOf, reasonInWords } from '../../../src/devtools/parts/words.ts'
import type { Decision, Reason, RuleState } from '../../../src/engine/record/decision.ts'
import { definePlan } from '../../../src/plan/define-plan.ts'
import { event } from '../../../src/plan/event.ts'
import { ruleInWords } from '../../../src/plan/words/frequency-in-words.ts'
import { duration } from '../../../src/support/duration-in-words.ts'

const now = 1_700_000_000_000

function decision(change: Partial<Decision>): Decision {
  return {
    number: 1,
    event: 'pricing_clicked',
    outcome: 'dropped',
    reason: 'frequency',
    time: now,
    page: { number: 1, url: 'https://acme.test/', path: '/', title: '', referrer: '' },
    trigger: { component: 'track', fact: 'call' },
    scope: {},
    frequency: [],
    consent: { analytics: 'granted', marketing: 'pending' },
    sampleRate: 1,
    deliveries: {},
    ...change,
  }
}

const closed: RuleState = {
  rule: { max: 1, per: 'session' },
  per: 'session',
  key: '',
  count: 1,
  earlier: now - 12_000,
  open: false,
}

const plan = definePlan({ name: 'acme', version: '1', events: { pricing_clicked: event({ rollout: 0.2 }) } })
const planned = plan.events.get('pricing_clicked')
const issues = [{ message: 'expected "pro"', path: ['plan', { key: 'tier' }] }]

const sentences = {
  admitted: ['Fired. The tracker has no destination, so nothing left the page.', { outcome: 'fired' }],
  'consent-pending': [
    'Held: the user has not answered about marketing yet. It is sent once consent is granted, with the time at which it happened.',
    { outcome: 'held' },
  ],
  prerendering: [
    'Held: the browser has prepared this page in advance, and the user has not seen it. It fires when the user opens the page.',
    { outcome: 'held' },
  ],
  'not-in-browser':
    'Not counted: this ran outside a browser, as on a server. It fires when the same thing happens in the browser of a user.',
  'unknown-event': [
    'Not counted: the plan has no event "pricing_clickd". Did you mean "pricing_clicked"? It fires when the plan declares it, or the name is corrected.',
    { event: 'pricing_clickd' },
  ],
  'invalid-properties': [
    'Not counted: the properties are not as the plan wants them (plan.tier: expected "pro"). It fires when they are corrected.',
    { issues },
  ],
  'code-threw': [
    'Not counted: code of this site failed (`counts` threw: oops). It fires when that function works.',
    { issues: [{ message: '`counts` threw: oops' }] },
  ],
  'personal-data': [
    'Not counted: it carries what looks like personal data (an e-mail address in properties.mail). It fires without it; use an id or a category in its place.',
    { personalData: [{ kind: 'email', path: 'properties.mail' }] },
  ],
  'not-counted':
    'Not counted: it happened, but does not meet the success criterion of the plan. It fires when the properties meet it.',
  retired: 'Not counted: the plan has retired this event. It fires when the plan makes it live again.',
  draft: 'Not counted: the plan still has this event as a draft. It fires when the plan makes it live.',
  shadow: [
    'Not sent, on purpose: the plan tries this event (shadow). Live, it would be dropped: once per session. It fires when the plan makes it live.',
    { outcome: 'shadowed', would: { outcome: 'dropped', reason: 'frequency' }, frequency: [closed] },
  ],
  'not-in-rollout':
    'Not counted: the event is rolled out to 20% of users, and this one is not among them. It fires when the rollout grows to include them.',
  frequency: [
    'Not counted again: once per session. First seen 12 s ago; opens again when the session ends.',
    { frequency: [closed] },
  ],
  repeated:
    'Not counted again: a component that mounted again reported the same as before. It fires on the next page, or when something else is reported.',
  superseded: [
    'Not counted again: another tab had counted it first (once per session). It fires when its frequency rule opens again. The first decision was: fired.',
    { first: { outcome: 'fired', reason: 'admitted' }, frequency: [{ ...closed, open: true }] },
  ],
  'sampled-out': [
    'Not counted: a sample of 12.5% of users is kept, and this one is not in it. It fires for users in the sample.',
    { sampleRate: 0.125 },
  ],
  'consent-denied': [
    'Not sent: consent is denied (analytics). It fires when the user grants it.',
    { consent: { analytics: 'denied', marketing: 'pending' } },
  ],
  'before-send':
    'Not sent: the code of this site stopped it in beforeSend. It fires when beforeSend lets it through.',
  'suspected-bot':
    'Not counted: this browser looks like a robot (automated or headless). It fires in the browser of a person.',
  'queue-full':
    'Lost: too many events were waiting for consent already. It fires when the user has answered.',
  'hold-expired': [
    'Lost: it waited too long for an answer about marketing. It fires when consent is answered sooner. The first decision was: held, waits for consent.',
    { first: { outcome: 'held', reason: 'consent-pending' } },
  ],
  withdrawn:
    'Not sent: consent was withdrawn before it left. It fires when it happens again after the user grants consent.',
  'no-destination':
    'Not sent: the plan keeps this event from every destination. It fires when the plan allows at least one.',
  disabled: 'Not counted: tracking is switched off. It fires when tracking is switched on.',
} satisfies Record<Reason, string | [string, Partial<Decision>]>

group('a sentence for each reason', () => {
  test.each(Object.entries(sentences) as [Reason, string | [string, Partial<Decision>]][])(
    '%s',
    (reason, expected) => {
      const [sentence, change] = typeof expected === 'string' ? [expected, {}] : expected
      const told = describe(decision({ ...change, reason }), { now, planned, names: [...plan.events.keys()] })
      expect(told).toBe(sentence)
    },
  )

  test.each(Object.keys(sentences).filter((reason) => reason !== 'admitted') as Reason[])(
    '%s has a short form',
    (reason) => {
      const text = reasonInWords(decision({ reason, frequency: [closed] }))
      expect(text).not.toBe('')
      expect(text.length).toBeLessThan(40)
    },
  )
})

group('frequency', () => {
  const told = (frequency: RuleState[]) => describe(decision({ frequency }), { now })

  test('says the key, and when a window opens again', () => {
    const per = { windowMs: 600_000 }
    const state = { ...closed, per, key: 'tour:50%', rule: { max: 3, per, key: 'fact' as const }, count: 3 }
    expect(told([{ ...state, opensAt: now + 125_000 }])).toBe(
      'Not counted again: at most 3 times in 10 min for each fact (here: tour:50%). Last seen 12 s ago; opens again in 2 min 5 s.',
    )
    expect(told([{ ...state, opensAt: now - 1 }])).toContain('is open again.')
  })

  test('names each closed rule, and no open one', () => {
    const gap = {
      ...closed,
      rule: { max: Number.POSITIVE_INFINITY, per: 'session', minGapMs: 5000 } as const,
    }
    expect(
      told([
        { ...closed, open: true },
        { ...gap, opensAt: now + 3000 },
      ]),
    ).toBe('Not counted again: at least 5 s apart. First seen 12 s ago; opens again in 3 s.')
    expect(told([closed, gap])).toContain('once per session; at least 5 s apart.')
  })

  test.each([
    ['page', 'opens again on the next page'],
    ['tab', 'opens again in a new tab'],
    ['session', 'opens again when the session ends'],
    ['user', 'never opens again for this user in this browser'],
  ] as const)('per %s', (per, words) => {
    expect(told([{ ...closed, per, rule: { max: 1, per } }])).toContain(`; ${words}.`)
  })

  test('knows of a closed rule without a time', () => {
    expect(told([{ ...closed, earlier: undefined }])).toContain('Opens again when the session ends.')
    expect(told([])).toBe('Not counted again: its frequency rule was used up.')
  })
})

test('a shadow event that destinations ask for is sent to them, and the sentence says so', () => {
  const shadowed = decision({
    outcome: 'shadowed',
    reason: 'shadow',
    would: { outcome: 'fired', reason: 'admitted' },
    deliveries: { http: { state: 'sent', attempts: 1 } },
  })
  expect(describe(shadowed, { now })).toBe(
    'Not counted, on purpose: the plan tries this event (shadow). Only destinations that ask for shadow events get it. Delivered to http. Live, it would be fired. It fires when the plan makes it live.',
  )
})

group('what fired', () => {
  test('says what became of it at each destination', () => {
    const fired = decision({
      outcome: 'fired',
      reason: 'admitted',
      deliveries: {
        http: { state: 'sent', attempts: 1 },
        ga4: { state: 'unknown', attempts: 1 },
        meta: { state: 'rejected', attempts: 1 },
      },
    })
    expect(describe(fired, { now })).toBe(
      'Fired, not delivered. Delivered to http. ga4: handed over, without an answer. meta: rejected, the event is lost there.',
    )
    expect(newsOf(fired)).toEqual({ text: 'lost, rejected by meta', trouble: true })
    expect(verdictOf(fired)).toBe('undelivered')
  })

  test('although its properties do not fit', () => {
    const fired = decision({
      outcome: 'fired',
      reason: 'admitted',
      issues,
      deliveries: { http: { state: 'sent', attempts: 1 } },
    })
    expect(describe(fired, { now })).toBe(
      'Fired. Delivered to http. Its properties are not as the plan wants them (plan.tier: expected "pro").',
    )
    expect(newsOf(fired).trouble).toBe(true)
  })

  test('after it was held', () => {
    const first = { outcome: 'held', reason: 'consent-pending' } as const
    const fired = decision({
      outcome: 'fired',
      reason: 'admitted',
      first,
      deliveries: { http: { state: 'queued', attempts: 0 } },
    })
    expect(describe(fired, { now })).toBe(
      'Fired. http: queued. The first decision was: held, waits for consent.',
    )
  })
})

test.each([
  [{ max: 1, per: 'user' }, 'once per user'],
  [{ max: 2, per: 'page', key: () => '' }, 'at most 2 times per page for each key'],
  [{ max: 1, per: { windowMs: 86_400_000 }, minGapMs: 500 }, 'once in 1 day, at least 500 ms apart'],
  [{ max: Number.POSITIVE_INFINITY, per: 'session' }, 'every time'],
] as const)('rule %#', (rule, words) => {
  expect(ruleInWords(rule)).toBe(words)
})

test.each([
  [-5, '0 ms'],
  [999, '999 ms'],
  [1000, '1 s'],
  [61_000, '1 min 1 s'],
  [3_600_000, '1 h'],
  [3_601_000, '1 h'],
  [90_061_000, '1 day 1 h'],
  [604_800_000, '7 days'],
])('%d ms', (ms, words) => {
  expect(duration(ms)).toBe(words)
})
