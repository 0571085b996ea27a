import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createStore } from 'zustand/vanilla'
import { framesApart, sampleRecord } from '../../../src/devtools/sampled-record.ts'
import type { RecordState } from '../../../src/engine/record/record-view.ts'

const FRAME_MS = 16

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
  vi.stubGlobal('requestAnimationFrame', (run: () => void) => setTimeout(run, FRAME_MS))
  vi.stubGlobal('cancelAnimationFrame', clearTimeout)
})

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

function sampled() {
  const store = createStore(() => ({ forgotten: 0 }) as RecordState)
  const record = sampleRecord(
    { get: store.getState, subscribe: store.subscribe, watch: () => () => {}, clear: () => {} },
    framesApart(100),
  )
  const seen: { readonly forgotten: number; readonly at: number }[] = []
  const stop = record.subscribe(() => seen.push({ forgotten: record.get().forgotten, at: performance.now() }))
  return { change: (forgotten: number) => store.setState({ forgotten }), seen, stop }
}

test('the first of a stream is seen in the next frame, and the last within 100 ms and a frame', () => {
  const { change, seen } = sampled()
  const began = performance.now()
  for (let count = 1; count <= 60; count++) {
    change(count)
    vi.advanceTimersByTime(FRAME_MS + 1)
  }
  const ended = performance.now()
  expect((seen[0]?.at ?? 0) - began).toBeLessThanOrEqual(FRAME_MS + 1)
  seen.slice(1).forEach(({ at }, index) => {
    expect(at - (seen[index]?.at ?? 0)).toBeGreaterThanOrEqual(100)
    expect(at - (seen[index]?.at ?? 0)).toBeLessThanOrEqual(100 + 2 * FRAME_MS)
  })
  vi.advanceTimersByTime(100 + FRAME_MS)
  expect(seen.at(-1)?.forgotten).toBe(60)
  expect((seen.at(-1)?.at ?? 0) - ended).toBeLessThanOrEqual(100 + FRAME_MS)
})

test('one after a rest is seen in the next frame; nobody is told after a stop', () => {
  const { change, seen, stop } = sampled()
  change(1)
  vi.advanceTimersByTime(1000)
  change(2)
  vi.advanceTimersByTime(FRAME_MS + 1)
  expect(seen.map(({ forgotten }) => forgotten)).toEqual([1, 2])
  change(3)
  stop()
  vi.advanceTimersByTime(1000)
  expect(seen).toHaveLength(2)
})
