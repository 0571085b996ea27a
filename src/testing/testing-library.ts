/** Undefined where it is not installed: an optional peer dependency, which nothing but `renderWithTracking` needs. */
export type TestingLibrary = typeof import('@testing-library/react') | undefined

export const loadingTestingLibrary: Promise<TestingLibrary> = import('@testing-library/react').catch(
  () => undefined,
)
