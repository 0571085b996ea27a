import { countP } from '../statistics/negative-binomial.ts'
import { dispersionOf, sum } from './volume.ts'

const WEEK = 7
/** Weeks with whose same weekday a day is compared. */
const WEEKS = 6
const MIN_WEEKS = 2
const LEVEL = 0.001
/** Smallest change that is worth an alarm, however certain it is. */
const MIN_CHANGE = 0.4
/** Smallest difference from the same weekday of other weeks: less is a return to what was usual. */
const MIN_DIFFERENCE = 0.3

/** Days that are needed to judge the last of them. */
export const TRAFFIC_DAYS = WEEK + WEEKS * WEEK + 1

/** Sessions of a day that are not usual. */
export interface UnusualTraffic {
  readonly observed: number
  readonly expected: number
}

/**
 * Judges the sessions of the last of some days in a row. Each day is taken as a ratio to the 7 days before it, and compared with the
 * ratios of the same weekday in 6 weeks, so that growth and weekends are usual. The end of a campaign is usual too: the day must also
 * differ from the median of its weekday. Returns null if nothing needs an alarm, or if there are less than 3 weeks of days.
 */
export function unusualTraffic(sessions: readonly number[]): UnusualTraffic | null {
  const last = sessions.length - 1
  const before = daysBefore(last)
  if (before.length < MIN_WEEKS * WEEK) return null
  const ratios = Array.from({ length: WEEK }, (_, weekday) => {
    const days = before.filter((day) => day % WEEK === weekday)
    return sum(days.map((day) => sessions[day] as number)) / sum(days.map((day) => weekBefore(sessions, day)))
  })
  const expectedOn = (day: number) => (ratios[day % WEEK] as number) * weekBefore(sessions, day)
  const observed = sessions[last] as number
  const expected = expectedOn(last)
  if (change(observed, expected) < MIN_CHANGE) return null
  if (change(observed, medianOf(sessions, last)) < MIN_DIFFERENCE) return null
  const dispersion = dispersionOf(before.map((day) => [sessions[day] as number, expectedOn(day)]))
  return countP(observed, { mean: expected, dispersion }) < LEVEL ? { observed, expected } : null
}

/** Returns the days of 6 weeks before a day that have a week before them. */
const daysBefore = (day: number): readonly number[] =>
  Array.from({ length: WEEKS * WEEK }, (_, ago) => day - 1 - ago).filter((each) => each >= WEEK)

const weekBefore = (sessions: readonly number[], day: number) => sum(sessions.slice(day - WEEK, day))

function medianOf(sessions: readonly number[], day: number): number {
  const same = daysBefore(day).filter((each) => each % WEEK === day % WEEK)
  const sorted = same.map((each) => sessions[each] as number).sort((a, b) => a - b)
  return sorted[sorted.length >> 1] as number
}

const change = (observed: number, usual: number) => (usual > 0 ? Math.abs(observed / usual - 1) : 0)
