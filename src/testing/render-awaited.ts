import { renderWith } from './render.tsx'
import { loadingTestingLibrary } from './testing-library.ts'

const library = await loadingTestingLibrary

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
