import { http } from 'react-microconversions/destinations'
import { createManualPlatform } from 'react-microconversions/testing'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { definePlan } from '../../../src/plan/define-plan.ts'
import { event } from '../../../src/plan/event.ts'
import { scriptedNetwork } from '../../support/scripted-network.ts'
import { listenToAdvice, openTracker } from '../../support/tracking.ts'

afterEach(() => vi.unstubAllEnvs())

const plan = definePlan({ name: 'acme', version: '1', events: { step_taken: event({}) } })
const badUrls: readonly unknown[] = [
  '',
  ' ',
  undefined,
  null,
  7,
  new URL('https://a.test/'),
  '?x=1',
  '#x',
  'collect',
  'undefined/collect',
  'a.test/collect',
  'htp://a.test',
  'ftp://a.test/x',
  'javascript:void 0',
  'data:,x',
  'https://',
  'https://[bad/',
  'https://jane:secret@a.test/',
  'htp://jane:secret@a.test/x',
  'jane:sec/ret@a.test/x',
  'https://jane:se?secret@a.test/x',
  'a.test/collect?key=secret',
  Symbol('secret'),
]
const badHeaders: readonly unknown[] = [
  null,
  'authorization',
  ['a', 'b'],
  new Headers({ a: 'b' }),
  new Map([['a', 'b']]),
  { '': 'b' },
  { 'a b': 'c' },
  { 'a:': 'c' },
  { a: 7 },
  { a: null },
  { a: 'line\r\nbreak' },
  { a: 'sécurité ✓' },
  { a: Symbol('b') },
  Symbol('a'),
]
const badOthers: readonly object[] = [
  { name: Symbol('a') },
  { name: 7 },
  { encode: null },
  { encode: {} },
  { credentials: Symbol('a') },
  { credentials: 'always' },
  { finalStatuses: Symbol('a') },
  { finalStatuses: 400 },
]

const make = (options: object, platform = createManualPlatform()) => {
  const network = scriptedNetwork({ later: platform.later })
  const destination = http({ url: '/collect', network: network.network, ...options } as Parameters<
    typeof http
  >[0])
  const { tracker } = openTracker(plan, { platform, destinations: [destination], consent: 'granted' })
  return { ...network, tracker, platform }
}

describe('in development', () => {
  test.each(badUrls.map((url) => [url]))('url: %j throws', (url) => {
    expect(() => make({ url })).toThrow(/^\[RMC021\] http\({ name: "http" }\)/)
    expect(() => make({ url })).not.toThrow(/secret|sec\/ret/)
  })

  test.each(badHeaders.map((headers) => [headers]))('headers: %j throws, and tells no value', (headers) => {
    expect(() => make({ headers })).toThrow(/^\[RMC022\]/)
    expect(() => make({ headers })).not.toThrow(/sécurité|break/)
  })

  test.each([
    { maxEvents: 0 },
    { maxEvents: Number.NaN },
    { maxBytes: -1 },
    { maxAge: '-1s' },
    { maxAge: 2_000 },
    { maxAge: '2 seconds' },
    { maxEvents: Symbol('a') },
    { maxBytes: 40_000n },
    { maxBytes: Object.create(null) },
  ])('batch: %o throws', (batch) => {
    expect(() => make({ batch })).toThrow(/^\[RMC023\]/)
  })

  test.each(badOthers)('%o throws', (options) => {
    expect(() => make(options)).toThrow(/^\[RMC024\]/)
  })

  test('batch: null is the default', () => {
    expect(() => make({ batch: null })).not.toThrow()
  })

  test('batch: sent at once, one by one, is taken', () => {
    expect(() => make({ batch: { maxEvents: 1, maxBytes: 1, maxAge: '0s' } })).not.toThrow()
  })

  test.each(['/collect', './collect', '//a.test/x', 'https://a.test', 'HTTP://a.test:81/x?y=1'])(
    '%s is taken',
    (url) => {
      expect(() => make({ url })).not.toThrow()
    },
  )
})

describe('in production', () => {
  test.each([
    ...badUrls.map((url) => ({ url })),
    ...badHeaders.map((headers) => ({ headers })),
    ...badOthers,
  ])('%j: nothing throws, nothing is posted, and the record says why', async (options) => {
    vi.stubEnv('NODE_ENV', 'production')
    const { tracker, requests, beacons, platform } = make(options)
    const stop = tracker.record.watch()
    tracker.track('step_taken')
    await platform.settle()
    platform.advance(60_000)
    await tracker.flush()
    platform.leave()
    expect([requests, beacons]).toEqual([[], []])
    const { deliveries } = tracker.record.get().decisions[0] ?? {}
    expect(deliveries?.['http']).toMatchObject({
      state: 'rejected',
      error: expect.stringContaining('http({'),
    })
    stop()
  })
})

test.each([...badHeaders.slice(1), Promise.resolve({ a: 'b' })])(
  'a function that returns %j: the request waits, and a developer hears of it once',
  async (rubbish) => {
    const said = listenToAdvice()
    let given = rubbish
    const { tracker, requests, arrived, platform } = make({ headers: () => given })
    tracker.track('step_taken')
    await tracker.flush()
    expect(requests).toEqual([])
    expect(said().filter((text) => text.includes('RMC340'))).toHaveLength(1)
    given = { authorization: 'Bearer x', later: undefined }
    platform.advance(600_000)
    await platform.settle()
    await tracker.flush()
    expect(arrived).toHaveLength(1)
    expect(requests[0]?.request.headers).toMatchObject({ authorization: 'Bearer x' })
    expect(requests[0]?.request.headers).not.toHaveProperty('later')
  },
)
