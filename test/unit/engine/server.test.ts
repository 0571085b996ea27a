import { spawnSync } from 'node:child_process'
import { build } from 'esbuild'
import { createTracker, definePlan, event } from 'react-microconversions/core'
import { memory } from 'react-microconversions/destinations'
import { expect, test } from 'vitest'

const plan = definePlan({ name: 'acme', version: '1', events: { step_taken: event({}) } })

test('on a server every call is taken, and nothing is emitted: not-in-browser', async () => {
  const destination = memory()
  const tracker = createTracker({ plan, destinations: [destination], consent: 'granted' })
  expect(tracker.track('step_taken')).toMatchObject({ outcome: 'dropped', reason: 'not-in-browser' })
  tracker.page()
  tracker.identify('ada')
  tracker.reset()
  tracker.consent.update('denied')
  tracker.onPageEnd(() => {})()
  tracker.onVisit(() => {})()
  tracker.onReset(() => {})()
  tracker.record.subscribe(() => {})()
  tracker.record.watch()()
  tracker.record.clear()
  await tracker.flush()
  tracker.dispose()
  expect(destination.events).toEqual([])
  expect(tracker.record.get().decisions).toEqual([])
})

test('importing touches nothing: no global is read, none is left', async () => {
  const bundled = await build({
    entryPoints: ['src/core.ts', 'src/destinations.ts'],
    bundle: true,
    format: 'esm',
    write: false,
    outdir: 'out',
  })
  const watched = [
    'window',
    'document',
    'navigator',
    'location',
    'localStorage',
    'sessionStorage',
    'indexedDB',
  ]
  for (const { text } of bundled.outputFiles) {
    const script = `
      const touched = []
      for (const name of ${JSON.stringify([...watched, 'fetch', 'setTimeout', 'setInterval'])})
        Object.defineProperty(globalThis, name, { configurable: true, get: () => void touched.push(name) })
      const before = Object.getOwnPropertyNames(globalThis).length
      await import('data:text/javascript;base64,${Buffer.from(text).toString('base64')}')
      console.log(JSON.stringify([touched, Object.getOwnPropertyNames(globalThis).length - before]))
    `
    const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module'], { input: script })
    expect(String(stderr)).toBe('')
    expect(JSON.parse(String(stdout))).toEqual([[], 0])
  }
})
