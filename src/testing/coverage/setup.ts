import { afterEach } from 'vitest'
import type { Tested } from '../../plan/coverage/tested.ts'
import { collectTested } from './collect.ts'

declare module 'vitest' {
  interface TaskMeta {
    /** Attempts of the test's trackers, for the plan coverage. */
    microconversions?: Tested
  }
}

const collected = collectTested()

afterEach(({ task }) => {
  const tested = collected()
  if (tested.plans.length > 0) task.meta.microconversions = tested
})
