import { type Expectation, type Judgement, judge, type Known } from '../../engine/expectation/judge.ts'
import { judgeOrder } from '../../engine/expectation/judge-order.ts'
import type { Decision } from '../../engine/record/decision.ts'

/** An event that the tester expects. */
export type Expected = Pick<Expectation, 'event' | 'properties' | 'times'>

/** Result of one expectation. `open`: it may still be met. `failed`: it fired more often than it should. */
export interface Checked {
  readonly expected: Expected
  readonly state: 'met' | 'open' | 'failed'
  /** The first attempt that met it, or the last one that came close. */
  readonly decision: Decision | undefined
  /** Explanation, with the closest attempt and its differences. */
  readonly message: string
}

/** Judges each expectation against the attempts since a time in epoch ms. */
export function check(
  items: readonly Expected[],
  decisions: readonly Decision[],
  since: number,
  known: Known = {},
): readonly Checked[] {
  const counted = decisions.filter(({ time }) => time >= since)
  return items.map((expected) => {
    const judgement = judge(counted, expected, known)
    const attempts = counted.filter(({ event }) => event === expected.event)
    return {
      expected,
      state: stateOf(expected, judgement),
      decision: judgement.matches[0] ?? attempts.at(-1),
      message: judgement.message,
    }
  })
}

function stateOf({ times }: Expected, { pass, matches }: Judgement): Checked['state'] {
  if (pass) return 'met'
  return times !== undefined && matches.length > times ? 'failed' : 'open'
}

/** Judges whether the expected events fired in the order of the list; undefined while one of them is missing. */
export function checkOrder(
  checked: readonly Checked[],
  decisions: readonly Decision[],
  since: number,
): Judgement | undefined {
  if (checked.some(({ state }) => state !== 'met')) return undefined
  const counted = decisions.filter(({ time }) => time >= since)
  return judgeOrder(
    counted,
    checked.map(({ expected }) => expected.event),
  )
}
