interface FakeClock {
  readonly tickAsync: (ms: number) => Promise<unknown>
}

/** Returns the clock of the fake timers of Vitest and Jest, which they store on the replaced `setTimeout`. */
const fakeClock = () => (setTimeout as { clock?: FakeClock }).clock

/** Advances fake timers by `ms` if they are installed; otherwise waits for `ms` of real time. */
export async function passTime(ms: number): Promise<void> {
  const clock = fakeClock()
  if (clock) await clock.tickAsync(ms)
  else await new Promise((resolve) => setTimeout(resolve, ms))
}

let aheadMs = 0

/**
 * Moves `performance.now()` ahead by `ms` without waiting; real timers do not move. Use it for time that events measure, such as
 * the seconds of a video. The clock stays ahead, because `performance.now()` must never go back.
 */
export async function skipTime(ms: number): Promise<void> {
  if (fakeClock()) return passTime(ms)
  if (aheadMs === 0) {
    const now = performance.now.bind(performance)
    performance.now = () => now() + aheadMs
  }
  aheadMs += ms
}
