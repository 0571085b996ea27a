import type { ConsentControl } from '../engine/types.ts'
import { createWarn } from '../support/errors.ts'
import { messageOf } from '../support/message-of.ts'

/**
 * Connects any banner: `connect` gets what `tracker.consent.update` takes, to be called with each answer, as often as
 * the banner likes; what `connect` returns is called at the stop. Its errors do not reach the page. Returns the stop.
 */
export function fromCallback(
  tracker: { readonly consent: Pick<ConsentControl, 'update'> },
  // biome-ignore lint/suspicious/noConfusingVoidType: like an effect, it may return nothing
  connect: (report: ConsentControl['update']) => (() => void) | void,
): () => void {
  let stopped = false
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
