import type { ConsentControl } from '../engine/permission/consent-types.ts'
import { noteConsentSource } from '../support/consent-source.ts'
import { createWarn } from '../support/errors.ts'
import { messageOf } from '../support/message-of.ts'

/**
 * Connects any consent banner. `connect` gets a function, and calls it with each answer, as often as the banner
 * reports it; the answer is what `tracker.consent.update` takes. `connect` may return a function that is called when
 * you disconnect. Errors of `connect` do not reach the page (RMC112). Returns a function that disconnects.
 *
 * @example
 * const disconnect = fromCallback(tracker, (report) => banner.onChange(({ statistics }) => report({ analytics: statistics })))
 */
export function fromCallback(
  tracker: { readonly consent: Pick<ConsentControl, 'update'> },
  // biome-ignore lint/suspicious/noConfusingVoidType: like an effect, it may return nothing
  connect: (report: ConsentControl['update']) => (() => void) | void,
): () => void {
  let stopped = false
  noteConsentSource(tracker.consent)
  const disconnect = guarded(() => connect((...answer) => stopped || tracker.consent.update(...answer)))
  return () => {
    if (stopped) return
    stopped = true
    if (typeof disconnect === 'function') guarded(disconnect)
  }
}

function guarded<T>(run: () => T): T | undefined {
  try {
    return run()
  } catch (error) {
    if (process.env.NODE_ENV !== 'production')
      createWarn()(
        'RMC112',
        `The connection to a consent banner threw; its answers may not arrive, and what they permit stays pending. Correct what is given to fromCallback(): ${messageOf(error)}`,
      )
    return undefined
  }
}
