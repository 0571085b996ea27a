/** Random draws, the same in each run for the same seed. */
export function createRandom(seed: number) {
  let state = seed >>> 0

  /** Mulberry32: between 0 and 1, without 0. */
  function uniform(): number {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return (((mixed ^ (mixed >>> 14)) >>> 0) + 0.5) / 2 ** 32
  }

  const normal = () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform())

  /** Time until something that happens `rate` times per unit of time. */
  const exponential = (rate: number) => -Math.log(uniform()) / rate

  /** Marsaglia & Tsang 2000; mean `shape`, variance `shape`. */
  function gamma(shape: number): number {
    if (shape < 1) return gamma(shape + 1) * uniform() ** (1 / shape)
    const d = shape - 1 / 3
    for (;;) {
      const x = normal()
      const v = (1 + x / Math.sqrt(9 * d)) ** 3
      if (v > 0 && Math.log(uniform()) < (x * x) / 2 + d - d * v + d * Math.log(v)) return d * v
    }
  }

  /** Knuth's product for small means; for large ones the events before a gamma time are divided first (Ahrens & Dieter 1974). */
  function poisson(mean: number): number {
    if (mean > 30) {
      const m = Math.floor(mean * 0.875)
      const time = gamma(m)
      return time > mean ? binomial(m - 1, mean / time) : m + poisson(mean - time)
    }
    let count = 0
    for (let product = uniform(); product > Math.exp(-mean); product *= uniform()) count++
    return count
  }

  /** Divides at the median order statistic until few are left. */
  function binomial(n: number, p: number): number {
    if (n <= 20) return Array.from({ length: n }, uniform).filter((u) => u < p).length
    const a = Math.floor(n / 2) + 1
    const above = gamma(a)
    const split = above / (above + gamma(n + 1 - a))
    return split >= p ? binomial(a - 1, p / split) : a + binomial(n - a, (p - split) / (1 - split))
  }

  /** A count whose variance is `dispersion` times its mean. */
  const count = (mean: number, dispersion: number) =>
    dispersion <= 1 ? poisson(mean) : poisson(gamma(mean / (dispersion - 1)) * (dispersion - 1))

  return { uniform, normal, exponential, gamma, poisson, binomial, count }
}

export type Random = ReturnType<typeof createRandom>
