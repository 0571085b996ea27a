/** Testing Library, an optional peer dependency for `renderWithTracking`; undefined if it is not installed. */
export type TestingLibrary = typeof import('@testing-library/react') | undefined

export const loadingTestingLibrary: Promise<TestingLibrary> = import('@testing-library/react').catch(
  () => undefined,
)
