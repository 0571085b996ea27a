import type { Platform } from '../../platform/platform.ts'

export interface AgreementOptions {
  readonly later: Platform['later']
  /** Runs a step while no other tab of this plan does. */
  readonly exclusively: (step: () => void) => Promise<void>
  /** Takes over user and session from local storage, or else proposes this tab's there. */
  readonly agree: () => void
  /** Takes over what another tab has got from the database since. */
  readonly takeOver: () => void
}

/** Longest wait of events for the database to provide user and session. */
const LONGEST_JUDGEMENT_MS = 1_000
/** Time after which the tabs agree without the database. */
const PATIENCE_MS = 500

/**
 * Lets tabs agree on one user and one session while the database is slow: the first tab writes them to local storage,
 * under a lock; the others take them over, and so does the database later.
 */
export function createAgreement({ later, exclusively, agree, takeOver }: AgreementOptions) {
  let awaited = 0
  return {
    /** Resolves when the step of the database ends, or, if that takes too long, when the tabs have agreed. */
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
    /** Returns true if nothing waits for user and session. */
    isKnown: () => awaited === 0,
  }
}
