import type { RenderOptions, RenderResult } from '@testing-library/react'
import type { ReactElement, ReactNode } from 'react'
import type { AnyPlan } from '../plan/define-plan.ts'
import { MicroconversionProvider } from '../react/provider.tsx'
import { MicroconversionError } from '../support/errors.ts'
import { createTestTracker, type TestTracker, type TestTrackerOptions } from './test-tracker.ts'
import type { TestingLibrary } from './testing-library.ts'

export type RenderWithTrackingOptions<P extends AnyPlan> = TestTrackerOptions<P> & {
  readonly plan: P
  /** For Testing Library. */
  readonly render?:
    | Pick<RenderOptions, 'container' | 'baseElement' | 'hydrate' | 'reactStrictMode'>
    | undefined
}

export type RenderWithTracking = <P extends AnyPlan>(
  ui: ReactElement,
  options: RenderWithTrackingOptions<P>,
) => RenderResult & TestTracker<P>

/**
 * Testing Library's `render` inside a Provider with a test tracker. Throws RMC401 where Testing Library (13 to 16) is not
 * installed.
 */
export function renderWith(library: () => TestingLibrary): RenderWithTracking {
  return (ui, { plan, render: renderOptions, ...options }) => {
    const { render } = library() ?? missing()
    const tracking = createTestTracker(plan, options as TestTrackerOptions<typeof plan>)
    const wrapper = ({ children }: { children: ReactNode }) => (
      <MicroconversionProvider tracker={tracking.tracker}>{children}</MicroconversionProvider>
    )
    const rendered: RenderResult = render(ui, { ...renderOptions, wrapper } as RenderOptions)
    return { ...rendered, ...tracking }
  }
}

function missing(): never {
  throw new MicroconversionError(
    'RMC401',
    'renderWithTracking() renders with Testing Library, which was not found. Install it: npm install --save-dev @testing-library/react. createTestTracker() works without it.',
  )
}
