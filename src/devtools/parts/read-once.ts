import type { Decision } from '../../engine/types.ts'

/**
 * What `read` makes of each decision of a growing list, oldest first. A decision is read once for as long as it stays in
 * the list: an arrival, or a change of one, costs that one.
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

/** Those of a growing list that pass; each is tested once. */
export function sift(passes: (decision: Decision) => boolean) {
  const read = readOnce(passes)
  return (decisions: readonly Decision[]): readonly Decision[] => {
    const passed = read(decisions)
    return decisions.filter((_, index) => passed[index])
  }
}
