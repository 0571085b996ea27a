import type { EventRow } from '../../../src/collector/rows/row.ts'

/** Ends of the bins of the clock: a second, then each 1.4 times as long. */
const edges = [0, ...Array.from({ length: 34 }, (_, index) => Math.round(1_000 * 1.4 ** index)), Infinity]

interface Life {
  /** Active time of the first `step` and `goal`; Infinity without one. */
  readonly step: number
  readonly goal: number
  readonly starts: number
  readonly ends: number
}

/** The rate ratio of Mantel and Haenszel, user by user. `rows` has each event once, of the baseline too. */
export function liftByLoops(rows: readonly EventRow[], step: string, goal: string, from: string) {
  const lives = livesOf(rows, step, goal, from)
  let [exposed, unexposed, expected, after, before] = [0, 0, 0, 0, 0]
  for (const [bin, low] of edges.slice(0, -1).entries()) {
    const high = edges[bin + 1] as number
    const sums = { t0: 0, t1: 0, d0: 0, d1: 0 }
    for (const { step: m, goal: c, starts, ends } of lives) {
      const stop = Math.min(c, ends)
      const time = (begin: number, end: number) => Math.max(0, Math.min(end, high) - Math.max(begin, low))
      const all = time(starts, stop)
      const done = m < c ? time(Math.max(starts, m), stop) : 0
      sums.t1 += done
      sums.t0 += all - done
      if (c >= low && c < high) sums[m < c ? 'd1' : 'd0']++
    }
    after += sums.d1
    before += sums.d0
    const total = sums.t0 + sums.t1
    if (total === 0) continue
    exposed += (sums.d1 * sums.t0) / total
    unexposed += (sums.d0 * sums.t1) / total
    expected += ((sums.d0 + sums.d1) * sums.t1) / total
  }
  return { lift: exposed / unexposed, expected, after, all: after + before }
}

function livesOf(rows: readonly EventRow[], step: string, goal: string, from: string): readonly Life[] {
  const pieces = groups(
    rows,
    (row) => `${row.site_day >= from ? 1 : 0}|${row.session_id}|${row.anonymous_id}`,
  )
  const length = (own: readonly EventRow[]) => Math.max(...own.map(({ time }) => time)) - start(own)
  const gaps = pieces.reduce((sum, own) => sum + own.length - 1, 0)
  const gap = Math.min(60_000, Math.round(pieces.reduce((sum, own) => sum + length(own), 0) / gaps))
  return groups(pieces, ([first]) => first?.anonymous_id ?? '').flatMap((sessions) => {
    const life = { step: Infinity, goal: Infinity, starts: 0, ends: 0 }
    const inPeriod = (own: readonly EventRow[]) => (own[0]?.site_day ?? '') >= from
    const ordered = [...sessions].sort(
      (a, b) => start(a) - start(b) || ((a[0]?.session_id ?? '') < (b[0]?.session_id ?? '') ? -1 : 1),
    )
    for (const own of ordered) {
      const at = (name: string) =>
        Math.min(
          Infinity,
          ...own.filter((row) => row.name === name).map(({ time }) => life.ends + time - start(own)),
        )
      life.step = Math.min(life.step, at(step))
      life.goal = Math.min(life.goal, at(goal))
      life.ends += length(own) + gap
      if (!inPeriod(own)) life.starts = life.ends
    }
    return sessions.some(inPeriod) && life.goal >= life.starts ? [life] : []
  })
}

const start = (own: readonly EventRow[]) => Math.min(...own.map(({ time }) => time))

function groups<T>(items: readonly T[], keyOf: (item: T) => string): readonly (readonly T[])[] {
  const found = new Map<string, T[]>()
  for (const item of items) {
    const key = keyOf(item)
    const group = found.get(key)
    if (group) group.push(item)
    else found.set(key, [item])
  }
  return [...found.values()]
}
