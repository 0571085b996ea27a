import { definePlan, event, journey, MicroconversionError } from 'react-microconversions/core'
import { createTestTracker, type TestTrackerOptions } from 'react-microconversions/testing'
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest'

const plan = definePlan({
  name: 'acme',
  version: '1',
  events: { article_read: event({}), second_article: event({ after: { event: 'article_read', times: 2 } }) },
})

afterEach(() => void vi.unstubAllEnvs())

/** Callers without a compiler give anything. */
function open(plugins: unknown) {
  const tracking = createTestTracker(plan, { plugins } as TestTrackerOptions<typeof plan>)
  onTestFinished(() => tracking.tracker.dispose())
  return tracking
}

function errorOf(plugins: unknown): MicroconversionError {
  try {
    open(plugins)
  } catch (error) {
    if (error instanceof MicroconversionError) return error
  }
  throw new Error('Nothing was thrown.')
}

test('the tracker has what its plugins add, and nothing of it without them', () => {
  expect(open([journey()]).tracker.journey).toBeDefined()
  vi.spyOn(console, 'error').mockImplementation(() => {})
  onTestFinished(() => void vi.restoreAllMocks())
  expect(open([]).tracker.journey).toBeUndefined()
  expect(open(undefined).tracker.journey).toBeUndefined()
})

test('one plugin serves two trackers, each with its own memory', async () => {
  const plugins = [journey()]
  const [first, second] = [open(plugins).tracker, open(plugins).tracker]
  first.track('article_read')
  await first.flush()
  expect(first.journey?.get().steps).toHaveLength(1)
  expect(second.journey?.get().steps).toEqual([])
})

describe('in development', () => {
  test.each([
    ['a function that was not called', [journey], /`plugins\[0\]`.*function\. Call it: .*\[journey\(\)\]/],
    ['null', [journey(), null], /`plugins\[1\]`.*null\. Give plugins alone: /],
    ['an object without `connect`', [{ name: 'journey' }], /`plugins\[0\]`.*object/],
    ['no list', journey(), /`plugins`.*object\. Give a list: /],
  ])('RMC041: %s', (_, plugins, message) => {
    const error = errorOf(plugins)
    expect(error.code).toBe('RMC041')
    expect(error.message).toMatch(message)
  })

  test('RMC042: the same plugin twice', () => {
    const error = errorOf([journey(), journey()])
    expect(error.code).toBe('RMC042')
    expect(error.message).toContain('"journey" twice')
  })
})

test('in production what is no plugin is ignored, and of two the first counts', () => {
  vi.stubEnv('NODE_ENV', 'production')
  for (const none of [[journey], [null], journey(), null]) expect(open(none).tracker.journey).toBeUndefined()
  expect(open([undefined, journey(), journey()]).tracker.journey).toBeDefined()
})
