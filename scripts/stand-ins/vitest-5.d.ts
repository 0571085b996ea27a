// What `src/testing/setup/vitest.ts` needs of Vitest 5, which cannot be installed beside Vitest 4. The package tests compile
// the emitted declarations with Vitest 5 itself.
export interface Matchers<
  R extends void | Promise<void> = void | Promise<void>,
  // biome-ignore lint/correctness/noUnusedVariables: merged by its name
  T = unknown,
> {
  readonly result?: R
}
export declare const expect: { readonly extend: (matchers: object) => void }
export declare const beforeEach: (run: () => void) => unknown
export declare const afterEach: (run: () => void) => unknown
