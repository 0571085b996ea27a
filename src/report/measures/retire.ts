import type { MacroLifts, RetireCandidate } from '../report-types.ts'
import { isByUser, type Reading } from '../tables/reading.ts'
import { versionsOf } from './totals.ts'

/**
 * Returns the events that make no difference for each macro conversion. Steps of which too little is known are not among them, and none
 * is if a macro conversion cannot be counted by user.
 */
export async function retireCandidates(
  reading: Reading,
  lifts: readonly MacroLifts[],
): Promise<readonly RetireCandidate[]> {
  const isKnown = lifts.length > 0 && reading.events.every((event) => !event.macro || isByUser(event))
  const candidates = reading.events.filter(
    ({ event, macro, shadow }) =>
      !macro &&
      !shadow &&
      isKnown &&
      lifts.every(({ rows }) => rows.find((row) => row.event === event)?.lift.verdict === 'no difference'),
  )
  const names = candidates.map(({ wireName }) => wireName)
  const versions = await versionsOf(reading, names)
  const counts = names.length
    ? await reading.store.query<{ name: string; n: number }>(
        `select name, sum(n) as n from report_tally where site_day >= ${reading.sql.text(reading.period.from)} group by name`,
      )
    : []
  return candidates.map(({ event, wireName, owner }) => ({
    event,
    owner,
    events: counts.find(({ name }) => name === wireName)?.n ?? 0,
    version: versions.get(wireName)?.version ?? null,
    since: versions.get(wireName)?.since ?? null,
  }))
}
