import type { Platform } from '../platform/platform.ts'

export interface AgreementOptions {
  readonly later: Platform['later']
  /** Runs a step while no other tab of this plan does. */
  readonly exclusively: (step: () => void) => Promise<void>
  /** Takes over who is here from local storage; else proposes it there. */
  readonly agree: () => void
  /** Takes over what the database has told another tab since. */
  readonly takeOver: () => void
}

/** Events wait this long for the database to say who is here; */
const LONGEST_JUDGEMENT_MS = 1_000
/** after this time the tabs agree without it. */
const PATIENCE_MS = 500

/**
 * How tabs find one user and one session while the database is slow: the first tab writes them to local storage, under a
 * lock, the others take them over, and the database adopts them when it comes.
 */
export function createAgreement({ later, exclusively, agree, takeOver }: AgreementOptions) {
  let awaited = 0
  return {
    /** Resolves with the step of the database; where that takes too long, once the tabs have agreed. */
    judged(step: Promise<unknown>): Promise<void> {
      awaited++
      let agreed = Promise.resolve()
      return new Promise<void>((resolve) => {
        const timers = [
          later(PATIENCE_MS, () => {
            agreed = exclusively(agree)
          }),
          later(LONGEST_JUDGEMENT_MS, () => void agreed.then(takeOver).then(() => resolve())),
        ]
        const end = () => {
          for (const cancel of timers) cancel()
          resolve()
        }
        step.then(end, end)
      }).finally(() => {
        awaited--
      })
    },
    /** Nothing waits to know who is here. */
    isKnown: () => awaited === 0,
  }
}
