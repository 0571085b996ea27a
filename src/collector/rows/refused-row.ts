import { cut } from '../../support/cut.ts'
import { cleanJson } from './clean.ts'
import { emptyRow } from './empty-row.ts'
import { type Arrival, dayOf } from './make-row.ts'
import type { EventRow } from './row.ts'

/** Maximum length of a path, which may contain keys that a client has made up. */
const MAX_PATH = 200

/** Returns the row for a refused event: the path of its first fault, and nothing of its content. */
export function refusedRow(path: string, { requestId, receivedAt, skew, siteDay }: Arrival): EventRow {
  return {
    ...emptyRow,
    id: crypto.randomUUID(),
    time: receivedAt,
    time_raw: receivedAt,
    received_at: receivedAt,
    day: dayOf(receivedAt),
    site_day: siteDay(receivedAt),
    issues: cleanJson([cut(path, MAX_PATH)]),
    skew,
    request_id: requestId,
  }
}
