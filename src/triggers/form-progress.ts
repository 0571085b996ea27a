import type { FormProgress } from '../plan/facts.ts'

/** What a visitor did with one field, in one attempt. */
export interface FieldRecord {
  focusedMs: number
  /** Came back after another field. */
  returns: number
  /** Left after a change. */
  changes: number
  /** Found invalid. */
  errors: number
  /**
   * Validity at the last look; undefined until it is left after a change, or found invalid, and after a
   * reset.
   */
  valid: boolean | undefined
  /** The part of the form that it was seen in last. */
  part: string
}

/** The named fields of one attempt, also those of steps that are gone; a record is made for whatever is asked for. */
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

  /** Up to now, of the field that has the focus. */
  function settle() {
    const record = records.get(current)
    if (record && sinceMs !== undefined) record.focusedMs += performance.now() - sinceMs
    sinceMs &&= performance.now()
  }

  return {
    of,
    /** Another step, or another page of the form: what was in the one before is not removed when it is gone. */
    enter(next: string) {
      part = next
    },
    /** A window that loses the focus and gets it back is no return, and the time between is not spent here. */
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
    /** All fields that are there; one of this part that was there, and is not any more, was removed. */
    seen(names: ReadonlySet<string>) {
      for (const name of names) of(name)
      for (const [name, record] of records) {
        if (record.part === part && !names.has(name)) records.delete(name)
      }
    },
    /** The visitor has filled it in, or got it wrong: such a field counts, however it looks now. */
    isTouched: (name: string): boolean => records.get(name)?.valid !== undefined,
    /** These are as they were at first. */
    reset(names: Iterable<string>) {
      for (const name of names) of(name).valid = undefined
    },
    /** `share` of the way is known: of a form whose other steps have not been seen. */
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

/** A change of a field that had been changed and left before. */
export function correctionsOf({ changes }: FieldRecord): number {
  return Math.max(0, changes - 1)
}

/** Tenths. */
export function toSeconds(ms: number): number {
  return Math.round(ms / 100) / 10
}
