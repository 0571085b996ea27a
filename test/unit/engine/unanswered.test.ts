import { fromCallback, tcf } from 'react-microconversions/consent'
import { createTracker, definePlan, event, type TrackerOptions } from 'react-microconversions/core'
import { memory } from 'react-microconversions/destinations'
import { createManualPlatform } from 'react-microconversions/testing'
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { listenToAdvice } from '../../support/tracking.ts'

const plan = definePlan({ name: 'acme', version: '1', events: { pricing_viewed: event({}) } })

afterEach(() => void vi.unstubAllEnvs())

/** A tracker as an application makes it: with a destination, and without a word about consent. */
function open(options: Partial<TrackerOptions<typeof plan>> = {}) {
  const said = listenToAdvice()
  const platform = createManualPlatform()
  const tracker = createTracker({ plan, platform, destinations: [memory()], ...options })
  onTestFinished(tracker.dispose)
  return { tracker, said, pass: () => platform.advance(60_000) }
}

test('RMC125: an event waits for an answer that nothing asks for', () => {
  const { tracker, said, pass } = open()
  tracker.track('pricing_viewed')
  expect(said()).toEqual([])
  pass()
  expect(said()).toEqual([
    expect.stringMatching(/^\[RMC125\] "pricing_viewed" is held.*tracker\.consent\.update\('granted'\)/),
  ])
  tracker.track('pricing_viewed')
  pass()
  expect(said()).toHaveLength(1)
})

test('it says that the event is dropped where nothing is held', () => {
  const { tracker, said, pass } = open({ hold: 'none' })
  tracker.track('pricing_viewed')
  pass()
  expect(said()).toEqual([expect.stringMatching(/^\[RMC125\] "pricing_viewed" is dropped/)])
})

describe('nothing is said', () => {
  test.each<[string, Partial<TrackerOptions<typeof plan>>]>([
    ['where `consent` is set to pending', { consent: 'pending' }],
    ['where consent is granted', { consent: 'granted' }],
    ['without a destination', { destinations: [] }],
    ['with a destination that needs no consent', { destinations: [memory({ consent: [] })] }],
  ])('%s', (_, options) => {
    const { tracker, said, pass } = open(options)
    tracker.track('pricing_viewed')
    pass()
    expect(said()).toEqual([])
  })

  test.each<[string, (tracker: ReturnType<typeof open>['tracker']) => unknown]>([
    ['of the user', (tracker) => tracker.consent.update('denied')],
    ['that the application does not know yet', (tracker) => tracker.consent.update({ analytics: 'pending' })],
    ['that a banner will give', (tracker) => fromCallback(tracker, () => {})],
  ])('after an answer %s', (_, answer) => {
    const { tracker, said, pass } = open()
    tracker.track('pricing_viewed')
    answer(tracker)
    pass()
    expect(said()).toEqual([])
  })

  test('where a consent platform is followed', () => {
    vi.stubGlobal('window', {})
    onTestFinished(() => void vi.unstubAllGlobals())
    const { tracker, said, pass } = open()
    onTestFinished(tcf(tracker))
    tracker.track('pricing_viewed')
    pass()
    expect(said()).toEqual([])
  })

  test('before an event waits', () => {
    const { said, pass } = open()
    pass()
    expect(said()).toEqual([])
  })

  test('once the tracker is disposed', () => {
    const { tracker, said, pass } = open()
    tracker.track('pricing_viewed')
    tracker.dispose()
    pass()
    expect(said()).toEqual([])
  })

  test('in production, which sets no timer', () => {
    vi.stubEnv('NODE_ENV', 'production')
    const { tracker, said, pass } = open()
    tracker.track('pricing_viewed')
    pass()
    expect(said()).toEqual([])
  })
})
