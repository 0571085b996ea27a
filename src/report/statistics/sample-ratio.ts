import { incompleteGamma } from './gamma.ts'

/** Users of a variant, and its planned weight above 0 in any unit. */
export interface VariantCount {
  readonly k: number
  readonly weight: number
}

/** Result of comparing the numbers of users of some variants with their planned weights. */
export interface SplitTest {
  readonly variants: number
  /** Users to expect in the variant with the fewest. */
  readonly leastExpected: number
  readonly chiSquared: number
  /** Probability of a split as far from the planned one, or farther, by chance alone. */
  readonly p: number
}

/**
 * Returns the chi-squared test of a sample ratio: 821,588 and 815,482 users of an experiment with equal weights have a p of 1.8e-6.
 *
 * Pearson 1900, Philosophical Magazine 50:157-175; Kohavi, Tang & Xu 2020, Trustworthy Online Controlled Experiments, chapter 21.
 */
export function testSplit(variants: readonly VariantCount[]): SplitTest {
  const n = variants.reduce((sum, { k }) => sum + k, 0)
  const weights = variants.reduce((sum, { weight }) => sum + weight, 0)
  const expected = variants.map(({ weight }) => (n * weight) / weights)
  const chiSquared = variants.reduce((sum, { k }, index) => {
    const planned = expected[index] as number
    return planned > 0 ? sum + (k - planned) ** 2 / planned : sum
  }, 0)
  return {
    variants: variants.length,
    leastExpected: Math.min(...expected),
    chiSquared,
    p: incompleteGamma((variants.length - 1) / 2, chiSquared / 2).upper,
  }
}
