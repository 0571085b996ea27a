import { createContext, useContext } from 'react'
import type { AnyPlan } from '../../plan/define-plan.ts'
import { MicroconversionError } from '../../support/errors.ts'
import type { TestTracker } from '../../testing/test-tracker.ts'

/** Tracking of a story: a test tracker on a platform whose clock follows the real one. */
export type StoryTracking = TestTracker<AnyPlan>

export const StoryTrackingContext = createContext<StoryTracking | undefined>(undefined)

const byCanvas = new WeakMap<HTMLElement, StoryTracking>()

export const noteTracking = (canvas: HTMLElement, tracking: StoryTracking): void =>
  void byCanvas.set(canvas, tracking)

/**
 * Returns the tracking of the story in this canvas, for `play`. Throws RMC660 if the addon provides none.
 *
 * @example
 * play: async ({ canvasElement }) => {
 *   await expect(trackingOf(canvasElement).decisions()).toHaveLength(1)
 * }
 */
export function trackingOf(canvasElement: HTMLElement): StoryTracking {
  return byCanvas.get(canvasElement) ?? refuse()
}

/** Returns the tracking of the story around a component that only stories have. Throws RMC660 if the addon provides none. */
export function useStoryTracking(): StoryTracking {
  return useContext(StoryTrackingContext) ?? refuse()
}

function refuse(): never {
  throw new MicroconversionError(
    'RMC660',
    'The addon provides no tracker for this story, because it has no plan, or `provide` is false. Give the addon a plan: `microconversions({ plan })` in definePreview, or `parameters.microconversions.plan`.',
  )
}
