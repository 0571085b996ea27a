import { createTracker, definePlan, event } from 'react-microconversions/core'
import { memory } from 'react-microconversions/destinations'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

let name: string
let count = 0
const stops: (() => void)[] = []
beforeEach(() => {
  count++
  name = `tracker-test-${count}`
})
afterEach(() => {
  vi.restoreAllMocks()
  for (const stop of stops.splice(0)) stop()
})

function open(consent: 'granted' | 'pending' = 'granted') {
  const plan = definePlan({
    name,
    version: '1',
    events: { step_taken: event({}), demo_booked: event({ frequency: 'once-per-user' }) },
  })
  const destination = memory()
  const tracker = createTracker({ plan, destinations: [destination], consent })
  stops.push(tracker.dispose)
  return { tracker, destination }
}
const ourKeys = () => Object.keys(localStorage).filter((key) => key.startsWith(`rmc1:${name}`))
const databases = async () => (await indexedDB.databases()).map((database) => database.name)

test('in a real browser: once per user over two page lives', async () => {
  const { tracker, destination } = open()
  tracker.track('demo_booked')
  expect(tracker.track('demo_booked').reason).toBe('frequency')
  await tracker.flush()
  expect(destination.events).toHaveLength(1)
  expect(destination.events[0]?.context.storage).toBe('persistent')
  tracker.dispose()
  const next = open()
  expect(next.tracker.track('demo_booked').reason).toBe('frequency')
  next.tracker.track('step_taken')
  await next.tracker.flush()
  expect(next.destination.events[0]).toMatchObject({
    anonymousId: destination.events[0]?.anonymousId,
    sessionId: destination.events[0]?.sessionId,
  })
})

test('before the grant neither storage nor database is touched; after the withdrawal nothing is left', async () => {
  const { tracker, destination } = open('pending')
  tracker.track('demo_booked')
  await tracker.flush()
  expect(ourKeys()).toEqual([])
  expect(await databases()).not.toContain(`rmc1:${name}`)
  tracker.consent.update('granted')
  await tracker.flush()
  expect(destination.events).toHaveLength(1)
  expect(ourKeys().length).toBeGreaterThan(1)
  expect(await databases()).toContain(`rmc1:${name}`)
  tracker.consent.update('denied')
  expect(ourKeys()).toEqual([])
  await expect.poll(databases).not.toContain(`rmc1:${name}`)
})

test('the last of two trackers to hear of a withdrawal deletes the database, which may be made again', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => {})
  const { tracker } = open()
  const { tracker: other } = open()
  await Promise.all([tracker.flush(), other.flush()])
  await expect.poll(databases).toContain(`rmc1:${name}`)
  tracker.consent.update('denied')
  other.consent.update('denied')
  await expect.poll(databases).not.toContain(`rmc1:${name}`)
  expect(ourKeys()).toEqual([])
  tracker.consent.update('granted')
  await tracker.flush()
  expect(tracker.record.get().storage).toBe('persistent')
})

test('a refusal deletes what an earlier visit has left', async () => {
  const { tracker } = open()
  await tracker.flush()
  tracker.dispose()
  await expect.poll(databases).toContain(`rmc1:${name}`)
  const { tracker: next } = open('pending')
  next.consent.update('denied')
  await expect.poll(databases).not.toContain(`rmc1:${name}`)
})

test('with every storage blocked, events flow, and the record says memory', async () => {
  const denied = () => {
    throw new DOMException('denied', 'SecurityError')
  }
  vi.spyOn(window, 'localStorage', 'get').mockImplementation(denied)
  vi.spyOn(window, 'sessionStorage', 'get').mockImplementation(denied)
  vi.spyOn(indexedDB, 'open').mockImplementation(denied)
  const { tracker, destination } = open()
  tracker.track('demo_booked')
  await tracker.flush()
  expect(destination.events[0]?.context.storage).toBe('memory')
  expect(tracker.record.get().storage).toBe('memory')
  expect(tracker.track('demo_booked').reason).toBe('frequency')
})

test('RMC107: a second live tracker of the same plan on one page', () => {
  const said = vi.spyOn(console, 'error').mockImplementation(() => {})
  const { tracker } = open()
  expect(said).not.toHaveBeenCalled()
  open()
  expect(said.mock.calls.map(String)).toEqual([expect.stringMatching(/^\[RMC107\]/)])
  tracker.dispose()
})

test('a tracker that was disposed makes room for the next', () => {
  const said = vi.spyOn(console, 'error').mockImplementation(() => {})
  open().tracker.dispose()
  open()
  expect(said).not.toHaveBeenCalled()
})
