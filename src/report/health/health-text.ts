import { printable } from '../text/printable.ts'
import type { Alarm } from './alarm.ts'
import type { Health } from './check-health.ts'

/** Returns the result as text for a terminal. */
export function healthText({ plan, day, alarms, events, notes }: Health): string {
  const fresh = alarms.filter(({ isNew }) => isNew).length
  const state =
    alarms.length === 0
      ? 'no alarm'
      : `${alarms.length} ${alarms.length === 1 ? 'alarm' : 'alarms'}, ${fresh} new`
  return [
    `${plan ?? 'Events'} on ${day}: ${state}`,
    ...alarms.map(alarmLine),
    '',
    'An outage would be noticed',
    ...noticed(events),
    ...(notes.length > 0 ? ['', ...notes] : []),
    '',
  ]
    .map(printable)
    .join('\n')
}

/** Returns an alarm in one line, with its owner, since when, and the release that came with it. */
export function alarmLine({ kind, message, owner, since, release, isNew }: Alarm): string {
  const about = [
    `since ${since}`,
    ...(release ? [`release ${release}`] : []),
    ...(owner ? [`owner: ${owner}`] : []),
  ]
  return `${isNew ? 'new' : 'still'} ${kind}: ${message} (${about.join(', ')})`
}

/** Returns a line for each time after which an outage is noticed. */
function noticed(events: Health['events']): readonly string[] {
  const times = [...new Set(events.map(({ noticedAfterDays }) => noticedAfterDays))]
  return times.map((days) => {
    const names = events.filter(({ noticedAfterDays }) => noticedAfterDays === days).map(({ event }) => event)
    const after = days === null ? 'not within a week' : days === 1 ? 'after a day' : `after ${days} days`
    return `  ${after}: ${names.join(', ')}`
  })
}
