'use client'

import { useSyncExternalStore } from 'react'
import type { ConsentControl, ConsentSnapshot } from '../engine/types.ts'
import { useTracker } from './context.ts'

export interface ConsentView {
  /** The state of each category; empty on a server and while its markup is taken over, which know no answer. */
  readonly consent: ConsentSnapshot
  readonly update: ConsentControl['update']
}

const unknown: ConsentSnapshot = {}

/** For banners and settings: re-renders when an answer changes, and at nothing else. */
export function useConsent(): ConsentView {
  const { record, consent } = useTracker()
  const current = useSyncExternalStore(
    record.subscribe,
    () => record.get().consent,
    () => unknown,
  )
  return { consent: current, update: consent.update }
}
