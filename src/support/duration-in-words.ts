const units = [
  ['day', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1000],
] as const

/** Formats ms in its one or two largest units: `850 ms`, `12 s`, `29 min 12 s`, `1 day`. */
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
