import type { FormProgress } from '../plan/facts.ts'

/** Record of one field in one attempt. */
export interface FieldRecord {
  focusedMs: number
  /** Number of times that the user came back from another field. */
  returns: number
  /** Number of times that the user left the field after a change. */
  changes: number
  /** Number of times that the field was found invalid. */
  errors: number
  /**
   * Validity at the last check; undefined until the user leaves the field after a change or it is found invalid, and
   * after a reset.
   */
  valid: boolean | undefined
  /** Part of the form in which the field was last seen. */
  part: string
}

/**
 * Holds the named fields of one attempt, including those of steps that are no longer rendered. A record is created for
 * any name that is requested.
 */
export function createFields() {
  const records = new Map<string, FieldRecord>()
  let part = ''
  let current = ''
  let sinceMs: number | undefined

  function of(name: string): FieldRecord {
    const record = records.get(name) ?? {
      ...{ focusedMs: 0, returns: 0, changes: 0, errors: 0 },
      ...{ valid: undefined, part },
    }
    records.set(name, record)
    record.part = part
    return record
  }

  /** Adds the time until now to the focused field. */
  function settle() {
    const record = records.get(current)
    if (record && sinceMs !== undefined) record.focusedMs += performance.now() - sinceMs
    sinceMs &&= performance.now()
  }

  return {
    of,
    /** Enters another step or another page of the form. Fields of the previous part do not count as removed. */
    enter(next: string) {
      part = next
    },
    /**
     * Records the focus. A window that loses focus and regains it is not a return, and the time in between does not
     * count.
     */
    focus(name: string) {
      settle()
      const record = of(name)
      if (current !== name && record.focusedMs > 0) record.returns += 1
      current = name
      sinceMs = performance.now()
    },
    blur() {
      settle()
      sinceMs = undefined
    },
    seconds(name: string): number {
      settle()
      return toSeconds(records.get(name)?.focusedMs ?? 0)
    },
    /**
     * Records all fields that are present. A field of the current part that is missing was removed, and is forgotten.
     */
    seen(names: ReadonlySet<string>) {
      for (const name of names) of(name)
      for (const [name, record] of records) {
        if (record.part === part && !names.has(name)) records.delete(name)
      }
    },
    /** True if the user has filled in the field, correctly or not. Such a field counts, whatever its state now. */
    isTouched: (name: string): boolean => records.get(name)?.valid !== undefined,
    /** Resets these fields to untouched. */
    reset(names: Iterable<string>) {
      for (const name of names) of(name).valid = undefined
    },
    /**
     * Returns the progress. `share` is the known part of the form, 0–1: the fields of later steps have not been seen.
     */
    progress(share: number): Omit<FormProgress, 'seconds_since_start'> {
      const all = [...records.values()]
      const sum = (of: (record: FieldRecord) => number) => all.reduce((total, one) => total + of(one), 0)
      const fields_completed = sum(({ valid }) => (valid ? 1 : 0))
      return {
        fields_total: all.length,
        fields_completed,
        completion_percent: all.length && Math.round((100 * share * fields_completed) / all.length),
        returns: sum(({ returns }) => returns),
        corrections: sum(correctionsOf),
        errors: sum(({ errors }) => errors),
      }
    },
  }
}

/** Returns the number of corrections: changes after the first. */
export function correctionsOf({ changes }: FieldRecord): number {
  return Math.max(0, changes - 1)
}

/** Converts to seconds, rounded to tenths. */
export function toSeconds(ms: number): number {
  return Math.round(ms / 100) / 10
}
