import { attempt } from './attempt.ts'

/** Runs code of the host: what it throws is reported, and stops nobody. */
export function call(listener: () => void): void {
  try {
    listener()
  } catch (error) {
    attempt(() => console.error(error))
  }
}

/** Whoever wants to hear of something. */
export function createListeners() {
  const listeners = new Set<() => void>()
  return {
    tell: () => [...listeners].forEach(call),
    /** Returns a stop. */
    add(listener: () => void): () => void {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
