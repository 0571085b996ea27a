import type { KeyValue } from '../platform/platform.ts'
import { attempt } from '../support/attempt.ts'
import { isEventId } from './check.ts'
import type { Guard } from './guard.ts'
import type { Who } from './identity.ts'
import type { Entry } from './ledger.ts'
import type { Checked, Occurrence } from './types.ts'

export interface Held {
  /** Of its decision. */
  readonly number: number
  readonly occurrence: Occurrence
  /** User to whom it happened, even if another user is present when it is released. */
  readonly who: Who
  /** Gives its reserved counts back. */
  readonly release: () => void
  /** Destinations that do not get it, whatever they are allowed: their policy refuses what is invalid. */
  readonly refused: Readonly<Record<string, unknown>>
}

export const MAX_HELD = 1_000
export const MAX_HELD_MS = 30 * 60_000
const KEY = 'held:'

/** Ledger entry by which only the first of several duplicated tabs counts a held event. */
export function heldEntry(heldAs: string, session: string): Entry {
  const rule = { max: 1, per: 'session', key: () => heldAs } as const
  const claim = { scope: 'session', key: `:released|${heldAs}`, plainKey: heldAs, rules: [rule] } as const
  return { claim, id: `session:${session}:${claim.key}` }
}

/** Occurrences that wait for an answer, in order. `kept`: of this tab, so that they outlive a page load. */
export function createHold(now: () => number, guard: Guard, kept?: KeyValue) {
  let held: readonly Held[] = []
  /** Takes out those that `ends` is true of, in order. Default: all. */
  function take(ends: (entry: Held) => boolean = () => true): readonly Held[] {
    const taken = new Set(held.filter(ends))
    if (taken.size) held = held.filter((entry) => !taken.has(entry))
    for (const { occurrence } of taken) kept?.remove(KEY + occurrence.heldAs)
    return [...taken]
  }
  function keep({ number, occurrence }: Held): void {
    if (!kept) return
    const { properties, checked } = occurrence
    const { value } = guard.check({ properties, issues: checked?.issues ?? [] }, 'held')
    const safe = { properties: value.properties, checked: checked && { ...checked, issues: value.issues } }
    const stored = { ...occurrence, ...safe, number }
    attempt(() => kept.set(KEY + occurrence.heldAs, JSON.stringify(stored)))
  }
  return {
    full: () => held.length >= MAX_HELD,
    /** The occurrence as it is held: `id` tells its copies, in storage and in duplicated tabs. */
    named: (occurrence: Occurrence, id: string): Occurrence =>
      kept ? { ...occurrence, heldAs: id } : occurrence,
    add: (entry: Held) => {
      held = [...held, entry]
      keep(entry)
    },
    /** The page is left: the next one finds what it holds, also if the page has cleared the tab's storage. */
    leave(): void {
      for (const entry of held) if (kept?.get(KEY + entry.occurrence.heldAs) === undefined) keep(entry)
    },
    take,
    /** Takes out those that have waited too long. */
    expired: () => take(({ occurrence }) => occurrence.time < now() - MAX_HELD_MS),
    /** Takes out what an earlier page of this tab has held, in order: page scopes of theirs are none of this document. */
    takeEarlier(): Occurrence[] {
      const keys = kept?.keys().filter((key) => key.startsWith(KEY)) ?? []
      const found = keys.flatMap((key) => {
        const occurrence = asOccurrence(kept?.get(key))
        kept?.remove(key)
        return occurrence ? [occurrence] : []
      })
      const lowest = Math.min(0, ...found.map(({ page }) => page.number))
      const apart = (number: number) => (number > 0 ? lowest - number : number)
      return found
        .map((each) => ({ ...each, page: { ...each.page, number: apart(each.page.number) } }))
        .sort((a, b) => a.time - b.time || a.number - b.number)
    },
  }
}

export type Hold = ReturnType<typeof createHold>

/** Storage may hold anything. */
function asOccurrence(text: string | undefined): (Occurrence & Pick<Held, 'number'>) | undefined {
  try {
    const found = JSON.parse(text ?? '') as Occurrence & Pick<Held, 'number'>
    const { event, properties, time, page, trigger, device, heldAs } = found
    const complete =
      Number.isFinite(time) &&
      Number.isFinite(page.number) &&
      trigger.component &&
      device.class &&
      (heldAs === undefined || typeof heldAs === 'string')
    return complete
      ? {
          ...found,
          event: String(event),
          properties: { ...properties },
          checked: asChecked(found.checked),
          number: Number(found.number) || 0,
        }
      : undefined
  } catch {
    return undefined
  }
}

/** Undefined: an earlier version has kept it, and it is validated when it is released. */
function asChecked(found: Partial<Checked> | undefined): Checked | undefined {
  if (!found) return undefined
  const { issues, invalid, leftOut, id } = found
  return {
    issues: Array.isArray(issues) ? issues : [],
    invalid: Array.isArray(invalid) ? invalid.map(String) : [],
    leftOut: Array.isArray(leftOut) ? leftOut.map(String) : undefined,
    id: isEventId(id) ? id : undefined,
  }
}
