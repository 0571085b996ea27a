import type { KeyValue } from '../../platform/platform.ts'
import { attempt } from '../../support/attempt.ts'
import { isEventId } from '../../support/event-id.ts'
import type { Checked, Issue } from '../decision/issue.ts'
import type { Guard } from '../personal-data/guard.ts'
import type { Attempt } from './attempt.ts'
import type { Occurrence } from './occurrence.ts'

export const MAX_HELD = 1_000
export const MAX_HELD_MS = 30 * 60_000
const KEY = 'held:'

/** Holds attempts that wait for an answer, in order. `kept` is the tab's storage, so that they outlast a page load. */
export function createHold(now: () => number, guard: Guard, kept?: KeyValue) {
  let held: readonly Attempt[] = []
  const isOver = (time: number) => time < now() - MAX_HELD_MS
  /** Removes and returns attempts for which `ends` returns true, in order. Default: all. */
  function take(ends: (attempt: Attempt) => boolean = () => true): readonly Attempt[] {
    if (held.length === 0) return held
    const taken = new Set(held.filter(ends))
    if (taken.size) held = held.filter((attempt) => !taken.has(attempt))
    for (const { occurrence } of taken) kept?.remove(KEY + occurrence.heldAs)
    return [...taken]
  }
  function keep({ number, occurrence }: Pick<Attempt, 'number' | 'occurrence'>): void {
    if (!kept) return
    const { properties, checked } = occurrence
    const safe = {
      properties: guard.check(properties, 'held').value,
      checked: checked && { ...checked, issues: guard.safeIssues(checked.issues) },
    }
    const stored = { ...occurrence, ...safe, number }
    attempt(() => kept.set(KEY + occurrence.heldAs, JSON.stringify(stored)))
  }
  return {
    full: () => held.length >= MAX_HELD,
    /** Returns the occurrence as it is held. `id` identifies its copies in storage and in duplicated tabs. */
    named: (occurrence: Occurrence, id: string): Occurrence =>
      kept ? { ...occurrence, heldAs: id } : occurrence,
    add(attempt: Attempt): void {
      held = [...held, attempt]
      keep(attempt)
    },
    /** Stores held attempts again when the page is left, because the page may have cleared the tab's storage. */
    leave(): void {
      for (const attempt of held) if (kept?.get(KEY + attempt.occurrence.heldAs) === undefined) keep(attempt)
    },
    take,
    /** Removes and returns attempts that have waited too long. */
    expired: () => take(({ occurrence }) => isOver(occurrence.time)),
    /** Returns whether an earlier page of this tab has held it for too long. */
    isLate: ({ heldAs, time }: Occurrence) => heldAs !== undefined && isOver(time),
    /**
     * Removes and returns what an earlier page of this tab has held, in order. Its page scopes get numbers that this
     * document does not use.
     */
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

/** Reads an occurrence. Undefined if it is not one, because storage may contain anything. */
function asOccurrence(text: string | undefined): (Occurrence & Pick<Attempt, 'number'>) | undefined {
  try {
    const found = JSON.parse(text ?? '') as Occurrence & Pick<Attempt, 'number'>
    const { event, properties, scope, time, page, trigger, device, heldAs = '' } = found
    const { url, path, title, referrer } = page
    const texts = [url, path, title, referrer, trigger.component, trigger.fact, device.class, heldAs]
    const complete =
      Number.isFinite(time) && Number.isFinite(page.number) && texts.every((text) => typeof text === 'string')
    return complete
      ? {
          ...found,
          event: String(event),
          properties: { ...properties },
          scope: { ...scope },
          checked: asChecked(found.checked),
          number: Number(found.number) || 0,
        }
      : undefined
  } catch {
    return undefined
  }
}

const isIssue = (found: Partial<Issue> | null) =>
  typeof found?.message === 'string' &&
  (found.path === undefined ||
    (Array.isArray(found.path) && found.path.every((part) => typeof part !== 'object')))

/** Undefined for an occurrence that an earlier version has stored, which is validated when it is released. */
function asChecked(found: Partial<Checked> | undefined): Checked | undefined {
  if (!found) return undefined
  const { issues, leftOut, id } = found
  return {
    issues: Array.isArray(issues) ? issues.filter(isIssue) : [],
    leftOut: Array.isArray(leftOut) ? leftOut.map(String) : undefined,
    id: isEventId(id) ? id : undefined,
  }
}
