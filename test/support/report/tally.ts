import type { EventRow } from '../../../src/collector/rows/row.ts'
import type { Period } from '../../../src/report/report-types.ts'

/** Counts of a period by plain loops, which share no code with the report. */
export function tallyOf(stored: readonly EventRow[], { from, to }: Period) {
  const once = new Map<string, EventRow>()
  for (const row of stored) {
    const key = `${row.name}|${row.id}`
    const known = once.get(key)
    if (!known || row.received_at < known.received_at) once.set(key, row)
  }
  const rows = [...once.values()]
    .filter(({ site_day }) => site_day >= from && site_day <= to)
    .sort((a, b) => a.time - b.time)
  const byUser = new Map<string, EventRow[]>()
  for (const row of rows) byUser.set(row.anonymous_id, [...(byUser.get(row.anonymous_id) ?? []), row])
  const users = [...byUser.values()]
  return {
    rows,
    users: users.length,
    sessions: new Set(rows.map(({ session_id }) => session_id)).size,
    copies: stored.filter(({ site_day }) => site_day >= from && site_day <= to).length - rows.length,
    usersWith: (name: string, device?: string) =>
      users.filter((own) => (!device || own[0]?.device === device) && own.some((row) => row.name === name))
        .length,
    usersOutside: (name: string) => users.filter((own) => own[0]?.outside?.includes(`,${name},`)).length,
    sessionsWith: (name: string) =>
      new Set(rows.filter((row) => row.name === name).map(({ session_id }) => session_id)).size,
    usersOn: (day: string, name: string) =>
      new Set(
        rows
          .filter((row) => row.site_day === day && row.name === name)
          .map(({ anonymous_id }) => anonymous_id),
      ).size,
    timesTo: (name: string) =>
      users.flatMap((own) => {
        const first = own.find((row) => row.name === name)
        const isNew = own[0]?.returning_user === false
        return first && own[0] && isNew ? [first.time - own[0].time] : []
      }),
    funnel: (steps: readonly string[], withinMs: number) => funnelOf(users, steps, withinMs),
  }
}

/** For each step the users who reached it, and the sum of the times since the step before; from each entry on, by trial. */
function funnelOf(users: readonly (readonly EventRow[])[], steps: readonly string[], withinMs: number) {
  return steps.map((_, last) => {
    const times = users.flatMap((own) => {
      const best = bestPath(own, steps.slice(0, last + 1), withinMs)
      return best ? [best.at(-1) - (best.at(-2) ?? best.at(-1))] : []
    })
    return { users: times.length, sum: times.reduce((sum, time) => sum + time, 0) }
  })
}

interface Path {
  at(index: -1): number
  at(index: number): number | undefined
}

/** Of all paths through the steps, the one that ends first; of those, the one with the latest entry. */
function bestPath(own: readonly EventRow[], steps: readonly string[], withinMs: number): Path | undefined {
  const entries = own.filter(({ name }) => name === steps[0])
  const paths = entries.flatMap(({ time: entry }) => {
    const path = [entry]
    for (const step of steps.slice(1)) {
      const since = path.at(-1) as number
      const found = own.find(({ name, time }) => name === step && time >= since)
      if (!found || found.time - entry > withinMs) return []
      path.push(found.time)
    }
    return [path]
  })
  const ends = Math.min(...paths.map((path) => path.at(-1) as number))
  return paths.filter((path) => path.at(-1) === ends).at(-1) as Path | undefined
}
