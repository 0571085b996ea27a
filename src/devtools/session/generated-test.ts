import type { Decision } from '../../engine/types.ts'
import { isHidden } from '../parts/shape.ts'
import { plural } from '../parts/time-words.ts'
import { quoted } from './code.ts'
import { inOneLine } from './requests.ts'
import type { Session } from './session-file.ts'
import { isoTime } from './tables.ts'

export interface TestOptions {
  /** An event that should have fired: the test fails until it does. Default: it passes while the same happens again. */
  readonly missing?: string | undefined
  /** What exports the plan as `plan`, for Vitest. Default `'./plan'`. */
  readonly planModule?: string | undefined
}

export const lines = (all: readonly string[]) => `${all.join('\n')}\n`

/** Lines that say where the test comes from. */
export function origin({ plan, made }: Session, kept: readonly Decision[]): readonly string[] {
  const samples = kept.some(hidesValues) ? ' Property values that were not saved are samples.' : ''
  return [
    `// From a session of plan ${inOneLine(`${plan.name} ${plan.version}`)}, ${isoTime(made)}.${samples}`,
  ]
}

export function titleOf(
  [first, ...rest]: readonly Decision[],
  missing: string | undefined,
  verdictOf: (decision: Decision) => Verdict,
): string {
  if (missing !== undefined) return quoted(inOneLine(`${missing} fires`))
  const begin = first ? `${first.event} is ${verdictOf(first).outcome}` : 'nothing is attempted'
  return quoted(inOneLine(`${begin}${rest.length ? `, and ${plural(rest.length, 'more attempt')}` : ''}`))
}

export const hidesValues = ({ properties }: Decision) => Object.values(properties ?? {}).some(isHidden)

export type Verdict = Pick<Decision, 'outcome' | 'reason'>

/** What `track` answered. */
export function returned({ first, outcome, reason }: Decision): Verdict {
  return first ?? { outcome, reason }
}
