import { type Duration, durationMs } from '../../support/duration.ts'
import { duration } from '../../support/duration-in-words.ts'
import type { After } from '../after.ts'

/**
 * Describes when a derived event fires, to follow "It fires": `once per session, when article_viewed has happened
 * twice`, or `when trial_started does not follow pricing_viewed within 3 days`.
 */
export function afterInWords({ event, times = 1, within, without }: After<object, string>): string {
  if (without !== undefined) return `when ${without} does not follow ${event} within ${spanInWords(within)}`
  if (within === undefined || within === 'session')
    return `once per session, when ${event} ${times === 1 ? 'happens' : `has happened ${timesInWords(times)}`}`
  const span = spanInWords(within)
  return times === 1
    ? `when ${event} happens, at most once in ${span}`
    : `when ${event} has happened ${timesInWords(times)} in ${span}, at most once in that time`
}

/** Formats a duration of the plan: `3 days` for `'3d'`. */
export const spanInWords = (within: Duration): string => duration(durationMs(within))

const timesInWords = (times: number) => (times === 2 ? 'twice' : `${times} times`)
