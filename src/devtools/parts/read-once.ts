import type { Decision } from '../../engine/record/decision.ts'

/**
 * Creates a function that maps a growing list of decisions with `read`, oldest first. Calls `read` once per decision
 * while it stays in the list, so that a new or changed decision costs one call.
 */
export function readOnce<Made>(read: (decision: Decision) => Made) {
  let before: readonly Decision[] = []
  let made: readonly Made[] = []
  return (decisions: readonly Decision[]): readonly Made[] => {
    if (decisions === before) return made
    const now: Made[] = []
    let index = 0
    for (const decision of decisions) {
      let known = before[index]
      while (known && known !== decision && known.number < decision.number) known = before[++index]
      now.push(known === decision ? (made[index++] as Made) : read(decision))
    }
    before = decisions
    made = now
    return made
  }
}

/** Creates a filter for a growing list of decisions. Tests each decision once. */
export function sift(passes: (decision: Decision) => boolean) {
  const read = readOnce(passes)
  return (decisions: readonly Decision[]): readonly Decision[] => {
    const passed = read(decisions)
    return decisions.filter((_, index) => passed[index])
  }
}
