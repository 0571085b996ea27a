import type { Interval } from './interval.ts'

/** Limits of a rate ratio that makes no practical difference: those of bioequivalence. */
export const NO_DIFFERENCE = { low: 0.8, high: 1.25 } as const

/**
 * True if a ratio is shown to make no practical difference: its 90 % interval is within 0.8 to 1.25, which equals two one-sided
 * tests at 5 %. A wide interval around 1 shows nothing.
 *
 * Schuirmann 1987, Journal of Pharmacokinetics and Biopharmaceutics 15:657-680.
 */
export const isEquivalent = (narrow: Interval): boolean =>
  narrow.low >= NO_DIFFERENCE.low && narrow.high <= NO_DIFFERENCE.high
