import type { Decision } from '../../engine/types.ts'
import { toJson } from '../parts/plain-value.ts'
import type { Notes } from './notes.ts'

/** UTF-16 units: about 1 MB. */
const LONGEST = 500_000

export interface Kept {
  /** Oldest first. */
  readonly attempts: readonly Decision[]
  readonly notes: Notes
}

/**
 * Keeps attempts over a reload, in the session storage of this tab. Only the tester switches it on: it stores
 * without consent.
 */
export function createKeep(plan: string) {
  const key = `rmc-devtools:kept:${plan}`

  return {
    /** Undefined if it is off. Numbers end at 0: those of this page begin at 1. */
    read(): Kept | undefined {
      try {
        const text = sessionStorage.getItem(key)
        return text === null ? undefined : renumbered(JSON.parse(text))
      } catch {
        return undefined
      }
    },
    /** The newest that fit. */
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
      } catch {} // full, or refused: what is there stays
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
