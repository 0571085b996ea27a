/** Ranges of a video, as `[from, to]` in seconds. No two ranges touch; they are in no particular order. */
export type Spans = readonly (readonly [fromS: number, toS: number])[]

/**
 * Maximum number of separate ranges. Beyond it no further range is added: the watched time may then be too low, never
 * too high.
 */
export const MAX_SPANS = 500

/** Adds one range to a union. A range that does not go forward changes nothing. */
export function withSpan(spans: Spans, fromS: number, toS: number): Spans {
  if (!(toS > fromS)) return spans
  const touching = spans.filter((span) => span[0] <= toS && span[1] >= fromS)
  const apart = spans.filter((span) => !touching.includes(span))
  if (apart.length >= MAX_SPANS) return spans
  const starts = touching.map((span) => span[0])
  const ends = touching.map((span) => span[1])
  return [...apart, [Math.min(fromS, ...starts), Math.max(toS, ...ends)]]
}

/** Merges ranges, which may touch, overlap or be empty, into a union. */
export const unionOf = (stretches: Spans) =>
  stretches.reduce<Spans>((spans, [fromS, toS]) => withSpan(spans, fromS, toS), [])

/** Returns the seconds before a position, without those that are left out. */
export function secondsBefore(positionS: number, leftOut: Spans = []): number {
  // Every position within a left-out range maps to exactly the same value, its start: a rounding error would count as
  // watched time.
  const within = leftOut.find(([fromS, toS]) => fromS <= positionS && positionS <= toS)
  return leftOut.reduce(
    (sum, [fromS, toS]) => (toS < positionS ? sum - (toS - fromS) : sum),
    within?.[0] ?? positionS,
  )
}

/** Returns the seconds covered at least once, without those that are left out. */
export function spanSeconds(spans: Spans, leftOut: Spans = []): number {
  return spans.reduce(
    (sum, [fromS, toS]) => sum + secondsBefore(toS, leftOut) - secondsBefore(fromS, leftOut),
    0,
  )
}

/** State of a player at one moment. */
export interface Moment {
  readonly atMs: number
  readonly positionS: number
  readonly rate: number
  readonly paused: boolean
  readonly seeking: boolean
  /** True if it is neither paused, nor seeking, nor out of data. */
  readonly playing: boolean
  /** Ranges that the player itself says it has played. Empty if it does not say. */
  readonly played: Spans
}

/**
 * A position that is this far ahead of the clock, in seconds, results from a jump. Positions may be behind: decoders
 * and networks lag.
 */
const JUMP_S = 0.5
/** Players report every 0.25 s, in a hidden tab every second. Over a longer silence the clock is not trusted. */
const MAX_SILENCE_S = 1

/** Returns the seconds of video that were played since the last moment, and whether a jump followed. */
export function playedSince(last: Moment, now: Moment): { playedS: number; jumped: boolean } {
  const elapsedS = (now.atMs - last.atMs) / 1000
  const movedS = now.positionS - last.positionS
  const toS = now.played.find(([fromS, toS]) => fromS <= last.positionS && last.positionS <= toS)?.[1]
  // On a busy machine a player may show an old position, and then leap to the one that it has reached.
  const isLeap = toS !== undefined && now.positionS <= toS
  const isAhead = movedS >= Math.max(last.rate, now.rate) * elapsedS + JUMP_S && !isLeap
  const jumped = now.seeking || movedS < 0 || isAhead
  if (last.paused) return { playedS: 0, jumped }
  if (!jumped) return { playedS: movedS, jumped }
  // The position is already the target of the jump: the clock tells how far playback had come, and overstates it where
  // the video lags. The end of the played range is exact.
  const clockS = last.rate * Math.min(elapsedS, MAX_SILENCE_S)
  if (toS !== undefined) return { playedS: Math.min(clockS, toS - last.positionS), jumped }
  return { playedS: last.playing ? clockS : 0, jumped }
}
