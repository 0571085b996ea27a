import { renderWith } from './render.tsx'
import { loadingTestingLibrary } from './testing-library.ts'

const library = await loadingTestingLibrary

export const renderWithTracking = renderWith(() => library)
