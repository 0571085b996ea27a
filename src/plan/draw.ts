import { hash } from '../support/hash.ts'

/**
 * Returns the number that rollout or sampling draws for a unit (a user, a session or an event): 0 ≤ draw < 1 in steps
 * of 2⁻³², always the same for one unit. A unit takes part if its draw is below the share. `topic` is the event's goal,
 * or else its name, so that all steps to a goal keep the same users.
 */
export const draw = (by: 'rollout' | 'sample', topic: string, unit: string): number =>
  Number.parseInt(hash(`${by}|${topic}|${unit}`).slice(0, 8), 16) / 2 ** 32
