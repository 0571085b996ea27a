import type { Concern } from './concern.ts'

/** Findings of the same tone with the same fix. */
export interface ConcernGroup extends Pick<Concern, 'tone' | 'fix'> {
  readonly concerns: readonly [Concern, ...(readonly Concern[])]
}

/** Groups findings that one fix solves: problems before notes, otherwise in the given order. */
export function groupConcerns(concerns: readonly Concern[]): readonly ConcernGroup[] {
  const groups = new Map<string, [Concern, ...Concern[]]>()
  for (const concern of concerns) {
    const key = `${concern.tone} ${concern.fix}`
    const group = groups.get(key)
    if (group) group.push(concern)
    else groups.set(key, [concern])
  }
  return [...groups.values()]
    .map((group) => ({ tone: group[0].tone, fix: group[0].fix, concerns: group }))
    .sort((one, other) => rank[one.tone] - rank[other.tone])
}

const rank = { problem: 0, note: 1 } as const
