/** Coefficients of Lanczos's approximation with g = 7 (Godfrey 2001): 15 digits. */
const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
]
const SMALLEST = 1e-300
const PRECISION = 1e-16

/** Returns the natural logarithm of the gamma function, for x > 0. */
export function logGamma(x: number): number {
  const t = x + 6.5
  const series = LANCZOS.reduce((sum, coefficient, i) => (i === 0 ? sum : sum + coefficient / (x - 1 + i)))
  return Math.log(2 * Math.PI) / 2 + (x - 0.5) * Math.log(t) - t + Math.log(series)
}

/**
 * Returns both tails of the regularised incomplete gamma function: `lower` P(a, x) and `upper` Q(a, x), which add up to 1. Each
 * is computed where it is the smaller one, so that neither loses its digits.
 *
 * Abramowitz & Stegun 1964, 6.5.29 (series) and 6.5.31 (continued fraction).
 */
export function incompleteGamma(a: number, x: number): { readonly lower: number; readonly upper: number } {
  if (x <= 0) return { lower: 0, upper: 1 }
  if (a <= 0) return { lower: 1, upper: 0 }
  const scale = Math.exp(a * Math.log(x) - x - logGamma(a))
  if (x < a + 1) {
    let term = 1 / a
    let sum = term
    for (let n = 1; term > sum * PRECISION; n++) sum += term *= x / (a + n)
    return { lower: scale * sum, upper: 1 - scale * sum }
  }
  const upper = scale * continuedFraction(x + 1 - a, (n) => [-n * (n - a), x + 2 * n + 1 - a])
  return { lower: 1 - upper, upper }
}

/**
 * Returns the regularised incomplete beta function I(x; a, b), for 0 ≤ x ≤ 1.
 *
 * DiDonato & Morris 1992 (DLMF 8.17.22), for the side of the mean where the fraction converges.
 */
export function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0
  if (x >= 1) return 1
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a)
  const logScale = a * Math.log(x) + b * Math.log1p(-x) + logGamma(a + b) - logGamma(a) - logGamma(b)
  const numerator = (n: number) => {
    const m = Math.floor(n / 2)
    return n % 2 === 0
      ? (m * (b - m) * x) / ((a + n - 1) * (a + n))
      : (-(a + m) * (a + b + m) * x) / ((a + n - 1) * (a + n))
  }
  return (Math.exp(logScale) / a) * continuedFraction(1, (n) => [numerator(n), 1])
}

/** Returns 1 / (b₀ + a₁ / (b₁ + a₂ / …)) by the modified method of Lentz. */
function continuedFraction(first: number, next: (n: number) => readonly [number, number]): number {
  let denominator = 1 / (first || SMALLEST)
  let numerator = 1 / SMALLEST
  let value = denominator
  for (let n = 1, step = 0; Math.abs(step - 1) > PRECISION * 4; n++) {
    const [a, b] = next(n)
    denominator = 1 / (a * denominator + b || SMALLEST)
    numerator = b + a / numerator || SMALLEST
    step = denominator * numerator
    value *= step
  }
  return value
}
