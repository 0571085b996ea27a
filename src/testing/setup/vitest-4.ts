import { afterEach, beforeEach, expect } from 'vitest'
import type { MicroconversionMatchers } from '../matchers/matcher-types.ts'
import { matchers } from '../matchers/matchers.ts'
import { endTrackersWithTests } from '../test-end.ts'

declare module 'vitest' {
  // biome-ignore lint/suspicious/noExplicitAny: as Vitest declares it
  interface Matchers<T = any> extends MicroconversionMatchers<T> {}
}

expect.extend(matchers)
endTrackersWithTests({ beforeEach, afterEach })

export { matchers }
