import type { AnyTracker } from '../engine/tracker-api.ts'
import { type ExperimentOptions, experimentViewed } from './experiment-viewed.ts'

/**
 * Returns a `trackingCallback` for GrowthBook's SDK (1.x). It reads the key of the experiment and of the variation, and
 * nothing about the user.
 *
 * @example
 * const growthbook = new GrowthBook({ clientKey, trackingCallback: growthBookCallback(tracker) })
 */
export function growthBookCallback(
  tracker: AnyTracker,
  options?: ExperimentOptions,
): (experiment: { readonly key: string }, result: { readonly key: string }) => void {
  return (experiment, result) =>
    experimentViewed(tracker, { experiment: experiment.key, variant: result.key }, options)
}
