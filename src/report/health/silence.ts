import { duration } from '../text/numbers.ts'
import type { Finding, Watch } from './watch.ts'

const HOUR_MS = 3_600_000
const WEEK_HOURS = 168
const WEEKS = 4
const MIN_SILENCE_MS = HOUR_MS
/** Sessions that should have begun since the newest event: six times the usual gap, through quiet hours and busy ones. */
const MIN_EXPECTED = 6
const DAY_MS = 24 * HOUR_MS

/** Sessions by hour since 1970. */
type Hours = ReadonlyMap<number, number>

/** Returns how many sessions were to be expected since the newest event, by the same hours of the 4 weeks before it. */
export function expectedSince(newest: number, now: number, hours: Hours): number {
  const last = Math.floor(newest / HOUR_MS)
  const first = Math.min(...hours.keys())
  let expected = 0
  for (let hour = last; hour * HOUR_MS < now; hour++) {
    const part = (Math.min(now, (hour + 1) * HOUR_MS) - Math.max(newest, hour * HOUR_MS)) / HOUR_MS
    expected += part * usualAt(hour, last, first, hours)
  }
  return expected
}

function usualAt(hour: number, last: number, first: number, hours: Hours): number {
  const same: number[] = []
  // The hour of the newest event is not over.
  let before = hour - WEEK_HOURS * (Math.floor((hour - last) / WEEK_HOURS) + 1)
  for (; same.length < WEEKS && before > first; before -= WEEK_HOURS) same.push(hours.get(before) ?? 0)
  return same.length > 0 ? same.reduce((total, n) => total + n, 0) / same.length : 0
}

/** Checks when the newest event was received. */
export async function checkSilence({ store, sql, days, now }: Watch): Promise<readonly Finding[]> {
  const hour = sql.quotient('time', HOUR_MS)
  const rows = await store.query<{ hour: number; sessions: number; newest: number }>(
    `select ${hour} as hour, count(distinct coalesce(cast(session_id as varchar), cast(id as varchar))) as sessions,
      max(time) as newest from health_rows where time <= ${now} group by 1`,
  )
  if (rows.length === 0)
    return [
      {
        kind: 'silence',
        incident: { daysAgo: days.length - 1, isNew: false },
        message: 'No event for more than nine weeks.',
      },
    ]
  const newest = Math.max(...rows.map((row) => row.newest))
  const expected = expectedSince(newest, now, new Map(rows.map((row) => [row.hour, row.sessions])))
  const silentMs = now - newest
  if (silentMs < MIN_SILENCE_MS || expected < MIN_EXPECTED) return []
  const daysAgo = Math.floor(silentMs / DAY_MS)
  return [
    {
      kind: 'silence',
      incident: { daysAgo, isNew: daysAgo === 0 },
      message: `No event for ${duration(silentMs)}, where ${Math.round(expected)} sessions were expected at these hours of the week.`,
    },
  ]
}
