'use client'

import { useEffect, useSyncExternalStore } from 'react'
import type { ConsentControl, ConsentSnapshot } from '../../engine/permission/consent-types.ts'
import { noteConsentSource } from '../../support/consent-source.ts'
import { useTracker } from '../context.ts'

/** Result of `useConsent`. */
export interface ConsentView {
  /** State of each consent category. Empty during server rendering and hydration, when no answer is known. */
  readonly consent: ConsentSnapshot
  /** Records the user's answer, for all categories or for some. */
  readonly update: ConsentControl['update']
}

const unknown: ConsentSnapshot = {}

/**
 * Returns the current consent and a function to update it, for consent banners and settings pages. Re-renders only when
 * an answer changes.
 *
 * @example
 * const { consent, update } = useConsent()
 * if (consent['analytics'] !== 'pending') return null
 * return <button onClick={() => update('granted')}>Accept</button>
 */
export function useConsent(): ConsentView {
  const { record, consent } = useTracker()
  const current = useSyncExternalStore(
    record.subscribe,
    () => record.get().consent,
    () => unknown,
  )
  useEffect(() => noteConsentSource(consent), [consent])
  return { consent: current, update: consent.update }
}
