import type { TestingLibrary } from './testing-library.ts'

declare const require: ((name: string) => TestingLibrary) | undefined

/**
 * Returns Testing Library at once, where this module was compiled to CommonJS, as by Jest; undefined in an ES module. Testing
 * Library registers hooks when it is loaded, which Jest forbids as soon as the tests of a file run.
 */
export function requiredTestingLibrary(): TestingLibrary {
  try {
    return typeof require === 'function' ? require('@testing-library/react') : undefined
  } catch {
    return undefined // Not installed.
  }
}
