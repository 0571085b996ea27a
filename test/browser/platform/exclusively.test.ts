import { afterEach, expect, test, vi } from 'vitest'
import { exclusively } from '../../../src/platform/exclusively.ts'

afterEach(() => vi.unstubAllGlobals())

test('runs steps of one name in their order', async () => {
  const steps: string[] = []
  await Promise.all(['a', 'b', 'c'].map((step) => exclusively('order', () => steps.push(step))))
  // On a busy machine the last one does not wait longer for its turn, and runs twice.
  expect([...new Set(steps)]).toEqual(['a', 'b', 'c'])
})

test('runs a step once where nothing else has its name', async () => {
  let steps = 0
  await exclusively('alone', () => steps++)
  await navigator.locks.request('alone', () => {})
  expect(steps).toBe(1)
})

test('lets the name go soon after its step', async () => {
  await exclusively('brief', () => {})
  await navigator.locks.request('brief', () => {})
  const { held = [] } = await navigator.locks.query()
  expect(held.filter(({ name }) => name === 'brief')).toEqual([])
})

test('where another page does not give the name back, goes without: twice, with time between', async () => {
  let letGo = () => {}
  const taken = new Promise<void>((resolve) => {
    void navigator.locks.request('starved', () => {
      resolve()
      return new Promise<void>((release) => {
        letGo = release
      })
    })
  })
  await taken
  let steps = 0
  await exclusively('starved', () => steps++)
  expect(steps).toBe(2)
  letGo()
  await navigator.locks.request('starved', () => {})
  expect(steps).toBe(2)
})

test.each([
  ['no locks', undefined],
  [
    'locks that throw',
    {
      request: () => {
        throw new DOMException('no', 'SecurityError')
      },
    },
  ],
  ['locks that reject', { request: () => Promise.reject(new DOMException('no', 'SecurityError')) }],
  ['locks that never answer', { request: () => new Promise(() => {}) }],
  ['locks of another shape', { request: () => 7 }],
])('with %s resolves all the same', async (_, locks) => {
  vi.stubGlobal('navigator', { ...navigator, locks })
  let steps = 0
  await exclusively('broken', () => steps++)
  expect(steps).toBe(2)
})

test('a step that throws stops nothing', async () => {
  await exclusively('throws', () => {
    throw new Error('broken')
  })
  let steps = 0
  await exclusively('throws', () => steps++)
  // Twice on a machine so busy that the lock is not given in time.
  expect(steps).toBeGreaterThan(0)
})
