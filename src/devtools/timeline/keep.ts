import type { Decision } from '../../engine/record/decision.ts'
import { toJson } from '../parts/plain-value.ts'
import type { Notes } from './notes.ts'

/** Maximum length in UTF-16 code units, about 1 MB. */
const LONGEST = 500_000

export interface Kept {
  /** Attempts, oldest first. */
  readonly attempts: readonly Decision[]
  readonly notes: Notes
}

/**
 * Keeps attempts across reloads, in the sessionStorage of this tab. Off until the tester enables it, because it stores
 * data without consent.
 */
export function createKeep(plan: string) {
  const key = `rmc-devtools:kept:${plan}`

  return {
    /**
     * Returns the stored attempts; undefined if disabled. Their numbers end at 0, because those of this page start at
     * 1.
     */
    read(): Kept | undefined {
      try {
        const text = sessionStorage.getItem(key)
        return text === null ? undefined : renumbered(JSON.parse(text))
      } catch {
        return undefined
      }
    },
    /** Stores the newest attempts that fit. */
    write({ attempts, notes }: Kept): void {
      const texts: string[] = []
      let left = LONGEST - JSON.stringify(notes).length
      for (let index = attempts.length - 1; index >= 0; index--) {
        const text = toJson(attempts[index], 0)
        left -= text.length + 1
        if (left < 0) break
        texts.push(text)
      }
      const kept = `{"attempts":[${texts.reverse().join()}],"notes":${JSON.stringify(notes)}}`
      try {
        sessionStorage.setItem(key, kept)
      } catch {} // storage is full or blocked: keeps the previous data
    },
    erase(): void {
      try {
        sessionStorage.removeItem(key)
      } catch {}
    },
  }
}

function renumbered({ attempts, notes }: Kept): Kept {
  const numbers = attempts.map((_, index) => index + 1 - attempts.length)
  return {
    attempts: attempts.map((attempt, index) => ({ ...attempt, number: numbers[index] ?? 0 })),
    notes: Object.fromEntries(
      attempts.flatMap(({ number }, index) => (notes[number] ? [[numbers[index], notes[number]]] : [])),
    ),
  }
}
