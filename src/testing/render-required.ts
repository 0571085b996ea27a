import { renderWith } from './render.tsx'
import { requiredTestingLibrary } from './required-testing-library.ts'
import { loadingTestingLibrary } from './testing-library.ts'

/** Loaded without top-level `await`, which `require` forbids. An import ends before the first test renders. */
let library = requiredTestingLibrary()
void loadingTestingLibrary.then((found) => {
  library ??= found
})

/**
 * Renders an element with Testing Library inside a Provider with a test tracker. Throws RMC401 if Testing Library (13 to 16) is
 * not installed.
 *
 * @example
 * const tracking = renderWithTracking(<Pricing />, { plan })
 * await userEvent.click(tracking.getByRole('link', { name: 'See pricing' }))
 * expect(tracking).toHaveFired('pricing_clicked')
 */
export const renderWithTracking = renderWith(() => library)
