import type { ReplayAddress } from './link-replay.ts'

interface ClarityMetadata {
  readonly projectId?: string
  readonly userId?: string
  readonly sessionId?: string
}

/** The global function of Microsoft Clarity. */
export type Clarity = (
  method: 'metadata',
  callback: (data: ClarityMetadata) => void,
  wait: boolean,
  recall: boolean,
) => void

/**
 * Returns the addresses of Microsoft Clarity's recording (`clarity-js` 0.7 and newer). Clarity tells its ids to a
 * callback, again in each new session. The address leads to the recording, not to a second of it.
 *
 * @example
 * linkReplay(tracker, clarityReplay(window.clarity))
 */
export function clarityReplay(clarity: Clarity): ReplayAddress {
  let address: string | undefined
  clarity(
    'metadata',
    ({ projectId, userId, sessionId }) => {
      const ids = [projectId, userId, sessionId]
      address = ids.every(Boolean) ? `https://clarity.microsoft.com/player/${ids.join('/')}` : undefined
    },
    false,
    true,
  )
  return () => address
}
