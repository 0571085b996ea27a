import { demoPlan } from '../../../src/cli/demo/demo-plan.ts'
import { simulate } from '../../../src/cli/demo/simulate.ts'
import { manifestOf } from '../../../src/plan/manifest.ts'
import { report } from '../../../src/report/report.ts'
import type { Report } from '../../../src/report/report-types.ts'
import { storeOf } from './event-rows.ts'

/** Value that ends a text, an attribute, an element and a style, wherever it is put. */
export const HOSTILE = `"'></text></svg></style><script>alert(1)</script><img src="https://evil.test/x" onerror=alert(1)>`

/** A report on simulated users, with values that strangers made up: a device, a release, a campaign. */
export async function hostileReport(): Promise<Report> {
  const until = Date.parse('2026-02-16')
  const rows = [...simulate({ users: 1_200, days: 56, until, seed: 3 })].flat()
  const changed = rows.map((row) => ({
    ...row,
    device: row.device === 'tablet' ? HOSTILE : row.device,
    release: row.site_day > '2026-02-08' ? HOSTILE : '1.0.0',
  }))
  const store = await storeOf(changed, manifestOf(demoPlan))
  return report(store, { by: ['device'], now: until + 3_600_000 })
}
