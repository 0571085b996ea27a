import type { AnyTracker } from '../engine/tracker-api.ts'
import { attempt } from '../support/attempt.ts'
import { type ExperimentOptions, experimentViewed } from './experiment-viewed.ts'

/** The part of OpenFeature's evaluation details that `openFeatureHook` reads. */
export interface FlagDetails {
  readonly variant?: string | undefined
  readonly reason?: string | undefined
  readonly flagMetadata?: Readonly<Record<string, unknown>> | undefined
}

/** Options of `openFeatureHook`. */
export interface OpenFeatureOptions extends ExperimentOptions {
  /**
   * Returns whether a flag is an experiment. Default: its evaluation has the reason `SPLIT`, OpenFeature's word for a
   * random assignment. Some providers give `TARGETING_MATCH` instead.
   */
  readonly isExperiment?: ((flagKey: string, details: FlagDetails) => boolean) | undefined
}

/** Hook of OpenFeature that `openFeatureHook` returns. */
export interface OpenFeatureHook {
  readonly after: (context: { readonly flagKey: string }, details: FlagDetails) => void
}

/**
 * Returns a hook of OpenFeature (specification 0.8) that reports the experiments among the flags that the application
 * evaluates, with the name of the variant. It reads neither the value of the flag nor the evaluation context. A flag
 * without a variant is ignored.
 *
 * @example
 * OpenFeature.addHooks(openFeatureHook(tracker))
 */
export function openFeatureHook(
  tracker: AnyTracker,
  { isExperiment = isSplit, ...options }: OpenFeatureOptions = {},
): OpenFeatureHook {
  return {
    after({ flagKey }, { variant, reason, flagMetadata }) {
      if (!variant || !attempt(() => isExperiment(flagKey, { variant, reason, flagMetadata }))) return
      experimentViewed(tracker, { experiment: flagKey, variant }, options)
    },
  }
}

const isSplit = (_: string, { reason }: FlagDetails) => reason === 'SPLIT'
