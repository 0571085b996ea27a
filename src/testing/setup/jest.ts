import { afterEach, beforeEach, expect } from '@jest/globals'
import type { MicroconversionMatchers } from '../matchers/matcher-types.ts'
import { matchers } from '../matchers/matchers.ts'
import { endTrackersWithTests } from '../test-end.ts'

// For `import { expect } from '@jest/globals'`.
declare module 'expect' {
  interface Matchers<R extends void | Promise<void>, T = unknown> extends MicroconversionMatchers<T, R> {}
}

// For the globals of `@types/jest`.
declare global {
  namespace jest {
    interface Matchers<R, T = {}> extends MicroconversionMatchers<T, R> {}
  }
}

expect.extend(matchers)
endTrackersWithTests({ beforeEach, afterEach })

export { matchers }
