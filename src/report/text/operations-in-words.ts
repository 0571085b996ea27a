import type { Figure } from '../figure.ts'
import type { CostReport, ReadyEvent, Report } from '../report-types.ts'
import type { Block } from './document.ts'
import { count, money, percent, rateInWords } from './numbers.ts'

/** Describes what an event costs in each campaign. */
export function costs(report: CostReport | null): readonly Block[] {
  if (!report) return []
  const lines = [
    ...(report.withoutSessions.length > 0
      ? [`Cost without sessions: ${report.withoutSessions.join(', ')}.`]
      : []),
    ...(report.withoutCost.length > 0 ? [`Sessions without cost: ${report.withoutCost.join(', ')}.`] : []),
  ]
  return [
    { kind: 'heading', text: 'Cost per user with the event' },
    {
      kind: 'table',
      head: ['campaign', 'spent', 'event', 'users', 'cost', '95 % interval'],
      rows: report.rows.map(({ campaign, currency, spent, event, cost }) => ({
        cells: [
          campaign,
          money(spent, currency),
          event,
          count(cost.k),
          costInWords(cost, currency),
          cost.value === null ? '' : `${money(cost.low, currency)} to ${money(cost.high, currency)}`,
        ],
      })),
    },
    ...(lines.length > 0 ? [{ kind: 'lines', lines } as const] : []),
  ]
}

/** Without a conversion only the least cost is known; without a user who could convert, nothing. */
function costInWords({ value, low }: Figure, currency: string): string {
  return value === null && low !== null ? `over ${money(low, currency)}` : money(value, currency)
}

/** Describes whether events in shadow or rollout can go to all users. */
export function ready(events: readonly ReadyEvent[]): readonly Block[] {
  if (events.length === 0) return []
  return [
    { kind: 'heading', text: 'Shadow and rollout: ready for all users?' },
    {
      kind: 'table',
      head: ['event', 'state', 'events', 'expected for all', 'invalid, at most', 'ready'],
      rows: events.map(({ event, status, rollout, events: sent, expectedEvents, invalid, reasons }) => ({
        cells: [
          event,
          status === 'shadow' ? 'shadow' : `rollout ${percent(rollout)}`,
          count(sent),
          count(expectedEvents),
          percent(invalid.high),
          reasons.length === 0 ? 'yes' : `no: ${reasons.join(' ')}`,
        ],
      })),
    },
  ]
}

/** Describes what browsers lose, by events that a server reports, too. */
export function coverage({ coverage: events }: Report): readonly Block[] {
  if (events.length === 0) return []
  return [
    { kind: 'heading', text: 'What browsers lose' },
    {
      kind: 'lines',
      lines: events.map(
        ({ event, both, browserOnly, serverOnly }) =>
          `${event}: ${rateInWords(serverOnly)} were reported by the server only (blocked, refused or closed). Both ${count(both)}, browser only ${count(browserOnly)}, server only ${count(serverOnly.k)}.`,
      ),
    },
  ]
}
