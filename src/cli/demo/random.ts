/** A source of random draws: the same seed gives the same draws. */
export interface Random {
  /** Between 0 and 1, both excluded. */
  readonly uniform: () => number
  readonly chance: (probability: number) => boolean
  /** Time until something that happens `rate` times per unit of time. */
  readonly exponential: (rate: number) => number
  /** Whole number from 0 to below `end`. */
  readonly below: (end: number) => number
  /** Draws one of some values by its weight. */
  readonly pick: <Value>(weighted: readonly (readonly [Value, number])[]) => Value
  /** UUID of version 4. */
  readonly uuid: () => string
}

export function createRandom(seed: number): Random {
  let state = seed >>> 0

  /** Mulberry32. */
  function bits(): number {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return (mixed ^ (mixed >>> 14)) >>> 0
  }

  const uniform = () => (bits() + 0.5) / 2 ** 32
  const hex = (length: number) => bits().toString(16).padStart(8, '0').slice(0, length)
  return {
    uniform,
    chance: (probability) => uniform() < probability,
    exponential: (rate) => -Math.log(uniform()) / rate,
    below: (end) => Math.floor(uniform() * end),
    pick(weighted) {
      let left = uniform() * weighted.reduce((sum, [, weight]) => sum + weight, 0)
      const found = weighted.find(([, weight]) => {
        left -= weight
        return left < 0
      })
      return (found ?? (weighted[0] as (typeof weighted)[number]))[0]
    },
    uuid: () =>
      `${hex(8)}-${hex(4)}-4${hex(3)}-${(8 + (bits() % 4)).toString(16)}${hex(3)}-${hex(8)}${hex(4)}`,
  }
}
