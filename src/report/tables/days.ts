import type { Period } from '../report-types.ts'

const DAY_MS = 86_400_000

/** Returns the day that is a number of days later: `plusDays('2026-03-01', -1)` is `2026-02-28`. */
export function plusDays(day: string, count: number): string {
  return new Date(Date.parse(day) + count * DAY_MS).toISOString().slice(0, 10)
}

/** Number of days of a period, both ends included. */
export const lengthOf = ({ from, to }: Period): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS) + 1

/** Returns all days of a period. */
export const daysOf = (period: Period): readonly string[] =>
  Array.from({ length: lengthOf(period) }, (_, index) => plusDays(period.from, index))

/** Returns the period of the same length that ends before another begins. */
export function periodBefore(period: Period): Period {
  return { from: plusDays(period.from, -lengthOf(period)), to: plusDays(period.from, -1) }
}

/** Returns true if a text is a day of the calendar, `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  const time = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) : Number.NaN
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text)
}

/** Returns the last ms of a day in a time zone. */
export function endOfDay(timeZone: string, day: string): number {
  let [within, after] = [Date.parse(day), Date.parse(day) + 2 * DAY_MS]
  while (after - within > 1) {
    const middle = Math.floor((within + after) / 2)
    if (dayIn(timeZone, middle) <= day) within = middle
    else after = middle
  }
  return within
}

/** Returns the day of a time in epoch ms in a time zone. */
export function dayIn(timeZone: string, time: number): string {
  // Swedish writes days as ISO 8601 does.
  return new Intl.DateTimeFormat('sv', { timeZone, dateStyle: 'short' }).format(time)
}
