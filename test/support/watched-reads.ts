import type { Decision } from '../../src/engine/record/decision.ts'

/** Attempts that tell how often any of their fields is looked at. */
export function watchedReads() {
  let reads = 0
  const watched = (decision: Decision) =>
    new Proxy(decision, {
      get(target, field) {
        reads++
        return target[field as keyof Decision]
      },
    })
  return { watched, reads: () => reads }
}
