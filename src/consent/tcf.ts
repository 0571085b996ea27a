import type { ConsentUpdate } from '../engine/permission/consent-types.ts'
import { attempt } from '../support/attempt.ts'
import { noteConsentSource } from '../support/consent-source.ts'

/** Options of `tcf`. */
export interface TcfOptions {
  /** Purposes by category. A category is granted if the user has consented to all of its purposes. Default: `tcfPurposes`. */
  readonly purposes?: Readonly<Record<string, readonly number[]>> | undefined
  /** Id of a vendor in the Global Vendor List. The user must have consented to this vendor, too. Default: none. */
  readonly vendorId?: number | undefined
  /**
   * Answer if the consent platform says that the GDPR does not apply. With the default, `'pending'`, your code must
   * answer.
   */
  readonly outsideGdpr?: 'granted' | 'pending' | undefined
}

/**
 * Purposes of the framework by consent category: the default of `tcf`. Purpose 1 is storage, which no legitimate interest
 * replaces. Purpose 8 is measuring content, which includes microconversions. Purposes 3, 4 and 7 are advertising
 * profiles, their use, and the measurement of advertising, which Google requires for `ad_personalization` and
 * `ad_user_data` (https://developers.google.com/tag-platform/security/guides/implement-TCF-strings).
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
 * Reports the answers of a consent platform that implements version 2 of the IAB's Transparency & Consent Framework. It
 * only reads (https://github.com/InteractiveAdvertisingBureau/GDPR-Transparency-and-Consent-Framework, CMP API v2). The
 * framework requires a stub in the document's head; without one, `tcf` waits ten seconds for the platform. It does not
 * ask a platform in a parent frame (`__tcfapiLocator`). Returns a function that disconnects.
 *
 * @example
 * const disconnect = tcf(tracker, { vendorId: 755 })
 */
export function tcf(
  tracker: { readonly consent: { readonly update: (change: ConsentUpdate) => void } },
  options: TcfOptions = {},
): () => void {
  if (typeof window === 'undefined') return () => {}
  const { purposes = tcfPurposes, vendorId, outsideGdpr = 'pending' } = options
  let stopped = false
  noteConsentSource(tracker.consent)
  let listenerId: number | undefined
  let timer: ReturnType<typeof setTimeout> | undefined

  /** True if there is a platform. Its errors are its own. */
  function call(...parameters: Parameters<TcfApi>): boolean {
    const api = attempt(() => (window as { readonly __tcfapi?: unknown }).__tcfapi)
    if (typeof api !== 'function') return false
    attempt(() => (api as TcfApi)(...parameters))
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
