import { isExperiment, type Segment } from '../segment.ts'

/** Returns a segment with its value: `device mobile`, `experiment.hero none`. */
export function segmentInWords({
  by,
  value,
}: {
  readonly by: Segment
  readonly value: string | null
}): string {
  // Without a variant, a user did not see the experiment; without a device, the user has one that is not known.
  return `${by} ${value ?? (isExperiment(by) ? 'none' : 'unknown')}`
}
