import type { ConsentUpdate } from '../engine/types.ts'

export interface TcfOptions {
  /** Categories by the purposes that must all be consented to. Default: `tcfPurposes`. */
  readonly purposes?: Readonly<Record<string, readonly number[]>> | undefined
  /** A vendor of the Global Vendor List who must be consented to as well. Default: none. */
  readonly vendorId?: number | undefined
  /** Where the consent platform says that the GDPR does not apply. Default `'pending'`: somebody else answers. */
  readonly outsideGdpr?: 'granted' | 'pending' | undefined
}

/**
 * The default of `tcf`. Purpose 1 is storage, and stands for itself: no legitimate interest replaces it. 8 measures
 * content, which is what microconversions are. 3, 4 and 7 are profiles for advertising, their use, and the measurement
 * of advertising: what Google asks for `ad_personalization` and `ad_user_data`
 * (https://developers.google.com/tag-platform/security/guides/implement-TCF-strings).
 */
export const tcfPurposes: Readonly<Record<string, readonly number[]>> = {
  analytics: [1, 8],
  marketing: [1, 3, 4, 7],
}

type Consents = { readonly [id: string]: boolean | undefined } | undefined
interface TcData {
  readonly gdprApplies?: boolean | undefined
  readonly eventStatus?: string | undefined
  readonly listenerId?: number | undefined
  readonly purpose?: { readonly consents?: Consents } | undefined
  readonly vendor?: { readonly consents?: Consents } | undefined
}
type TcfApi = (
  command: 'addEventListener' | 'removeEventListener',
  version: 2,
  callback: (data: TcData | null, success: boolean) => void,
  listenerId?: number,
) => void

const WAIT_MS = 250
const MAX_WAITS = 40

/**
 * Follows a consent platform of the IAB's Transparency & Consent Framework v2, and only reads
 * (https://github.com/InteractiveAdvertisingBureau/GDPR-Transparency-and-Consent-Framework, CMP API v2). The framework
 * asks for a stub in the head, that queues; without one the platform has ten seconds to appear. In the same frame:
 * one that is found by `__tcfapiLocator` in a frame above is not asked. Returns a stop.
 */
export function tcf(
  tracker: { readonly consent: { readonly update: (change: ConsentUpdate) => void } },
  options: TcfOptions = {},
): () => void {
  if (typeof window === 'undefined') return () => {}
  const { purposes = tcfPurposes, vendorId, outsideGdpr = 'pending' } = options
  let stopped = false
  let listenerId: number | undefined
  let timer: ReturnType<typeof setTimeout> | undefined

  /** Whether there is a platform. Its errors are its own. */
  function call(...parameters: Parameters<TcfApi>): boolean {
    const api = (window as { readonly __tcfapi?: unknown }).__tcfapi
    if (typeof api !== 'function') return false
    try {
      ;(api as TcfApi)(...parameters)
    } catch {}
    return true
  }

  function leave(): void {
    if (listenerId !== undefined) call('removeEventListener', 2, () => {}, listenerId)
  }

  function hear(data: TcData | null, success: boolean): void {
    if (!success || !data) return
    listenerId = data.listenerId
    if (stopped) {
      leave()
      return
    }
    const { gdprApplies, eventStatus, purpose, vendor } = data
    const outside = gdprApplies === false
    const answered = eventStatus === 'tcloaded' || eventStatus === 'useractioncomplete'
    if (outside ? outsideGdpr === 'pending' : !answered) return
    const trusted = vendorId === undefined || vendor?.consents?.[vendorId] === true
    const consented = (id: number) => purpose?.consents?.[id] === true
    const answers = Object.entries(purposes).map(([category, needed]) => {
      const granted = outside || (trusted && needed.every(consented))
      return [category, granted ? 'granted' : 'denied'] as const
    })
    tracker.consent.update(Object.fromEntries(answers))
  }

  function connect(waits: number): void {
    if (call('addEventListener', 2, hear) || waits === MAX_WAITS) return
    timer = setTimeout(() => connect(waits + 1), WAIT_MS)
  }
  connect(0)
  return () => {
    if (stopped) return
    stopped = true
    clearTimeout(timer)
    leave()
  }
}
