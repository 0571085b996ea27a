import { incompleteBeta, incompleteGamma } from './gamma.ts'

/** A count's distribution by its mean and its dispersion φ: its variance is φ times the mean. With φ = 1 it is Poisson's. */
export interface CountDistribution {
  readonly mean: number
  readonly dispersion: number
}

/** Returns the probability of a count of at most k. */
export function atMost(k: number, { mean, dispersion }: CountDistribution): number {
  if (k < 0) return 0
  if (mean <= 0) return 1
  if (dispersion <= 1) return incompleteGamma(k + 1, mean).upper
  return incompleteBeta(1 / dispersion, mean / (dispersion - 1), k + 1)
}

/** Returns the probability of a count of at least k. */
export function atLeast(k: number, { mean, dispersion }: CountDistribution): number {
  if (k <= 0) return 1
  if (mean <= 0) return 0
  if (dispersion <= 1) return incompleteGamma(k, mean).lower
  return incompleteBeta(1 - 1 / dispersion, k, mean / (dispersion - 1))
}

/** Returns the two-sided p-value of a count: twice its smaller tail, at most 1. */
export function countP(k: number, distribution: CountDistribution): number {
  return Math.min(1, 2 * atMost(k, distribution), 2 * atLeast(k, distribution))
}
