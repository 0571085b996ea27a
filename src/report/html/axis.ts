/** Maps values to a stretch of a chart, and names some of them. */
export interface Axis {
  /** Returns the place of a value; beyond the ends, the nearest end. */
  readonly at: (value: number) => number
  readonly ticks: readonly number[]
}

/** An axis from 0 to a round number above `max`. */
export function linearAxis(max: number, from: number, to: number): Axis {
  const step = roundStep((max || 1) / 4)
  const end = Math.ceil((max || 1) / step - 1e-9) * step
  return {
    at: (value) => from + (Math.min(Math.max(value, 0), end) / end) * (to - from),
    ticks: Array.from({ length: Math.round(end / step) + 1 }, (_, index) => index * step),
  }
}

/** Returns 1, 2 or 5 times a power of ten that is at least `least`. */
function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least))
  return ([1, 2, 5].find((factor) => factor * power >= least) ?? 10) * power
}

/** A logarithmic axis between powers of two, with 1 on it. */
export function ratioAxis(values: readonly number[], from: number, to: number): Axis {
  const known = values.filter((value) => value > 0 && Number.isFinite(value))
  const exponents = [...known, 0.5, 2].map((value) => Math.min(5, Math.max(-4, Math.log2(value))))
  const low = Math.floor(Math.min(...exponents))
  const high = Math.ceil(Math.max(...exponents))
  return {
    at: (value) => from + ((clamp(Math.log2(value), low, high) - low) / (high - low)) * (to - from),
    ticks: Array.from({ length: high - low + 1 }, (_, index) => 2 ** (low + index)),
  }
}

const clamp = (value: number, low: number, high: number) => Math.min(Math.max(value, low), high)
