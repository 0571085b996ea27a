import { type RenderOptions, type RenderResult, render } from '@testing-library/react'
import type { ReactElement, ReactNode } from 'react'
import type { AnyPlan } from '../plan/define-plan.ts'
import { MicroconversionProvider } from '../react/provider.tsx'
import { createTestTracker, type TestTracker, type TestTrackerOptions } from './test-tracker.ts'

export type RenderWithTrackingOptions<P extends AnyPlan> = TestTrackerOptions<P> & {
  readonly plan: P
  /** For Testing Library. */
  readonly render?:
    | Pick<RenderOptions, 'container' | 'baseElement' | 'hydrate' | 'reactStrictMode'>
    | undefined
}

/** Testing Library's `render` inside a Provider with a test tracker. */
export function renderWithTracking<P extends AnyPlan>(
  ui: ReactElement,
  { plan, render: renderOptions, ...options }: RenderWithTrackingOptions<P>,
): RenderResult & TestTracker<P> {
  const tracking = createTestTracker(plan, options as TestTrackerOptions<P>)
  const wrapper = ({ children }: { children: ReactNode }) => (
    <MicroconversionProvider tracker={tracking.tracker}>{children}</MicroconversionProvider>
  )
  const rendered: RenderResult = render(ui, { ...renderOptions, wrapper } as RenderOptions)
  return { ...rendered, ...tracking }
}
