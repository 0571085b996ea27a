/** An estimate with its interval. */
export interface Interval {
  readonly value: number
  readonly low: number
  readonly high: number
}
