import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { tcf } from '../../../src/consent/tcf.ts'
import type { ConsentUpdate } from '../../../src/engine/permission/consent-types.ts'
import { stubPage } from './page.ts'

type Callback = (data: object | null, success: boolean) => void

interface Page {
  __tcfapi?: (command: string, version: number, callback: Callback, parameter?: number) => void
}

/** A platform as the framework describes it: it answers at once, and at each change. */
function platform() {
  const listeners = new Map<number, Callback>()
  let ids = 0
  const api: NonNullable<Page['__tcfapi']> = (command, _version, callback, parameter) => {
    if (command === 'addEventListener') {
      listeners.set(++ids, callback)
      callback({ gdprApplies: undefined, cmpStatus: 'loading', listenerId: ids }, true)
    }
    if (command === 'removeEventListener') callback(null, listeners.delete(Number(parameter)))
  }
  const say = (data: object) => {
    for (const [listenerId, listener] of listeners) listener({ gdprApplies: true, ...data, listenerId }, true)
  }
  const consents = (purposes: readonly number[], vendors: readonly number[] = []) => ({
    purpose: {
      consents: Object.fromEntries(purposes.map((id) => [id, true])),
      legitimateInterests: { 1: true, 3: true, 4: true, 7: true, 8: true },
    },
    vendor: { consents: Object.fromEntries(vendors.map((id) => [id, true])) },
  })
  return { api, say, consents, listeners }
}

function listening() {
  const answers: unknown[] = []
  return { answers, tracker: { consent: { update: (change: ConsentUpdate) => void answers.push(change) } } }
}

let page: Page
beforeEach(() => {
  vi.useFakeTimers()
  page = stubPage<Page>({})
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

describe('TCF', () => {
  test('a category needs all of its purposes, by consent', () => {
    const { api, say, consents } = platform()
    page.__tcfapi = api
    const { answers, tracker } = listening()
    tcf(tracker)
    expect(answers).toEqual([])
    say({ eventStatus: 'tcloaded', ...consents([1, 8]) })
    say({ eventStatus: 'useractioncomplete', ...consents([1, 3, 4, 7]) })
    say({ eventStatus: 'useractioncomplete', ...consents([1, 3, 4, 7, 8]) })
    say({ eventStatus: 'useractioncomplete', ...consents([3, 4, 7, 8]) })
    say({ eventStatus: 'useractioncomplete' })
    expect(answers).toEqual([
      { analytics: 'granted', marketing: 'denied' },
      { analytics: 'denied', marketing: 'granted' },
      { analytics: 'granted', marketing: 'granted' },
      { analytics: 'denied', marketing: 'denied' },
      { analytics: 'denied', marketing: 'denied' },
    ])
  })

  test('what is shown is not answered, and a refused listener hears nothing', () => {
    const { api, say, consents } = platform()
    page.__tcfapi = api
    const { answers, tracker } = listening()
    tcf(tracker)
    say({ eventStatus: 'cmpuishown', ...consents([1, 8]) })
    page.__tcfapi = (_command, _version, callback) => callback(null, false)
    tcf(tracker)
    expect(answers).toEqual([])
  })

  test('purposes of one’s own, and a vendor', () => {
    const { api, say, consents } = platform()
    page.__tcfapi = api
    const { answers, tracker } = listening()
    tcf(tracker, { purposes: { statistics: [9] }, vendorId: 755 })
    say({ eventStatus: 'tcloaded', ...consents([9]) })
    say({ eventStatus: 'tcloaded', ...consents([9], [755]) })
    expect(answers).toEqual([{ statistics: 'denied' }, { statistics: 'granted' }])
  })

  test('outside of the GDPR nobody has answered, unless the page says so', () => {
    const { api, say } = platform()
    page.__tcfapi = api
    const [careful, open] = [listening(), listening()]
    tcf(careful.tracker)
    tcf(open.tracker, { outsideGdpr: 'granted', vendorId: 755 })
    say({ gdprApplies: false })
    expect(careful.answers).toEqual([])
    expect(open.answers).toEqual([{ analytics: 'granted', marketing: 'granted' }])
  })

  test('a late platform is waited for, ten seconds', () => {
    const { api, say, consents, listeners } = platform()
    const { answers, tracker } = listening()
    tcf(tracker)
    vi.advanceTimersByTime(9_900)
    page.__tcfapi = api
    vi.advanceTimersByTime(200)
    say({ eventStatus: 'tcloaded', ...consents([1, 8]) })
    expect(answers).toHaveLength(1)
    expect(listeners.size).toBe(1)

    delete page.__tcfapi
    tcf(tracker)
    vi.advanceTimersByTime(10_001)
    expect(vi.getTimerCount()).toBe(0)
  })

  test('the stop removes the listener, also one that the platform has not registered yet', () => {
    const { api, say, consents, listeners } = platform()
    const queue: Parameters<typeof api>[] = []
    page.__tcfapi = (...call) => void queue.push(call)
    const { answers, tracker } = listening()
    const early = tcf(tracker)
    early()
    page.__tcfapi = api
    const stop = tcf(tracker)
    for (const call of queue) api(...call)
    expect(listeners.size).toBe(1)
    stop()
    stop()
    expect(listeners.size).toBe(0)
    say({ eventStatus: 'tcloaded', ...consents([1, 8]) })
    delete page.__tcfapi
    tcf(tracker)()
    expect(vi.getTimerCount()).toBe(0)
    expect(answers).toEqual([])
  })

  test('a platform that throws, and a server, disturb nobody', () => {
    page.__tcfapi = () => {
      throw new Error('broken')
    }
    expect(() => tcf(listening().tracker)()).not.toThrow()
    Object.defineProperty(page, '__tcfapi', {
      get() {
        throw new Error('broken')
      },
    })
    expect(() => tcf(listening().tracker)()).not.toThrow()
    vi.unstubAllGlobals()
    expect(() => tcf(listening().tracker)()).not.toThrow()
    expect(vi.getTimerCount()).toBe(0)
  })
})
