import { countP } from '../statistics/negative-binomial.ts'

/** An event's counts and the sessions of some days in a row, of which the last one is judged. */
export interface DailyVolume {
  readonly counts: readonly number[]
  readonly sessions: readonly number[]
}

/** A count that chance does not explain. */
export interface Deviation {
  readonly kind: 'missing' | 'dropped' | 'risen'
  /** Number of last days that were counted together. */
  readonly days: number
  readonly observed: number
  readonly expected: number
}

/** Numbers of last days that are judged together: long ones see what is rare. */
export const WINDOWS = [1, 3, 7] as const
/** Days before a window with which it is compared. */
export const BASELINE_DAYS = 28
const MIN_BASELINE_DAYS = 7
/** Smallest change that is worth an alarm, however certain it is. */
const MIN_CHANGE = 0.3
/** Probability of a false alarm about any event within a week. */
const FALSE_PER_WEEK = 0.05
/** Squared residuals beyond so many times the usual one are cut: one odd day must not hide the next. */
const CAP = 9
/** Median of a squared standard normal variable. */
const MEDIAN_SQUARE = 0.4549

/** Highest p-value for an alarm: shared by all events, windows and days of a week (Bonferroni). */
export const alarmLevel = (events: number): number =>
  FALSE_PER_WEEK / 7 / Math.max(1, events) / WINDOWS.length

/**
 * Judges how often an event happened per session on the last day, and on the last 3 and 7 days together, against the 28 days before.
 * Per session, because a quiet Sunday, a campaign or a new consent banner changes all events at once. Counts are taken as negative
 * binomial, with a spread that the days themselves show. Returns the window that chance explains least, if any needs an alarm.
 */
export function deviationIn({ counts, sessions }: DailyVolume, level: number): Deviation | null {
  let found: Deviation | null = null
  let smallest = level
  for (const days of WINDOWS) {
    const split = Math.max(0, counts.length - days)
    const usual = usualIn({ counts: counts.slice(0, split), sessions: sessions.slice(0, split) })
    if (!usual) continue
    const observed = sum(counts.slice(split))
    const expected = usual.perSession * sum(sessions.slice(split))
    if (!isLarge(observed, expected)) continue
    const p = countP(observed, { mean: expected, dispersion: usual.dispersionOver(days) })
    if (p >= smallest) continue
    smallest = p
    found = { kind: kindOf(observed, expected), days, observed, expected }
  }
  return found
}

/**
 * Returns after how many days an outage of the event would be noticed, if all else stayed as in the last 28 days. Null if it would not
 * be noticed within a week, or if the event is too new.
 */
export function daysUntilNoticed(volume: DailyVolume, level: number): number | null {
  const usual = usualIn(volume)
  if (!usual) return null
  const noticed = WINDOWS.flatMap((days) => {
    const mean = usual.perDay * days
    for (let gone = 1; gone <= days; gone++) {
      const left = Math.round(usual.perDay * (days - gone))
      if (isLarge(left, mean) && countP(left, { mean, dispersion: usual.dispersionOver(days) }) < level)
        return [gone]
    }
    return []
  })
  return noticed.length > 0 ? Math.min(...noticed) : null
}

/** Returns the rate and spread over up to 28 last days, from the first day with the event on. Null if there are too few days. */
function usualIn({ counts, sessions }: DailyVolume) {
  const first = counts.findIndex((count) => count > 0)
  if (first < 0) return null
  const from = Math.max(first, counts.length - BASELINE_DAYS)
  const days = counts
    .slice(from)
    .map((count, index) => ({ count, sessions: sessions[from + index] ?? 0 }))
    .filter((day) => day.sessions > 0)
  if (days.length < MIN_BASELINE_DAYS) return null
  const total = sum(days.map(({ count }) => count))
  const perSession = total / sum(days.map((day) => day.sessions))
  return {
    perSession,
    perDay: total / days.length,
    /** Over some days the surplus of the spread adds up, because the cause of an odd day often lasts. */
    dispersionOver: (length: number) =>
      1 + (dispersionOf(days.map((day) => [day.count, perSession * day.sessions])) - 1) * length,
  }
}

/**
 * Returns φ of some counts, each with its expected value, at least 1: the mean of the squared Pearson residuals, with those cut that are
 * far above the usual one.
 */
export function dispersionOf(days: readonly (readonly [observed: number, expected: number])[]): number {
  const squares = days.map(([observed, expected]) =>
    expected > 0 ? (observed - expected) ** 2 / expected : 0,
  )
  const median = squares.toSorted((a, b) => a - b)[squares.length >> 1] ?? 0
  const cap = CAP * Math.max(1, median / MEDIAN_SQUARE)
  return Math.max(1, sum(squares.map((square) => Math.min(square, cap))) / squares.length)
}

const isLarge = (observed: number, expected: number) => Math.abs(observed - expected) >= MIN_CHANGE * expected

function kindOf(observed: number, expected: number): Deviation['kind'] {
  return observed === 0 ? 'missing' : observed < expected ? 'dropped' : 'risen'
}

export const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
