'use client'

import { useSyncExternalStore } from 'react'
import type { ConsentControl, ConsentSnapshot } from '../engine/types.ts'
import { useTracker } from './context.ts'

export interface ConsentView {
  /** The state of each category. */
  readonly consent: ConsentSnapshot
  readonly update: ConsentControl['update']
}

/** For banners and settings: re-renders when an answer changes, and at nothing else. */
export function useConsent(): ConsentView {
  const { record, consent } = useTracker()
  const get = () => record.get().consent
  return { consent: useSyncExternalStore(record.subscribe, get, get), update: consent.update }
}
