import type { ConsentState } from './consent-types.ts'

/** Destinations that the plan and the decision allow, with the user's consent for each. */
export type Eligible = Readonly<Record<string, ConsentState>>

/** Permission of an event: leave to at least one destination (`go`), wait for an answer, or never leave. */
export type Permission = 'go' | 'wait' | 'never'

/** Returns what an event may do if its destinations have these consent states. */
export function permissionOf(answers: readonly ConsentState[]): Permission {
  if (answers.includes('granted')) return 'go'
  return answers.includes('pending') ? 'wait' : 'never'
}

/**
 * Returns the consent for one destination. A destination that was denied since the decision stays denied after a new
 * answer.
 */
export function answerFor(eligible: Eligible, name: string, present: ConsentState): ConsentState {
  return eligible[name] === 'denied' ? 'denied' : present
}
