import { incompleteGamma } from './gamma.ts'

/** Returns the share of a standard normal distribution below z. */
export function normalBelow(z: number): number {
  const { lower, upper } = incompleteGamma(0.5, (z * z) / 2)
  return z < 0 ? upper / 2 : 0.5 + lower / 2
}

/** Returns the z with a share of the distribution below it, for 0 < share < 1: 1.96 for .975. */
export function normalQuantile(share: number): number {
  if (share > 0.5) return -normalQuantile(1 - share)
  let z = 0
  // Newton's method approaches from the right without passing the root, because the curve is convex below 0.
  for (let step = 1; Math.abs(step) > 1e-14 * Math.max(1, -z); z -= step) {
    step = (normalBelow(z) - share) / (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI))
  }
  return z
}

/** Half-width in standard errors of a two-sided interval: 1.96 for a confidence of .95. */
export const zOf = (confidence: number): number => normalQuantile((1 + confidence) / 2)

/** Two-sided p-value of a standard normal statistic. */
export const normalP = (z: number): number => 2 * normalBelow(-Math.abs(z))
