import type { EventFrequency, EventRates, RateNow, Report, TimeToEvent } from '../report-types.ts'
import { rateCharts } from './charts.ts'
import type { Block } from './document.ts'
import { changeInWords, count, duration, rateInWords } from './numbers.ts'
import { segmentInWords } from './segment-in-words.ts'

/** Describes how often each event happens, with segments and the change. */
export function rates({ rates: events, releases, baseline }: Report): readonly Block[] {
  const compared = (rate: RateNow) =>
    baseline
      ? [rate.before ? rateInWords(rate.before) : '–', rate.change ? changeInWords(rate.change) : '–']
      : []
  const rowsOf = (event: EventRates) => [
    {
      cells: [
        event.event,
        usersOf(event),
        rateInWords(event.now),
        ...compared(event),
        rateInWords(event.perSession),
      ],
    },
    ...event.segments.map((segment) => ({
      cells: [segmentInWords(segment), usersOf(segment), rateInWords(segment.now), ...compared(segment), ''],
      indent: true,
    })),
  ]
  return [
    { kind: 'heading', text: 'How often each event happens' },
    {
      kind: 'table',
      head: [
        'share of users',
        'users',
        'now',
        ...(baseline ? ['before', 'change'] : []),
        'share of sessions',
      ],
      rows: events.flatMap(rowsOf),
      charts: rateCharts({ rates: events, releases }),
    },
    ...sampled(events),
  ]
}

const usersOf = ({ now }: RateNow) => (now.n === 0 ? '–' : `${count(now.k)} of ${count(now.n)}`)

function sampled(events: readonly EventRates[]): readonly Block[] {
  const lines = events.flatMap(({ event, events: sent, estimated, outside, now }) => {
    if (estimated === null) return []
    const total = `${count(sent)} events, estimated ${count(estimated)} for all users.`
    return [
      now.n > 0
        ? `${event}: rollout or sampling excludes ${count(outside)} users, who are in no rate of it. ${total}`
        : `${event}: ${total} No user can be counted by it.`,
    ]
  })
  return lines.length > 0 ? [{ kind: 'lines', lines }] : []
}

/** Describes how long new users take until each event. */
export function times(events: readonly TimeToEvent[]): readonly Block[] {
  const shown = events.filter(({ among }) => among !== null)
  if (shown.length === 0) return []
  return [
    { kind: 'heading', text: 'Time from the first event of a new user' },
    {
      kind: 'table',
      head: [
        'event',
        'median of those who did it',
        'middle half',
        'in the first session',
        'within 1 day',
        'within 7 days',
      ],
      rows: shown.map(({ event, among, firstSession, oneDay, sevenDays }) => ({
        cells: [
          event,
          among ? duration(among.median) : '–',
          among ? `${duration(among.q25)} to ${duration(among.q75)}` : '–',
          rateInWords(firstSession),
          rateInWords(oneDay),
          rateInWords(sevenDays),
        ],
      })),
    },
  ]
}

/** Describes how often users do each event, and how long ago they did it last. */
export function frequencies(events: readonly EventFrequency[]): readonly Block[] {
  const shown = events.filter(({ times: counts }) => counts.some((users) => users > 0))
  if (shown.length === 0) return []
  return [
    { kind: 'heading', text: 'Users by how often, and by days since the last time' },
    {
      kind: 'table',
      head: ['event', 'once', '2', '3', '4', '5 or more', 'today', '1-6 days', '7-13', '14 or more'],
      rows: shown.map(({ event, times: counts, recency }) => ({
        cells: [event, ...counts.map(count), ...recency.map(count)],
      })),
    },
  ]
}
