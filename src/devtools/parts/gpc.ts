import { createConsent } from '../../engine/consent.ts'
import type { SignalledCategories } from '../../engine/consent-need.ts'
import type { ConsentSnapshot } from '../../engine/types.ts'

/** Whether this browser sends Global Privacy Control. */
export const hasGpc = (): boolean =>
  (navigator as { readonly globalPrivacyControl?: boolean }).globalPrivacyControl === true

/** The categories that it denies here; none where it is off. */
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
