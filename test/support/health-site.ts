import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { emptyRow } from '../../src/collector/rows/empty-row.ts'
import type { EventRow } from '../../src/collector/rows/row.ts'
import { definePlan } from '../../src/plan/define-plan.ts'
import { event } from '../../src/plan/event.ts'
import { manifestOf } from '../../src/plan/manifest.ts'
import { typed } from '../../src/plan/standard-schema.ts'
import { openStore } from '../../src/report/store/open-store.ts'
import type { Store } from '../../src/report/store/store.ts'
import { plusDays } from '../../src/report/tables/days.ts'
import { derivedId } from '../../src/support/hash.ts'
import { temporaryFolder } from './start-collector-process.ts'

export const sitePlan = definePlan({
  name: 'acme',
  version: '2',
  owner: 'web team',
  events: {
    page_seen: event({ properties: typed<{ path: string }>() }),
    quiz_started: event({ wireName: 'quiz_begun', properties: typed<{ quiz: string; variant?: string }>() }),
    demo_booked: event({ macro: true, owner: 'growth', properties: typed<{ tier: string }>() }),
    plan_compared: event(),
    chat_opened: event({ status: 'draft' }),
  },
})

/** Last full day of the site. */
export const LAST_DAY = '2026-03-31'
export const NOW = Date.parse('2026-04-01T10:30:00Z')
const DAYS = 36
const HOUR_MS = 3_600_000

/** Changes or repeats the rows of a day; `ago` is 0 for the last full day, -1 for today. */
export type Change = (rows: readonly EventRow[], ago: number) => readonly EventRow[]

export interface SiteOptions {
  readonly sessions?: (ago: number) => number
  readonly change?: Change
  readonly lastDay?: string
  /** Events after it are not written. */
  readonly now?: number
}

/** Rows of one day: sessions at even distances, each with a page, every second with a quiz, every third with a booking. */
function dayRows(day: string, sessions: number): readonly EventRow[] {
  return Array.from({ length: sessions }, (_, index) => {
    const session = derivedId(`${day}|${index}`)
    const time = Date.parse(day) + Math.floor(((index + 0.5) / sessions) * 24 * HOUR_MS)
    const row = (name: string, properties: object, later: number): EventRow => ({
      ...emptyRow,
      kind: 'event',
      id: derivedId(`${day}|${index}|${name}`),
      name,
      plan: 'acme',
      plan_version: '2',
      event_version: '2',
      time: time + later,
      time_raw: time + later,
      received_at: time + later + 500,
      day,
      site_day: day,
      session_id: session,
      anonymous_id: session,
      release: '1.0.0',
      outside: '',
      bot: false,
      synthetic: false,
      status: 'live',
      sample_rate: 1,
      rollout: 1,
      valid: true,
      skew: 20,
      properties: JSON.stringify(properties),
    })
    return [
      row('page_seen', { path: '/' }, 0),
      ...(index % 2 === 0 ? [row('quiz_begun', { quiz: 'fit', variant: 'a' }, 1_000)] : []),
      ...(index % 3 === 0 ? [row('demo_booked', { tier: 'pro' }, 2_000)] : []),
      ...(index % 4 === 0 ? [row('plan_compared', {}, 3_000)] : []),
    ]
  }).flat()
}

const usual = (day: string) => ([0, 6].includes(new Date(day).getUTCDay()) ? 36 : 72)

/** Writes the events of a site as a collector does; returns the folder. */
export function writeSite({
  sessions,
  change = (rows) => rows,
  lastDay = LAST_DAY,
  now = NOW,
}: SiteOptions = {}): string {
  const dir = temporaryFolder()
  mkdirSync(join(dir, 'plans'))
  writeFileSync(join(dir, 'plans', 'acme-2.json'), JSON.stringify(manifestOf(sitePlan)))
  for (let ago = DAYS; ago >= -1; ago--) {
    const day = plusDays(lastDay, -ago)
    const rows = change(dayRows(day, sessions?.(ago) ?? usual(day)), ago).filter(({ time }) => time <= now)
    if (rows.length === 0) continue
    mkdirSync(join(dir, day))
    writeFileSync(join(dir, day, '1-a.ndjson'), rows.map((row) => `${JSON.stringify(row)}\n`).join(''))
  }
  return dir
}

export async function openSite(options: SiteOptions = {}): Promise<Store> {
  const store = await openStore(writeSite(options))
  onTestFinished(() => store.close())
  return store
}
