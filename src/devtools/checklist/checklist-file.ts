import { wellFormed } from '../../support/well-formed.ts'
import type { Expected } from './checklist.ts'

export const CHECKLIST_FORMAT = 'rmc-checklist'
const VERSION = 1
/** Fragment of a URL that carries a checklist. No server receives it. */
export const PARAMETER = '#rmc-checklist='
/** Maximum length of a file in characters, events in a list, and characters in a name. */
const MOST = { length: 200_000, events: 200, name: 200 }

export interface ChecklistFile {
  readonly name: string
  readonly events: readonly Expected[]
}

export type ReadChecklist = ChecklistFile | { readonly problem: string }

/** Writes a checklist as JSON. */
export function writeChecklist({ name, events }: ChecklistFile, space = 2): string {
  return JSON.stringify(
    { format: CHECKLIST_FORMAT, version: VERSION, ...(name && { name }), events },
    null,
    space,
  )
}

/** Reads a checklist: JSON as `writeChecklist` writes it, a JSON list of events, or one event name per line. */
export function readChecklist(text: string): ReadChecklist {
  if (text.length > MOST.length) return { problem: `It is longer than ${MOST.length} characters.` }
  const trimmed = text.trim()
  if (!/^[[{]/.test(trimmed)) return listOf({ events: trimmed.split(/\s*\n\s*/).filter(Boolean) })
  try {
    const found: unknown = JSON.parse(trimmed)
    return listOf(Array.isArray(found) ? { events: found } : (found as Record<string, unknown>))
  } catch {
    return { problem: 'It is not JSON.' }
  }
}

function listOf({ name = '', events, format, version }: Record<string, unknown>): ReadChecklist {
  if (format !== undefined && format !== CHECKLIST_FORMAT) return { problem: 'It is not a checklist.' }
  if (typeof version === 'number' && version > VERSION)
    return { problem: `It has version ${version}; this overlay reads up to version ${VERSION}.` }
  if (!Array.isArray(events) || events.length === 0) return { problem: 'It lists no event.' }
  if (events.length > MOST.events) return { problem: `It lists more than ${MOST.events} events.` }
  const read = events.map(expectedOf)
  const bad = read.indexOf(undefined)
  if (bad >= 0)
    return { problem: `Its event ${bad + 1} is neither a name nor an object with the name in "event".` }
  return {
    name: typeof name === 'string' ? name.slice(0, MOST.name) : '',
    events: read as readonly Expected[],
  }
}

function expectedOf(value: unknown): Expected | undefined {
  const { event, properties, times } = (
    typeof value === 'string' ? { event: value } : (value ?? {})
  ) as Record<string, unknown>
  if (typeof event !== 'string' || event === '' || event.length > MOST.name) return undefined
  return {
    event,
    ...(isObject(properties) && { properties }),
    ...(Number.isInteger(times) && (times as number) >= 0 && { times: times as number }),
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * Returns a link to this page with the checklist in its fragment. Returns undefined if the app already uses the
 * fragment, for example for its route.
 */
export function checklistLink(
  checklist: ChecklistFile,
  { href, hash }: Pick<Location, 'href' | 'hash'>,
): string | undefined {
  if (hash && !hash.startsWith(PARAMETER)) return undefined
  const text = writeChecklist(checklist, 0)
  return `${href.slice(0, href.length - hash.length)}${PARAMETER}${encodeURIComponent(wellFormed(text))}`
}

/** Reads the checklist of a link; undefined if the fragment has none. */
export function linkedChecklist(hash: string): ReadChecklist | undefined {
  if (!hash.startsWith(PARAMETER)) return undefined
  try {
    return readChecklist(decodeURIComponent(hash.slice(PARAMETER.length)))
  } catch {
    return { problem: 'The link is damaged.' }
  }
}
