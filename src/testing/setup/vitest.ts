import { afterEach, beforeEach, expect } from 'vitest'
import type { MicroconversionMatchers } from '../matchers/matcher-types.ts'
import { matchers } from '../matchers/matchers.ts'
import { endTrackersWithTests } from '../test-end.ts'

// Vitest 5 gave `Matchers` a second type parameter, and TypeScript merges interfaces only if their parameters are equal.
declare module 'vitest' {
  interface Matchers<R extends void | Promise<void> = void | Promise<void>, T = unknown>
    extends MicroconversionMatchers<T, R> {}
}

expect.extend(matchers)
endTrackersWithTests({ beforeEach, afterEach })

export { matchers }
