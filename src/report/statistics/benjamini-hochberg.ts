/**
 * Returns each p-value adjusted for the others, in the order given. Taking those up to .05 keeps the expected share of false ones
 * among them at 5 %.
 *
 * Benjamini & Hochberg 1995, Journal of the Royal Statistical Society B 57:289-300.
 */
export function adjustedP(values: readonly number[]): readonly number[] {
  const ranked = values.map((p, index) => ({ p, index })).sort((a, b) => b.p - a.p)
  const adjusted = new Array<number>(values.length)
  let smallest = 1
  ranked.forEach(({ p, index }, above) => {
    smallest = Math.min(smallest, (p * values.length) / (values.length - above))
    adjusted[index] = smallest
  })
  return adjusted
}
