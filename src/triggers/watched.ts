/** Stretches of a film, `[from, to]` in seconds: none touches another, in no particular order. */
export type Spans = readonly (readonly [fromS: number, toS: number])[]

/** A film cut into more pieces than this gains no further one: the figure may be too low then, never too high. */
export const MAX_SPANS = 500

/** The union with one more stretch. One that does not go forward changes nothing. */
export function withSpan(spans: Spans, fromS: number, toS: number): Spans {
  if (!(toS > fromS)) return spans
  const touching = spans.filter((span) => span[0] <= toS && span[1] >= fromS)
  const apart = spans.filter((span) => !touching.includes(span))
  if (apart.length >= MAX_SPANS) return spans
  const starts = touching.map((span) => span[0])
  const ends = touching.map((span) => span[1])
  return [...apart, [Math.min(fromS, ...starts), Math.max(toS, ...ends)]]
}

/** The stretches as a union: they may touch, overlap, or be none. */
export const unionOf = (stretches: Spans) =>
  stretches.reduce<Spans>((spans, [fromS, toS]) => withSpan(spans, fromS, toS), [])

/** The seconds before a position, without those that are left out. */
export function secondsBefore(positionS: number, leftOut: Spans = []): number {
  // Within a stretch, its beginning: exactly the same everywhere, since a rounding error would count as
  // watched time.
  const within = leftOut.find(([fromS, toS]) => fromS <= positionS && positionS <= toS)
  return leftOut.reduce(
    (sum, [fromS, toS]) => (toS < positionS ? sum - (toS - fromS) : sum),
    within?.[0] ?? positionS,
  )
}

/** Seconds covered at least once, without those that are left out. */
export function spanSeconds(spans: Spans, leftOut: Spans = []): number {
  return spans.reduce(
    (sum, [fromS, toS]) => sum + secondsBefore(toS, leftOut) - secondsBefore(fromS, leftOut),
    0,
  )
}

/** A player at one moment. */
export interface Moment {
  readonly atMs: number
  readonly positionS: number
  readonly rate: number
  readonly paused: boolean
  readonly seeking: boolean
  /** Neither paused, nor seeking, nor out of data. */
  readonly playing: boolean
}

/**
 * This far ahead of the clock, a position got there by a jump. It may be behind: decoders and networks lag.
 */
const JUMP_S = 0.5
/** Players speak up every 0.25 s, in a hidden tab every second; for longer the clock is not believed. */
const MAX_SILENCE_S = 1

/** What happened since the last moment: the seconds of film that played on from there, and whether a jump followed. */
export function playedSince(last: Moment, now: Moment): { playedS: number; jumped: boolean } {
  const elapsedS = (now.atMs - last.atMs) / 1000
  const movedS = now.positionS - last.positionS
  const jumped = now.seeking || movedS < 0 || movedS >= Math.max(last.rate, now.rate) * elapsedS + JUMP_S
  if (last.paused) return { playedS: 0, jumped }
  // The position is already the target of the jump: only the clock knows how far playback had come.
  const untilJumpS = last.playing ? last.rate * Math.min(elapsedS, MAX_SILENCE_S) : 0
  return { playedS: jumped ? untilJumpS : movedS, jumped }
}
