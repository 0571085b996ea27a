import type { RenderOptions, RenderResult } from '@testing-library/react'
import type { ReactElement, ReactNode } from 'react'
import type { AnyPlan } from '../plan/define-plan.ts'
import { MicroconversionProvider } from '../react/provider.tsx'
import { MicroconversionError } from '../support/errors.ts'
import { installObserver } from './acts/observer.ts'
import { play } from './acts/play.ts'
import { scrollTo } from './acts/scroll-to.ts'
import { see } from './acts/see.ts'
import { cleanUpWithTest } from './test-end.ts'
import { createTestTracker, type TestTracker, type TestTrackerOptions } from './test-tracker.ts'
import type { TestingLibrary } from './testing-library.ts'

/** Options of `renderWithTracking`: those of `createTestTracker`, the plan, and options of Testing Library's `render`. */
export type RenderWithTrackingOptions<P extends AnyPlan> = TestTrackerOptions<P> & {
  /** Plan of the test tracker. */
  readonly plan: P
  /** Options of Testing Library's `render`. Default: its own defaults. */
  readonly render?:
    | Pick<RenderOptions, 'container' | 'baseElement' | 'hydrate' | 'reactStrictMode'>
    | undefined
}

/** Simulated actions of a user besides clicks and keys: `see`, `scrollTo`, `play`. */
export interface UserActs {
  readonly see: typeof see
  readonly scrollTo: typeof scrollTo
  readonly play: typeof play
}

/** Renders an element with a test tracker, and returns Testing Library's result, the test tracker and the simulated actions. */
export type RenderWithTracking = <P extends AnyPlan>(
  ui: ReactElement,
  options: RenderWithTrackingOptions<P>,
) => RenderResult & TestTracker<P> & UserActs

/**
 * Returns `renderWithTracking`, which calls Testing Library's `render` inside a Provider with a test tracker. It throws RMC401 if
 * Testing Library (13 to 16) is not installed.
 */
export function renderWith(library: () => TestingLibrary): RenderWithTracking {
  return (ui, { plan, render: renderOptions, ...options }) => {
    const { render, cleanup } = library() ?? missing()
    installObserver()
    const tracking = createTestTracker(plan, options as TestTrackerOptions<typeof plan>)
    const wrapper = ({ children }: { children: ReactNode }) => (
      <MicroconversionProvider tracker={tracking.tracker}>{children}</MicroconversionProvider>
    )
    cleanUpWithTest(cleanup)
    const rendered: RenderResult = render(ui, { ...renderOptions, wrapper } as RenderOptions)
    return { ...rendered, ...tracking, see, scrollTo, play }
  }
}

function missing(): never {
  throw new MicroconversionError(
    'RMC401',
    'renderWithTracking() renders with Testing Library, which was not found. Install it: npm install --save-dev @testing-library/react. createTestTracker() works without it.',
  )
}
