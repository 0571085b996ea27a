import { renderWith } from './render.tsx'
import { loadingTestingLibrary, type TestingLibrary } from './testing-library.ts'

/** What `require` loads may not await at its top level. The library is there long before the first test runs. */
let library: TestingLibrary
void loadingTestingLibrary.then((found) => {
  library = found
})

export const renderWithTracking = renderWith(() => library)
