const units = [
  ['day', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1000],
] as const

/** The two greatest units: `850 ms`, `12 s`, `29 min 12 s`, `1 day`. */
export function duration(ms: number): string {
  if (ms < 1000) return `${Math.max(0, Math.round(ms))} ms`
  const parts: string[] = []
  let left = Math.floor(ms / 1000) * 1000
  for (const [unit, size] of units) {
    const count = Math.floor(left / size)
    left -= count * size
    if (count) parts.push(`${count} ${unit === 'day' && count > 1 ? 'days' : unit}`)
    else if (parts.length) break
    if (parts.length === 2) break
  }
  return parts.join(' ')
}

export function ago(time: number, now: number): string {
  return now - time < 1000 ? 'just now' : `${duration(now - time)} ago`
}

const clock = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
})

/** `12:04:31.220`, local. */
export function clockTime(time: number): string {
  return clock.format(time)
}

const english = new Intl.NumberFormat('en')

/** `10,000`. As `toLocaleString('en')`, which looks up the locale each time. */
export const inDigits: (count: number) => string = english.format

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${inDigits(count)} ${count === 1 ? one : many}`
}
