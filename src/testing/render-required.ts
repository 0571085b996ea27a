import { renderWith } from './render.tsx'
import { loadingTestingLibrary, type TestingLibrary } from './testing-library.ts'

/** Loaded without top-level `await`, which `require` forbids. It is there long before the first test runs. */
let library: TestingLibrary
void loadingTestingLibrary.then((found) => {
  library = found
})

export const renderWithTracking = renderWith(() => library)
