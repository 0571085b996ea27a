import { createConsent } from '../../engine/permission/consent.ts'
import type { SignalledCategories } from '../../engine/permission/consent-need.ts'
import type { ConsentSnapshot } from '../../engine/permission/consent-types.ts'

/** Returns whether this browser sends Global Privacy Control. */
export const hasGpc = (): boolean =>
  (navigator as { readonly globalPrivacyControl?: boolean }).globalPrivacyControl === true

/** Returns the categories that Global Privacy Control denies; none if the browser does not send it. */
export function deniedByGpc(consent: ConsentSnapshot, signalled: SignalledCategories): readonly string[] {
  if (!hasGpc()) return []
  const privacySignals = () => ({ gpc: true, dnt: false })
  const { get } = createConsent({
    initial: 'granted',
    categories: Object.keys(consent),
    privacySignals,
    signalled,
  })
  return Object.entries(get()).flatMap(([category, state]) => (state === 'denied' ? category : []))
}
