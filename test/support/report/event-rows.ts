import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { demoPlan } from '../../../src/cli/demo/demo-plan.ts'
import { createRandom } from '../../../src/cli/demo/random.ts'
import { rowOfVisit } from '../../../src/cli/demo/visit-row.ts'
import { writeStore } from '../../../src/cli/demo/write-store.ts'
import type { EventRow } from '../../../src/collector/rows/row.ts'
import type { Manifest, ManifestEvent } from '../../../src/plan/manifest.ts'
import { openStore } from '../../../src/report/store/open-store.ts'
import type { Store } from '../../../src/report/store/store.ts'

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'rmc-report-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** A UUID that a test can recognize. */
export const uuid = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`

const random = createRandom(7)
let next = 1

/** A stored row: `user` and `session` are numbers, `at` is in ms since the start of 2 February 2026. */
export function row(
  name: string,
  at: number,
  { user = 1, session = user, ...cells }: { user?: number; session?: number } & Partial<EventRow> = {},
): EventRow {
  const visit = {
    sessionId: uuid(1_000_000 + session),
    user: uuid(user),
    device: 'mobile',
    outside: '',
    skew: 0,
    source: 'direct',
    campaign: null,
    number: 1,
  } as const
  return { ...rowOfVisit(random, visit, name, START + at), id: uuid(5_000_000 + next++), ...cells }
}

/** Start of 2 February 2026. */
export const START = Date.parse('2026-02-02')
export const HOUR = 3_600_000
export const DAY = 24 * HOUR
/** The days that most tests report. */
export const week = { from: '2026-02-02', to: '2026-02-08' }

/** A manifest with these events, and funnels. */
export const manifestWith = (
  events: Readonly<Record<string, Partial<ManifestEvent>>>,
  funnels: Manifest['funnels'] = {},
): Manifest => ({
  schema: 'react-microconversions/plan/1',
  plan: demoPlan.name,
  version: demoPlan.version,
  events: Object.fromEntries(
    Object.entries(events).map(([name, event]) => [name, { properties: {}, ...event }]),
  ),
  funnels,
})

/** Opens a new folder with these rows. */
export async function storeOf(rows: readonly EventRow[], manifest = manifestWith({})): Promise<Store> {
  const folder = temporaryFolder()
  writeStore(folder, manifest, [rows])
  return opened(folder)
}

export async function opened(folder: string): Promise<Store> {
  const store = await openStore(folder, { threads: 2 })
  onTestFinished(() => store.close())
  return store
}
