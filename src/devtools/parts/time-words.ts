import { duration } from '../../support/duration-in-words.ts'

export function ago(time: number, now: number): string {
  return now - time < 1000 ? 'just now' : `${duration(now - time)} ago`
}

const clock = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
})

/** Formats epoch ms as local time: `12:04:31.220`. */
export function clockTime(time: number): string {
  return clock.format(time)
}

/** Formats epoch ms as local time without the fraction, for narrow rows: `12:04:31`. */
export const shortClock = (time: number): string => clockTime(time).slice(0, 8)

const english = new Intl.NumberFormat('en')

/** Formats a count as `10,000`. Faster than `toLocaleString('en')`, which looks up the locale on each call. */
export const inDigits: (count: number) => string = english.format

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${inDigits(count)} ${count === 1 ? one : many}`
}
