import type { AnyTracker } from '../../engine/tracker-api.ts'
import { addToContext } from '../../engine/who/add-context.ts'
import { createWarn } from '../../support/errors.ts'

/** Returns the address of the session replay at this moment; undefined or empty while none is recorded. */
export type ReplayAddress = () => string | undefined

const MAX_LENGTH = 500
const linked = /* @__PURE__ */ new WeakMap<AnyTracker, { replay: ReplayAddress }>()
const warn = /* @__PURE__ */ createWarn()

/**
 * Adds the address of the session replay to the context of each event, as `context.replay`, so that a row in the overlay
 * or in a report leads to the moment. Another call replaces the address. An event has none while nothing is recorded;
 * anything but an `https:` address of up to 500 characters is left out (RMC722). Starts no recording. Never throws.
 *
 * @example
 * linkReplay(tracker, posthogReplay(posthog))
 */
export function linkReplay(tracker: AnyTracker, replay: ReplayAddress): void {
  const known = linked.get(tracker)
  if (known) {
    known.replay = replay
    return
  }
  const link = { replay }
  linked.set(tracker, link)
  addToContext(tracker, 'replay', () => {
    const address = link.replay()
    if (!address) return undefined
    if (address.length <= MAX_LENGTH && /^https:\/\/\S+$/.test(address)) return address
    if (process.env.NODE_ENV !== 'production')
      warn(
        'RMC722',
        `linkReplay() was given what is no address of a replay: it is in no event. Return an https: address of at most ${MAX_LENGTH} characters.`,
      )
    return undefined
  })
}
