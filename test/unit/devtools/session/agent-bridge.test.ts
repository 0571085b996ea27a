import { afterEach, expect, test, vi } from 'vitest'
import { openAgentBridge } from '../../../../src/devtools/session/agent-bridge.ts'
import { inertTracker } from '../../../../src/engine/inert-tracker.ts'
import { definePlan } from '../../../../src/plan/define-plan.ts'

const tracker = inertTracker(definePlan({ name: 'acme', version: '1', events: {} }), 'not-in-browser')
const name = '__microconversions__'

afterEach(() => void vi.unstubAllGlobals())

test('a property of the page that cannot be replaced stays, and stops nothing', () => {
  vi.stubGlobal('window', Object.defineProperty({}, name, { value: 'theirs' }))
  openAgentBridge(tracker)()
  expect(Reflect.get(window, name)).toBe('theirs')
})

test('otherwise the API is there until it is closed', () => {
  vi.stubGlobal('window', {})
  const close = openAgentBridge(tracker)
  expect(Reflect.get(window, name)).toHaveProperty('session')
  close()
  expect(Reflect.get(window, name)).toBeUndefined()
})
