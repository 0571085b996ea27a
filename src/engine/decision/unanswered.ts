import type { Platform } from '../../platform/platform.ts'
import type { Warn } from '../../support/errors.ts'

/** Time for an answer, or something that asks for it, to come after the first event that waits. */
const PATIENCE_MS = 5_000

interface UnansweredOptions {
  readonly later: Platform['later']
  /** True if the application has set `consent`, even to `'pending'`: it knows that events wait. */
  readonly isSet: boolean
  readonly warn: Warn
}

/** Warns once if events wait for consent, and nothing on the page asks for it. */
export function createUnanswered({ later, isSet, warn }: UnansweredOptions) {
  let isSilent = isSet
  let stop = () => {}
  return {
    /** Ends the wait: there is an answer, something asks for it, or the tracker was disposed. */
    silence(): void {
      isSilent = true
      stop()
    },
    /** Notes an event that waits. `outcome` is held, or dropped if the tracker holds nothing. */
    waits(event: string, outcome: string): void {
      if (isSilent) return
      isSilent = true
      stop = later(PATIENCE_MS, () =>
        warn(
          'RMC125',
          `"${event}" is ${outcome}, because consent is pending, and ${PATIENCE_MS / 1_000} s later nothing has answered: no destination that needs consent gets an event. Where the user agrees, call tracker.consent.update('granted'). Where no consent is needed, set it: createTracker({ plan, consent: 'granted' }). Connect a consent banner with fromCallback() or tcf(). With consent: 'pending' this message does not come.`,
        ),
      )
    },
  }
}
