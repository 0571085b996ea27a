import type { Mapped } from '../engine/delivery/destination.ts'
import type { Properties } from '../engine/pipeline/occurrence.ts'
import { cut } from '../support/cut.ts'
import { PermanentError } from '../support/permanent-error.ts'

// https://support.google.com/analytics/answer/9267744
const MAX_NAME = 40
const MAX_PARAMETERS = 25
const MAX_VALUE = 100
const MAX_ITEMS = 200
const longer: Properties = { page_location: 1_000, page_referrer: 420, page_title: 300 }

// https://support.google.com/analytics/answer/13316687
const wellFormed = /^\p{L}[\p{L}\p{N}_]*$/u
const reservedPrefix = /^(?:firebase_|ga_|google_|query_id)/
// The list there also contains `page_view`, `click`, `scroll`, `file_download`, `form_start`, `form_submit`,
// `video_start`, `video_progress` and `view_search_results`. GA4 accepts those from gtag, and a site sends them itself
// when enhanced measurement is off.
const reservedNames =
  /^(?:ad_impression|app_remove|app_store_(?:refund|subscription_(?:cancel|renew))|error|first_(?:open|visit)|in_app_purchase|session_start|user_engagement|view_complete)$/

const fault = (name: string) =>
  name.length > MAX_NAME
    ? `is longer than ${MAX_NAME} characters`
    : !wellFormed.test(name)
      ? 'has to begin with a letter and go on with letters, digits and underscores'
      : reservedPrefix.test(name)
        ? 'begins with a reserved prefix'
        : undefined

/** Throws a `PermanentError` for a name that GA4 does not accept from a website. */
export function checkGa4Name(name: string): void {
  const why = reservedNames.test(name) ? 'is reserved' : fault(name)
  if (why)
    throw new PermanentError(
      `GA4 would not take "${name}": the name ${why}. Give it another one in the plan: destinations: { ga4: { name: '…' } }.`,
    )
}

/** Keeps the parameters that GA4 accepts, in order, up to its limit. The notes name the others. */
export function withinGa4Limits(parameters: Properties): Mapped<Properties> {
  const kept: [string, unknown][] = []
  const notes: string[] = []
  for (const [name, value] of Object.entries(parameters)) {
    const why = fault(name) ?? (fits(name, value) ? undefined : 'has a value that GA4 has no column for')
    if (why) notes.push(`${name} left out: it ${why}`)
    else if (kept.length === MAX_PARAMETERS)
      notes.push(`${name} left out: GA4 takes ${MAX_PARAMETERS} parameters`)
    else kept.push([name, shortened(name, value, notes)])
  }
  return { payload: Object.fromEntries(kept), notes }
}

const fits = (name: string, value: unknown) =>
  typeof value === 'string' ||
  typeof value === 'boolean' ||
  Number.isFinite(value) ||
  (name === 'items' && Array.isArray(value))

function shortened(name: string, value: unknown, notes: string[]): unknown {
  // GA4 de-duplicates purchases by this ID: cutting it could make two of them equal.
  if (name === 'transaction_id') return value
  const max = Array.isArray(value) ? MAX_ITEMS : ((longer[name] as number | undefined) ?? MAX_VALUE)
  if (!(typeof value === 'string' || Array.isArray(value)) || value.length <= max) return value
  notes.push(`${name} cut: GA4 takes ${max} ${Array.isArray(value) ? 'items' : 'characters'}`)
  // Half of a surrogate pair at the end would make the tag's `encodeURIComponent` throw.
  return typeof value === 'string' ? cut(value, max) : value.slice(0, max)
}
